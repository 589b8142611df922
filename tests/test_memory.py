"""How many bytes a build holds: what grows with the entries is only what must be known of all of them at once."""

import subprocess
import sys
from pathlib import Path

import pytest

from newsrooms import PUBLICATION

FEW, MANY = 8_000, 13_000
"""Entries: both more than any cache holds, so that the difference is what each of them takes."""

MOST = 1_024
"""Bytes that one more entry may take while it is read."""

MOST_OF_PYTHON = 500
"""Bytes of objects that one more entry may take that no feed shows."""

FEEDS = {
    "all": "title: 전체\n",
    "parts": 'title: "{value}"\neach: section\npath: "part/{slug}"\nwindow: {entries: 5, hours: 1, at_most: 5}\n',
}

ENTRY = """\
id: tag:test.example,2010:{number:012}
title: 마을버스 {number}번 노선이 바뀐다
section: 부서{section}
published: 2024-01-{day:02} {hour:02}:{minute:02}
link: https://www.test.example/news/{number}
body: |
  마을버스 {number}번이 다음 달부터 **해오름시장** 앞을 지난다. 주민 {number}명이 서명한 결과다.

  시는 정류장 {section}곳을 새로 놓고, 첫차를 {minute}분 앞당긴다고 밝혔다.
"""

SYNC = """
import resource, sys
from pathlib import Path
from sosik.ledger.seeing import SyncOptions
from sosik.ledger.sync import sync
from sosik.site import Site
from sosik.store import open_store

root, entries = Path(sys.argv[1]), int(sys.argv[2])
with open_store(root / ".sosik") as store, store.transaction():
    synced = sync(store, Site(root).config().publication, root / "content", SyncOptions(now=2_000_000_000))
assert synced.read == len(synced.outcomes) == entries
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""
"""Brings a publication into a new store, in a process of its own, and prints the most bytes that it held."""


COMPOSE = """
import sys, tracemalloc
from pathlib import Path
from sosik.site import Site

tracemalloc.start()
report = Site(Path(sys.argv[1])).build()
assert report.documents["new"] > 20 and report.rendered
print(tracemalloc.get_traced_memory()[1])
"""
"""Makes the first edition of what is in a store, in a process of its own, and prints the most bytes of objects."""


def synced(root: Path, entries: int) -> int:
    """Return the most bytes held while so many entries come into a new store."""
    (root / "feeds").mkdir(parents=True)
    for name, text in {"publication": PUBLICATION, **FEEDS}.items():
        (root / f"feeds/{name}.yaml").write_text(text, "utf-8")
    for number in range(entries):
        path = root / f"content/{number // 500:03}/{number}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        times = {"day": number % 28 + 1, "hour": number % 24, "minute": number % 60}
        path.write_text(ENTRY.format(number=number, section=number % 20, **times), "utf-8")
    return printed(SYNC, root, entries)


def printed(script: str, *arguments: object) -> int:
    """Return the number that a script prints."""
    run = [sys.executable, "-W", "error", "-c", script, *map(str, arguments)]
    return int(subprocess.run(run, capture_output=True, text=True, check=True).stdout)


@pytest.fixture(scope="module")
def publications(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, int]:
    """Return two publications, of few and of many entries, each with the most bytes that its sync held."""
    found = {tmp_path_factory.mktemp("publication"): entries for entries in (FEW, MANY)}
    return {root: synced(root, entries) for root, entries in found.items()}


def test_one_more_entry_takes_less_than_a_kilobyte(publications: dict[Path, int]) -> None:
    few, many = publications.values()

    assert (many - few) / (MANY - FEW) < MOST


def test_of_an_entry_that_no_feed_shows_an_edition_holds_next_to_nothing(publications: dict[Path, int]) -> None:
    few, many = (printed(COMPOSE, root) for root in publications)

    assert (many - few) / (MANY - FEW) < MOST_OF_PYTHON
