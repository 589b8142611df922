"""What a build costs: sosik, Hugo and Pelican on one corpus; the first build, one edit, nothing changed.

    python -m benchmarks.build [--entries 1000 10000] [--shapes links pages] [--cores 1 2] [--rounds 3] [--edits 3]
                               [--programs sosik hugo pelican] [--corpus FOLDER] [--keep]

Rounds alternate between the programs, in turned order. Every build is a new process. Before anything is printed, the
feeds of all are read and must hold the same articles in the same order, after the first build and after the last edit.
The best and the median of the rounds are printed: wall time, processor time of all processes, and the most memory that
they had together (PSS, from /proc, in the first round). The *floor* is a Python that stats every file of `content/` and
`public/`. FOLDER is a corpus of `benchmarks.corpus` of the same size and shape, which is kept; else one is made and
removed. With --keep the tables go to where `benchmarks.readme` finds them. Pelican takes part to 10,000 articles, in
the first round, where pages are elsewhere. Needs Linux and `pip install -e '.[bench]'`.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.comparing import compare
from benchmarks.configurations import Shape
from benchmarks.corpus import Corpus
from benchmarks.measuring import Row, Usage, floor, machine, run, size
from benchmarks.programs import Program, programs
from benchmarks.readme import keep
from benchmarks.targets import judged, table

STEPS = {"cold": "first build", "edit": "one edit", "none": "nothing changed"}
PELICAN_MOST = 10_000
RECENT = 30
"""Edits go to the newest articles, one after another."""
APART = 1.1
"""Seconds between two builds of sosik: there is at most one edition a second."""


@dataclass
class Results:
    """What was measured of one corpus on so many processors."""

    corpus: Corpus
    cores: int
    taken: dict[tuple[str, str], list[Usage]] = field(default_factory=dict)
    floors: list[Usage] = field(default_factory=list)
    made: dict[str, tuple[int, int]] = field(default_factory=dict)
    """How many feeds a program made that all have, and the items in them."""
    store: float = 0.0
    """How many times the bytes of the articles the store has, after the first round."""

    def row(self, program: str, step: str) -> Row | None:
        """Return what that took, if it was done."""
        runs = self.taken.get((program, step))
        return Row.of(runs) if runs else None

    @property
    def floor(self) -> Row:
        """What a Python needs to look at all files."""
        return Row.of(self.floors)

    def figures(self) -> dict[str, float]:
        """Return the figures of which there are targets, by their names."""
        name = f"{self.corpus.shape}/{self.corpus.entries}"
        cold, hugo = self.row("sosik", "cold"), self.row("hugo", "cold")
        found = {f"{name}/store": self.store}
        if cold and cold.memory:
            found[f"{name}/memory"] = cold.memory
        if cold and hugo:
            found |= {f"{name}/cold/wall": cold.wall / hugo.wall, f"{name}/cold/cpu": cold.cpu / hugo.cpu}
        for step in ("edit", "none"):
            if row := self.row("sosik", step):
                found[f"{name}/{step}"] = row.wall - self.floor.wall
        return found


class Race:
    """Programs on one corpus, on so many processors."""

    def __init__(self, corpus: Corpus, racers: dict[str, Program], cores: int) -> None:
        self.corpus, self.racers, self.results = corpus, racers, Results(corpus, cores)
        self._last_of_sosik = 0.0

    def measure(self, rounds: int, edits: int) -> Results:
        """Let them build; compare what they made."""
        for number in range(rounds):
            names = list(self.racers)[:: -1 if number % 2 else 1]
            names = [name for name in names if name != "pelican" or number == 0]
            for name in names:
                self.racers[name].forget(self.corpus.folder(name))
                self._build(name, "cold", with_memory=number == 0)
            if number == 0:
                self._compare()
            for edit in range(1, edits + 1):
                self._edit(number * edits + edit, names if edit == edits else ["sosik"])
            if number == 0:
                self._compare()
                self.results.store = store_size(self.corpus.folder("sosik"))
        for edited in range(RECENT):
            self.corpus.edit(edited, 0, self.racers)
        return self.results

    def _edit(self, edit: int, names: list[str]) -> None:
        """Edit an article everywhere; let these build, and build again. The others are slow: they take fewer turns."""
        self.corpus.edit(edit % RECENT, edit, self.racers)
        for name in names:
            self._build(name, "edit")
            self._build(name, "none")
        folder = self.corpus.folder("sosik")
        self.results.floors.append(floor((folder / "content", folder / "public"), self.results.cores))

    def _build(self, name: str, step: str, *, with_memory: bool = False) -> None:
        if name == "sosik":
            time.sleep(max(0.0, self._last_of_sosik + APART - time.monotonic()))
        command, folder = self.racers[name].command, self.corpus.folder(name)
        usage = run(command, folder, cores=self.results.cores, with_memory=with_memory)
        if name == "sosik":
            self._last_of_sosik = time.monotonic()
        self.results.taken.setdefault((name, step), []).append(usage)
        print(f"{name} {step}: {usage.wall:.2f} s, CPU {usage.cpu:.2f} s", file=sys.stderr, flush=True)

    def _compare(self) -> None:
        """Hold what they made against what sosik made. Pelican makes its own ids, and each its own pages."""
        ours = self.corpus.folder("sosik") / "public"
        for name in self.racers:
            theirs = self.corpus.folder(name) / "public"
            links = self.corpus.shape == "links"
            self.results.made[name] = compare(ours, theirs, ids=name != "pelican", links=links)


def store_size(folder: Path) -> float:
    """Return how many times the bytes of the articles the store has."""
    files = [path for path in (folder / ".sosik").glob("site.db*") if path.suffix != ".db-shm"]
    return sum(path.stat().st_size for path in files) / size(folder / "content")[1]


def lines(results: Results, racers: dict[str, Program]) -> Iterator[str]:
    """Yield the tables of one corpus."""
    corpus, base = results.corpus, "hugo" if "hugo" in racers else "sosik"
    _, articles = size(corpus.folder("sosik") / "content")
    case = f"shape `{corpus.shape}`, {results.cores} processor{'s' if results.cores > 1 else ''}"
    yield f"### {corpus.entries:,} articles ({articles / 1e6:.0f} MB), {case}"
    yield ""
    rows = []
    for step, text in STEPS.items():
        other = results.row(base, step)
        for name in racers:
            if row := results.row(name, step):
                ratio = f"{row.wall / other.wall:.3f} | {row.cpu / other.cpu:.3f}" if other else " | "
                memory = f"{row.memory:,.0f}" if row.memory else ""
                walls = f"{row.wall:.2f} | {row.wall_median:.2f} | {row.cpu:.2f} | {row.cpu_median:.2f}"
                rows.append(f"| {text}, {name} | {walls} | {ratio} | {memory} |")
    low = results.floor
    rows.append(f"| *floor* | {low.wall:.2f} | {low.wall_median:.2f} | {low.cpu:.2f} | {low.cpu_median:.2f} | | | |")
    heads = ("", "wall s", "median", "CPU s", "median", f"wall × {base}", f"CPU × {base}", "MiB")
    yield from table(heads, rows)
    yield ""
    rows = []
    for name in racers:
        files, octets = size(corpus.folder(name) / "public")
        feeds, items = results.made[name]
        rows.append(f"| {name} | {files:,} | {octets / 1e6:,.0f} | {feeds:,} | {items:,} |")
    yield from table(("made by", "files", "MB", "feeds", "entries in them"), rows)
    yield ""
    yield f"The store has {results.store:.1f} times the bytes of the articles."
    yield ""


def warm_up(racers: dict[str, Program]) -> None:
    """Let each build something small: what is only done once on a machine is done then."""
    with corpus_of(None, 20, "pages", list(racers)) as corpus:
        for name, racer in racers.items():
            run(racer.command, corpus.folder(name))


@contextmanager
def corpus_of(folder: Path | None, entries: int, shape: Shape, names: list[str]) -> Iterator[Corpus]:
    """Lend a corpus: that in the folder, which is made where there is none and stays; or one that goes afterwards."""
    with tempfile.TemporaryDirectory() as temporary:
        corpus = Corpus(folder or Path(temporary), entries, shape, names)
        if not all(corpus.file(name, entries - 1).exists() for name in names):
            corpus.create()
        yield corpus


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--entries", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--shapes", nargs="+", choices=("links", "pages"), default=["links", "pages"])
    parser.add_argument("--cores", type=int, nargs="+", default=[2])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--edits", type=int, default=3, help="edits of sosik in a round; the others take one")
    parser.add_argument("--programs", nargs="+", default=["sosik", "hugo", "pelican"])
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    figures: dict[str, float] = {}
    reports: list[str] = []
    warm_up({name: one for name, one in programs().items() if name in options.programs})
    for entries in options.entries:
        for shape in options.shapes:
            has_pelican = entries <= PELICAN_MOST and shape == "links"
            racers = {
                name: one
                for name, one in programs().items()
                if name in options.programs and (name != "pelican" or has_pelican)
            }
            report: list[str] = []
            with corpus_of(options.corpus, entries, shape, list(racers)) as corpus:
                for cores in sorted(options.cores):
                    results = Race(corpus, racers, cores).measure(options.rounds, options.edits)
                    report += lines(results, racers)
            # Targets are of a machine with all its processors.
            found = results.figures()
            if options.keep:
                keep(f"build-{entries}-{shape}", [*report, machine()], found)
            reports, figures = reports + report, figures | found
    print("\n".join([*reports, machine(), "", *judged(figures)]))


if __name__ == "__main__":
    main()
