"""The configuration that a build keeps: it is that of the same files, read by the same code, or it is read anew."""

from pathlib import Path

import pytest

from newsrooms import ARTICLE, PUBLICATION, Newsroom
from sosik import Site
from sosik.config import load_publication


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    room = Newsroom(tmp_path)
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}-- feeds/all.yaml --\ntitle: 전체\narchive: month\n")
    room.write("-- feeds/tags.yaml --\neach: tag\ntitle: '{value}'\nslugs: {물길: water}\nwindow: {entries: 5}\n")
    room.write(f"-- content/a.yaml --\n{ARTICLE}")
    Site(room.root).build()
    return room


def test_what_a_build_keeps_is_what_it_read(room: Newsroom) -> None:
    kept = room.root / ".sosik" / "config"
    before = kept.stat()

    assert Site(room.root).config() == load_publication(room.root)
    Site(room.root).build()

    assert kept.stat() == before


@pytest.mark.parametrize("change", ["torn", "empty", "damaged", "other code"])
def test_what_was_not_kept_so_is_read_anew(room: Newsroom, change: str) -> None:
    kept = room.root / ".sosik" / "config"
    body = kept.read_bytes()
    damaged = body.replace("전체".encode(), "남체".encode())
    kept.write_bytes({"torn": body[:-40], "empty": b"", "damaged": damaged, "other code": damaged[1:]}[change])

    assert Site(room.root).config() == load_publication(room.root)
    Site(room.root).build()
    assert kept.read_bytes() == body


def test_files_with_something_to_tell_are_read_every_time(room: Newsroom) -> None:
    room.write("-- feeds/tags.yaml --\neach: tag\ntitle: '{value}'\nformat: rss\nwindw: {entries: 5}\n")

    for _ in range(2):
        told = [problem.code for problem in Site(room.root).build().problems]

        assert "key-unknown" in told
