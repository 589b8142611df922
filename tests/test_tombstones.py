"""`tombstones: true`: Atom feeds tell for 30 days what they showed and was taken back (RFC 6721)."""

import pytest
from lxml import etree

from newsrooms import PUBLICATION, Newsroom, Unpack, at

NAMES = {"at": "http://purl.org/atompub/tombstones/1.0", "atom": "http://www.w3.org/2005/Atom"}
ON = f"-- feeds/publication.yaml --\n{PUBLICATION}tombstones: true\n"
SECTIONS = '-- feeds/sections.yaml --\neach: section\ntitle: "{value}"\npath: "section/{slug}"\n'
WINDOW = "-- feeds/all.yaml --\ntitle: 전체\narchive: month\nwindow: {entries: 1, hours: 0, at_most: 1}\n"


def entry(name: str, day: int, section: str = "지역") -> str:
    head = f"id: tag:test.example,2010:{name}\ntitle: {name}\nsection: {section}\n"
    return f"-- content/{name}.yaml --\n{head}published: 2024-01-{day:02}\nbody: {name} 기사.\n"


def graves(room: Newsroom, path: str = "/atom.xml") -> list[tuple[str, str]]:
    root = etree.fromstring(room.read(path))
    return [(grave.get("ref"), grave.get("when")) for grave in root.iterfind("at:deleted-entry", NAMES)]


@pytest.mark.rule(17, 57)
def test_a_feed_tells_what_it_showed_and_was_taken_back(newsroom: Unpack) -> None:
    """In the feeds that showed it, for 30 days; the namespace is declared only as long."""
    room = newsroom(ON + SECTIONS + entry("a", 10) + entry("b", 11, "정치") + entry("c", 12))
    room.build()
    assert b"tombstones/1.0" not in room.read("/atom.xml")
    room.write("-- content/a.yaml --\n(gone)\n")

    report = room.build("2024-02-02 09:00", deleted=True)

    told = [("tag:test.example,2010:a", "2024-02-02T09:00:00+09:00")]
    assert graves(room) == graves(room, "/section/지역/atom.xml") == told
    assert graves(room, "/section/정치/atom.xml") == []
    assert b"tombstones/1.0" not in room.read("/section/정치/atom.xml")
    assert report.errors == []

    room.build("2024-03-03 08:59")
    assert graves(room) == told
    end = room.build("2024-03-03 09:00")
    assert graves(room) == []
    assert end.documents["changed"] >= 2


def test_the_build_wakes_when_a_tombstone_ends(newsroom: Unpack) -> None:
    room = newsroom(ON + entry("a", 10) + entry("b", 11))
    room.build()
    room.write("-- content/a.yaml --\n(gone)\n")

    report = room.build("2024-02-02 09:00", deleted=True)

    assert report.edition.next_due == int(at("2024-03-03 09:00").timestamp())


@pytest.mark.rule(57)
def test_an_entry_that_had_left_the_window_is_told_of_too(newsroom: Unpack) -> None:
    room = newsroom(ON + WINDOW + entry("a", 10))
    room.build()
    room.write(entry("b", 11))
    room.build("2024-02-01 10:00")
    room.write("-- content/a.yaml --\n(gone)\n")

    room.build("2024-02-02 09:00", deleted=True)

    assert [ref for ref, _ in graves(room)] == ["tag:test.example,2010:a"]
    assert graves(room, "/archive/2024-01/atom.xml") == []
    assert b"<updated>2024-02-02T09:00:00+09:00</updated>" in room.read("/atom.xml")


@pytest.mark.rule(57)
def test_an_entry_that_returns_has_no_tombstone(newsroom: Unpack) -> None:
    room = newsroom(ON + entry("a", 10) + entry("b", 11))
    room.build()
    room.write("-- content/a.yaml --\n(gone)\n")
    room.build("2024-02-02 09:00", deleted=True)
    room.write(entry("a", 10))

    room.build("2024-02-03 09:00")

    assert graves(room) == []


@pytest.mark.rule(57)
def test_without_it_nothing_is_told(newsroom: Unpack) -> None:
    room = newsroom(entry("a", 10) + entry("b", 11))
    room.build()
    room.write("-- content/a.yaml --\n(gone)\n")

    room.build("2024-02-02 09:00", deleted=True)

    assert graves(room) == []
