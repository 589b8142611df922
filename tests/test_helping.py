"""Fragments and pages made by several processes: the same documents as by one, whatever becomes of the processes."""

import os
import shutil
import signal
from collections.abc import Sequence
from typing import Any

import pytest

from newsrooms import PUBLICATION, Newsroom, Unpack, at
from sosik.edition import fragments, place
from sosik.pool import helping
from sosik.pool.crew import Crew
from sosik.pool.jobs import Job, can_work
from sosik.render import elements, page_templates
from sosik.site import Site
from test_pool import FEEDS

pytestmark = pytest.mark.skipif(not can_work(), reason="there are no workers here")

COUNT = 90


def article(number: int) -> str:
    """Return an article: with a page or a link, now and then with a correction or another article that it names."""
    more = f"link: https://www.test.example/{number}\n" if number % 3 == 0 else ""
    more += "edits:\n  - at: 2024-01-20 09:00\n    kind: correction\n    note: 숫자 & 이름\n" if number % 7 == 0 else ""
    more += f"related: tag:test.example,2010:{number - 1:012}\n" if number % 5 == 1 else ""
    more += "tags: [버스, 다리]\n" if number % 2 else ""
    return (
        f"-- content/{number:03}.md --\n---\nid: tag:test.example,2010:{number:012}\n"
        f"title: {number}번째 '소식' <속보>\n"
        f"published: 2023-{1 + number % 12:02}-11 09:{number % 60:02}\nsection: 부서{number % 4}\nauthors: [김하늘]\n"
        f"{more}---\n{number}번째 소식의 본문입니다.\n\n![다리](https://img.test.example/{number}.jpg)\n"
    )


FILES = FEEDS + "".join(map(article, range(COUNT)))


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helping, "FEW", 40)
    monkeypatch.setattr(fragments, "AT_ONCE", 20)
    monkeypatch.setattr(fragments, "TOGETHER", 4)
    monkeypatch.setattr(place, "TOGETHER", 4)
    monkeypatch.setattr(place, "MOST_DOCUMENTS", 20)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds of tasks that were handed on."""
    kinds: list[str] = []
    begin = Crew.begin

    def noting(crew: Crew, context: object, items: Sequence[Any]) -> Job:
        kinds.append(type(items[0]).__name__)
        return begin(crew, context, items)

    monkeypatch.setattr(Crew, "begin", noting)
    return kinds


def published(room: Newsroom, processes: int, now: str) -> dict[str, bytes]:
    """Build with so many processes, and return the files that are published."""
    site = Site(room.root, processes=processes)
    assert not site.build(now=at(now)).errors
    site.publish(room.root / "public")
    files = (path for path in (room.root / "public").rglob("*") if path.is_file())
    return {path.relative_to(room.root).as_posix(): path.read_bytes() for path in files}


def builds(room: Newsroom, processes: int) -> list[dict[str, bytes]]:
    """Return what is published at first, and after every document has changed."""
    settings = room.root / "feeds" / "publication.yaml"
    first = published(room, processes, "2024-02-01 09:00")
    settings.write_text(PUBLICATION.replace("시험일보", "새 시험일보"), "utf-8")
    second = published(room, processes, "2024-02-02 09:00")
    settings.write_text(PUBLICATION, "utf-8")
    for name in (".sosik", "public"):
        shutil.rmtree(room.root / name)
    return [first, second]


def test_the_number_of_processes_is_not_seen(newsroom: Unpack, begun: list[str]) -> None:
    room = newsroom(FILES)

    alone = builds(room, 0)
    assert set(begun) == set()
    shared = builds(room, 2)

    assert {"RenderFragments", "RenderPages"} <= set(begun)
    assert len(alone[0]) > COUNT
    assert alone[0] != alone[1]
    assert shared == alone


def test_processes_that_somebody_ends_cost_nothing(newsroom: Unpack, monkeypatch: pytest.MonkeyPatch) -> None:
    room = newsroom(FILES)
    alone = builds(room, 0)
    begin, ended = Crew.begin, []

    def ending(crew: Crew, context: object, items: Sequence[Any]) -> Job:
        if type(items[0]).__name__.startswith("Render"):
            ended.extend(crew.pids[:1])
            for pid in crew.pids[:1]:
                os.kill(pid, signal.SIGKILL)
        return begin(crew, context, items)

    monkeypatch.setattr(Crew, "begin", ending)

    assert builds(room, 2) == alone
    assert ended


def test_templates_that_another_process_made_are_kept(newsroom: Unpack) -> None:
    """So the next edit imports neither feedgen nor Jinja for them."""
    room = newsroom(FILES)
    kept = []
    for processes in (0, 2):
        for made in (page_templates._template, elements._fragment_templates, elements._envelope_template):
            made.cache_clear()
        Site(room.root, processes=processes).build(now=at("2024-02-01 09:00"))
        kept.append(sorted((room.root / ".sosik" / "shapes").read_bytes().splitlines()))
        shutil.rmtree(room.root / ".sosik")

    assert len(kept[0]) > 10
    assert kept[1] == kept[0]
