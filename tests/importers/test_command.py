"""Importing through the front door: pages in, entry files out, and a publication that builds with them."""

import json
from pathlib import Path

import feedparser

from newsrooms import Unpack

DATA = Path(__file__).parent.parent / "data" / "importers"
PAGE = DATA / "bullets.txt"


def test_an_imported_page_is_published_and_read_by_a_feed_reader(newsroom: Unpack) -> None:
    """The inferred day goes out, the stamp of the masthead does not, and the text is the page's."""
    room = newsroom()
    room.sosik("import", "page", PAGE)
    room.build("2025-08-01 09:00")

    parsed = feedparser.parse(room.read("/atom.xml"))
    entry = next(entry for entry in parsed.entries if entry.title.startswith("해누리시"))
    assert not parsed.bozo
    assert entry.title == "해누리시, 강변 빈집 고쳐 청년 예술인 작업실 서른 곳 연다"
    assert entry.published == entry.updated == "2025-05-21T00:00:00+09:00"
    assert "<p>윤슬기 총장은 예술은 사람이 사는 곳에서 자란다강변 마을이" in entry.content[0].value
    assert "끝" not in entry.content[0].value
    assert "비밀번호" not in entry.content[0].value


def test_a_dry_run_prints_what_it_would_write_and_writes_nothing(newsroom: Unpack) -> None:
    room = newsroom()
    before = sorted(room.root.rglob("*"))

    [record] = json.loads(room.sosik("import", "page", "--dry-run", "--json", "--masthead", "ignore", PAGE))

    assert sorted(room.root.rglob("*")) == before
    assert record["unconfirmed"] == ["published"]
    assert record["entry"]["title"] == "해누리시, 강변 빈집 고쳐 청년 예술인 작업실 서른 곳 연다"
    assert record["entry"]["images"][0]["credit"] == "해누리시 제공"
    assert "updated" not in record["entry"]


def test_every_page_of_the_collection_passes_the_check_once_it_is_dated(newsroom: Unpack) -> None:
    """Nothing that the importer writes is an error but the publication that two of the pages do not state."""
    room = newsroom()
    pages = sorted(path for path in DATA.iterdir() if path.suffix in {".txt", ".html"})
    room.sosik("import", "page", *pages)

    problems = room.sosik("check", status=1).splitlines()

    assert len([line for line in problems if ": published-missing: " in line]) == 2
    assert any(line.startswith("2 errors") for line in problems)


def test_a_page_whose_entry_file_is_there_is_told_and_stops_none_of_the_others(newsroom: Unpack) -> None:
    room = newsroom()
    room.sosik("import", "page", PAGE)
    [there] = (room.root / "content").rglob("*작업실*.yaml")
    before = there.read_text("utf-8")

    told = room.sosik("import", "page", PAGE, DATA / "wire.txt", status=1)

    assert f"{PAGE.name}: {there} exists; it was not changed" in told
    assert there.read_text("utf-8") == before
    assert told.count("wrote ") == 1


def test_a_page_that_cannot_be_read_is_named_and_stops_none_of_the_others(newsroom: Unpack, tmp_path: Path) -> None:
    room = newsroom()
    bad = tmp_path / "bad.txt"
    bad.symlink_to("/proc/self/mem")  # opens, and cannot be read, not even by root

    told = room.sosik("import", "page", PAGE, bad, DATA / "wire.txt", status=1)

    assert f"{bad} cannot be read: " in told
    assert told.count("wrote ") == 2


def test_an_entry_file_is_corrected_and_withdrawn_by_commands(newsroom: Unpack) -> None:
    room = newsroom()
    room.sosik("import", "page", PAGE, "--into", "content/old")
    [file] = (room.root / "content" / "old").iterdir()
    written = file.read_text("utf-8")

    room.sosik("correct", file, "작업실은 30곳이 아니라 31곳입니다")
    room.sosik("withdraw", file)

    changed = file.read_text("utf-8")
    assert changed.startswith(written)
    assert "작업실은 30곳이 아니라 31곳입니다" in changed
    assert '상태: "철회"' in changed
