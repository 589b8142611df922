"""What becomes of entries from one edition to the next, seen as a newsroom and its readers see it."""

import re
import time
from datetime import UTC, datetime

import pytest

from newsrooms import Unpack, at
from sosik.errors import EditionRefusedError, Problem
from sosik.model import Outcome
from sosik.site import Site
from sosik.store import Changes, open_store

ID = "tag:test.example,2010:aaaaaaaaaaaa"
CORRECTED = "edits: [{{at: {at}, kind: correction, note: 바로잡습니다}}]\n"


def entry(
    name: str = "a", *, id_: str = "", title: str = "", published: str = "2024-01-16 15:20", rest: str = ""
) -> str:
    """Return an entry file for `Newsroom.write`; without `id_` it has none."""
    body = rest if "body:" in rest else f"{rest}body: {name} 기사의 본문입니다.\n"
    head = f"id: {id_}\n" if id_ else ""
    return f"-- content/{name}.yaml --\n{head}title: {title or name}\npublished: {published}\n{body}"


def codes(problems: list[Problem]) -> set[str]:
    return {problem.code for problem in problems if problem.code not in {"id-not-pinned", "feed-empty"}}


def test_a_first_build_makes_every_entry_new(newsroom: Unpack) -> None:
    room = newsroom(entry("a") + entry("b"))

    report = room.build()

    assert report.counts["new"] == 2
    assert sorted(map(str, room.titles())) == ["a", "b"]


@pytest.mark.rule(33, 84)
def test_a_build_after_nothing_happened_changes_nothing(newsroom: Unpack) -> None:
    room = newsroom(entry("a"))
    first = room.build()

    second = room.build("2024-02-02 09:00")

    assert second.counts["unchanged"] == 1
    assert second.read == 0
    assert second.documents["new"] == second.documents["changed"] == second.documents["removed"] == 0
    assert second.edition.number == first.edition.number


@pytest.mark.rule(36)
@pytest.mark.parametrize(
    ("edit", "outcome"),
    [
        ("body: 고친 본문입니다.\n", Outcome.MINOR),
        ("updated: 2024-01-17 09:00\nbody: 고친 본문입니다.\n", Outcome.UPDATED),
        ("edits:\n  - {at: 2024-01-17 09:00, kind: update}\nbody: 고친 본문입니다.\n", Outcome.UPDATED),
        ("edits:\n  - {at: 2024-01-17 09:00, kind: minor}\nbody: 고친 본문입니다.\n", Outcome.MINOR),
        (
            "edits:\n  - {at: 2024-01-17 09:00, kind: correction, note: 직함을 바로잡습니다}\nbody: 고친 본문입니다.\n",
            Outcome.CORRECTED,
        ),
        ("status: withdrawn\nwithdrawn: 2024-01-18 10:00\n", Outcome.WITHDRAWN),
        ("status: draft\n", Outcome.WITHDRAWN),
    ],
)
def test_an_edit_has_its_outcome(newsroom: Unpack, edit: str, outcome: Outcome) -> None:
    room = newsroom(entry("a", id_=ID))
    room.build()
    before = room.items()[0]
    room.write(entry("a", id_=ID, rest=edit))

    report = room.build("2024-02-02 09:00")

    assert report.outcomes == {ID: outcome}
    if outcome is Outcome.WITHDRAWN:
        assert room.items() == []
        return
    after = room.items()[0]
    assert (after["id"], after["date_published"]) == (before["id"], before["date_published"])
    assert ("date_modified" in after) == (outcome in {Outcome.UPDATED, Outcome.CORRECTED})


def test_a_change_without_stamp_goes_out_and_is_told(newsroom: Unpack) -> None:
    room = newsroom(entry("a", id_=ID, rest="body: 시장이 오늘 새 다리의 이름을 정했다고 밝혔다.\n"))
    room.build()
    room.write(entry("a", id_=ID, rest="body: 시장이 오늘 새 다리의 이름을 정했다고 말했다.\n"))

    report = room.build("2024-02-02 09:00")

    assert codes(report.problems) == {"edit-without-stamp"}
    assert "말했다" in str(room.items()[0]["content_html"])


@pytest.mark.rule(37)
def test_a_rewritten_article_is_pointed_out(newsroom: Unpack) -> None:
    room = newsroom(entry("a", id_=ID, rest="body: 시장이 오늘 새 다리의 이름을 정했다고 밝혔다.\n"))
    room.build()
    room.write(entry("a", id_=ID, rest="updated: 2024-01-17\nbody: 프로축구 개막전에서 홈팀이 세 골을 넣고 이겼다.\n"))

    report = room.build("2024-02-02 09:00")

    assert codes(report.problems) == {"edit-large"}


@pytest.mark.rule(30)
def test_published_never_moves(newsroom: Unpack) -> None:
    """An entry whose published moved is held back: the last good version stays up until somebody allows it."""
    room = newsroom(entry("a", id_=ID))
    room.build()
    before = room.read("/rss.xml")
    room.write(entry("a", id_=ID, title="고친 제목", published="2024-01-17 15:20"))

    report = room.build("2024-02-02 09:00")

    assert report.outcomes == {"content/a.yaml": Outcome.HELD}
    assert codes(report.errors) == {"published-moved"}
    assert room.read("/rss.xml") == before

    allowed = room.build("2024-02-02 09:01", redate=(ID,))

    assert allowed.errors == []
    assert room.items()[0]["title"] == "고친 제목"


def test_confirming_an_inferred_published_is_no_redate(newsroom: Unpack) -> None:
    room = newsroom(entry("a", id_=ID, published="2024-01-16", rest="unconfirmed: [published]\n"))
    room.build()
    room.write(entry("a", id_=ID, published="2024-01-16 17:41"))

    report = room.build("2024-02-02 09:00")

    assert report.outcomes == {ID: Outcome.CONFIRMED}
    assert "17:41" in str(room.items()[0]["date_published"])


@pytest.mark.rule(18)
@pytest.mark.parametrize(
    "changed",
    [
        entry("a", id_="tag:test.example,2010:bbbbbbbbbbbb"),
        "-- content/a.yaml --\n(gone)\n" + entry("b", title="a", rest="body: a 기사의 본문입니다.\n"),
        "-- content/a.yaml --\n(gone)\n" + entry("b", title="새 제목", rest="body: a 기사의 본문입니다.\n"),
        "-- content/a.yaml --\n(gone)\n" + entry("b", title="a", rest="body: 고친 본문.\n"),
        entry("a", title="다 고쳤다", rest="body: 고친 본문.\n"),
    ],
    ids=["id edited", "renamed", "renamed, title edited", "renamed, body edited", "id lost, all edited"],
)
def test_an_id_that_changed_is_held_with_the_old_one_as_hint(newsroom: Unpack, changed: str) -> None:
    """Readers would get the article twice; the hint is the line to paste."""
    room = newsroom(entry("a", id_=ID))
    room.build()
    before = room.read("/feed.json")
    room.write(changed)

    report = room.build("2024-02-02 09:00")

    assert codes(report.errors) == {"id-changed"}
    assert f"id: {ID}" in str(report.errors[0].hint)
    assert room.read("/feed.json") == before


@pytest.mark.rule(18)
def test_a_pinned_entry_may_be_renamed_and_edited(newsroom: Unpack) -> None:
    room = newsroom(entry("a", id_=ID))
    room.build()
    room.write("-- content/a.yaml --\n(gone)\n" + entry("정치/나", id_=ID, title="새 제목"))

    report = room.build("2024-02-02 09:00")

    assert report.outcomes == {ID: Outcome.MINOR}
    assert [item["id"] for item in room.items()] == [ID]


def test_a_mere_renaming_is_no_edit(newsroom: Unpack) -> None:
    room = newsroom(entry("a", id_=ID))
    room.build()
    room.write(
        "-- content/a.yaml --\n(gone)\n" + entry("정치/나", id_=ID, title="a", rest="body: a 기사의 본문입니다.\n")
    )

    report = room.build("2024-02-02 09:00")

    assert not report.outcomes
    assert report.unchanged == 1
    assert report.documents["changed"] == 0


BACK = {
    "updated, earlier": ("updated: 2024-01-20 10:00\n", "updated: 2024-01-18 10:00\n"),
    "updated, gone": ("updated: 2024-01-20 10:00\n", ""),
    "a correction, gone": (CORRECTED.format(at="2024-01-20 10:00"), ""),
    "a correction, earlier": (CORRECTED.format(at="2024-01-20 10:00"), CORRECTED.format(at="2024-01-18 10:00")),
    "a correction, gone, later updated": (CORRECTED.format(at="2024-01-20 10:00"), "updated: 2024-01-25\n"),
    "an edit, gone": ("edits: [{at: 2024-01-20 10:00, kind: update}]\n", ""),
}


@pytest.mark.parametrize(("before", "after"), BACK.values(), ids=BACK)
def test_an_edit_stamp_that_goes_back_is_told_once(newsroom: Unpack, before: str, after: str) -> None:
    """The entry says what its file says, the feed's updated stays, and the editor learns what readers have."""
    room = newsroom(entry("a", id_=ID, rest=before))
    room.build()
    room.write(entry("a", id_=ID, rest=after))

    report = room.build("2024-02-02 09:00")

    [problem] = [problem for problem in report.problems if problem.code == "updated-back"]
    assert "2024-01-20T10:00:00+09:00" in str(problem.message)
    assert report.outcomes[ID] in {Outcome.MINOR, Outcome.UPDATED}
    [updated] = re.findall(r"<feed.*?<updated>(.*?)</updated>", room.read("/atom.xml").decode(), re.DOTALL)
    assert updated >= "2024-01-20T10:00:00+09:00"
    room.write(entry("b"))
    assert codes(room.build("2024-02-02 09:01").problems) == set()


def test_a_new_headline_without_stamp_is_told(newsroom: Unpack) -> None:
    room = newsroom(entry("a", id_=ID))
    room.build()
    room.write(entry("a", id_=ID, title="새 제목"))

    assert codes(room.build("2024-02-02 09:00").problems) == {"edit-without-stamp"}


def test_stamps_far_ahead_are_told(newsroom: Unpack) -> None:
    room = newsroom(entry("a", published="2025-01-16 09:00") + entry("b", rest="updated: 2024-03-01 10:00\n"))

    assert codes(room.build("2024-02-01 09:00").problems) == {"published-far-ahead", "updated-in-future"}


@pytest.mark.parametrize(
    ("published", "code"), [("31.12.24", "date-unreadable"), ("2027-01-16 09:00", "published-year-ahead")]
)
def test_a_year_that_lies_too_far_ahead_is_an_error(newsroom: Unpack, published: str, code: str) -> None:
    """31.12.24 would by the rule be a day of 2031: by the time of the build it is told that the year may stand last."""
    room = newsroom(entry("a", published=published))

    report = room.build("2025-02-01 09:00")

    assert codes(report.problems) == {code}
    assert report.counts["held"] == 1


@pytest.mark.rule(21)
def test_a_copied_file_does_not_take_the_id(newsroom: Unpack) -> None:
    """The file published under an id keeps it; the copy is held back."""
    room = newsroom(entry("b", id_=ID))
    room.build()
    room.write(entry("a", id_=ID, title="베낀 기사"))

    report = room.build("2024-02-02 09:00")

    assert report.outcomes == {"content/a.yaml": Outcome.HELD}
    assert report.unchanged == 1
    assert [problem.location.file for problem in report.errors] == ["content/a.yaml"]
    assert room.titles() == ["b"]


@pytest.mark.rule(21)
def test_two_new_files_with_one_id_are_both_held(newsroom: Unpack) -> None:
    room = newsroom(entry("a", id_=ID) + entry("b", id_=ID) + entry("c"))

    report = room.build()

    assert codes(report.errors) == {"id-duplicate"}
    assert room.titles() == ["c"]

    room.write(entry("b", id_="tag:test.example,2010:bbbbbbbbbbbb"))

    assert room.build("2024-02-02 09:00").errors == []
    assert sorted(map(str, room.titles())) == ["a", "b", "c"]


@pytest.mark.rule(24, 56)
def test_a_deleted_file_is_a_withdrawal_and_its_return_the_same_entry(newsroom: Unpack) -> None:
    room = newsroom(entry("a", id_=ID) + entry("b"))
    room.build()
    before = next(item for item in room.items() if item["id"] == ID)
    room.write("-- content/a.yaml --\n(gone)\n")

    gone = room.build("2024-02-02 09:00", deleted=True)

    assert gone.outcomes[ID] is Outcome.WITHDRAWN
    assert room.titles() == ["b"]

    room.write(entry("a", id_=ID))
    back = room.build("2024-02-03 09:00")

    assert back.outcomes[ID] is Outcome.UPDATED
    assert next(item for item in room.items() if item["id"] == ID) == before


@pytest.mark.rule(33, 56)
def test_the_feeds_updated_never_goes_back(newsroom: Unpack) -> None:
    """Withdrawing the newest entry moves the feed's updated forward, to the withdrawal."""
    room = newsroom(entry("a", id_=ID, published="2024-01-20 10:00") + entry("b"))
    room.build()
    room.write("-- content/a.yaml --\n(gone)\n")

    room.build("2024-02-02 09:00", deleted=True)

    assert b"<updated>2024-02-02T09:00:00+09:00</updated>" in room.read("/atom.xml")


@pytest.mark.rule(14, 77)
def test_a_broken_file_keeps_its_last_good_version_up(newsroom: Unpack) -> None:
    room = newsroom(entry("a", id_=ID) + entry("b"))
    room.build()
    before = room.read("/rss.xml")
    room.write('-- content/a.yaml --\ntitle: "열린 따옴표\npublished: 2024-01-16\n')

    report = room.build("2024-02-02 09:00")

    assert report.outcomes["content/a.yaml"] is Outcome.HELD
    assert room.read("/rss.xml") == before


@pytest.mark.parametrize("drop", [10, 30])
def test_a_mass_of_vanished_entries_refuses_the_edition(newsroom: Unpack, drop: int) -> None:
    room = newsroom("".join(entry(f"a{number}") for number in range(30)))
    room.build()
    before = room.read("/rss.xml")
    room.write("".join(f"-- content/a{number}.yaml --\n(gone)\n" for number in range(drop)))

    with pytest.raises(EditionRefusedError) as refused:
        room.build("2024-02-02 09:00")

    assert codes(list(refused.value.problems)) == {"withdrawn-many"}
    assert room.read("/rss.xml") == before
    assert room.build("2024-02-02 09:00", withdrawals=True).counts["withdrawn"] == drop


def test_content_suddenly_empty_or_missing_refuses_the_edition(newsroom: Unpack) -> None:
    room = newsroom(entry("a"))
    room.build()
    before = room.read("/rss.xml")
    room.write("-- content/a.yaml --\n(gone)\n")

    with pytest.raises(EditionRefusedError, match="withdrawn-many"):
        room.build("2024-02-02 09:00")
    (room.root / "content").rmdir()
    with pytest.raises(EditionRefusedError, match="content-missing"):
        room.build("2024-02-02 09:00")

    assert room.read("/rss.xml") == before


@pytest.mark.rule(32)
def test_an_embargoed_entry_appears_at_its_minute(newsroom: Unpack) -> None:
    """Nothing of it is seen before, and the edition says when to look again."""
    room = newsroom(entry("a", published="2024-02-01 10:00"))

    early = room.build("2024-02-01 09:59:59")
    assert room.items() == []
    assert early.edition.next_due == int(at("2024-02-01 10:00").timestamp())

    report = room.build("2024-02-01 10:00")
    assert report.counts["new"] == 1
    assert room.titles() == ["a"]


@pytest.mark.rule(32)
def test_an_edit_stamped_ahead_counts_from_its_instant(newsroom: Unpack) -> None:
    room = newsroom(entry("a", rest="updated: 2024-02-05 12:00\n"))

    room.build("2024-02-01 09:00")
    assert "date_modified" not in room.items()[0]

    room.build("2024-02-05 12:00")
    assert "12:00" in str(room.items()[0]["date_modified"])


@pytest.mark.rule(36)
def test_a_corrected_entry_stands_in_the_feed_again_for_a_week(newsroom: Unpack) -> None:
    """An old article that was corrected comes back into the current document, with its id and date."""
    fillers = "".join(entry(f"n{number:02}", published=f"2024-01-20 10:{number:02}") for number in range(30))
    room = newsroom(fillers + entry("old", id_=ID, published="2023-05-01 10:00"))
    room.build()
    assert ID not in [item["id"] for item in room.items()]
    correction = "edits:\n  - {at: 2024-02-02 10:00, kind: correction, note: 날짜를 바로잡습니다}\n"
    room.write(entry("old", id_=ID, published="2023-05-01 10:00", rest=correction))

    room.build("2024-02-02 11:00")
    last = room.items()[-1]
    assert last["id"] == ID
    assert "2023-05-01" in str(last["date_published"])
    assert "날짜를 바로잡습니다" in str(last["content_html"])

    room.build("2024-02-09 10:00")
    assert ID not in [item["id"] for item in room.items()]


@pytest.mark.rule(36)
def test_a_correction_stamped_ahead_hides_no_other(newsroom: Unpack) -> None:
    """Each stands for its own week, and the edition says when either comes and goes."""
    window = "-- feeds/all.yaml --\ntitle: 전체\nwindow: {entries: 2, hours: 0, at_most: 4}\n"
    kind = "kind: correction, note: 바로잡습니다"
    edits = f"edits: [{{at: 2024-02-01 10:00, {kind}}}, {{at: 2024-02-20 10:00, {kind}}}]\n"
    newest = entry("b", published="2024-01-20") + entry("c", published="2024-01-21")
    room = newsroom(window + newest + entry("old", id_=ID, published="2023-05-01 10:00", rest=edits))
    shown, dues = [], []

    for now in (
        "02-01 09:59",
        "02-01 10:00",
        "02-08 09:59",
        "02-08 10:00",
        "02-20 09:59",
        "02-20 10:00",
        "02-27 10:00",
    ):
        report = room.build(f"2024-{now}")
        shown.append("old" in room.titles())
        dues.append(report.edition.next_due)

    assert shown == [False, True, True, False, False, True, False]
    ends = ("02-01 10:00", "02-08 10:00", "02-08 10:00", "02-20 10:00", "02-20 10:00", "02-27 10:00")
    assert dues == [*(int(at(f"2024-{end}").timestamp()) for end in ends), None]


def test_many_corrections_never_hide_what_is_new(newsroom: Unpack) -> None:
    """Half of a full window is kept for the newest; what was corrected last comes before what was corrected first."""
    window = "-- feeds/all.yaml --\ntitle: 전체\nwindow: {entries: 4, hours: 0, at_most: 4}\n"
    old = "".join(
        entry(f"old{day}", published=f"2023-05-{day:02}", rest=CORRECTED.format(at=f"2024-01-{32 - day} 10:00"))
        for day in range(1, 6)
    )
    room = newsroom(window + old + entry("b", published="2024-01-20") + entry("c", published="2024-01-21"))

    room.build()

    assert room.titles() == ["c", "b", "old2", "old1"]


def test_a_full_window_drops_no_correction_of_its_own(newsroom: Unpack) -> None:
    """What was corrected stays though it is among the oldest of the window."""
    window = "-- feeds/all.yaml --\ntitle: 전체\nwindow: {entries: 4, hours: 0, at_most: 4}\n"
    corrected = CORRECTED.format(at="2024-01-31 10:00")
    room = newsroom(
        window
        + entry("older", published="2023-05-01", rest=corrected)
        + entry("old", published="2023-06-01", rest=corrected)
        + "".join(entry(f"n{day}", published=f"2024-01-{day}") for day in (10, 11, 12))
    )

    room.build()

    assert room.titles() == ["n12", "n11", "old", "older"]


def test_withdrawn_wins_over_every_other_problem_of_its_file(newsroom: Unpack) -> None:
    room = newsroom(entry("a", id_=ID))
    room.build()
    room.write(f"-- content/a.yaml --\nid: {ID}\npublished: 언젠가\nstatus: withdrawn\nwithdrawn: 2024-01-18 10:00\n")

    report = room.build("2024-02-02 09:00")

    assert report.outcomes == {ID: Outcome.WITHDRAWN}
    assert report.errors == []


def test_two_articles_with_one_link_are_told_as_long_as_they_have_it(newsroom: Unpack) -> None:
    """Whoever goes by the link takes them for one; it is the newer one that needs another."""
    link = "link: https://www.test.example/1\n"
    room = newsroom(entry("a", rest=link) + entry("b", published="2024-01-15", rest=link) + entry("c"))

    for now in ("2024-02-01 09:00", "2024-02-02 09:00"):
        [problem] = [problem for problem in room.build(now).problems if problem.code == "link-shared"]
        assert (problem.location.file, "content/b.yaml" in str(problem.message)) == ("content/a.yaml", True)
    assert "link-shared" in room.sosik("check")
    room.write("-- content/b.yaml --\n(gone)\n")

    assert codes(room.build("2024-02-03 09:00", deleted=True).problems) == set()


def test_a_clock_that_lost_the_time_hides_nothing(newsroom: Unpack) -> None:
    """A machine that wakes up years ago would take every article for one to come, and its feeds for gone."""
    room = newsroom(entry(id_=ID))
    room.sosik("build")
    before = room.read("/feed.json")
    with open_store(room.root / ".sosik") as store, store.transaction():
        # As though a machine of later years had built: our own clock cannot be set.
        store.apply(Changes(meta={"clock": str(int(time.time()) + 3 * 365 * 86_400)}))

    assert "clock-back" in room.sosik("build", status=1)
    assert room.read("/feed.json") == before

    # The clock is right, and was wrong before: a person says so once.
    room.sosik("build", "--now", datetime.now(UTC).isoformat(timespec="seconds"))
    assert "1 unchanged" in room.sosik("build")


def test_a_trial_of_another_day_sets_no_clock(newsroom: Unpack) -> None:
    room = newsroom(entry(id_=ID))
    room.build("2100-01-01")
    room.sosik("build")
    room.build("2024-02-01 09:00")

    assert "1 unchanged" in room.sosik("build")


def test_a_feed_goes_on_by_the_last_good_version_of_its_definition(newsroom: Unpack) -> None:
    """Whoever breaks the file: a withdrawal reaches that feed, a new article too, and the pages go on listing it."""
    definition = "-- feeds/local.yaml --\ntitle: 지역 소식\n"
    room = newsroom(definition + entry("a") + entry("b"))
    room.build()
    listed = room.read("/feeds/index.html")
    room.write("-- feeds/local.yaml --\ntitle: [지역\n" + entry("a", rest="status: withdrawn\n") + entry("c"))

    report = room.build("2024-02-02 09:00")

    assert codes(report.errors) == {"headline-quote"}
    assert room.titles("/local/feed.json") == room.titles()
    assert len(room.titles()) == 2
    assert "지역 소식".encode() in room.read("/feeds/index.html")
    assert b"/local/rss.xml" in listed

    room.write("-- feeds/local.yaml --\n(gone)\n")
    before = room.titles("/local/feed.json")
    report = room.build("2024-02-03 09:00")

    assert "feed-undefined" in codes(report.problems)
    assert room.titles("/local/feed.json") == before


def test_the_ledger_knows_what_stood_in_the_file(newsroom: Unpack) -> None:
    """A comment, the order of keys and their places are nothing that was written; a value is."""
    room = newsroom(entry(id_=ID, rest="tags: [다리]\n"))
    room.build()
    first = Site(room.root).ledger()[ID].written

    head = f"-- content/a.yaml --\n# 다시 봄\npublished: 2024-01-16 15:20\ntitle: a\nid: {ID}\n"
    room.write(head + "\ntags: [다리]\nbody: a 기사의 본문입니다.\n")
    room.build("2024-02-02 09:00")
    second = Site(room.root).ledger()[ID].written
    room.write(entry(id_=ID, rest="tags: [다리, 개통]\n"))
    room.build("2024-02-03 09:00")
    third = Site(room.root).ledger()[ID].written

    assert first
    assert second == first
    assert third != first
