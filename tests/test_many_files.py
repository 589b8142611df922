"""Files are read some at a time, and what concerns no other file is settled at once: the order must not be seen."""

import shutil
from pathlib import Path

import pytest
from PIL import Image

from newsrooms import PUBLICATION, Newsroom, Unpack
from sosik.edition.build import Report
from sosik.errors import TOLD_ONCE
from sosik.ledger.arriving import AT_ONCE
from sosik.ledger.seeing import SyncOptions
from sosik.ledger.sync import sync
from sosik.ledger.verdicts import Allowances
from sosik.model import Outcome
from sosik.model.values import Seconds
from sosik.site import Site
from sosik.store import open_store

ID = "tag:test.example,2010:aaaaaaaaaaaa"
FIRST, LAST = "content/0.yaml", "content/z.yaml"
"""Files that are read first and last, with more between them than are read together."""


def entry(name: str, *, id_: str = "", title: str = "", rest: str = "") -> str:
    """Return an entry file in the notation of `Newsroom.write`."""
    told, bare = f"id: {id_}\n" if id_ else "", "" if "body:" in rest else "body: none\n"
    return f"-- {name} --\n{told}title: {title or name}\npublished: 2024-01-16 15:20\n{bare}{rest}"


@pytest.fixture
def many(newsroom: Unpack) -> Newsroom:
    """A publication of more files than are read together, none with an id of its own."""
    return newsroom("".join(entry(f"content/m{number}.yaml") for number in range(AT_ONCE + 1)))


def held(report: Report) -> dict[str, str]:
    """Return the codes of the problems of what is held back, by file."""
    names = {name for name, outcome in report.outcomes.items() if outcome is Outcome.HELD}
    return {problem.location.file: problem.code for problem in report.errors if problem.location.file in names}


def test_one_id_in_two_files_that_are_new_holds_both_back(many: Newsroom) -> None:
    many.write(entry(FIRST, id_=ID) + entry(LAST, id_=ID))

    report = many.build()

    assert held(report) == {FIRST: "id-duplicate", LAST: "id-duplicate"}
    assert ID not in report.outcomes
    assert ID not in Site(many.root).ledger()
    many.write(f"-- {LAST} --\n(gone)\n")
    assert many.build("2024-02-02 09:00").outcomes == {ID: Outcome.NEW}


def test_the_file_that_has_the_id_keeps_it_whichever_is_read_first(many: Newsroom) -> None:
    many.write(entry(LAST, id_=ID))
    many.build()
    many.write(entry(FIRST, id_=ID, title="다른 기사") + entry(LAST, id_=ID, rest="tags: [버스]\n"))

    report = many.build("2024-02-02 09:00")

    assert held(report) == {FIRST: "id-duplicate"}
    assert report.outcomes[ID] is Outcome.MINOR


def test_an_id_that_a_draft_has_too(many: Newsroom) -> None:
    many.write(entry(FIRST, id_=ID) + entry(LAST, id_=ID, rest="status: draft\n"))

    report = many.build()

    assert report.outcomes[ID] is Outcome.NEW
    assert held(report) == {LAST: "id-duplicate"}


@pytest.mark.parametrize("published", ["2024-01-16 15:20", "2024-12-16 15:20"])
def test_one_page_for_two_ids_is_that_of_the_first(many: Newsroom, published: str) -> None:
    """Also where its time has not come yet."""
    many.write(entry(FIRST, id_=ID).replace("2024-01-16 15:20", published))
    many.write(entry(LAST, id_="tag:other.example,2010:aaaaaaaaaaaa"))

    report = many.build()

    assert held(report) == {LAST: "page-taken"}
    assert f"content/{FIRST.removeprefix('content/')}" in str(report.errors[0])


def test_what_is_new_in_one_build_is_not_said_to_be_said_again(many: Newsroom) -> None:
    many.write(
        entry(FIRST, title="같은 말", rest="body: 같은 글이다.\n")
        + entry(LAST, title="같은 말", rest="body: 같은 글이다.\n")
    )

    report = many.build()

    assert report.counts["new"] == AT_ONCE + 3
    assert not report.errors


def test_a_fresh_checkout_is_looked_at_and_not_read(many: Newsroom, tmp_path: Path) -> None:
    """All bytes are the same, all stamps are others; of a picture it is its pixels that count."""
    many.write(entry(FIRST, id_=ID, rest="images: [{url: one.png}]\n") + entry(LAST, rest="images: [{url: two.png}]\n"))
    for name, size in (("one", 1), ("two", 2)):
        Image.new("RGB", (size, 1)).save(many.root / f"content/{name}.png")
    before = many.build()
    fresh = Newsroom(tmp_path / "fresh")
    shutil.copytree(many.root, fresh.root, copy_function=shutil.copyfile)

    report = fresh.build("2024-02-02 09:00")

    assert (report.read, report.unchanged, report.documents["changed"]) == (0, before.counts["new"], 0)
    assert report.edition.number == before.edition.number
    assert len(report.problems) == sum(1 for problem in before.problems if problem.code not in TOLD_ONCE)
    Image.new("RGB", (3, 1)).save(fresh.root / "content/two.png")
    assert fresh.build("2024-02-03 09:00").read == 1


def test_a_checkout_under_another_configuration_is_read(many: Newsroom, tmp_path: Path) -> None:
    many.build()
    fresh = Newsroom(tmp_path / "fresh")
    shutil.copytree(many.root, fresh.root, copy_function=shutil.copyfile)
    fresh.write(f"-- feeds/publication.yaml --\n{PUBLICATION}language: ko-KP\n")

    assert fresh.build("2024-02-02 09:00").read == AT_ONCE + 1


def test_what_changed_is_known_with_what_was_before(many: Newsroom) -> None:
    """New, edited, gone and unchanged entries, asked for in order and out of it."""
    many.write(entry(FIRST, id_=ID) + entry(LAST))
    many.build()
    many.write(entry(FIRST, id_=ID, title="고친 제목", rest="section: 지역\n"))
    many.write(f"-- {LAST} --\n(gone)\n" + entry("content/y.yaml", rest="section: 경제\n"))
    publication = Site(many.root).config().publication
    assert publication is not None

    options = SyncOptions(now=Seconds(2_000_000_000), allowed=Allowances(withdraw_now=True))

    with open_store(many.root / ".sosik", is_dry=True) as store, store.transaction():
        changed = sync(store, publication, many.root / "content", options).changed

        sections = {(old and old.section, new and new.section) for _, (old, new) in changed.items()}
        assert sections == {("", "지역"), ("", None), (None, "경제")}
        assert {id_: changed[id_] for id_ in reversed(list(changed))} == dict(changed)
