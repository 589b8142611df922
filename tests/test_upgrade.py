"""An update of sosik is no edit: what the newsroom changed is told by what it wrote, not by what becomes of it."""

import os
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from newsrooms import ROOT, Newsroom, Unpack
from sosik.model import Normalized, Outcome, Publication, RawEntry
from sosik.normalize.entry import normalize
from sosik.normalize.images import PictureFinder
from sosik.serve.builder import Builder
from sosik.site import Site
from sosik.store import open_snapshot
from test_becoming import codes, entry

UPGRADE = ROOT / "tests" / "data" / "upgrade"
"""A publication with bodies that one version reads otherwise than another, and the store in which the first version of
all left it: built at `BUILT`, every file last changed at `SAVED`."""

SAVED = 1704850000
BUILT = "2024-02-01 09:00"
LATER = "2024-02-02 09:00"

ID = "tag:test.example,2010:aaaaaaaaaaaa"


@dataclass
class Release:
    """Stands for a later sosik, which makes other HTML of the same text, with other words in it."""

    monkeypatch: pytest.MonkeyPatch

    def comes(self) -> None:
        """Let everything that is read from now on be read by the later one."""

        def later(raw: RawEntry, publication: Publication, pictures: PictureFinder, *, now: datetime) -> Normalized:
            made = normalize(raw, publication, pictures, now=now)
            if made.entry is None:
                return made
            body = made.entry.body.replace("본문", "본 문") + "<p>새로 읽히는 말이 이만큼 더 보이게 되었다</p>"
            return replace(made, entry=replace(made.entry, body=body, summary="", title=f"{made.entry.title}…"))

        self.monkeypatch.setattr("sosik.ledger.steps.normalize", later)
        for module in ("ledger.seeing", "edition.fragments", "edition.plans", "edition.page_plans"):
            self.monkeypatch.setattr(f"sosik.{module}.made_by", lambda: "later")


@pytest.fixture
def release(monkeypatch: pytest.MonkeyPatch) -> Release:
    return Release(monkeypatch)


@pytest.fixture
def old(tmp_path: Path) -> Newsroom:
    """The publication as the first version left it."""
    room = Newsroom(tmp_path)
    room.write((UPGRADE / "site.txt").read_text("utf-8"))
    (tmp_path / ".sosik").mkdir()
    shutil.copy(UPGRADE / "4.db", tmp_path / ".sosik" / "site.db")
    touch(room, SAVED)
    return room


def touch(room: Newsroom, saved: int) -> None:
    """Let all files of content/ have been saved at an instant."""
    for path in (room.root / "content").iterdir():
        os.utime(path, (saved, saved))


def stamps(room: Newsroom) -> list[object]:
    """Return id and dates of every item, and the date of the feed."""
    dates = [(item["id"], item["date_published"], item.get("date_modified")) for item in room.items()]
    return [*dates, room.read("/atom.xml").partition(b"<updated>")[2].partition(b"<")[0]]


def told(room: Newsroom) -> set[str]:
    """Return the addresses that hubs are still to be told of."""
    return {row.url for row in open_snapshot(room.root / ".sosik").announcements.waiting()}


EDITS = {"edit-without-stamp", "edit-large", "updated-back", "published-moved", "id-changed", "entry-copied"}


@pytest.mark.parametrize("is_later", [False, True])
@pytest.mark.parametrize("is_serving", [False, True])
def test_what_the_first_version_published_goes_on(
    old: Newsroom, release: Release, *, is_later: bool, is_serving: bool
) -> None:
    Site(old.root).publish(old.root / "public")
    before = stamps(old)
    if is_later:
        release.comes()
    if is_serving:
        builder = Builder(Site(old.root))
        report = builder.build()
        assert report is not None
    else:
        report = old.build(LATER)
    Site(old.root).publish(old.root / "public")

    assert report.outcomes == {}
    assert report.unchanged == len(list((old.root / "content").iterdir()))
    assert not codes(report.problems) & EDITS
    assert stamps(old) == before
    feeds = {f"https://feeds.saebyeokgang.example/{name}" for name in ("rss.xml", "atom.xml", "feed.json")}
    assert told(old) <= feeds

    again = old.build("2024-02-03 09:00")

    assert again.outcomes == {}
    assert not codes(again.problems) & EDITS
    assert again.documents["changed"] == again.documents["new"] == 0


def test_an_edit_at_the_same_time_is_one(old: Newsroom) -> None:
    path = old.root / "content" / "cold.yaml"
    path.write_text(path.read_text("utf-8").replace("눈이 쌓인다", "눈이 쏟아진다"), "utf-8")

    report = old.build(LATER)

    changed = {id_: outcome for id_, outcome in report.outcomes.items() if outcome is not Outcome.UNCHANGED}
    assert changed == {"tag:saebyeokgang.example,2012:cold00000001": Outcome.MINOR}
    [problem] = [problem for problem in report.problems if problem.code in EDITS]
    assert (problem.code, problem.location.file) == ("edit-without-stamp", "content/cold.yaml")


def test_an_edit_of_the_same_size_is_one(old: Newsroom) -> None:
    """The first version remembers no bytes; where other files kept their times, that of this one tells."""
    path = old.root / "content" / "cold.yaml"
    path.write_text(path.read_text("utf-8").replace("눈이 쌓인다", "비가 쌓인다"), "utf-8")

    assert old.build(LATER).outcomes == {"tag:saebyeokgang.example,2012:cold00000001": Outcome.MINOR}


def test_a_copy_of_the_files_is_no_edit(old: Newsroom) -> None:
    """Where no file has the time it had, times tell nothing."""
    touch(old, SAVED + 3600)

    report = old.build(LATER)

    assert report.outcomes == {}
    assert not codes(report.problems) & EDITS


def test_a_file_with_an_id_that_moved_with_the_update_is_no_edit(old: Newsroom) -> None:
    (old.root / "content" / "weather").mkdir()
    (old.root / "content" / "cold.yaml").rename(old.root / "content" / "weather" / "cold.yaml")

    report = old.build(LATER)

    assert report.outcomes == {}
    assert not codes(report.problems) & EDITS


@pytest.mark.parametrize("retouched", [False, True])
def test_a_later_version_edits_nothing(newsroom: Unpack, release: Release, *, retouched: bool) -> None:
    """Also where the files were checked out anew."""
    room = newsroom(entry("a", id_=ID, rest="body: 본문*입니다*.\nupdated: 2024-01-17 10:00\n") + entry("b"))
    room.build()
    before = stamps(room)
    if retouched:
        touch(room, SAVED)
    release.comes()

    report = room.build(LATER)

    assert report.outcomes == {}
    assert not codes(report.problems) & EDITS
    assert stamps(room) == before
    assert "새로 읽히는" in str(room.items()[0]["content_html"])


@pytest.mark.parametrize(
    ("after", "outcome", "warned"),
    [
        ('기자: [김하늘]\n"title": 첫 기사\n본문: "본문입니다."\n', Outcome.UNCHANGED, set()),
        ("title: 첫 기사\nauthors: 김하늘\nbody: |\n  본문입니다.\ntags: [다리]\n", Outcome.MINOR, set()),
        ("title: 첫 기사\nauthors: 김하늘\nbody: 다른 본문입니다.\n", Outcome.MINOR, {"edit-without-stamp"}),
        ("title: 첫째 기사\nauthors: 김하늘\nbody: 본문입니다.\n", Outcome.MINOR, {"edit-without-stamp"}),
    ],
    ids=["laid out anew", "a tag", "the text", "the headline"],
)
def test_what_is_edited_with_an_update(
    newsroom: Unpack, release: Release, after: str, outcome: Outcome, warned: set[str]
) -> None:
    """To lay a file out anew is no edit; a tag is one of which readers need not be told."""
    head = f"id: {ID}\npublished: 2024-01-16 15:20\n"
    room = newsroom(f"-- content/a.yaml --\n{head}title: 첫 기사\nauthors: 김하늘\nbody: |\n  본문입니다.\n")
    room.build()
    release.comes()
    room.write(f"-- content/a.yaml --\n{head}{after}")

    report = room.build(LATER)

    assert report.outcomes == ({} if outcome is Outcome.UNCHANGED else {ID: outcome})
    assert codes(report.problems) & EDITS - {"edit-large"} == warned


def test_a_picture_that_was_replaced_is_a_change(newsroom: Unpack) -> None:
    room = newsroom(entry("a", id_=ID, rest="images: [{url: a.png}]\n"))
    Image.new("RGB", (2, 2)).save(room.root / "content" / "a.png")
    room.build()
    Image.new("RGB", (3, 2)).save(room.root / "content" / "a.png")

    assert room.build(LATER).outcomes == {ID: Outcome.MINOR}


@pytest.mark.parametrize("is_replaced", [False, True], ids=["copied", "replaced"])
def test_pictures_are_told_by_their_bytes(newsroom: Unpack, release: Release, *, is_replaced: bool) -> None:
    """Though the first version remembered neither the bytes of files nor what was written in them."""
    room = newsroom(entry("a", id_=ID, rest="images: [{url: a.png}]\n"))
    picture = room.root / "content" / "a.png"
    Image.new("RGB", (2, 2)).save(picture)
    room.build()
    with sqlite3.connect(room.root / ".sosik" / "site.db") as store:
        store.execute("UPDATE source SET digest = ''")
        store.execute("UPDATE ledger SET written = ''")
    release.comes()
    if is_replaced:
        Image.new("RGB", (3, 2)).save(picture)
    else:
        touch(room, SAVED)

    report = room.build(LATER)

    assert report.outcomes == ({ID: Outcome.MINOR} if is_replaced else {})
    assert not codes(report.problems) & EDITS


def test_a_copy_made_with_the_update_is_known(old: Newsroom, release: Release) -> None:
    """Though the text that it repeats was published as another version read it."""
    release.comes()
    text = (old.root / "content" / "by-path.yaml").read_text("utf-8").replace("10:40", "11:40")
    (old.root / "content" / "copy.yaml").write_text(text, "utf-8")

    report = old.build(LATER)

    assert report.outcomes["content/copy.yaml"] is Outcome.HELD
    assert "entry-copied" in codes(report.problems)


def test_a_file_renamed_with_the_update_is_known(old: Newsroom) -> None:
    (old.root / "content" / "by-path.yaml").rename(old.root / "content" / "renamed.yaml")

    report = old.build(LATER)

    assert report.outcomes["content/renamed.yaml"] is Outcome.HELD
    assert "id-changed" in codes(report.problems)
    assert Outcome.WITHDRAWN not in report.outcomes.values()


def test_what_was_held_back_and_is_let_go_is_an_edit(newsroom: Unpack) -> None:
    """The file did not change since it was read last, but since it was published."""
    room = newsroom(entry("a", id_=ID))
    room.build()
    room.write(entry("a", id_=ID, title="고친 제목", published="2024-01-17 15:20"))
    room.build(LATER)

    report = room.build("2024-02-02 09:01", redate=(ID,))

    assert report.outcomes == {ID: Outcome.MINOR}
