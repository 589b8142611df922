"""A clock that ran ahead, or a time zone that was a slip, leaves no trace once it is put right."""

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from lxml import etree

from newsrooms import PUBLICATION, Newsroom, Unpack, at
from sosik.site import Site
from sosik.store import open_snapshot

FEEDS = f"""\
-- feeds/publication.yaml --
{PUBLICATION}tombstones: true
-- feeds/all.yaml --
title: 전체
archive: month
-- feeds/sections.yaml --
each: section
title: "{{value}}"
path: "section/{{slug}}"
"""

RIGHT = "2024-02-01 09:00"


def article(number: int, published: str, *lines: str) -> str:
    more = "".join(f"{line}\n" for line in lines)
    return (
        f"-- content/{number}.yaml --\nid: tag:test.example,2010:{number:012}\ntitle: 나루 소식 {number}\n"
        f"published: {published}\nsection: {('항만', '시정')[number % 2]}\n{more}"
        f"body: 나루시가 {number}번째 안을 냈다.\n"
    )


def founded(newsroom: Unpack) -> Newsroom:
    articles = (article(number, f"2024-01-{number + 10} 08:00") for number in range(4))
    room = newsroom(FEEDS + "".join(articles))
    room.build(RIGHT)
    return room


def stamps(room: Newsroom) -> dict[str, datetime]:
    """Return the latest instant that anything published says of itself."""
    found: dict[str, datetime] = {}
    snapshot = open_snapshot(room.root / ".sosik")
    for head in snapshot.heads():
        found[f"Last-Modified of {head.path}"] = datetime.fromtimestamp(head.last_modified, UTC)
    snapshot.close()
    public = room.root / "public"
    for path in public.rglob("*"):
        if path.is_file():
            found[f"time of {path.relative_to(public)}"] = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    for path in public.rglob("rss.xml"):
        text = etree.parse(path).findtext("channel/lastBuildDate")
        found[f"lastBuildDate of {path.relative_to(public)}"] = parsedate_to_datetime(text)
    for path in public.rglob("atom.xml"):
        root = etree.parse(path).getroot()
        for element in root.iter("{*}updated"):
            found[f"updated of {path.relative_to(public)}"] = datetime.fromisoformat(element.text or "")
        for grave in root.iter("{*}deleted-entry"):
            found[f"grave in {path.relative_to(public)}"] = datetime.fromisoformat(grave.get("when") or "")
    return found


def ahead_of(room: Newsroom, now: str) -> list[str]:
    return [f"{what}: {when}" for what, when in stamps(room).items() if when > at(now)]


@pytest.mark.parametrize("hours", [3, 20])
def test_what_a_clock_that_ran_ahead_stamped_is_dated_back(newsroom: Unpack, hours: int) -> None:
    room = founded(newsroom)
    wrong, right = f"2024-02-01 {(9 + hours) % 24:02}:00", "2024-02-01 09:10"
    if hours == 20:
        wrong = "2024-02-02 05:00"
    room.write(article(4, wrong) + article(1, "2024-01-11 08:00", f"updated: {wrong}") + "-- content/0.yaml --\n(gone)")
    room.build(wrong, deleted=True)
    assert ahead_of(room, right)

    room.build(right)

    assert ahead_of(room, right) == []
    assert room.titles() == [f"나루 소식 {number}" for number in (3, 2, 1)]
    assert Site(room.root).build(now=at(right)).documents["changed"] == 0, "once is enough"
    room.build(wrong)
    assert len(room.items()) == 4, "what is to come comes all the same"


def test_a_trial_of_a_day_to_come_leaves_no_stamp(newsroom: Unpack) -> None:
    room = founded(newsroom)
    room.write(article(5, "2024-03-01 08:00"))
    room.build("2024-03-02 09:00")

    room.build("2024-02-01 12:00")

    assert ahead_of(room, "2024-02-01 12:00") == []


def test_a_dry_run_beside_a_clock_put_right_changes_nothing(newsroom: Unpack) -> None:
    room = founded(newsroom)
    room.write(article(1, "2024-01-11 08:00", "updated: 2024-02-01 14:00"))
    room.build("2024-02-01 14:00")
    before = stamps(room)

    Site(room.root).check(now=at("2024-02-01 09:10"))
    Site(room.root).diff(now=at("2024-02-01 09:10"))

    assert stamps(room) == before


def pages(room: Newsroom) -> dict[Path, bytes]:
    public = room.root / "public"
    return {path: path.read_bytes() for path in sorted(public.rglob("*")) if path.is_file()}


CORRECTED = "edits: [{at: 2024-01-20 23:30, kind: correction, note: 항만 이름을 바로잡습니다}]"


@pytest.mark.parametrize("zone", ["America/New_York", "UTC", "Asia/Kolkata"])
def test_a_slip_of_the_time_zone_changes_no_page_and_no_feed(newsroom: Unpack, zone: str) -> None:
    room = founded(newsroom)
    room.write(article(2, "2024-01-12 08:00", CORRECTED) + article(6, "2024-01-31"))
    room.build("2024-02-01 09:30")
    before = pages(room)

    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}tombstones: true\ntimezone: {zone}\n")
    for now in ("2024-02-01 10:00", "2024-02-01 11:00"):
        report = room.build(now)
        assert "timezone-changed" in {problem.code for problem in report.problems}
        assert pages(room) == before

    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}tombstones: true\n")
    assert room.build("2024-02-01 12:00").errors == []
    assert pages(room) == before


def test_a_zone_that_moves_nothing_is_the_zone_of_all_pages(newsroom: Unpack) -> None:
    room = newsroom(FEEDS + article(1, "2024-01-11T08:00:00+09:00"))
    room.build(RIGHT)
    page = "/articles/000000000001/index.html"
    assert "오전 8:00" in room.read(page).decode()

    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}timezone: UTC\n")
    room.build("2024-02-01 10:00")

    assert "1월 10일(수) 오후 11:00" in room.read(page).decode()
    assert json.loads(room.read("/feed.json"))["items"][0]["date_published"] == "2024-01-11T08:00:00+09:00"


def test_an_hour_is_no_slip_also_after_a_day_was_one(newsroom: Unpack) -> None:
    """A clock that is put right, and then goes back a little, hides nothing that readers saw."""
    room = founded(newsroom)
    room.write(article(7, "2024-02-01 08:50"))
    room.build("2024-02-01 09:01")
    room.write(article(8, "2024-02-01 09:01"))
    room.build("2024-02-02 08:00")
    room.build("2024-02-01 09:02")
    room.build("2024-02-01 08:40")

    assert room.titles()[:2] == ["나루 소식 8", "나루 소식 7"]
