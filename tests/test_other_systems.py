"""What Windows and macOS need, as far as Linux can show it: nothing of POSIX alone, valid names, stubborn disks."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path, PureWindowsPath
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from newsrooms import ARTICLE, PUBLICATION, ROOT, Newsroom, Unpack
from sosik import systems
from sosik.cli.files import create, rewrite
from sosik.edition import selection, standing
from sosik.edition.selection import slug, slug_anywhere
from sosik.errors import SosikError
from sosik.file_names import can_be_named
from sosik.site import Site
from sosik.write import file_name

WITHOUT_POSIX = ROOT / "tests" / "data" / "no_posix"

EDITING = """
import os, sys
from pathlib import Path
from sosik.cli import main

def run(*arguments, status=0):
    sys.argv = ["sosik", *arguments]
    try:
        main()
    except SystemExit as end:
        assert (end.code or 0) == status, (arguments, end.code)

run("init", "paper", "--title", "하늘일보", "--url", "https://haneul-ilbo.kr/")
os.chdir("paper")
run("new", "시청 'A:B' 사업 확정 😀")
file = str(next(Path("content").rglob("2*.yaml")))
with open(file, encoding="utf-8") as stream:
    text = stream.read()
with open(file, "w", encoding="utf-8") as stream:
    stream.write(text.replace("본문:", '본문: "시의회가 ⟦본예산⟧을 의결했다."\\nnote:', 1))
run("release", file)
run("check")
run("build", "--gzip")
run("diff")
run("list")
run("show", file)
run("date", "2024년 1월 16일(화) 오후 3시 20분")
run("correct", file, "금액을 바로잡습니다.")
run("pin")
run("build")
with open("../page.txt", "w", encoding="utf-8") as stream:
    stream.write("다리 개통\\n입력 2024.01.16 15:20\\n\\n새 다리가 열렸다.\\n")
run("import", "page", "../page.txt")
run("withdraw", file)
run("build")
run("doctor")
run("restore", "--list")
run("config", "nginx")
run("serve", "--workers", "2", status=2)
"""


def test_every_command_that_edits_runs_without_what_only_posix_has(tmp_path: Path) -> None:
    """And on a terminal of CP949, which can show neither an emoji nor all brackets."""
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(WITHOUT_POSIX), str(ROOT / "src")]),
        "PYTHONIOENCODING": "cp949",
    }

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", EDITING], cwd=tmp_path, env=environment, capture_output=True, check=False
    )

    assert done.returncode == 0, (done.stdout + done.stderr).decode("cp949")
    assert b"internal error" not in done.stderr


@pytest.fixture
def previewed(newsroom: Unpack) -> Iterator[Callable[..., tuple[Newsroom, str]]]:
    """Give a function that serves an article as where there are no forks, and returns the start page's address."""
    running: list[subprocess.Popen[str]] = []
    path = os.pathsep.join([str(WITHOUT_POSIX), str(ROOT / "src")])

    def serve(*options: str) -> tuple[Newsroom, str]:
        room = newsroom()
        process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "sosik", "-C", str(room.root), "serve", "--port", "0", *options],
            env=os.environ | {"PYTHONPATH": path, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        assert process.stdout is not None
        told = next(line for line in process.stdout if line.startswith("start page:"))
        return room, f"http://{urlsplit(told.split()[-1]).netloc}"

    yield serve
    for process in running:
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=60)
        assert (process.returncode, "Traceback" in output) == (0, False)


def titles(address: str) -> list[str]:
    """The titles of the feed that a server gives."""
    with urlopen(f"{address}/feed.json", timeout=60) as answer:  # noqa: S310 - the address is our own
        return [item["title"] for item in json.load(answer)["items"]]


def test_a_preview_in_one_process_serves_and_watches(previewed: Callable[..., tuple[Newsroom, str]]) -> None:
    room, address = previewed()

    assert titles(address) == ["첫 기사"]
    with urlopen(f"{address}/rss.xml", timeout=60) as answer:  # noqa: S310
        tag = answer.headers["ETag"]
    for path, headers, status in (("/rss.xml", {"If-None-Match": tag}, 304), ("/.sosik/site.db", {}, 404)):
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(address + path, headers=headers), timeout=60)  # noqa: S310
        refused.value.close()
        assert refused.value.code == status
    room.write(f"-- content/b.yaml --\n{ARTICLE.replace('aaaa', 'bbbb').replace('첫', '둘째')}")
    until = time.monotonic() + 60
    while len(titles(address)) < 2 and time.monotonic() < until:
        time.sleep(0.1)
    assert sorted(titles(address)) == ["둘째 기사", "첫 기사"]


def test_a_preview_in_one_process_shows_drafts(previewed: Callable[..., tuple[Newsroom, str]]) -> None:
    room, address = previewed("--drafts")
    room.write(f"-- content/b.yaml --\n{ARTICLE.replace('aaaa', 'bbbb').replace('첫', '둘째')}status: draft\n")

    until = time.monotonic() + 60
    while len(titles(address)) < 2 and time.monotonic() < until:
        time.sleep(0.1)
    assert sorted(titles(address)) == ["둘째 기사", "첫 기사"]


REFUSED = ("CON", "nul.txt", "COM¹", "A:B", "끝.", "끝 .", "a<b>|c?*", '"따옴표"', "LPT1 .x", "...")


@settings(max_examples=60)
@given(st.text(max_size=90) | st.sampled_from(REFUSED))
def test_names_that_are_made_are_names_on_windows(value: str) -> None:
    for name in filter(None, [slug(value), file_name(value, date(2026, 1, 2))]):
        path = PureWindowsPath(name)

        assert path.parts == (name,)
        assert not path.is_reserved()
        assert not set(name) & set('<>:"|?*\\/')
        assert name == name.rstrip(". ")


FAMILY = f"-- feeds/publication.yaml --\n{PUBLICATION}-- feeds/tags.yaml --\neach: tag\ntitle: '{{value}}'\n"


def test_a_value_that_was_never_published_gets_a_folder_that_windows_has(newsroom: Unpack) -> None:
    room = newsroom(f"{FAMILY}-- content/a.yaml --\n{ARTICLE}tags: ['A:B', CON, 끝.]\n")

    room.build()

    assert {path.name for path in (room.root / "public" / "tag").iterdir()} == {"AB", "_CON", "끝"}


def test_a_published_address_stays_and_is_left_out_on_windows(
    newsroom: Unpack, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = newsroom(f"{FAMILY}-- content/a.yaml --\n{ARTICLE}tags: ['A:B']\n")
    with monkeypatch.context() as before:
        before.setattr(selection, "slug", slug_anywhere)
        before.setattr(standing, "with_standing_slugs", lambda _, config, **__: config)
        before.setattr("sosik.edition.build.with_standing_slugs", lambda _, config, **__: config)
        room.build()
    feed = room.read("/tag/A:B/rss.xml")
    room.write(f"-- content/b.yaml --\n{ARTICLE.replace('aaaa', 'bbbb')}tags: ['A:B']\n")

    room.build("2024-02-02 09:00")

    assert room.read("/tag/A:B/rss.xml") != feed
    assert not (room.root / "public" / "tag" / "AB").exists()
    monkeypatch.setattr(systems, "IS_WINDOWS", True)
    again = [Site(room.root).publish(room.root / "other") for _ in range(2)]
    assert {problem.code for one in again for problem in one.problems} == {"file-unnamed"}
    assert (room.root / "other" / "feeds" / "index.html").exists()
    assert not (room.root / "other" / "tag").exists()


FEEDS = """
-- feeds/bridge.yaml --
title: 다리
path: 'con/A:B'
-- feeds/festival.yaml --
title: 축제
path: festival
aliases: ['/old/끝./축제*.xml', /old/rss.xml]
-- feeds/sections.yaml --
each: section
title: '{value}'
slugs: {정치: 'nul'}
"""


def test_names_that_people_gave_are_named_where_windows_has_none_and_the_rest_is_published(
    newsroom: Unpack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The path of a feed, an alias, a slug, the folder of pages and the name of a picture."""
    pages = PUBLICATION + "pages: '/aux/'\n"
    article = f"{ARTICLE}section: 정치\nimages: ['A:B.png', 'a.png']\n"
    room = newsroom(f"-- feeds/publication.yaml --\n{pages}{FEEDS}-- content/a.yaml --\n{article}")
    for name in ("A:B.png", "a.png"):
        Image.new("RGB", (1, 1), "red" if name == "a.png" else "blue").save(room.root / "content" / name)
    assert room.build().problems == []
    monkeypatch.setattr(systems, "IS_WINDOWS", True)

    left_out = {one.location.file for one in Site(room.root).publish(room.root / "other").problems}

    there = {path.relative_to(room.root / "public") for path in (room.root / "public").rglob("*") if path.is_file()}
    here = {path.relative_to(room.root / "other") for path in (room.root / "other").rglob("*") if path.is_file()}
    parts = {part for path in there - here for part in path.parts}
    assert {"con", "A:B", "끝.", "nul", "aux", "A:B.png"} <= parts
    assert left_out == {str(room.root / "other" / path) for path in there - here}
    assert {Path("rss.xml"), Path("festival/rss.xml"), Path("old/rss.xml")} <= here
    assert any(path.name == "a.png" for path in here)


def test_a_rename_that_is_refused_for_a_moment_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename, refusals = os.replace, [PermissionError(errno.EACCES, "in use")] * 2

    def busy(new: Path, target: Path) -> None:
        if refusals:
            raise refusals.pop()
        rename(new, target)

    monkeypatch.setattr(os, "replace", busy)
    monkeypatch.setattr(systems, "_PAUSE", 0)
    file = tmp_path / "a.yaml"
    file.write_text("title: 하나\n", "utf-8")

    rewrite(file, lambda text: text.replace("하나", "둘"))

    assert file.read_text("utf-8") == "title: 둘\n"
    assert not refusals
    assert list(tmp_path.iterdir()) == [file]


def test_a_new_file_needs_no_second_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    file = tmp_path / "a.yaml"

    create(file, "title: 하나\n")

    assert file.read_text("utf-8") == "title: 하나\n"
    with pytest.raises(SosikError):
        create(file, "title: 둘\n")
    assert file.read_text("utf-8") == "title: 하나\n"


def test_only_windows_refuses_names() -> None:
    assert can_be_named(["tag", "A:B", "CON"])
