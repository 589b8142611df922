"""The power goes at every sync of a newsroom's day: readers are told nothing twice, and nothing stays torn.

What this proves: whatever the program did not bring to the disk itself may be lost, in any of three ways, and the next
build goes on from the rest. SQLite's files are replayed like all others, so its protocol is tried with its own calls.
What it does not: that a disk keeps what it says it has kept.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from faults.disk import Disk, record
from faults.trials import Trials
from newsrooms import ARTICLE, PUBLICATION, Newsroom, at
from sosik.durability import boot
from sosik.errors import StoreError
from sosik.publish.parts import parts_of, state_of
from sosik.site import Site
from sosik.store import OutputRow, open_store

recorded = pytest.mark.skipif(not shutil.which("strace"), reason="the program strace is not installed")

START = f"""\
-- feeds/publication.yaml --
{PUBLICATION}
-- feeds/all.yaml --
title: 전체
-- content/a.yaml --
{ARTICLE}
-- content/b.yaml --
title: 항구에 새 등대
published: 2024-01-17 09:00
images: [b.png]
body: 등대가 섰습니다.
-- content/c.yaml --
title: 물린 기사
published: 2024-01-18 09:00
images: [c.png]
body: 곧 물립니다.
"""

DAY = r"""
import shutil
from pathlib import Path
from sosik.dates import parse_datetime
from sosik.site import Site

def build(now):
    site = Site(".")
    site.build(now=parse_datetime(now).instant)
    site.publish("public")

def change(name, old, new):
    path = Path("content") / name
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

def rest():
    Path("rest").mkdir()
    Path("rest").rmdir()

build("2024-02-01 09:00")
rest()
change("a.yaml", "본문입니다.", "본문을 크게 고쳤습니다. 문단이 더 있습니다.")
build("2024-02-01 10:00")
rest()
change("c.yaml", "title:", "status: withdrawn\ntitle:")
Path("content/b.png").write_bytes(Path("other.png").read_bytes())
build("2024-02-01 11:00")
rest()
change("b.yaml", "등대가 섰습니다.", "등대가 섰고, 불이 켜졌습니다.")
Path("content/d.yaml").write_text("title: 넷째 기사\npublished: 2024-02-01 11:30\nbody: 넷째 글입니다.\n", "utf-8")
build("2024-02-01 12:00")
"""


DURABLE = """
site = Site(".")
site.build(now=parse_datetime("2024-02-01 09:00").instant)
site.publish("public", compress=True, durable=True)
"""

Tear = Callable[[bytes], bytes]

SAFE = ("content", "feeds", "other.png")

WAYS = {
    "nothing": ("", Disk.nothing),
    "its names": ("", Disk.names),
    "its lengths": ("", Disk.zeros),
    "what the builds before wrote": ("rest", Disk.nothing),
}
"""What a power cut may leave of what was not synced."""


def begun(folder: Path) -> Newsroom:
    room = Newsroom(folder / "room")
    room.write(START)
    for name, colour in (("content/b.png", "red"), ("content/c.png", "green"), ("other.png", "blue")):
        Image.new("RGB", (2, 2), colour).save(room.root / name)
    return room


def items(feed: bytes) -> dict[str, dict[str, Any]]:
    return {item["title"]: item for item in json.loads(feed or b'{"items": []}')["items"]}


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@recorded
def test_a_power_cut_reposts_nothing_and_leaves_nothing_torn(tmp_path: Path, trials: Trials) -> None:
    room = begun(tmp_path)
    disks = {way: Disk(room.root, safe=SAFE, rests=rests) for way, (rests, _) in WAYS.items()}
    for disk in disks.values():
        disk.find()
    calls = record(DAY, room.root, tmp_path / "calls")
    length = sum(name in ("fsync", "fdatasync") for name, _, _ in calls)

    chosen = {*trials.steps(range((length + 1) * len(WAYS)), 16)}
    replays = zip(*(disk.replay(calls) for disk in disks.values()), strict=True)
    for number, (point, *_) in enumerate(replays):
        for place, (way, disk) in enumerate(disks.items()):
            if number * len(WAYS) + place in chosen:
                # In its place: the store knows the folders that it publishes into.
                shutil.rmtree(room.root)
                WAYS[way][1](disk, room.root)
                goes_on(room.root, {name: bytes(file.seen) for name, file in disk.files("public")}, f"{way}: {point}")
                trials.note(f"power cut that leaves of what was not synced: {way}")


def goes_on(root: Path, seen: dict[str, bytes], point: str) -> None:
    """Build after a power cut, before which readers could have `seen` these files, and judge what they see then."""
    site = Site(root)
    try:
        site.build(now=at("2024-02-01 13:00"))
    except StoreError:
        # The very first commit was under way: nothing is remembered, and nobody has seen anything.
        assert not seen, point
        return
    site.publish(root / "public")
    site.publish(root / "anew")
    assert tree(root / "public") == tree(root / "anew"), point
    with closing(sqlite3.connect(site.store)) as store:
        assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)], point
    before, after = items(seen.get("feed.json", b"")), items((root / "public" / "feed.json").read_bytes())
    for title in before.keys() & after.keys():
        old, new = before[title], after[title]
        assert (old["id"], old["date_published"]) == (new["id"], new["date_published"]), point
        if old["content_html"] == new["content_html"]:
            assert old.get("date_modified") == new.get("date_modified"), point


@recorded
def test_a_durable_build_is_on_the_disk_when_it_ends(tmp_path: Path) -> None:
    room = begun(tmp_path)
    disk = Disk(room.root, safe=SAFE)
    disk.find()

    for _ in disk.replay(record(f"{DAY.partition('def build')[0]}{DURABLE}", room.root, tmp_path / "calls")):
        pass

    left = {path: file.kept for path, file in disk.kept.items() if file is not None and path.is_relative_to("public")}
    assert {str(path.relative_to("public")): body for path, body in left.items()} == tree(room.root / "public")


@pytest.mark.parametrize("tear", [lambda body: bytes(len(body)), lambda body: body[:-1] + b"\0"])
def test_what_a_power_cut_tore_in_silence_is_found_after_the_next_start(tmp_path: Path, tear: Tear) -> None:
    """Size, times and inode may all say that a file is as it was left."""
    room = begun(tmp_path)
    room.build()
    site, public = Site(room.root), room.root / "public"
    site.publish(public, compress=True)
    whole = tree(public)
    torn = ["rss.xml", "rss.xml.gz", next(name for name in whole if name.endswith("b.png"))]
    before = {state_of(public / name): name for name in torn}
    for name in torn:
        (public / name).write_bytes(tear(whole[name]))
    with open_store(site.folder) as store, store.transaction():
        output = str(public.resolve())
        rows = [
            row._replace(
                stamp=state_of(public / before[row.stamp]) if row.stamp in before else row.stamp,
                packed=state_of(public / before[row.packed]) if row.packed in before else row.packed,
            )
            for row in store.projections.rows(output)
        ]
        made = OutputRow(output, store.projections.made(output))
        parts = parts_of(output, {row.part for row in rows}, rows)
        store.projections.keep(made, gone=[], rows=rows, parts=parts)
    assert site.publish(public, compress=True).written == 0  # the same start: nothing is read
    with open_store(site.folder) as store, store.transaction():
        earlier = made._replace(made=made.made.replace(boot(), "the start before"))
        store.projections.keep(earlier, gone=[], rows=[], parts=[])

    assert site.publish(public, compress=True).written == 3
    assert tree(public) == whole
    assert site.publish(public, compress=True).written == 0
