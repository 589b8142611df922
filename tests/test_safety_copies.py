"""Each day's copy of what content/ cannot give again; put back, it posts nothing again and withdraws nothing."""

import json
import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from newsrooms import PUBLICATION, Newsroom, Unpack, at
from sosik.cli.root import sosik as command_line
from sosik.errors import PreviousError, StoreDamagedError, StoreError
from sosik.site import Site
from sosik.store import open_snapshot, open_store
from sosik.store.contents import CHECKED, column_types
from sosik.store.copies import COPIED, REBUILT
from sosik.store.schema import TABLES

SETTINGS = f"""\
-- feeds/publication.yaml --
{PUBLICATION}hubs: [https://hub.test.example/]
-- feeds/all.yaml --
title: 전체
archive: month
window: {{entries: 3, hours: 0, at_most: 3}}
-- feeds/sections.yaml --
each: section
"""


def article(number: int, rest: str = "") -> str:
    return (
        f"-- content/{number}.yaml --\nid: tag:test.example,2010:{number:012}\ntitle: 버스 {number}번\n"
        f"published: 2024-01-{number:02} 10:00\nsection: 교통\n{rest}body: {number}번 버스가 새 길로 다닌다.\n"
    )


@pytest.fixture
def room(newsroom: Unpack) -> Newsroom:
    made = newsroom(SETTINGS + "".join(map(article, range(1, 8))))
    Image.new("RGB", (2, 2)).save(made.root / "content" / "a.png")
    made.write(article(8, "images: [a.png]\n"))
    return made


def build(room: Newsroom, now: str) -> Site:
    site = Site(room.root)
    room.build(now)
    site.keep_copy()
    return site


def store_of(room: Newsroom) -> Path:
    return room.root / ".sosik" / "site.db"


def copies_of(room: Newsroom) -> list[str]:
    return sorted(path.name for path in (room.root / ".sosik" / "backup").iterdir())


def files(room: Newsroom) -> dict[str, tuple[bytes, float]]:
    public = room.root / "public"
    found = (path for path in public.rglob("*") if path.is_file())
    return {str(path.relative_to(public)): (path.read_bytes(), path.stat().st_mtime) for path in found}


def known(room: Newsroom) -> tuple[object, ...]:
    """Return what readers, hubs and later builds go by."""
    with open_store(room.root / ".sosik", is_dry=True) as store:
        sources = [(row.path, row.held, row.entry_id) for row in store.sources.each() if row.held]
        return (
            sorted(store.ledger.each()),
            sorted(store.feeds().values()),
            store.gone(),
            store.heads(),
            store.announcements.waiting(),
            sources,
        )


def test_the_first_edition_of_a_day_leaves_a_copy_and_seven_are_kept(room: Newsroom) -> None:
    for day in range(10, 20):
        room.write(article(9, f"tags: [{day}]\n"))
        build(room, f"2024-01-{day} 00:30")
    kept = (room.root / ".sosik" / "backup" / "site-2024-01-19.db").stat()

    room.write(article(9, "tags: [저녁]\n"))
    build(room, "2024-01-19 23:30")

    assert copies_of(room) == [f"site-2024-01-{day}.db" for day in range(13, 20)]
    assert (room.root / ".sosik" / "backup" / "site-2024-01-19.db").stat() == kept


def test_every_table_is_copied_or_made_again() -> None:
    """Whoever adds one says which; and the rows of each are read through when a store is doubted, or told where not."""
    tables = set(re.findall(r"CREATE TABLE (\w+)", TABLES))

    assert tables <= COPIED.keys() | REBUILT
    assert not COPIED.keys() & REBUILT
    assert tables - set(CHECKED) <= {"output", "projection", "part", "stale", "scanned", "watched"}
    assert all([*column_types(table)] for table in CHECKED)


def test_a_copy_holds_no_text_that_content_holds(room: Newsroom) -> None:
    site = build(room, "2024-01-10 09:00")

    [copy] = site.copies()
    texts = b"".join(path.read_bytes() for path in (room.root / "content").glob("*.yaml"))
    assert "새 길로".encode() in texts
    assert "새 길로".encode() not in copy.file.read_bytes()
    assert copy.entries == 8
    assert copy.file.stat().st_size < store_of(room).stat().st_size / 2


def test_what_is_put_back_goes_on_as_if_nothing_had_happened(room: Newsroom) -> None:
    """With a file that is broken by now, one that is away, an address that is gone, and news that nobody was told."""
    build(room, "2024-01-09 09:00")
    room.write(article(1).replace("title: ", "title: '") + "-- content/2.yaml --\n(gone)\n")
    room.write(article(3, "status: withdrawn\n") + article(4, "section: 동네\n").replace("section: 교통\n", ""))
    build(room, "2024-01-10 09:00")
    before, published = known(room), files(room)
    store_of(room).write_bytes(b"")

    site = Site(room.root)
    with pytest.raises(StoreDamagedError):
        site.build(now=at("2024-01-10 09:00:30"))
    restored = site.restore()
    report = room.build("2024-01-10 09:00:30")

    assert restored.copy.file.name == "site-2024-01-10.db"
    assert restored.aside is not None
    assert restored.aside.read_bytes() == b""
    assert {what: report.counts[what] for what in ("new", "withdrawn", "updated", "minor")} == dict.fromkeys(
        ("new", "withdrawn", "updated", "minor"), 0
    )
    assert list(report.missing) == ["tag:test.example,2010:000000000002"]
    assert known(room) == before
    assert files(room) == published


def test_what_came_since_the_copy_is_taken_from_content(room: Newsroom) -> None:
    build(room, "2024-01-10 09:00")
    room.write(article(9) + article(5, "edits: [{at: 2024-01-10 08:00}]\n"))
    build(room, "2024-01-10 11:00")
    before = {path: body for path, (body, _) in files(room).items() if path.endswith("feed.json")}
    store_of(room).unlink()

    Site(room.root).restore()
    room.build("2024-01-10 12:00")

    after = {path: body for path, (body, _) in files(room).items() if path.endswith("feed.json")}
    assert {path: json.loads(body)["items"] for path, body in after.items()} == {
        path: json.loads(body)["items"] for path, body in before.items()
    }


def test_the_newest_whole_copy_is_taken_and_a_backup_by_its_name(room: Newsroom, tmp_path: Path) -> None:
    build(room, "2024-01-10 09:00")
    room.write(article(9))
    site = build(room, "2024-01-11 09:00")
    backup = tmp_path / "backup.db"
    with closing(sqlite3.connect(store_of(room))) as store, closing(sqlite3.connect(backup)) as copy:
        store.backup(copy)
    os.truncate(room.root / ".sosik" / "backup" / "site-2024-01-11.db", 9_000)

    assert site.restore().copy.file.name == "site-2024-01-10.db"
    assert site.restore(backup).copy.entries == 9
    assert [copy.edition for copy in site.copies()] == [1, 0]
    with pytest.raises(StoreError, match="file not found"):
        site.restore(tmp_path / "nowhere.db")
    with pytest.raises(StoreError, match="not restored"):
        site.restore(room.root / ".sosik" / "backup" / "site-2024-01-11.db")
    assert room.build("2024-01-12 09:00").counts["new"] == 0


def test_no_copy_is_told(room: Newsroom) -> None:
    room.build()

    with pytest.raises(StoreError, match="No undamaged copy"):
        Site(room.root).restore()


def test_a_damaged_store_leaves_no_copy(room: Newsroom) -> None:
    room.build()
    body = bytearray(store_of(room).read_bytes())
    body[-16_384:] = bytes(16_384)
    store_of(room).write_bytes(body)

    with pytest.raises(StoreDamagedError):
        Site(room.root).keep_copy()

    assert not (room.root / ".sosik" / "backup").exists() or copies_of(room) == []


def empty(room: Newsroom) -> None:
    store_of(room).write_bytes(b"")


def of_version_99(room: Newsroom) -> None:
    with closing(sqlite3.connect(store_of(room))) as connection:
        connection.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize("damage", [empty, of_version_99])
def test_the_other_ways_out(room: Newsroom, damage: Callable[[Newsroom], None]) -> None:
    room.build()
    site = Site(room.root)
    site.leave_memory(room.root / "public")
    published = files(room)
    damage(room)

    with pytest.raises(PreviousError):
        site.build(now=at("2024-02-01 10:00"), previous="nowhere")
    report = site.build(now=at("2024-02-01 10:00"), previous="public")
    site.publish(room.root / "public")

    assert (report.counts["new"], report.counts["unchanged"]) == (0, 8)
    assert files(room) == published
    with pytest.raises(StoreError, match="is not damaged"):
        site.build(now=at("2024-02-01 11:00"), new_store=True)
    damage(room)
    assert site.build(now=at("2024-02-01 11:00"), new_store=True).counts["new"] == 8
    assert len([name for name in copies_of(room) if name.startswith("damaged-") and name.endswith(".db")]) == 2


def test_the_commands(room: Newsroom) -> None:
    def said(*arguments: str) -> str:
        done = CliRunner().invoke(command_line, ["-C", str(room.root), *arguments])
        return f"{done.exit_code} {done.output}"

    assert said("restore", "--list").startswith("0 no safety copy yet")
    assert said("build").startswith("0 ")
    [copy] = copies_of(room)
    assert said("doctor") == "0 no problems\n"
    store_of(room).write_bytes(b"")

    assert copy in said("restore", "--list")
    assert json.loads(said("restore", "--list", "--json")[2:])[0]["entries"] == 8
    assert json.loads(said("doctor", "--json")[2:])["sound"] is False
    assert said("doctor").startswith("1 store: ")
    assert "sosik build" in said("restore")
    assert "8 unchanged" in said("build")
    assert json.loads(said("restore", copy, "--json")[2:])["restored"]["edition"] == 1


# --- doctor


def state_of(room: Newsroom) -> dict[Path, tuple[int, int]]:
    """Return the states of all files, but for SQLite's notes of who reads."""
    found = {path: path.lstat() for path in room.root.rglob("*") if not path.name.endswith(("-wal", "-shm"))}
    return {path: (state.st_mtime_ns, state.st_size) for path, state in found.items() if not path.is_dir()}


def test_a_doctor_finds_nothing_where_all_is_whole_and_writes_nothing(room: Newsroom) -> None:
    site = build(room, "2024-01-10 09:00")
    before = state_of(room)

    assert not any(site.examine(room.root / "public").values())
    assert state_of(room) == before


def test_a_doctor_says_what_is_wrong_with_each_part(room: Newsroom) -> None:
    site = build(room, "2024-01-10 09:00")
    with closing(open_snapshot(room.root / ".sosik")) as snapshot:
        [blob] = [head.blob for head in snapshot.heads() if head.blob]
    (room.root / ".sosik" / "media" / blob[:2] / blob).write_bytes(b"")
    (room.root / "content" / "1.yaml").unlink()
    (room.root / "public" / "rss.xml").unlink()
    (room.root / "public" / "feed.json").write_bytes(b"{}")

    found = site.examine(room.root / "public")

    assert {part: len(one) for part, one in found.items()} == {"store": 0, "media": 1, "ledger": 1, "output": 2}
    assert "content/1.yaml" in str(found["ledger"][0].message)
    assert all(one.hint is not None for one in (*found["media"], *found["ledger"], *found["output"]))


def test_a_doctor_tells_of_a_store_that_is_damaged_or_missing(room: Newsroom) -> None:
    site = build(room, "2024-01-10 09:00")
    with closing(sqlite3.connect(store_of(room), isolation_level=None)) as connection:
        connection.execute("UPDATE page SET body = x'00'")
    assert "damaged documents" in str(site.examine(room.root / "public")["store"][0].message)
    assert not (room.root / ".sosik" / "anew").exists()

    store_of(room).write_bytes(b"")
    assert "sosik restore" in str(site.examine(room.root / "public")["store"][0].message)
    shutil.rmtree(room.root / ".sosik")
    assert "missing" in str(site.examine(room.root / "public")["store"][0].message)
