"""The store saved and put back by the commands that docs/operating.md shows."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from newsrooms import ARTICLE, ROOT, Newsroom, Unpack
from sosik.store import open_snapshot

PICTURE = "-- content/b.yaml --\ntitle: 사진 기사\npublished: 2024-01-17 09:00\nimages: [a.png]\nbody: 둘째 글입니다.\n"


def shown(name: str) -> str:
    """Return the commands that the document shows under a name."""
    found = re.search(
        rf"<!-- {name} -->\n```sh\n(.*?)```", (ROOT / "docs" / "operating.md").read_text("utf-8"), re.DOTALL
    )
    assert found
    return found[1]


def run(room: Newsroom, name: str, backup: Path) -> None:
    commands = shown(name)
    assert "/backup/" in commands
    commands = commands.replace("/backup/", f"{backup}/")
    subprocess.run(["bash", "-euo", "pipefail", "-c", commands], cwd=room.root, check=True)


@pytest.mark.skipif(not shutil.which("sqlite3"), reason="the program sqlite3 is not installed")
def test_a_backup_of_a_store_in_use_holds_the_newest_edition(newsroom: Unpack, tmp_path: Path) -> None:
    """What a plain copy of the file would lack, since somebody reads it: the server."""
    room = newsroom(f"-- content/a.yaml --\n{ARTICLE}")
    Image.new("RGB", (2, 2)).save(room.root / "content" / "a.png")
    room.build()
    server = open_snapshot(room.root / ".sosik")
    room.write(PICTURE)
    room.build("2024-02-01 10:00")
    published = room.read("/feed.json")
    assert (room.root / ".sosik" / "site.db-wal").stat().st_size > 0

    backup = tmp_path / "kept"
    backup.mkdir()
    run(room, "backup", backup)
    server.close()
    run(room, "restore", backup)

    report = room.build("2024-02-01 11:00")
    assert report.counts["unchanged"] == 2
    assert report.documents["new"] + report.documents["changed"] == 0
    assert room.read("/feed.json") == published


def test_a_store_that_lost_its_pictures_takes_them_from_the_articles_again(newsroom: Unpack) -> None:
    """A backup of the database alone would leave the server without them."""
    room = newsroom(PICTURE)
    Image.new("RGB", (2, 2)).save(room.root / "content" / "a.png")
    room.build()
    shutil.rmtree(room.root / ".sosik" / "media")

    report = room.build("2024-02-01 10:00")

    snapshot = open_snapshot(room.root / ".sosik")
    [path] = [head.path for head in snapshot.heads() if head.blob]
    assert snapshot.body(path) == room.read(path)
    snapshot.close()
    assert report.documents["new"] + report.documents["changed"] == 0
