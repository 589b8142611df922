"""`sosik diff` tells beforehand what subscribers will see of the next build, and changes nothing."""

import json
import re
from pathlib import Path

import pytest

from newsrooms import Newsroom, Unpack, at
from sosik.edition.diff import EntryChange
from sosik.model import Outcome
from sosik.site import Site

ID = "tag:test.example,2010:aaaaaaaaaaaa"
LATER = "2024-02-02 09:00"
SECTIONS = '-- feeds/sections.yaml --\neach: section\ntitle: "{value}"\npath: "section/{slug}"\n'


def entry(name: str, *, id_: str = "", title: str = "", section: str = "지역", rest: str = "") -> str:
    head = f"id: {id_ or f'tag:test.example,2010:{name}'}\ntitle: {title or name}\nsection: {section}\n"
    body = rest if "body:" in rest else f"{rest}body: {name} 기사의 본문이다.\n"
    return f"-- content/{name}.yaml --\n{head}published: 2024-01-16 15:20\n{body}"


@pytest.fixture
def room(newsroom: Unpack) -> Newsroom:
    made = newsroom(SECTIONS + entry("a", id_=ID) + entry("b", section="정치"))
    made.build()
    return made


def changes(room: Newsroom) -> list[EntryChange]:
    return list(Site(room.root).diff(now=at(LATER)).entries)


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix not in {".db-shm", ".db-wal"}]
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_nothing_would_change(room: Newsroom) -> None:
    assert "nothing would change" in room.sosik("diff", "--now", LATER)


def test_it_changes_nothing(room: Newsroom) -> None:
    room.write(entry("a", id_=ID, title="고친 제목") + entry("c"))
    before = snapshot(room.root)

    room.sosik("diff", "--now", LATER)

    assert snapshot(room.root) == before
    assert room.build(LATER).counts["new"] == 1


def test_a_new_entry_appears_in_its_feeds(room: Newsroom) -> None:
    room.write(entry("c"))

    [change] = changes(room)

    assert (change.outcome, change.before) == (Outcome.NEW, None)
    assert change.appears == change.feeds == ("all", "sections/지역")


def test_an_edit_shows_both_titles_and_the_stamp(room: Newsroom) -> None:
    room.write(entry("a", id_=ID, title="고친 제목", rest="updated: 2024-01-17 10:00\n"))

    printed = room.sosik("diff", "--now", LATER)

    assert "updated    a → 고친 제목" in printed
    assert "updated 2024-01-17 10:00\n" in printed
    assert "changed    /atom.xml" in printed


def test_a_correction_shows_its_note(room: Newsroom) -> None:
    room.write(entry("a", id_=ID, rest="edits: [{at: 2024-01-18, kind: correction, note: 직함을 바로잡습니다}]\n"))

    [change] = changes(room)

    assert (change.outcome, change.notes) == (Outcome.CORRECTED, ("직함을 바로잡습니다",))


def test_a_story_that_replaces_another_shows_on_both(room: Newsroom) -> None:
    """The other one did not change, but its readers are led on; the machine-readable form says so too."""
    room.write(entry("c", title="종합", rest=f"replaces: {ID}\n"))

    printed = room.sosik("diff", "--now", LATER)
    record = json.loads(room.sosik("diff", "--json", "--now", LATER))

    assert re.search(r"new +종합\n.*published.*\n +replaces a\n", printed)
    assert re.search(r"linked +a\n +replaced-by 종합\n", printed)
    related = {change["id"]: change["related"] for change in record["entries"]}
    assert related[ID] == [{"kind": "replaced-by", "title": "종합"}]
    room.build(LATER)
    assert "nothing would change" in room.sosik("diff", "--now", LATER)


def test_a_stamp_that_is_taken_out_is_told(newsroom: Unpack) -> None:
    room = newsroom(entry("a", id_=ID, rest="updated: 2024-01-17 10:00\n"))
    room.build()
    room.write(entry("a", id_=ID))

    assert "no longer updated 2024-01-17 10:00\n" in room.sosik("diff", "--now", LATER)


def test_a_withdrawal_leaves_its_feeds(room: Newsroom) -> None:
    room.write("-- content/a.yaml --\n(gone)\n")
    assert changes(room) == []
    room.build("2024-02-01 09:10")

    [change] = changes(room)

    assert (change.outcome, change.after) == (Outcome.WITHDRAWN, None)
    assert "all" in change.leaves


def test_another_section_moves_it(room: Newsroom) -> None:
    room.write(entry("a", id_=ID, section="정치"))

    [change] = changes(room)

    assert change.appears == ("sections/정치",)


def test_an_entry_pushed_out_of_the_window_is_told(newsroom: Unpack) -> None:
    window = "-- feeds/all.yaml --\ntitle: 전체\nwindow: {entries: 1, hours: 0, at_most: 1}\n"
    room = newsroom(window + entry("a"))
    room.build()
    room.write(entry("b").replace("2024-01-16", "2024-01-17"))

    told = {change.before.title: change.leaves for change in changes(room) if change.before}

    assert told == {"a": ("all",)}


def test_a_renamed_file_is_no_change(room: Newsroom) -> None:
    room.write("-- content/a.yaml --\n(gone)\n" + entry("z", id_=ID, title="a", rest="body: a 기사의 본문이다.\n"))

    assert "nothing would change" in room.sosik("diff", "--now", LATER)


def test_what_the_editor_may_not_have_meant_is_told_beforehand(room: Newsroom) -> None:
    """An edit that readers are not told of, another address, a feed that ends: only of what would change."""
    link = "link: https://www.test.example/1\n"
    room.write(entry("b", section="정치", rest="updated: 2024-01-17\nbody: b 기사의 본문이다.\n"))
    room.build(LATER)
    room.write(entry("a", id_=ID, rest=f"{link}body: 고친 글이다.\n"))
    room.write("-- feeds/sections.yaml --\n(gone)\n-- feeds/brief.yaml --\ntitle: 간추림\n")

    printed = room.sosik("diff", "--now", "2024-02-03 09:00")

    assert "/articles/aaaaaaaaaaaa/ → https://www.test.example/1" in printed
    assert "\ncontent/a.yaml: warning: edit-without-stamp:" in printed
    assert "\nfeeds: warning: feed-undefined: /section/지역/rss.xml" in printed
    assert "content/b.yaml" not in printed


def test_what_is_held_is_told_with_its_reason(room: Newsroom) -> None:
    room.write(entry("a", id_=ID).replace("2024-01-16", "2024-01-19"))

    printed = room.sosik("diff", "--now", LATER, status=1)

    assert "held       content/a.yaml: error: published-moved:" in printed
    assert "nothing would change" in printed


def test_a_refusal_is_told(room: Newsroom) -> None:
    room.write("-- content/a.yaml --\n(gone)\n-- content/b.yaml --\n(gone)\n")

    printed = room.sosik("diff", "--now", LATER, status=1)

    assert "refused" in printed
    assert "withdrawn-many" in printed


def test_without_a_store_everything_is_new(newsroom: Unpack) -> None:
    room = newsroom(entry("a"))

    record = json.loads(room.sosik("diff", "--json"))

    assert [change["outcome"] for change in record["entries"]] == ["new"]
    assert record["entries"][0]["after"]["title"] == "a"
    assert record["documents"]["/rss.xml"] == "new"
    assert not (room.root / ".sosik").exists()
