"""The power goes at every sync of a newsroom's day: readers are told nothing twice, and nothing stays torn.

What this proves: whatever the program did not bring to the disk itself may be lost, in any of three ways, and the next
build goes on from the rest. SQLite's files are replayed like all others, so its protocol is tried with its own calls.
What it does not: that a disk keeps what it says it has kept.
"""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from faults.disk import Disk, record
from faults.trials import Trials
from newsrooms import ARTICLE, PUBLICATION, Newsroom, at
from sosik.errors import StoreError
from sosik.site import Site

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="the program strace is not installed")

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

build("2024-02-01 09:00")
change("a.yaml", "본문입니다.", "본문을 크게 고쳤습니다. 문단이 더 있습니다.")
build("2024-02-01 10:00")
change("c.yaml", "title:", "status: withdrawn\ntitle:")
Path("content/b.png").write_bytes(Path("other.png").read_bytes())
build("2024-02-01 11:00")
change("b.yaml", "등대가 섰습니다.", "등대가 섰고, 불이 켜졌습니다.")
Path("content/d.yaml").write_text("title: 넷째 기사\npublished: 2024-02-01 11:30\nbody: 넷째 글입니다.\n", "utf-8")
build("2024-02-01 12:00")
"""


WAYS = {"nothing": Disk.nothing, "names": Disk.names, "lengths": Disk.zeros}
"""What a power cut may leave of what was not synced."""


def items(feed: bytes) -> dict[str, dict[str, Any]]:
    return {item["title"]: item for item in json.loads(feed or b'{"items": []}')["items"]}


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_power_cut_reposts_nothing_and_leaves_nothing_torn(tmp_path: Path, trials: Trials) -> None:
    room = Newsroom(tmp_path / "room")
    room.write(START)
    for name, colour in (("content/b.png", "red"), ("content/c.png", "green"), ("other.png", "blue")):
        Image.new("RGB", (2, 2), colour).save(room.root / name)
    disk = Disk(room.root, safe=("content", "feeds", "other.png"))
    disk.find()
    calls = record(DAY, room.root, tmp_path / "calls")
    length = sum(name in ("fsync", "fdatasync") for name, _, _ in calls)

    chosen = {*trials.steps(range(length * len(WAYS)), 24)}
    for number, point in enumerate(disk.replay(calls)):
        for place, way in enumerate(WAYS):
            if number * len(WAYS) + place in chosen or point == "the end":
                # In its place: the store knows the folders that it publishes into.
                shutil.rmtree(room.root)
                WAYS[way](disk, room.root)
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
