"""What is not for the public, whoever's key says so, never reaches readers; what they have is taken back."""

import json

import pytest

from newsrooms import Newsroom, Unpack, at
from sosik.edition.build import Report
from sosik.model import Outcome

ID = "tag:test.example,2010:aaaaaaaaaaaa"

MARKS = [
    "published: false\n",
    "published: no\n",
    "draft: true\n",
    "status: draft\n",
    "headless: true\n",
    "build: {list: never}\n",
    "_build:\n  list: never\n  render: never\n",
    "build: {render: false}\n",
]


def post(head: str = "", *, date: str = "date: 2024-01-16 15:20\n", name: str = "content/글.md") -> str:
    return f"-- {name} --\n---\nid: {ID}\ntitle: 둔치 도서관\n{date}{head}---\n둔치에 도서관이 선다.\n"


def codes(report: Report) -> list[str]:
    return sorted(problem.code for problem in report.problems if problem.code != "feed-empty")


def published(unpack: Unpack) -> Newsroom:
    room = unpack(post())
    assert room.build().counts["new"] == 1
    return room


@pytest.mark.parametrize("mark", MARKS)
def test_what_is_not_public_waits(newsroom: Unpack, mark: str) -> None:
    room = newsroom(post(mark))

    report = room.build()

    assert room.items() == []
    assert report.counts["held"] == 0
    assert set(codes(report)) <= {"draft"}
    room.write(post())
    assert room.build("2024-02-02 09:00").counts["new"] == 1


@pytest.mark.parametrize("date", ["date: 2024-01-16 15:20\n", ""], ids=["dated", "undated"])
@pytest.mark.parametrize("mark", MARKS)
def test_what_readers_have_is_withdrawn(newsroom: Unpack, mark: str, date: str) -> None:
    room = published(newsroom)
    room.write(post(mark, date=date))

    report = room.build("2024-02-02 09:00")

    assert report.outcomes[ID] is Outcome.WITHDRAWN
    assert room.items() == []
    assert "draft-published" in codes(report)
    assert (codes(report) == ["draft-published"]) is mark.startswith(("draft", "status")), "it is told why"
    room.write(post())
    room.build("2024-02-03 09:00")
    assert [item["id"] for item in room.items()] == [ID]


@pytest.mark.parametrize("mark", ["published: false\n", "status: draft\n", "headless: true\n"])
def test_an_error_beside_it_does_not_keep_it_up(newsroom: Unpack, mark: str) -> None:
    room = published(newsroom)
    room.write(post(f"{mark}tilte: 도서관\nlink: ftp://둔치.example\n"))

    report = room.build("2024-02-02 09:00")

    assert report.outcomes[ID] is Outcome.WITHDRAWN
    assert room.items() == []
    assert {"key-unknown", "link-invalid"} <= set(codes(report))


@pytest.mark.parametrize(
    "head",
    ["published: true\n", "draft: false\n", "headless: false\n", "build: {list: always, render: link}\n"],
)
def test_what_is_public_goes_out(newsroom: Unpack, head: str) -> None:
    room = newsroom(post(head))

    assert codes(room.build()) == []
    assert room.titles() == ["둔치 도서관"]


@pytest.mark.parametrize(
    "head", ["headless: maybe\n", "build: never\n", "status: published\npublished: false\n", "expires: 곧\n"]
)
def test_what_may_mean_either_is_held_back(newsroom: Unpack, head: str) -> None:
    room = newsroom(post(head))

    report = room.build()

    assert room.items() == []
    assert report.counts["held"] == 1


@pytest.mark.parametrize("folder", ["_drafts", "블로그/_drafts", "_drafts/둔치", "_Drafts", "블로그/_DRAFTS/글"])
def test_the_folder_of_drafts_is_none_of_the_publics(newsroom: Unpack, folder: str) -> None:
    room = newsroom(post(name=f"content/{folder}/글.md"))

    report = room.build()

    assert room.items() == []
    assert codes(report) == ["draft"]
    assert "draft" in room.sosik("check")
    room.write(f"-- content/{folder}/글.md --\n(gone)\n" + post(name="content/_posts/글.md"))
    room.build("2024-02-02 09:00")
    assert room.titles() == ["둔치 도서관"]


@pytest.mark.parametrize("mark", MARKS)
def test_check_and_build_say_how_many_drafts_there_are(newsroom: Unpack, mark: str) -> None:
    room = newsroom(post(mark))

    assert "1 draft not released (`sosik release`): content/글.md" in room.sosik("check")
    assert room.build().drafts == ("content/글.md",)
    assert "1 draft not released (`sosik release`): content/글.md" in room.sosik("check"), (
        "a file that is as it was, is counted, too"
    )
    room.write(post(mark, name="content/길.md").replace("aaaa", "bbbb"))
    assert "2 drafts not released (`sosik release`): content/글.md, content/길.md" in room.sosik("check")
    room.write(post() + "-- content/길.md --\n(gone)\n")
    assert "draft" not in room.sosik("check")


def test_drafts_that_are_meant_are_no_warnings(newsroom: Unpack) -> None:
    room = newsroom(post("draft: true\n"))

    assert room.build().problems == []
    assert json.loads(room.sosik("check", "--json"))["drafts"] == ["content/글.md"]


def test_a_published_entry_that_moves_to_the_drafts_is_withdrawn(newsroom: Unpack) -> None:
    room = published(newsroom)
    room.write("-- content/글.md --\n(gone)\n" + post(name="content/_drafts/글.md"))

    assert room.build("2024-02-02 09:00").outcomes[ID] is Outcome.WITHDRAWN
    assert room.items() == []


@pytest.mark.parametrize("key", ["expiryDate", "expires", "만료"])
def test_an_entry_is_taken_back_when_it_expires(newsroom: Unpack, key: str) -> None:
    room = newsroom(post(f"{key}: 2024-02-03 10:00\n"))
    early = room.build()

    assert room.titles() == ["둔치 도서관"]
    assert early.edition.next_due == int(at("2024-02-03 10:00").timestamp())
    assert room.build("2024-02-03 09:59").counts["unchanged"] == 1

    late = room.build("2024-02-03 10:00")

    assert late.outcomes[ID] is Outcome.WITHDRAWN
    assert codes(late) == ["expired"]
    assert room.items() == []
    after = room.build("2024-02-04 09:00")
    assert (codes(after), after.read) == ([], 0)


def test_an_entry_expires_though_its_text_is_held_back(newsroom: Unpack) -> None:
    room = newsroom(post("expiryDate: 2024-02-03 10:00\n"))
    room.build()
    room.write(post("expiryDate: 2024-02-03 10:00\ntilte: 도서관\n"))

    room.build("2024-02-02 09:00")
    assert room.titles() == ["둔치 도서관"]
    room.build("2024-02-03 10:01")
    assert room.items() == []


def test_a_later_expiry_brings_an_entry_back(newsroom: Unpack) -> None:
    room = newsroom(post("expiryDate: 2024-02-03\n"))
    room.build()
    room.build("2024-02-03 09:00")
    assert room.items() == []

    room.write(post("expiryDate: 2024-03-03\n"))

    room.build("2024-02-03 09:10")
    assert [item["id"] for item in room.items()] == [ID]


def test_what_expired_before_anyone_saw_it_is_never_published(newsroom: Unpack) -> None:
    room = newsroom(post("expiryDate: 2024-01-20\n"))

    report = room.build()

    assert (room.items(), codes(report), report.counts["withdrawn"]) == ([], ["expired"], 0)
    assert str(report.problems[0].message).startswith("expired at 2024-01-20")
    assert codes(room.build("2024-02-02 09:00")) == []


@pytest.mark.parametrize(
    "value", ["2024-03-05", "2024년 3월 5일 오전 9시", "[2024-01-01, 2024-03-05]", "{at: 2024-03-05}"]
)
def test_an_unknown_key_with_a_date_ahead_holds_the_entry_back(newsroom: Unpack, value: str) -> None:
    room = newsroom(post(f"행사일: {value}\n"))

    report = room.build()

    assert room.items() == []
    assert "key-unknown" in codes(report)
    room.build("2024-03-06 09:00")
    assert room.titles() == ["둔치 도서관"], "a date that has passed hides nothing"


@pytest.mark.parametrize("written", ["[행사일, layout, Hidden, 표지]", "행사일, layout; Hidden, 표지"])
def test_foreign_keys_of_the_publication_are_not_spoken_of(newsroom: Unpack, written: str) -> None:
    room = newsroom(post("행사일: 2024-03-05\nlayout: post\nhidden: 아니오\n표지: 가\n"))
    assert {"key-ignored", "key-unknown"} == set(codes(room.build()))
    config = room.root / "feeds/publication.yaml"
    config.write_text(config.read_text("utf-8") + f"foreign_keys: {written}\n", "utf-8")

    report = room.build("2024-02-02 09:00")

    assert codes(report) == []
    assert room.titles() == ["둔치 도서관"]
