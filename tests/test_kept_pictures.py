"""The published copies of pictures: whole, mended where they are not, up as long as readers need them, then gone."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from newsrooms import Newsroom, Unpack, at
from sosik.publish.servers import CONFIGURATIONS, read_tree
from sosik.serve import create_app
from sosik.site import Site

STORY = """\
-- content/a.yaml --
id: tag:test.example,2010:aaaaaaaaaaaa
title: 새 다리가 열렸다
published: 2024-01-16 15:20
images: [a.png]
body: 다리가 열렸습니다.
"""
OTHER = STORY.replace("a.yaml", "b.yaml").replace("aaaaaaaaaaaa", "bbbbbbbbbbbb").replace("새 다리", "옛 다리")
WITHDRAWN = STORY.replace("title:", "status: withdrawn\ntitle:")


def draw(room: Newsroom, name: str, colour: str = "red") -> bytes:
    path = room.root / "content" / name
    Image.new("RGB", (3, 2), colour).save(path)
    return path.read_bytes()


def kept(room: Newsroom) -> list[Path]:
    return sorted(path for path in (room.root / ".sosik" / "media").rglob("*") if path.is_file())


def published(room: Newsroom) -> dict[str, bytes]:
    media = room.root / "public" / "media"
    return {f"/media/{path.relative_to(media)}": path.read_bytes() for path in media.rglob("*") if path.is_file()}


def status(room: Newsroom, path: str) -> int:
    app = create_app(room.root / ".sosik")
    with closing(app.extensions["sosik"]), closing(app.test_client().get(path)) as answer:
        return answer.status_code


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def damaged_in_silence(path: Path) -> None:
    """Change a byte; neither the length nor the time tells of it."""
    state, body = path.stat(), bytearray(path.read_bytes())
    body[40] ^= 1
    path.write_bytes(body)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def gone(path: Path) -> None:
    path.unlink()


@pytest.fixture
def room(newsroom: Unpack) -> Newsroom:
    made = newsroom(STORY)
    draw(made, "a.png")
    made.build()
    return made


# --- damage


DAMAGES = pytest.mark.parametrize("damage", [emptied, damaged_in_silence, gone])


@DAMAGES
@pytest.mark.parametrize("also_published", [False, True])
def test_a_damaged_copy_is_taken_from_the_articles_again(
    room: Newsroom, damage: Callable[[Path], None], also_published: bool
) -> None:
    before, [copy] = published(room), kept(room)
    whole = copy.read_bytes()
    damage(copy)
    if also_published:
        damage(room.root / "public" / next(iter(before)).lstrip("/"))

    report = room.build("2024-02-01 10:00")

    assert (copy.read_bytes(), published(room)) == (whole, before)
    assert report.problems == []
    assert room.build("2024-02-01 11:00").documents["changed"] == 0


@DAMAGES
def test_a_copy_that_cannot_be_made_again_is_told_and_never_published(
    room: Newsroom, damage: Callable[[Path], None]
) -> None:
    """The last good version of what is held back has pictures that may be nowhere else."""
    before, [copy] = published(room), kept(room)
    [path] = before
    original = (room.root / "content" / "a.png").read_bytes()
    damage(copy)
    (room.root / "content" / "a.png").unlink()
    room.write(STORY.replace("2024-01-16", "언젠가"))

    assert "picture-lost" in [problem.code for problem in Site(room.root).check(now=at("2024-02-01 09:30")).errors]
    for hour in ("10", "11"):
        codes = [problem.code for problem in room.build(f"2024-02-01 {hour}:00").errors]
        assert "picture-lost" in codes
        assert published(room) == before
    assert status(room, path) == 503
    (room.root / "public" / path.lstrip("/")).unlink()
    assert [problem.code for problem in Site(room.root).publish(room.root / "public").problems] == ["picture-lost"]
    assert published(room) == {}
    if damage is gone:
        assert room.sosik("build", "--now", "2024-02-01T11:30:00+09:00", status=1).count("picture-lost") == 1

    (room.root / "content" / "a.png").write_bytes(original)
    room.build("2024-02-01 12:00")

    assert published(room) == before
    assert status(room, path) == 200


def test_a_damaged_copy_is_never_the_answer(room: Newsroom) -> None:
    [path], [copy] = published(room), kept(room)
    emptied(copy)

    assert status(room, path) == 503


def test_a_server_that_is_told_what_changed_looks_at_the_copies_when_it_looks_at_everything(room: Newsroom) -> None:
    site, [copy] = Site(room.root), kept(room)
    whole = copy.read_bytes()
    site.build(now=at("2024-02-01 10:00"))
    emptied(copy)

    room.write(STORY.replace("열렸습니다", "드디어 열렸습니다"))
    site.build(now=at("2024-02-01 11:00"), changed=[str(room.root / "content" / "a.yaml")])
    site.build(now=at("2024-02-01 12:00"))

    assert copy.read_bytes() == whole


# --- as long as readers need them


@pytest.mark.parametrize("becomes", ["another", "none"])
def test_a_picture_that_an_article_lost_stays_for_a_month(room: Newsroom, becomes: str) -> None:
    """Readers show the article as they fetched it."""
    [path] = before = published(room)
    if becomes == "another":
        draw(room, "a.png", "blue")
    else:
        room.write(STORY.replace("images: [a.png]\n", ""))

    report = room.build("2024-02-01 10:00")
    assert published(room)[path] == before[path]
    assert status(room, path) == 200
    assert report.edition.next_due == at("2024-03-02 10:00").timestamp()
    room.build("2024-03-02 09:59")
    assert path in published(room)
    room.build("2024-03-02 10:00")

    assert path not in published(room)
    assert status(room, path) == 410
    assert len(kept(room)) == (1 if becomes == "another" else 0)


def test_a_picture_that_comes_back_stays(room: Newsroom) -> None:
    [path] = published(room)
    draw(room, "a.png", "blue")
    room.build("2024-02-01 10:00")
    draw(room, "a.png", "red")
    room.build("2024-02-02 10:00")
    room.build("2024-06-01 10:00")

    assert status(room, path) == 200
    assert list(published(room)) == [path]


def test_a_replaced_picture_can_be_ended_at_once(room: Newsroom) -> None:
    [path] = published(room)
    draw(room, "a.png", "blue")
    room.build("2024-02-01 10:00")
    publication = room.root / "feeds" / "publication.yaml"
    publication.write_text(publication.read_text("utf-8") + f"retire: [{path}]\n", "utf-8")

    room.build("2024-02-01 11:00")

    assert status(room, path) == 410
    assert (len(published(room)), len(kept(room))) == (1, 1)


def test_the_pictures_of_a_withdrawn_article_are_gone_at_once(room: Newsroom) -> None:
    """Also those that it had before."""
    [old] = published(room)
    draw(room, "a.png", "blue")
    room.build("2024-02-01 10:00")
    room.write(WITHDRAWN)
    paths = [*published(room)]
    assert old in paths

    room.build("2024-02-01 11:00")

    assert [status(room, path) for path in paths] == [410, 410]
    assert (published(room), kept(room)) == ({}, [])
    tree = read_tree(room.root / ".sosik", Site(room.root).config().publication, room.root / "public")  # type: ignore[arg-type]  # it is well
    for name in ("nginx", "caddy", "redirects"):
        assert all(path in CONFIGURATIONS[name](tree) for path in paths)


def test_a_withdrawn_article_that_comes_back_has_its_picture(room: Newsroom) -> None:
    before = published(room)
    room.write(WITHDRAWN)
    room.build("2024-02-01 10:00")
    room.write(STORY)

    room.build("2024-02-01 11:00")

    assert published(room) == before
    assert status(room, next(iter(before))) == 200


def test_a_picture_of_two_articles_stays_with_the_other(room: Newsroom) -> None:
    before = published(room)
    room.write(OTHER)
    room.build("2024-02-01 10:00")
    room.write(WITHDRAWN)
    room.build("2024-02-01 11:00")

    assert published(room) == before
    room.write(OTHER.replace("title:", "status: withdrawn\ntitle:"))
    room.build("2024-02-01 12:00")
    assert (published(room), kept(room)) == ({}, [])


def test_pictures_of_what_is_not_public_are_not_kept(room: Newsroom) -> None:
    room.write(OTHER.replace("title:", "status: draft\ntitle:").replace("a.png", "b.png"))
    draw(room, "b.png", "blue")
    room.build("2024-02-01 10:00")

    assert len(kept(room)) == len(published(room)) == 1


def test_what_a_killed_build_left_is_removed_and_what_others_put_there_is_not(room: Newsroom) -> None:
    [copy] = kept(room)
    left = [copy.with_name(f".{copy.name}.new"), copy.with_name("0" * 64)]
    note = copy.with_name("메모.txt")
    for path in (*left, note):
        path.write_bytes(b"half")

    room.build("2024-02-01 10:00")

    assert kept(room) == sorted([copy, note])
