"""A newsroom moves: the old feeds are saved, the articles imported, the addresses kept; nobody's reader notices."""

import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
import reader

import loaded
import old_systems
from newsrooms import ROOT, Newsroom
from serve.mounted import answering
from serve.servers import HOST, SOSIK, free_port, serving
from sosik.serve import create_app

OLD_HOST = "news.bitmaru.example"


@dataclass
class Host:
    """A host at a port, which whoever has its name answers for: first the old system, then the new one."""

    port: int
    documents: dict[str, bytes] = field(default_factory=dict)
    application: WSGIApplication | None = None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self.application is not None:
            return self.application(environ, start_response)
        query = environ.get("QUERY_STRING")
        body = self.documents.get(environ["PATH_INFO"] + (f"?{query}" if query else ""), b"")
        start_response("200 OK" if body else "404 Not Found", [("Content-Type", "text/xml; charset=utf-8")])
        return [body]


def newsboat(scratch: Path, address: str) -> set[str]:
    """Poll an address with newsboat and return the ids of all items that it has ever seen."""
    if not shutil.which("newsboat"):
        pytest.skip("newsboat is not installed")
    (scratch / "urls").write_text(f"{address}\n")
    command = [
        "newsboat",
        "-u",
        str(scratch / "urls"),
        "-c",
        str(scratch / "cache.db"),
        "-C",
        "/dev/null",
        "-x",
        "reload",
    ]
    home = {"HOME": str(scratch), "LANG": "C.UTF-8", "PATH": os.environ["PATH"]}
    subprocess.run(command, check=True, capture_output=True, env=home, timeout=60)
    with sqlite3.connect(scratch / "cache.db") as connection:
        found = {guid for (guid,) in connection.execute("SELECT guid FROM rss_item")}
    connection.close()
    return found


def polled_by_reader(library: reader.Reader, address: str) -> set[str]:
    """Poll an address with reader and return the ids of all entries that it has ever seen."""
    library.update_feed(address)
    return {entry.id for entry in library.get_entries(feed=address)}


SYSTEMS: dict[str, tuple[str, Callable[[], str], bool]] = {
    "ndsoft": ("/rss/allArticle.xml", old_systems.ndsoft, True),
    "ndsoft without guid": ("/rss/allArticle.xml", lambda: old_systems.ndsoft(guid=False), False),
    "gnuboard": ("/bbs/rss.php?bo_table=news", old_systems.gnuboard, False),
    "wordpress": ("/?feed=rss2", old_systems.wordpress, True),
    "atom": ("/atom.xml", old_systems.atom, True),
}
"""The address of a system's feed, the feed, and whether its items have ids."""


def saved(folder: Path, target: str, text: str) -> Path:
    """Save an old feed as `wget -x` does."""
    path = folder / OLD_HOST / (f"index.html{target[1:]}" if target.startswith("/?") else target.lstrip("/"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def moved_in(root: Path, feeds_url: str, *old: Path) -> Newsroom:
    """Make a publication of old feeds, and import their articles."""
    room = Newsroom(root)
    root.mkdir()
    room.sosik("init", *(word for path in old for word in ("--from-feed", path)))
    settings = root / "feeds" / "publication.yaml"
    settings.write_text(settings.read_text("utf-8").replace("http://127.0.0.1:8000/", feeds_url), "utf-8")
    room.sosik("import", "feed", *old)
    return room


@pytest.mark.parametrize("name", SYSTEMS)
def test_no_reader_sees_an_old_story_again(tmp_path: Path, name: str) -> None:
    target, make, has_ids = SYSTEMS[name]
    host = Host(free_port(), {target: make().encode()})
    address = f"http://{HOST}:{host.port}{target}"
    library = reader.make_reader(":memory:")
    library.add_feed(address)
    with answering(host, host.port):
        before = polled_by_reader(library, address), newsboat(tmp_path, address)
        room = moved_in(tmp_path / "신문", f"http://{HOST}:{host.port}/", saved(tmp_path / "old", target, make()))
        told = json.loads(room.sosik("moved", tmp_path / "old", "--json"))
        room.sosik("build")
        app = create_app(room.root / ".sosik")
        host.application = app.wsgi_app
        after = polled_by_reader(library, address), newsboat(tmp_path, address)
        app.extensions["sosik"].close()

    assert len(before[0]) == len(before[1]) == len(old_systems.HEADLINES)
    assert after[0] == before[0]
    assert told[0]["counts"]["same"] == len(old_systems.HEADLINES)
    assert len(told[0]["without_id"]) == len(after[1] - before[1]) == (0 if has_ids else len(old_systems.HEADLINES))
    items = [(item["id"], item["published"]) for item in told[0]["items"]]
    assert len(set(items)) == len(old_systems.HEADLINES)
    assert [entry.title for entry in library.get_entries()] == [
        old_systems.HEADLINES[number] for number in old_systems.articles()
    ]


def test_a_new_publication_takes_over_what_old_feeds_tell(tmp_path: Path) -> None:
    old = tmp_path / "old"
    saved(old, "/rss/allArticle.xml", old_systems.ndsoft())
    saved(old, "/rss/S1N3.xml", old_systems.ndsoft(wanted=range(1, 8, 2), title="빛마루신문 - 경제"))
    board = tmp_path / "board.xml"
    board.write_text(old_systems.gnuboard(), "utf-8")
    window = tmp_path / "window.xml"
    window.write_text(old_systems.atom(), "utf-8")
    room = Newsroom(tmp_path / "신문")
    room.root.mkdir()

    room.sosik("init", "--from-feed", old, "--from-feed", f"{old_systems.HOME}/bbs/rss.php?bo_table=news={board}")
    files = {path.name: path.read_text("utf-8") for path in (room.root / "feeds").iterdir()}
    room.sosik("check", status=0)

    assert sorted(files) == ["S1N3.yaml", "all.yaml", "news.yaml", "publication.yaml"]
    assert 'title: "빛마루신문"\n' in files["publication.yaml"]
    assert f'url: "{old_systems.HOME}/"' in files["publication.yaml"]
    assert 'aliases: ["/rss/allArticle.xml"]' in files["all.yaml"]
    assert "window: {entries: 8, hours: 0, at_most: 8}" in files["all.yaml"]
    assert 'select: {section: ["경제"]}' in files["S1N3.yaml"]
    assert 'aliases: ["/bbs/rss.php?bo_table=news"]' in files["news.yaml"]

    other = Newsroom(tmp_path / "창")
    other.root.mkdir()
    said = other.sosik("init", "--from-feed", window)
    assert 'id: "tag:bitmaru.example,2020:window"' in (other.root / "feeds/all.yaml").read_text("utf-8")
    assert 'aliases: ["/atom.xml"]' in (other.root / "feeds/all.yaml").read_text("utf-8")
    assert "old address unknown" not in said


def test_a_folder_holds_what_is_no_feed_and_what_was_saved_again(tmp_path: Path) -> None:
    old = tmp_path / "old"
    first = saved(old, "/rss/allArticle.xml", old_systems.ndsoft(wanted=range(7)))
    saved(old, "/rss/allArticle.xml.1", old_systems.ndsoft(wanted=range(1, 8)))
    first.with_name("page.html").write_text("<!doctype html><p>없는 쪽</p>", "utf-8")
    room = Newsroom(tmp_path / "신문")
    room.root.mkdir()

    told = room.sosik("init", "--from-feed", old)
    room.sosik("import", "feed", old, status=1)

    assert "page.html: not a feed" in told
    assert sorted(path.name for path in (room.root / "feeds").iterdir()) == ["all.yaml", "publication.yaml"]
    assert 'aliases: ["/rss/allArticle.xml"]' in (room.root / "feeds/all.yaml").read_text("utf-8")
    first.with_name("page.html").unlink()
    counts = [one["counts"] for one in json.loads(room.sosik("moved", old, "--json"))]
    assert [(one["same"], one["older"]) for one in counts] == [(6, 1), (7, 0)]


def test_feeds_that_name_no_section_keep_their_articles_apart(tmp_path: Path) -> None:
    """Boards have feeds of their own, and an address that was saved under another name is told by a person."""
    news, free = old_systems.gnuboard(), old_systems.gnuboard().replace("bo_table=news", "bo_table=free")
    free = free.replace("새 소식", "자유게시판").replace("게시판 ", "자유 글 ")
    first = saved(tmp_path / "old", "/bbs/rss.php?bo_table=news", news)
    other = tmp_path / "free.xml"
    other.write_text(free, "utf-8")
    told = f"{old_systems.HOME}/bbs/rss.php?bo_table=free={other}"
    room = Newsroom(tmp_path / "신문")
    room.root.mkdir()

    room.sosik("init", "--from-feed", first, "--from-feed", told)
    room.sosik("import", "feed", first, told)
    moved = json.loads(room.sosik("moved", first, told, "--json"))

    assert [one["counts"]["same"] for one in moved] == [len(old_systems.HEADLINES)] * 2
    texts = [(room.root / "feeds" / name).read_text("utf-8") for name in ("all.yaml", "publication.yaml")]
    assert 'exclude: {section: ["자유게시판"]}' in texts[0]
    assert 'description: "새 소식"' in texts[0]  # and not when the newest came
    assert 'title: "빛마루"' in texts[1]
    assert f'url: "{old_systems.HOME}/"' in texts[1]  # the feed of a board links to the board


def test_an_article_in_several_feeds_stays_in_each(tmp_path: Path) -> None:
    """Feeds that tell no sections, one beside those that do, and two of one section."""
    old, plain = tmp_path / "old", re.compile("<category>.*?</category>")
    wanted: dict[str, tuple[Iterable[int], str, bool]] = {
        "allArticle": (range(8), "빛마루신문", False),
        "S1N1": (range(5), "빛마루신문 - 행정", False),
        "S1N2": (range(3, 8), "빛마루신문 - 지역", False),
        "S1N3": (range(1, 8, 2), "빛마루신문 - 경제", True),
        "S2N31": ((3, 5), "빛마루신문 - 금융", True),
    }
    for name, (numbers, title, is_told) in wanted.items():
        text = old_systems.ndsoft(wanted=numbers, title=title)
        saved(old, f"/rss/{name}.xml", text if is_told else plain.sub("", text))
    room = moved_in(tmp_path / "신문", "https://feeds.bitmaru.example/", old)

    told = json.loads(room.sosik("moved", old, "--json"))

    assert [one["counts"]["same"] for one in told] == [8, 5, 5, 4, 2]
    chosen = {
        path.stem: re.findall("select: (.*)", path.read_text("utf-8")) for path in room.root.glob("feeds/S*.yaml")
    }
    assert chosen == {
        "S1N1": ['{tag: ["행정"]}'],
        "S1N2": ['{tag: ["지역"]}'],
        "S1N3": ['{section: ["경제"]}'],
        "S2N31": ['{tag: ["금융"]}'],
    }


def test_where_an_old_feed_was_is_asked_where_nobody_can_know(tmp_path: Path) -> None:
    (tmp_path / "gnuboard.xml").write_text(old_systems.gnuboard(), "utf-8")
    room = Newsroom(tmp_path / "신문")
    room.root.mkdir()

    said = room.sosik("init", "--from-feed", tmp_path / "gnuboard.xml")

    assert "gnuboard.xml: old address unknown" in said
    assert "# 예전 피드의 주소를 모릅니다" in (room.root / "feeds/all.yaml").read_text("utf-8")
    assert "unknown old address" in room.sosik("moved", tmp_path / "gnuboard.xml", status=1)


@pytest.mark.parametrize(
    ("feed", "written", "told"),
    [
        (
            old_systems.shifted(old_systems.ndsoft()),
            datetime(2026, 11, 21, 17, tzinfo=old_systems.KST),
            "later than the file",
        ),
        (old_systems.shifted(old_systems.ndsoft()), datetime(2026, 11, 25, tzinfo=old_systems.KST), ""),
        (old_systems.wordpress(), datetime(2026, 11, 21, 17, 30, tzinfo=old_systems.KST), ""),
        (old_systems.ndsoft(), datetime(2020, 1, 1, tzinfo=old_systems.KST), ""),
    ],
    ids=["items of the future", "nothing speaks for it", "right", "no offset"],
)
def test_a_false_offset_is_proposed_and_never_believed(tmp_path: Path, feed: str, written: datetime, told: str) -> None:
    file = tmp_path / "old.xml"
    file.write_text(feed, "utf-8")
    os.utime(file, (written.timestamp(), written.timestamp()))
    room = Newsroom(tmp_path / "신문")
    room.root.mkdir()

    said = room.sosik("init", "--from-feed", file)
    lines = (room.root / "feeds/publication.yaml").read_text("utf-8").splitlines()

    assert told in said
    assert ('# dates: {false_offsets: ["+0000"]}' in lines) is bool(told)
    assert not [line for line in lines if line.startswith("dates:")]


def test_what_readers_would_notice_is_told_item_by_item(tmp_path: Path) -> None:
    old = saved(tmp_path / "old", "/rss/allArticle.xml", old_systems.ndsoft())
    room = moved_in(tmp_path / "신문", "https://feeds.bitmaru.example/", old)
    assert "same 8; 0 new" in room.sosik("moved", old)
    files = {old_systems.HEADLINES.index(title): path for path, title in titles(room)}
    edit(files[0], 'idxno=1000"', 'idxno=9000"', 1)
    edit(files[1], old_systems.at(1).strftime("%H:%M"), "23:59")
    edit(files[2], "본문:", "상태: 초안\n본문:", 1)
    files[3].unlink()
    room.write("-- content/odd.yaml --\nid: tag:x,2020:1\ntitle: 끼어든 글\npublished: 2026-11-21 09:00\nbody: 글.\n")
    room.write("-- content/new.yaml --\nid: tag:x,2020:2\ntitle: 새 글\npublished: 2026-11-28 09:00\nbody: 글.\n")
    edit(room.root / "feeds/all.yaml", "entries: 8, hours: 0, at_most: 8", "entries: 20, hours: 0, at_most: 20")

    (told,) = json.loads(room.sosik("moved", old, "--json", status=1))

    assert told["counts"] == {"same": 4, "older": 0, "would re-post": 2, "missing": 2, "redated": 1}
    assert told["new"] == 1
    by_fate = {(item["fate"], item["title"]) for item in told["items"] if item["fate"] != "same"}
    assert by_fate == {
        ("would re-post", old_systems.HEADLINES[0]),
        ("redated", old_systems.HEADLINES[1]),
        ("missing", old_systems.HEADLINES[2]),
        ("missing", old_systems.HEADLINES[3]),
        ("would re-post", "끼어든 글"),
    }
    draft = files[2].relative_to(room.root)
    assert f"a draft; complete it, then run sosik release {draft}" in room.sosik("moved", old, status=1)
    edit(room.root / "feeds/all.yaml", "/rss/allArticle.xml", "/rss/other.xml")
    assert "no feed has the address /rss/allArticle.xml" in room.sosik("moved", old, status=1)


def test_a_window_of_the_first_day_takes_nothing_from_anybody(tmp_path: Path) -> None:
    old = saved(tmp_path / "old", "/bbs/rss.php?bo_table=news", old_systems.gnuboard())
    room = moved_in(tmp_path / "신문", "https://feeds.bitmaru.example/", old)
    edit(room.root / "feeds/all.yaml", "entries: 8, hours: 0, at_most: 8", "entries: 5, hours: 0, at_most: 5")

    said = room.sosik("moved", old, old)

    assert "same 5, older 3; 0 new" in said
    assert all(said.count(title) == 1 for title in old_systems.HEADLINES)
    assert "window: {entries: 5, hours: 0, at_most: 5}" in said


STEPS = re.compile(r"<!-- moving: ([a-z ]+) -->\n```sh\n(.*?)```", re.DOTALL)
SERVED = {
    "ndsoft": {
        "/rss/allArticle.xml": old_systems.ndsoft(),
        "/rss/S1N3.xml": old_systems.ndsoft(wanted=range(1, 8, 2), title="빛마루신문 - 경제"),
    },
    "gnuboard": {"/bbs/rss.php?bo_table=news": old_systems.gnuboard()},
    "wordpress": {"/feed/": old_systems.wordpress(), "/?feed=rss2": old_systems.wordpress()},
    "other": {"/rss.xml": old_systems.bare()},
}
"""What each system of the document answers with, by address."""


@pytest.mark.parametrize("system", SERVED)
def test_the_steps_of_the_document_move_a_newsroom(tmp_path: Path, system: str) -> None:
    """As a reader of the document takes them, against a host of this machine instead of news.example.kr."""
    if not (shutil.which("wget") and shutil.which("curl")):
        pytest.skip("wget or curl is not installed")
    old, spare = f"http://{HOST}:{free_port()}", free_port()
    host = Host(int(old.rpartition(":")[2]))
    host.documents = {path: text.replace(old_systems.HOME, old).encode() for path, text in SERVED[system].items()}
    text = (ROOT / "docs" / "moving.md").read_text("utf-8").replace("https://news.example.kr", old)
    steps = dict(STEPS.findall(text.replace("8001", str(spare))))
    program = tmp_path / "bin" / "sosik"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.join(loaded.shell_words(os.environ))} "$@"\n')
    program.chmod(0o755)
    environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"}

    def run(step: str, folder: str = "old") -> str:
        command = ["bash", "-euo", "pipefail", "-c", steps[step].replace("-P old", f"-P {folder}")]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{step}: {done.stdout}{done.stderr}"
        return done.stdout

    with answering(host, host.port):
        run(f"save {system}")
    for step in ("init", "import", "check", "moved", "build"):
        run(step)
    with answering(host, host.port):
        run(f"save {system}", "old/again")
    run("again")
    words = shlex.split(steps["serve"])
    assert words[0] == "sosik"
    said = tmp_path / "said"
    arguments = ["--lang", "en", *words[1:-1], str(tmp_path / words[-1])]
    with serving(f"import os; os.chdir({str(tmp_path)!r}); {SOSIK}", *arguments, port=spare, said=said):
        assert int(run(f"ask {system}")) == len(old_systems.HEADLINES)
    report = run("audience")

    assert next(iter(SERVED[system])) in report or "/?feed=rss2" in report


def test_the_korean_document_has_the_same_steps() -> None:
    english, korean = (
        STEPS.findall((ROOT / "docs" / name).read_text("utf-8")) for name in ("moving.md", "moving.ko.md")
    )

    assert len(english) == len(dict(english)) > len(SERVED)
    assert korean == english


def titles(room: Newsroom) -> Iterator[tuple[Path, str]]:
    for entry in json.loads(room.sosik("list", "--json")):
        yield room.root / "content" / entry["source"], entry["title"]


def edit(path: Path, before: str, after: str, times: int = -1) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, times), "utf-8")
