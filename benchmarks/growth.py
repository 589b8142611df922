"""How cost grows with the number of articles, and memory with the number of edits.

    python -m benchmarks.growth [--entries 1000 3000 10000 30000 100000] [--edits 5] [--hugo-most 0] [--no-serve]
                                [--corpora FOLDER] [--keep]
    python -m benchmarks.growth --loop 10000 [--entries 1000] [--keep]

The first makes a corpus of each size (`benchmarks.corpus`, pages elsewhere, RSS and Atom), builds it, and prints what
the first build, one edit, nothing changed and an edit under `sosik serve` cost, how much memory and store that takes. A
million articles (`--entries 1000000`) take some 25 GB of disk. With --corpora, corpora stay there as FOLDER/corpus-N
and are found again. With --hugo-most, Hugo builds those of up to so many articles, too. With --keep the tables go to
where `benchmarks.readme` finds them, with a plot of all sizes that were kept, from whichever run.

The second edits and builds so many times with `Site.build(now=…)` in one process, and prints the memory on the way.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from benchmarks.build import RECENT, Race, Results, corpus_of, warm_up
from benchmarks.corpus import NEWEST, Corpus
from benchmarks.editing import served
from benchmarks.measuring import ENVIRONMENT, anonymous, machine
from benchmarks.plotting import plot
from benchmarks.programs import programs
from benchmarks.readme import RESULTS, keep
from benchmarks.targets import judged, table
from sosik.site import Site

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
SETTLED = 500
"""The edits after which memory is held against what it is later."""
PLOTTED = RESULTS / "growth.json"
"""What is plotted of each size, of all runs."""
STEP = 500
"""The edits between two looks at the memory."""


@dataclass(frozen=True)
class Point:
    """What one size costs."""

    results: Results
    served: list[float]

    @property
    def entries(self) -> int:
        """How many articles there are."""
        return self.results.corpus.entries

    def figures(self) -> dict[str, float]:
        """Return the figures of which there are targets, by their names."""
        found = self.results.figures()
        if self.served:
            found[f"links/{self.entries}/served"] = statistics.median(self.served) * 1000
        return found

    def plotted(self) -> dict[str, float]:
        """Return what is plotted of it, by the names of the series."""
        shown = {
            "first build, s": self.wall("sosik", "cold"),
            "Hugo's first build, s": self.wall("hugo", "cold"),
            "one edit, s": self.wall("sosik", "edit"),
            "nothing changed, s": self.wall("sosik", "none"),
            "floor, s": self.results.floor.wall,
            "edit to served, s": statistics.median(self.served) if self.served else 0.0,
        }
        return {name: float(f"{value:.4g}") for name, value in shown.items() if value}

    def wall(self, name: str, step: str) -> float:
        """Return the best wall time in seconds; 0 where it was not measured."""
        row = self.results.row(name, step)
        return row.wall if row else 0.0


def measure(entries: int, options: argparse.Namespace) -> Point:
    """Measure one size."""
    names = ["sosik", "hugo"] if entries <= options.hugo_most else ["sosik"]
    racers = {name: one for name, one in programs().items() if name in names}
    folder = options.corpora / f"corpus-{entries}" if options.corpora else None
    with corpus_of(folder, entries, "links", list(racers)) as corpus:
        results = Race(corpus, racers, 2).measure(1, options.edits)
        waits = [] if options.no_serve else served(corpus, options.edits)
        for edited in range(RECENT):
            corpus.edit(edited, 0)
        return Point(results, waits)


def report(points: list[Point]) -> Iterator[str]:
    """Yield the tables."""
    yield "### Growth"
    yield ""
    rows = []
    for point in points:
        cold, floor = point.results.row("sosik", "cold"), point.results.floor.wall
        waits = f"{statistics.median(point.served) * 1000:,.0f}" if point.served else ""
        if cold:
            hugo = point.wall("hugo", "cold")
            rows.append(
                f"| {point.entries:,} | {cold.wall:,.1f} | {cold.cpu:,.1f} | {cold.cpu / point.entries * 1e6:,.0f} | "
                f"{f'{hugo:,.1f}' if hugo else ''} | {cold.memory or 0:,.0f} | {point.wall('sosik', 'edit'):.2f} | "
                f"{point.wall('sosik', 'none'):.2f} | {floor:.2f} | {waits} | {point.results.store:.1f} |"
            )
    heads = "articles|first build s|CPU s|CPU µs an article|Hugo s|MiB|one edit s|nothing changed s|*floor* s"
    yield from table([*heads.split("|"), "served after ms", "store × articles"], rows)
    yield ""
    yield machine()


def keep_plot(points: list[Point]) -> None:
    """Plot these sizes and those that were kept before: a million articles take a run of their own."""
    known = json.loads(PLOTTED.read_text("utf-8")) if PLOTTED.exists() else {}
    known |= {str(point.entries): point.plotted() for point in points}
    known = {size: known[size] for size in sorted(known, key=int)}
    PLOTTED.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", "utf-8")
    names = dict.fromkeys(name for shown in known.values() for name in shown)
    series = {name: [(int(size), shown[name]) for size, shown in known.items() if name in shown] for name in names}
    drawn = plot("sosik build: seconds by articles", "articles", "seconds", series)
    (RESULTS / "growth.svg").write_text(drawn, "utf-8")


# --- edits in a loop


def loop(corpus: Corpus, edits: int) -> None:
    """Edit and build so many times in this process; say on every line how many, and the KiB of memory."""
    site, now = Site(corpus.folder("sosik")), NEWEST + timedelta(hours=1)
    site.build(now=now)
    for edit in range(1, edits + 1):
        corpus.edit(edit % RECENT, edit)
        site.build(now=now + timedelta(seconds=2 * edit))
        if edit % STEP == 0 or edit == edits:
            print(edit, anonymous(os.getpid()), flush=True)


def run_loop(entries: int, edits: int) -> tuple[list[str], dict[str, float]]:
    """Return the table of a loop, which runs in a process of its own, and its figures."""
    with corpus_of(None, entries, "links", ["sosik"]) as corpus:
        command = [sys.executable, "-m", "benchmarks.growth", "--loop-in", str(corpus.root)]
        command += ["--entries", str(entries), "--loop", str(edits)]
        begun = time.perf_counter()
        ran = subprocess.run(command, env=ENVIRONMENT, check=True, stdout=subprocess.PIPE, text=True)
        taken = time.perf_counter() - begun
    seen = [(int(edit), int(memory)) for edit, memory in (line.split() for line in ran.stdout.splitlines())]
    late = [memory for edit, memory in seen if edit >= SETTLED]
    settled = late[0] if late else seen[-1][1]
    rows = [f"| {edit:,} | {memory / 1024:.1f} | {100 * (memory / settled - 1):+.1f} |" for edit, memory in seen]
    title = f"### {edits:,} edits in a loop, {entries:,} articles: {taken / edits * 1000:.0f} ms each"
    lines = [title, "", *table(("edits", "MiB", f"% over that after {SETTLED}"), rows), "", machine()]
    return lines, {"loop/growth": 100 * (max(late) / settled - 1)} if late else {}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--entries", type=int, nargs="+")
    parser.add_argument("--edits", type=int, default=5)
    parser.add_argument("--hugo-most", type=int, default=0)
    parser.add_argument("--no-serve", action="store_true")
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--loop", type=int)
    parser.add_argument("--loop-in", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.loop_in:
        loop(Corpus(options.loop_in, options.entries[0], "links", ["sosik"]), options.loop)
    elif options.loop:
        tell("growth-loop", options.keep, *run_loop(options.entries[0] if options.entries else 1_000, options.loop))
    else:
        warm_up({"sosik": programs()["sosik"]})
        sizes = options.entries or SIZES
        points = [measure(entries, options) for entries in sizes]
        # Of sizes that build.py and editing.py measure, these know better: they take more rounds.
        large = [point for point in points if point.entries > max(SIZES)]
        figures = {name: value for point in large for name, value in point.figures().items()}
        tell(f"growth-{max(sizes)}", options.keep, list(report(points)), figures)
        if options.keep:
            keep_plot(points)


def tell(name: str, is_kept: bool, lines: list[str], figures: dict[str, float]) -> None:
    """Print what was measured, and keep it if that is asked for."""
    if is_kept:
        keep(name, lines, figures)
    print("\n".join([*lines, "", *judged(figures)]))


if __name__ == "__main__":
    main()
