"""The output may be a folder of others: what they keep there stays, and all may read what is ours."""

import gzip
import json
import os
import shutil
import subprocess
import sys

import pytest

from newsrooms import ARTICLE, PUBLICATION, Newsroom, Unpack
from sosik.site import Site

NOW = ["--now", "2024-02-01T09:00+09:00"]
LATER = ["--now", "2024-02-01T09:10+09:00"]


@pytest.fixture
def room(newsroom: Unpack) -> Newsroom:
    return newsroom(f"-- feeds/publication.yaml --\n{PUBLICATION}-- content/다리.yaml --\n{ARTICLE}")


def edit(room: Newsroom) -> None:
    room.write(
        f"-- content/다리.yaml --\n{ARTICLE.replace('본문입니다', '고친 본문입니다')}updated: 2024-01-31 09:00\n"
    )


FOREIGN = {
    "rss.xml": "<rss><channel><title>옛 피드</title><generator>다른 프로그램</generator></channel></rss>",
    "feed.json": '{"version":"https://jsonfeed.org/version/1","feed_url":"https://other.example/feed.json"}',
    "news-sitemap.xml": "<urlset/>",
    "feeds/index.html": "<!DOCTYPE html>\n<html><body>우리 신문</body></html>",
    "feeds/style.css": "body { color: red }",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_file_of_others_stays_and_is_named(room: Newsroom, name: str) -> None:
    path = room.root / "www" / name
    path.parent.mkdir(parents=True)
    path.write_text(FOREIGN[name], "utf-8")
    for when in (NOW, LATER):
        output = room.sosik("build", "--output", "www", *when, status=1)
        assert f"{path}: error: file-foreign" in output
        assert output.count("file-foreign") == 1
        assert path.read_text("utf-8") == FOREIGN[name]
        edit(room)
    assert "고친" in (room.root / "www" / "atom.xml").read_text("utf-8")

    room.sosik("build", "--output", "www", "--replace-files", *LATER)
    assert path.read_text("utf-8") != FOREIGN[name]
    assert "file-foreign" not in room.sosik("build", "--output", "www", *LATER)


@pytest.mark.parametrize("what", ["folder", "link", "dangling link", "file for a folder", "gz"])
def test_whatever_stands_there_stays(room: Newsroom, what: str) -> None:
    www = room.root / "www"
    www.mkdir()
    (room.root / "elsewhere.xml").write_text("<rss/>", "utf-8")
    path = www / {"file for a folder": "feeds", "gz": "rss.xml.gz"}.get(what, "rss.xml")
    if what == "folder":
        path.mkdir()
    elif what.endswith("link"):
        path.symlink_to(room.root / "nowhere" if "dangling" in what else room.root / "elsewhere.xml")
    else:
        path.write_bytes(gzip.compress(b"<rss/>"))
    output = room.sosik("build", "--output", "www", "--gzip", *NOW, status=1)

    assert "file-foreign" in output
    assert path.is_dir() if what == "folder" else os.path.lexists(path)
    assert (room.root / "elsewhere.xml").read_text("utf-8") == "<rss/>"
    assert (www / "atom.xml").is_file()


def test_what_is_ours_is_known_though_the_store_is_lost(room: Newsroom) -> None:
    """Also pages, style sheets and lists, and though all of them change."""
    room.sosik("build", "--gzip", *NOW)
    shutil.rmtree(room.root / ".sosik")
    (room.root / "public" / "feeds" / "style.css").write_text("body {}", "utf-8")
    (room.root / "public" / "about.html").write_text("우리 신문", "utf-8")
    edit(room)
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION.replace('시험일보', '새 이름')}")
    output = room.sosik("build", "--gzip", "--previous", "public", *LATER)

    assert "file-foreign" not in output
    assert "고친" in (room.root / "public" / "rss.xml").read_text("utf-8")
    assert (room.root / "public" / "about.html").read_text("utf-8") == "우리 신문"


def test_a_page_without_our_mark_stays_though_the_store_is_lost(room: Newsroom) -> None:
    room.build()
    shutil.rmtree(room.root / ".sosik")
    page = room.root / "public" / "feeds" / "index.html"
    page.write_text("<h1>우리 신문</h1>", "utf-8")
    room.sosik("build", "--previous", "public", *LATER, status=1)

    assert page.read_text("utf-8") == "<h1>우리 신문</h1>"


def test_only_json_feeds_are_known_by_their_address(room: Newsroom) -> None:
    room.write("-- feeds/all.yaml --\ntitle: 전체\nformats: [json]\n")
    room.build()
    shutil.rmtree(room.root / ".sosik")
    edit(room)

    room.sosik("build", "--previous", "public", *LATER)
    assert "고친" in str(json.loads(room.read("/feed.json")))


def test_a_build_that_was_killed_knows_its_files(room: Newsroom) -> None:
    """It says what it is going to write before it writes it."""
    script = (
        "import os, sys\nfrom sosik.publish.place import Place\nfrom sosik.cli import main\n"
        "put = Place.put\ncount = []\n"
        "def some(*arguments):\n    put(*arguments)\n    count.append(1)\n    len(count) < 6 or os._exit(9)\n"
        "Place.put = some\nsys.argv = ['sosik', *sys.argv[1:]]\nmain()\n"
    )
    command = [sys.executable, "-c", script, "-C", str(room.root), "build", *NOW]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 9
    edit(room)
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION.replace('시험일보', '새 이름')}")

    assert "file-foreign" not in room.sosik("build", *LATER)


def test_what_others_put_in_our_place_is_not_removed(room: Newsroom) -> None:
    room.write("-- feeds/local.yaml --\ntitle: 지역\n")
    room.build()
    theirs = room.root / "public" / "local" / "rss.xml"
    theirs.write_text("<rss><channel><title>남의 것</title></channel></rss>", "utf-8")
    (room.root / "feeds" / "local.yaml").unlink()
    room.sosik("retire", "/local/*")
    room.build("2024-02-01 09:10")

    assert "남의 것" in theirs.read_text("utf-8")


@pytest.mark.parametrize("umask", [0o077, 0o027, 0o000])
def test_all_may_read_what_is_published(room: Newsroom, umask: int) -> None:
    from PIL import Image

    Image.new("RGB", (8, 8), "red").save(room.root / "content" / "둑길.png")
    room.write(f"-- content/다리.yaml --\n{ARTICLE}images: [둑길.png]\n")
    script = "import os, sys\nos.umask(int(sys.argv.pop(1)))\nfrom sosik.cli import main\nmain()"
    command = [sys.executable, "-c", script, str(umask), "-C", str(room.root), "build", "--gzip", "--output", "a/b"]
    subprocess.run([*command, *NOW], check=True, capture_output=True)
    found = {path: path.stat().st_mode & 0o777 for path in (room.root / "a").rglob("*")}

    assert any(path.suffix == ".gz" for path in found)
    assert any(path.suffix == ".png" for path in found)
    assert {mode for path, mode in found.items() if path.is_file()} == {0o644}
    assert {mode for path, mode in found.items() if path.is_dir()} == {0o755}


def test_what_was_written_for_nobody_is_opened(room: Newsroom) -> None:
    """An earlier sosik kept to the umask."""
    room.build()
    path = room.root / "public" / "rss.xml"
    path.chmod(0o600)
    Site(room.root).publish(room.root / "public")

    assert path.stat().st_mode & 0o777 == 0o644
    assert Site(room.root).publish(room.root / "public").written == 0


def test_the_memory_beside_the_feeds_replaces_nothing_of_others(room: Newsroom) -> None:
    theirs = room.root / "www" / "feeds" / "published.json"
    theirs.parent.mkdir(parents=True)
    theirs.write_text('{"ours": false}', "utf-8")

    assert "feeds/published.json: error: file-foreign" in room.sosik("build", "--output", "www", *NOW, status=1)
    assert theirs.read_text("utf-8") == '{"ours": false}'

    room.sosik("build", "--output", "www", "--replace-files", *NOW)
    assert '"edition"' in theirs.read_text("utf-8")
    room.sosik("build", "--output", "www", *NOW)
