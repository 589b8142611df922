"""A store that is empty or damaged is never taken for a new one, and nothing that is damaged reaches readers.

Every page of a small store is zeroed in turn, bytes are changed and the file is cut short at random. Whatever comes of
it, a build either refuses in words, or publishes what is whole: nothing is posted again, nothing withdrawn. In CI a few
of each; SOSIK_FAULTS=1 tries every page, and more of the rest.
"""

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree

from newsrooms import PUBLICATION, Newsroom, at
from sosik.errors import EditionRefusedError, StoreDamagedError, StoreError, UnlikeError
from sosik.serve import create_app
from sosik.site import Site
from sosik.store import lock, open_snapshot

IS_LONG = bool(os.environ.get("SOSIK_FAULTS"))
SEED = 20_240_201
LATER = "2024-02-01 10:00"

ARTICLES = "".join(
    f"-- content/{number:02}.yaml --\n"
    + (f"id: tag:test.example,2010:{number:012}\n" if number % 3 else "")
    + f"title: 나루터 소식 {number}\npublished: 2024-01-{number + 1:02} 10:00\n"
    + f"section: {'강변' if number % 2 else '시장'}\n"
    + (f"link: https://www.test.example/{number}\n" if number % 2 else "")
    + f"body: 나루터 {number}호가 다시 뜬다. {'뱃길은 봄까지 이어진다. ' * 12}\n"
    for number in range(12)
)
SETTINGS = (
    f"-- feeds/publication.yaml --\n{PUBLICATION}"
    "-- feeds/all.yaml --\ntitle: 전체\narchive: month\nwindow: {entries: 5, hours: 0, at_most: 5}\n"
    "-- feeds/sections.yaml --\neach: section\n"
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    room = Newsroom(tmp_path_factory.mktemp("whole") / "나루일보")
    room.write(SETTINGS + ARTICLES)
    room.build()
    return room


@pytest.fixture
def room(sound: Newsroom, tmp_path: Path) -> Newsroom:
    shutil.copytree(sound.root, tmp_path / "나루일보")
    return Newsroom(tmp_path / "나루일보")


def store_of(room: Newsroom) -> Path:
    return room.root / ".sosik" / "site.db"


def run(room: Newsroom, *statements: str) -> None:
    """Change a store as another program might."""
    with closing(sqlite3.connect(store_of(room), isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def as_left(room: Newsroom) -> None:
    """Let a store count as its last writer left it: what damaged it has moved no time."""
    handle = lock.lock(room.root / ".sosik" / lock.NAME)
    lock.end(handle, store_of(room))
    os.close(handle)


def files(room: Newsroom) -> dict[str, bytes]:
    public = room.root / "public"
    return {str(path.relative_to(public)): path.read_bytes() for path in public.rglob("*") if path.is_file()}


def told(room: Newsroom) -> list[tuple[object, ...]]:
    return [(item["id"], item["title"], item["date_published"]) for item in room.items()]


# --- refused, with the ways out

DAMAGED: dict[str, Callable[[Newsroom], object]] = {
    "empty": lambda room: store_of(room).write_bytes(b""),
    "no database": lambda room: store_of(room).write_bytes(b"this is no database, and never was one" * 100),
    "cut short": lambda room: os.truncate(store_of(room), 40_000),
    "a head alone": lambda room: os.truncate(store_of(room), 100),
    "zeros": lambda room: store_of(room).write_bytes(bytes(store_of(room).stat().st_size)),
    "no version": lambda room: run(room, "PRAGMA user_version = 0"),
    "a version that never was": lambda room: run(room, "PRAGMA user_version = 3"),
    "an earlier version than its tables": lambda room: run(room, "PRAGMA user_version = 6"),
    "a version to come": lambda room: run(room, "PRAGMA user_version = 99"),
    "of another program": lambda room: run(room, "PRAGMA application_id = 12345"),
    "without its entries": lambda room: run(room, "DELETE FROM ledger"),
    "a table of no text": lambda room: _put_at(room, b"CREATE TABLE announcement (", b"CREATE TABLE announcement \xcc"),
    "a table less": lambda room: run(room, "DROP TABLE ledger"),
    "a row less": lambda room: run(room, "DELETE FROM ledger WHERE id = (SELECT min(id) FROM ledger)"),
    "a row more": lambda room: run(room, "INSERT INTO gone VALUES ('/nowhere', 0)"),
    "a record changed": lambda room: run(room, "UPDATE text SET body = 'x' WHERE digest IN (SELECT text FROM record)"),
    "no number": lambda room: run(room, "UPDATE ledger SET published = 'never'"),
    "no format": lambda room: run(room, "UPDATE document SET format = 'atol' WHERE format = 'atom'"),
    "no listing": lambda room: run(room, "UPDATE entry SET listing = '{'"),
}


def _put_at(room: Newsroom, old: bytes, new: bytes) -> None:
    body = store_of(room).read_bytes()
    assert old in body
    store_of(room).write_bytes(body.replace(old, new))


SILENT = {"cut short", "a record changed", "no number", "no format", "no listing"}
"""What is found only where it is read, if it moved no time of the file: here nothing is."""


@pytest.mark.parametrize(
    ("how", "silently"), [*((how, False) for how in DAMAGED), *((how, True) for how in DAMAGED if how not in SILENT)]
)
def test_a_damaged_store_is_refused_with_the_ways_out(room: Newsroom, how: str, silently: bool) -> None:
    DAMAGED[how](room)
    if silently:
        as_left(room)
    left, published = store_of(room).read_bytes(), files(room)
    site = Site(room.root)
    calls: list[Callable[[], object]] = [
        lambda: site.build(now=at(LATER)),
        lambda: site.check(now=at(LATER)),
        lambda: site.diff(now=at(LATER)),
        site.entries,
    ]
    for call in calls:
        with pytest.raises(StoreError) as refused:
            call()
        assert all(way in str(refused.value) for way in ("sosik restore", "--previous", "--new-store"))
    assert store_of(room).read_bytes() == left
    assert files(room) == published


def test_the_command_line_says_so_and_no_worker_starts(room: Newsroom) -> None:
    store_of(room).write_bytes(b"")

    for command in (["build"], ["serve", "--port", "0"]):
        assert "is damaged: empty file" in room.sosik(*command, status=1)
    assert store_of(room).read_bytes() == b""


def test_only_a_store_that_is_missing_goes_on_with_a_warning(room: Newsroom) -> None:
    shutil.rmtree(room.root / ".sosik")

    site = Site(room.root)
    assert [problem.code for problem in site.forgotten(room.root / "public")] == ["store-missing"]
    (room.root / "content").rename(room.root / "content-")
    with pytest.raises(EditionRefusedError):
        site.build(now=at(LATER))
    (room.root / "content-").rename(room.root / "content")
    assert [problem.code for problem in site.forgotten(room.root / "public")] == ["store-missing"]
    assert room.build(LATER).counts["new"] == 12


def test_a_store_that_was_left_unclean_has_its_pages_checked(room: Newsroom) -> None:
    zero(room, page_of(room, "text"))
    handle = lock.lock(room.root / ".sosik" / lock.NAME)
    lock.begin(handle)
    os.close(handle)

    with pytest.raises(StoreDamagedError):
        Site(room.root).build(now=at(LATER))


def test_an_error_that_a_damaged_store_led_to_is_told_as_damage(room: Newsroom) -> None:
    """One of which nothing was known when it was opened."""
    run(room, "UPDATE meta SET value = '{' WHERE name = 'kept' OR name = 'composed'")
    as_left(room)

    with pytest.raises(StoreDamagedError, match="sosik restore"):
        Site(room.root).build(now=at(LATER))


# --- made anew


FRAGMENTS = "UPDATE fragment SET tail = x'3c2f656e7472793e20'"
PAGES = "UPDATE page SET body = x'00'"
TAGS = "UPDATE document SET etag = substr(etag, 1, 31) || 'x'"


@pytest.mark.parametrize("statement", [FRAGMENTS, PAGES, TAGS, "DELETE FROM page", "UPDATE document SET tail = x'00'"])
def test_what_documents_are_made_of_is_made_anew(room: Newsroom, statement: str) -> None:
    before = files(room)
    run(room, statement)
    shutil.rmtree(room.root / "public")

    report = room.build(LATER)

    assert (report.counts["new"], report.counts["withdrawn"]) == (0, 0)
    assert files(room) == before


def test_a_dry_run_asks_for_nothing(room: Newsroom) -> None:
    run(room, FRAGMENTS)
    before = {path.name for path in (room.root / ".sosik").iterdir()}

    Site(room.root).check(now=at(LATER))

    assert {path.name for path in (room.root / ".sosik").iterdir()} <= before | {"site.db-wal", "site.db-shm"}


def test_a_document_that_is_not_what_it_was_composed_as_is_not_published(room: Newsroom) -> None:
    before = files(room)
    run(room, FRAGMENTS)
    as_left(room)
    shutil.rmtree(room.root / "public")
    site = Site(room.root)

    site.build(now=at(LATER))
    with pytest.raises(UnlikeError):
        site.publish(room.root / "public")
    site.build(now=at(LATER))
    site.publish(room.root / "public")

    assert files(room) == before


def test_nor_is_it_served_before_it_is_made_anew(room: Newsroom) -> None:
    app = create_app(room.root / ".sosik")
    client = app.test_client()
    run(room, FRAGMENTS)
    as_left(room)

    assert client.get("/rss.xml").status_code == 503
    assert client.get("/healthz").json["problems"]["store-damaged"] == 1  # type: ignore[index]  # what it always says
    Site(room.root).build(now=at(LATER))
    assert client.get("/rss.xml").data == room.read("/rss.xml")
    assert "store-damaged" not in client.get("/healthz").json["problems"]  # type: ignore[index]  # as above
    app.extensions["sosik"].close()


def test_what_was_just_rendered_is_not_joined_to_what_is_damaged(room: Newsroom) -> None:
    """A document is read again where the store gave a part of it."""
    run(room, FRAGMENTS)
    as_left(room)
    room.write(
        "-- content/new.yaml --\nid: tag:test.example,2010:zzzzzzzzzzzz\ntitle: 다리를 새로 놓는다\n"
        "published: 2024-01-16 09:00\nbody: 강을 건너는 다리를 새로 놓는다.\n"
    )

    with pytest.raises((EditionRefusedError, StoreDamagedError)):
        Site(room.root).build(now=at(LATER))


def test_a_build_that_has_nothing_to_do_reads_no_body(room: Newsroom) -> None:
    """So what nobody asks for costs nothing, whole or not."""
    room.build(LATER)
    run(room, FRAGMENTS, PAGES, "UPDATE text SET body = ''")
    as_left(room)

    assert room.build(LATER).counts["unchanged"] == 12


# --- whatever is damaged


class Trial(NamedTuple):
    """A way to damage a store, in words and done to its bytes."""

    name: str
    damage: Callable[[bytearray], bytearray]


def trials(store: bytes, rng: random.Random) -> Iterator[Trial]:
    page = int.from_bytes(store[16:18], "big")
    count = len(store) // page
    written = [place for place, byte in enumerate(store) if byte]
    for number in range(count) if IS_LONG else sorted(rng.sample(range(count), 8)):
        yield Trial(f"page {number} zeroed", lambda body, at=number * page: _put(body, at, bytes(page)))  # type: ignore[misc]  # bound early
    for _ in range(200 if IS_LONG else 12):
        place, bit = rng.choice(written), 1 << rng.randrange(8)
        yield Trial(f"bit {bit} of {place}", lambda body, at=place, bit=bit: _put(body, at, bytes([body[at] ^ bit])))  # type: ignore[misc]  # as above
    for _ in range(100 if IS_LONG else 6):
        place, noise = min(rng.choice(written), len(store) - 100), rng.randbytes(100)
        yield Trial(f"noise at {place}", lambda body, at=place, noise=noise: _put(body, at, noise))  # type: ignore[misc]  # as above
    for _ in range(50 if IS_LONG else 3):
        length = rng.randrange(len(store))
        yield Trial(f"cut at {length}", lambda body, length=length: body[:length])  # type: ignore[misc]  # as above


def _put(body: bytearray, place: int, new: bytes) -> bytearray:
    body[place : place + len(new)] = new
    return body


def test_whatever_is_damaged_nothing_false_is_published(sound: Newsroom, room: Newsroom) -> None:
    whole, before = store_of(sound).read_bytes(), told(sound)
    wrong, refused = [], 0
    for trial in trials(whole, random.Random(SEED)):  # noqa: S311  # no secret
        shutil.rmtree(room.root / ".sosik")
        shutil.copytree(sound.root / ".sosik", room.root / ".sosik")
        store_of(room).write_bytes(trial.damage(bytearray(whole)))
        try:
            counts = room.build(LATER).counts
        except StoreDamagedError:
            refused += 1
            continue
        feeds = [body for name, body in files(room).items() if name.endswith(".xml")]
        if counts["new"] or counts["withdrawn"] or told(room) != before or not all(map(is_well_formed, feeds)):
            wrong.append(trial.name)

    assert wrong == []
    assert refused > 8


def is_well_formed(body: bytes) -> bool:
    try:
        etree.fromstring(body)
    except etree.XMLSyntaxError:
        return False
    return True


def page_of(room: Newsroom, table: str) -> int:
    with closing(sqlite3.connect(store_of(room))) as connection:
        page: int = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    return page - 1


def zero(room: Newsroom, page: int) -> None:
    body = bytearray(store_of(room).read_bytes())
    size = int.from_bytes(body[16:18], "big")
    store_of(room).write_bytes(_put(body, page * size, bytes(size)))


def test_what_is_served_is_looked_at_as_well(room: Newsroom) -> None:
    store_of(room).write_bytes(b"")

    with pytest.raises(StoreDamagedError):
        open_snapshot(room.root / ".sosik")


def test_a_whole_store_stays_as_it_is(room: Newsroom) -> None:
    """One that was copied, of which is known only that it was not left so."""
    before = files(room)

    report = room.build(LATER)

    assert json.dumps(report.counts) == json.dumps(report.counts | {"unchanged": 12, "new": 0})
    assert files(room) == before
