"""The published files: exactly the edition, each file whole, what did not change left alone."""

import gzip
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from newsrooms import ARTICLE, Newsroom, Unpack, at
from sosik.publish.parts import file_path
from sosik.site import Site
from sosik.store import open_snapshot

FIRST = f"-- content/first.yaml --\n{ARTICLE}"


SECTIONS = '-- feeds/parts.yaml --\ntitle: "{value}"\neach: section\npath: "part/{slug}"\nminimum: 1\n'


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    found = ((path, path.stat()) for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): (stat.st_ino, stat.st_mtime_ns) for path, stat in found}


@pytest.mark.rule(84)
def test_what_did_not_change_is_not_touched(newsroom: Unpack) -> None:
    room = newsroom()
    room.build()
    before = stamps(room.root / "public")

    room.build("2024-02-02 09:00")

    assert stamps(room.root / "public") == before


@pytest.mark.parametrize("keep_time", [False, True])
def test_damage_is_repaired(newsroom: Unpack, keep_time: bool) -> None:
    """Even damage that keeps the size and the modification time."""
    room = newsroom()
    room.build()
    before = tree(room.root / "public")
    target = room.root / "public" / "rss.xml"
    found = target.stat()
    target.write_bytes(b"x" * found.st_size)
    if keep_time:
        os.utime(target, ns=(found.st_atime_ns, found.st_mtime_ns))
    (room.root / "public" / "atom.xml").unlink()

    room.build("2024-02-02 09:00")

    assert tree(room.root / "public") == before
    assert target.stat().st_mtime_ns == found.st_mtime_ns


def published(room: Newsroom) -> dict[str, bytes]:
    """Return what stands in the store, as the files that are to be published."""
    snapshot = open_snapshot(room.root / ".sosik")
    with snapshot.reading():
        bodies = {str(file_path(head.path)): snapshot.body(head.path) or b"" for head in snapshot.heads()}
    snapshot.close()
    return bodies


def replace_by_link(target: Path) -> None:
    aside = target.with_name("aside")
    target.rename(aside)
    target.symlink_to(aside)


def replace_by_copy(target: Path) -> None:
    aside = target.with_name("aside")
    shutil.copy2(target, aside)
    aside.replace(target)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "gone": Path.unlink,
    "emptied": lambda file: file.write_bytes(b""),
    "added to": lambda file: file.write_bytes(file.read_bytes() + b" "),
    "another time": lambda file: os.utime(file, (1, 1)),
    "a link": replace_by_link,
    "a copy": replace_by_copy,
    "other rights": lambda file: file.chmod(0o600),
    "its folder gone": lambda file: shutil.rmtree(file.parent),
    "its folder moved": lambda file: file.parent.rename(file.parent.with_name("moved")),
}
"""What happens to files of others that lie on a disk."""


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_of_any_kind_is_noticed_at_once(newsroom: Unpack, damage: Callable[[Path], object]) -> None:
    """And no file is written anew that has its bytes and its time."""
    room = newsroom(f"{FIRST}section: 지역\n{SECTIONS}")
    room.build()
    before = published(room)
    target = room.root / "public" / "part" / "지역" / "rss.xml"
    modified, others = target.stat().st_mtime_ns, stamps(room.root / "public")
    damage(target)

    room.build("2024-02-02 09:00")

    found = tree(room.root / "public")
    assert {path: found.get(path) for path in before} == before
    assert (target.lstat().st_mtime_ns, target.is_symlink()) == (modified, False)
    now = stamps(room.root / "public")
    assert {path for path in before if now[path] != others[path]} <= {path for path in before if path[:5] == "part/"}
    assert Site(room.root).publish(room.root / "public").written == 0


def test_what_another_process_built_meanwhile_is_published(newsroom: Unpack) -> None:
    """What this one rendered before it is not what the documents are made of any more."""
    room, late = newsroom(), Site(newsroom().root)
    late.build(now=at("2024-02-01 09:00"))
    room.write(f"-- content/first.yaml --\n{ARTICLE.replace('본문', '고친 본문')}")
    Site(room.root).build(now=at("2024-02-02 09:00"))

    late.publish(room.root / "public")

    assert tree(room.root / "public") == published(room)


def test_what_others_keep_in_the_folder_is_left_alone(newsroom: Unpack) -> None:
    room = newsroom()
    room.build()
    for name in ("robots.txt", "feeds/own.html", "own/page.html"):
        path = room.root / "public" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("own")
    (room.root / "public" / "own" / "link").symlink_to("nowhere")

    room.build("2024-02-02 09:00")

    assert all((room.root / "public" / name).read_text() == "own" for name in ("robots.txt", "own/page.html"))
    assert (room.root / "public" / "own" / "link").is_symlink()


def test_a_folder_that_was_restored_is_compared_and_not_written(newsroom: Unpack) -> None:
    """All files are others, with the same bytes and times."""
    room = newsroom(FIRST)
    room.build()
    public, aside = room.root / "public", room.root / "aside"
    shutil.copytree(public, aside)
    shutil.rmtree(public)
    aside.rename(public)
    before = stamps(public)

    Site(room.root).publish(public)

    assert stamps(public) == before
    assert Site(room.root).publish(public).written == 0


def test_each_of_several_folders_is_brought_to_the_edition(newsroom: Unpack) -> None:
    """Also one that has not been written since, whatever came and went meanwhile."""
    room = newsroom(FIRST + "-- feeds/local.yaml --\ntitle: 지역\n")
    room.build()
    rare = room.root / "rare"
    Site(room.root).publish(rare, compress=True)
    assert (rare / "local" / "rss.xml.gz").exists()

    room.write("-- feeds/local.yaml --\n(gone)\n-- feeds/new.yaml --\ntitle: 새 피드\n")
    room.sosik("retire", "/local/*")
    room.build("2024-02-02 09:00")
    room.write(f"-- content/first.yaml --\n{ARTICLE.replace('첫 기사', '고친 기사')}")
    room.build("2024-02-03 09:00")
    Site(room.root).publish(rare, compress=True)
    Site(room.root).publish(room.root / "new")

    assert tree(room.root / "public") == tree(room.root / "new") == published(room)
    plain = {path: body for path, body in tree(rare).items() if not path.endswith(".gz")}
    assert plain == published(room)
    assert not (rare / "local").exists()


def test_files_follow_whatever_happens(newsroom: Unpack) -> None:
    """A random history of edits and damage, into two folders, compressed or not: the files are those of the store."""
    random, room = Random(7), newsroom(SECTIONS)  # noqa: S311  # the same history every time
    for step in range(40):
        name = f"content/{random.randrange(8)}.yaml"
        text = f"id: tag:test.example,2010:{name[8:9] * 12}\ntitle: {step}번 제목\npublished: 2024-01-16 15:20\n"
        section = f"section: 부서{random.randrange(3)}\nbody: 본문 {step}입니다.\n"
        status = random.choice(["", "", "", "status: withdrawn\n"])
        room.write(f"-- {name} --\n{text}{section}{status}")
        Site(room.root).build(now=at(f"2024-03-{1 + step // 24:02} {step % 24:02}:00"))
        public, compress = room.root / random.choice(["one", "two"]), random.random() < 0.3
        files = sorted(path for path in public.rglob("*.xml")) if public.exists() else []
        for file in random.sample(files, min(2, len(files))):
            if file.exists():
                random.choice([*DAMAGE.values()][:7])(file)

        done = Site(room.root).publish(public, compress=compress)

        found, expected = tree(public), published(room)
        assert {path: found.get(path) for path in expected} == expected
        packed = {path: found[path] for path in found if path.endswith(".gz")}
        assert compress or not packed
        assert all(gzip.decompress(body) == expected[path[:-3]] for path, body in packed.items())
        assert {Path(path).name for path in found.keys() - expected - packed.keys()} <= {"aside"}
        assert done.written + done.unchanged == len(expected) + len(packed)
        assert Site(room.root).publish(public, compress=compress) == type(done)(
            written=0, removed=0, unchanged=len(expected) + len(packed)
        )


def test_of_what_is_as_it_was_left_nothing_is_read(newsroom: Unpack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither rows of files nor of documents: each part of the folder is told by one digest."""
    room = newsroom("".join(f"-- content/{n}.yaml --\n{ARTICLE.replace('a' * 12, f'{n:012}')}" for n in range(30)))
    room.build()
    statements: list[str] = []
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def traced(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **options)
        connection.set_trace_callback(statements.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", traced)

    def rows_read() -> int:
        """Publish; return how many rows of files the statements asked for that did so."""
        statements.clear()
        Site(room.root).publish(room.root / "public")
        connection = connect(room.root / ".sosik" / "site.db")
        asked = [text for text in statements if "FROM projection" in text]
        found = sum(len(connection.execute(text).fetchall()) for text in asked)
        connection.close()
        return found

    files = len(tree(room.root / "public"))
    assert rows_read() == 0
    assert [text for text in statements if "FROM document" in text and "count(*)" not in text] == []
    (room.root / "public" / "rss.xml").unlink()
    assert 0 < rows_read() < files / 4


@pytest.mark.rule(87)
def test_only_files_of_an_earlier_edition_are_removed(newsroom: Unpack) -> None:
    """A feed that is retired leaves no stale file; what others keep in the folder stays."""
    room = newsroom(FIRST + "-- feeds/local.yaml --\ntitle: 지역\n")
    room.build()
    own = room.root / "public" / "robots.txt"
    own.write_text("User-agent: *\n")
    assert (room.root / "public" / "local" / "rss.xml").exists()
    room.write("-- feeds/local.yaml --\n(gone)\n")
    room.sosik("retire", "/local/*")

    report = room.build("2024-02-02 09:00")

    assert report.problems == []
    assert own.exists()
    assert not (room.root / "public" / "local").exists()


@pytest.mark.rule(63, 84)
def test_a_files_time_is_last_modified_and_moves_only_with_its_bytes(newsroom: Unpack) -> None:
    room = newsroom()
    room.build("2024-02-01 09:00")
    first = (room.root / "public" / "rss.xml").stat().st_mtime
    room.write("-- feeds/all.yaml --\ntitle: 새 이름\n")

    room.build("2024-02-03 09:00")

    assert (room.root / "public" / "rss.xml").stat().st_mtime - first == 2 * 24 * 3600


@pytest.mark.rule(86)
def test_gzip_copies_hold_the_same_bytes_and_time(newsroom: Unpack) -> None:
    room = newsroom()
    room.sosik("build", "--gzip")
    plain, zipped = room.root / "public" / "rss.xml", room.root / "public" / "rss.xml.gz"

    assert gzip.decompress(zipped.read_bytes()) == plain.read_bytes()
    assert zipped.stat().st_mtime == plain.stat().st_mtime


def test_no_store_lies_under_public(newsroom: Unpack) -> None:
    room = newsroom()
    room.build()

    assert not [name for name in tree(room.root / "public") if "sosik" in name and not name.endswith((".css", ".js"))]


@pytest.mark.parametrize("output", ["content", "feeds", ".", ".sosik", "content/새 폴더", ".."])
def test_nothing_is_published_among_what_it_is_made_from(newsroom: Unpack, output: str) -> None:
    room = newsroom()
    before = tree(room.root / "content") | tree(room.root / "feeds")

    told = room.sosik("build", "--output", room.root / output, status=1)

    assert "choose a separate folder" in told
    assert tree(room.root / "content") | tree(room.root / "feeds") == before
