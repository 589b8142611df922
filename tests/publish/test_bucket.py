"""`sosik build --to` on real object stores: what readers get from the bucket, whatever becomes of who publishes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newsrooms import ARTICLE, Newsroom, Unpack
from publish.object_stores import Bucket, Gate, standing
from sosik.publish.answers import answer
from sosik.publish.bucket.pointer import NAME, read_pointer
from sosik.publish.policy import read_policy
from sosik.store import open_snapshot

ROOT = Path(__file__).parent.parent.parent


def tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def shown(bucket: Bucket, names: object) -> dict[str, bytes | None]:
    return {name: bucket.read(name) for name in names}  # type: ignore[attr-defined]


def objects(printed: str) -> tuple[int, int]:
    done = json.loads(printed)["objects"]
    return done["written"], done["removed"]


def articles(number: int) -> str:
    """Return so many articles, each with a page."""
    return "".join(
        f"-- content/{at:02}.yaml --\nid: tag:test.example,2010:a{at:011}\ntitle: 기사 {at}\n"
        f"published: 2024-01-{at % 28 + 1:02} 09:00\nbody: {at}번째 본문입니다.\n"
        for at in range(number)
    )


def copy(room: Newsroom, name: str) -> Newsroom:
    """Return the same publication on another machine."""
    shutil.copytree(room.root, room.root.parent / name)
    return Newsroom(room.root.parent / name)


def test_the_bucket_holds_what_the_folder_does_with_what_a_server_says(tmp_path: Path, bucket: Bucket) -> None:
    room = Newsroom(tmp_path / "신문")
    for name in ("content", "feeds"):
        shutil.copytree(ROOT / name, room.root / name)

    room.sosik("build", "--to", bucket.url, "--output", "public")

    files = tree(room.root / "public")
    assert shown(bucket, files) == files
    snapshot = open_snapshot(room.root / ".sosik")
    policy = read_policy(snapshot.meta("publication"))
    for head in snapshot.heads():
        fields = bucket.fields(f"{head.path}index.html".lstrip("/") if head.path.endswith("/") else head.path[1:])
        said = dict(answer(head, policy).headers)
        assert fields["Content-Type"] == said["Content-Type"]
        assert fields["Cache-Control"] == said["Cache-Control"]
        assert fields.get("link") == said.get("Link")
    snapshot.close()


def test_what_did_not_change_is_not_put_again(newsroom: Unpack, bucket: Bucket) -> None:
    room = newsroom(articles(30))
    before = objects(room.sosik("build", "--to", bucket.url, "--json"))
    idle = objects(room.sosik("build", "--to", bucket.url, "--json"))
    assert not (room.root / "public").exists()
    room.write("-- content/03.yaml --\n" + articles(4).rpartition("--\n")[2].replace("본문", "고친 본문"))

    edited = objects(room.sosik("build", "--to", bucket.url, "--json"))

    assert before[0] > 30
    assert idle == (0, 0)
    assert 0 < edited[0] < 12
    room.sosik("build")
    assert shown(bucket, tree(room.root / "public")) == tree(room.root / "public")


def test_what_has_no_document_any_more_goes_with_the_edition_after(newsroom: Unpack, bucket: Bucket) -> None:
    room = newsroom(f"-- feeds/rail.yaml --\ntitle: 철도\n-- content/a.yaml --\n{ARTICLE}")
    room.sosik("build", "--to", bucket.url)
    room.write("-- feeds/rail.yaml --\n(gone)\n")
    room.sosik("retire", "/rail/*")
    assert objects(room.sosik("build", "--to", bucket.url, "--json"))[1] == 0
    assert bucket.read("rail/rss.xml") is not None

    room.write(f"-- content/a.yaml --\n{ARTICLE.replace('본문', '고친 본문')}")
    assert objects(room.sosik("build", "--to", bucket.url, "--json"))[1] > 0

    assert bucket.read("rail/rss.xml") is None
    assert bucket.read("rss.xml") is not None


def leader(room: Newsroom, bucket: Bucket, endpoint: str) -> subprocess.Popen[str]:
    """Start a build in a process of its own that reaches the bucket by a way of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "sosik", "-C", str(room.root), "build", "--to", bucket.url],
        env={**os.environ, "AWS_ENDPOINT_URL": endpoint},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize("passing", [1, 5])
def test_no_reader_gets_what_a_leader_that_was_stopped_had_still_to_put(
    newsroom: Unpack, bucket: Bucket, passing: int
) -> None:
    """It is stopped between puts, some of them on their way, while another publishes; then it goes on."""
    room = newsroom(articles(8))
    room.sosik("build", "--to", bucket.url)
    room.write(articles(8).replace("번째 본문", "번째 고친 본문"))
    gate = Gate(bucket.endpoint, passing=passing)
    with standing(gate) as endpoint, leader(room, bucket, endpoint) as stopped:
        assert gate.reached.wait(60)
        other = copy(room, "다른 기계")
        other.write(articles(9).replace("번째 본문", "번째 다시 고친 본문"))
        other.sosik("build", "--to", bucket.url, "--output", "public")
        published = shown(bucket, tree(other.root / "public"))
        gate.opened.set()
        said, _ = stopped.communicate(timeout=60)

    assert stopped.returncode == 1
    assert "Another process published edition 3" in said
    assert gate.statuses
    assert set(gate.statuses) == {412}
    assert published == tree(other.root / "public")
    assert shown(bucket, published) == published


def test_what_a_killed_leader_began_the_next_build_finishes(newsroom: Unpack, bucket: Bucket) -> None:
    room = newsroom(articles(8))
    gate = Gate(bucket.endpoint, passing=9)
    with standing(gate) as endpoint, leader(room, bucket, endpoint) as killed:
        assert gate.reached.wait(60)
        killed.kill()
        killed.wait()
        pointer = read_pointer(bucket.read(NAME) or b"")
        written, _ = objects(room.sosik("build", "--to", bucket.url, "--output", "public", "--json"))

    files = tree(room.root / "public")
    assert not pointer.is_complete
    assert written < len(files), "what it had put is not put again"
    assert shown(bucket, files) == files


def test_an_older_store_publishes_nothing(newsroom: Unpack, bucket: Bucket) -> None:
    room = newsroom(articles(3))
    room.sosik("build", "--to", bucket.url)
    older = copy(room, "오래된 기계")
    room.write(articles(4))
    room.sosik("build", "--to", bucket.url)
    pointer = bucket.read(NAME)

    assert "holds edition 2; the store has edition 1" in older.sosik("build", "--to", bucket.url, status=1)
    older.write(articles(5))
    assert "another edition 2" in older.sosik("build", "--to", bucket.url, status=1)

    assert bucket.read(NAME) == pointer


def test_what_others_keep_in_the_bucket_is_left_alone(newsroom: Unpack, bucket: Bucket) -> None:
    room = newsroom()
    bucket.put("rss.xml", b"theirs")

    said = room.sosik("build", "--to", bucket.url, status=1)

    assert "rss.xml" in said
    assert bucket.read("rss.xml") == b"theirs"
    room.sosik("build", "--to", bucket.url, "--replace-files", "--output", "public")
    assert bucket.read("rss.xml") == room.read("rss.xml")


def test_what_is_wrong_with_the_way_to_a_bucket_is_said(
    newsroom: Unpack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = newsroom()
    for url in ("public", "ftp://b", "s3://", "s3://me:secret@b/", "s3://b?key=secret"):
        said = room.sosik("build", "--to", url, status=2)
        assert "s3://BUCKET" in said
        assert "secret" not in said
    assert "--gzip is for a folder" in room.sosik("build", "--to", "s3://b", "--gzip", status=2)
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "obstore.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "without"), os.environ.get("PYTHONPATH", "")]))

    assert "pip install 'sosik[s3]'" in room.sosik("build", "--to", "s3://b", status=1)
