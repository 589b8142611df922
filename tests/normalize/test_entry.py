"""The front door: what a file of content/ comes to."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from sosik.errors import CODES, Severity
from sosik.model import EditKind, Normalized, Person, Publication, Status

# Any: a test knows whether there is an entry.
Normalize = Callable[..., Any]

DAY = "2024-01-16"


def codes(normalized: Normalized) -> list[str]:
    return [problem.code for problem in normalized.problems]


def test_a_plain_article_has_no_problems(normalized: Normalize) -> None:
    made = normalized()

    assert made.problems == ()
    assert made.withdrawal is None
    assert made.entry.id == "tag:news.haenuri.example,2010:k7m2q9x4t1zb"
    assert made.entry.title == "해누리시, 자율주행 버스 늘린다"
    assert made.entry.published == datetime.fromisoformat("2024-01-16T15:20+09:00")
    assert made.entry.published_precision == "minute"
    assert made.entry.updated is None
    assert made.entry.link == "https://news.haenuri.example/articles/18660"
    assert made.entry.body == "<p>해누리시는 16일 버스를 늘린다고 밝혔다.</p>"
    assert made.entry.summary == "해누리시는 16일 버스를 늘린다고 밝혔다."
    assert made.entry.status is Status.PUBLISHED
    assert made.entry.language == "ko"
    assert made.entry.pinned
    assert not made.entry.has_page


def test_every_key_has_its_place_in_the_entry(normalized: Normalize) -> None:
    entry = normalized(
        subtitles=["첫 부제", "둘째  부제"],
        section="지역",
        tags=["버스", "시정", "버스"],
        authors=[{"name": "김하늘", "email": "sky@haenuri.example"}, "박바다 기자"],
        summary="버스가 늘어난다.",
        edits=[{"at": "2024-01-17 09:10", "kind": "correction", "note": "직함을  바로잡습니다"}],
    ).entry

    assert entry.subtitles == ("첫 부제", "둘째 부제")
    assert entry.section == "지역"
    assert entry.tags == ("버스", "시정")
    assert entry.authors == (Person(name="김하늘"), Person(name="박바다"))
    assert entry.summary == "버스가 늘어난다."
    assert entry.edits[0].kind is EditKind.CORRECTION
    assert entry.edits[0].note == "직함을 바로잡습니다"
    assert entry.updated == entry.edits[0].at == datetime.fromisoformat("2024-01-17T09:10+09:00")


def test_one_value_counts_as_a_list_of_one(normalized: Normalize) -> None:
    entry = normalized(subtitles="부제", tags="버스", authors="김하늘").entry

    assert entry.subtitles == ("부제",)
    assert entry.tags == ("버스",)
    assert entry.authors == (Person(name="김하늘"),)


def test_without_authors_there_are_none(normalized: Normalize) -> None:
    assert normalized(authors=None).entry.authors == ()


@pytest.mark.rule(46)
@pytest.mark.parametrize(
    ("values", "email"),
    [
        ({"authors": [{"name": "김하늘", "email": "sky@haenuri.example"}]}, None),
        (
            {"authors": [{"name": "김하늘", "email": "sky@haenuri.example", "publish_email": "true"}]},
            "sky@haenuri.example",
        ),
        (
            {"authors": [{"name": "김하늘", "email": "sky@haenuri.example"}], "publish_email": "true"},
            "sky@haenuri.example",
        ),
        ({"authors": [{"name": "김하늘", "email": "sky@haenuri.example"}], "publish_email": "false"}, None),
    ],
)
def test_an_email_address_is_published_only_when_told_so(
    normalized: Normalize, values: dict[str, object], email: str | None
) -> None:
    assert normalized(**values).entry.authors == (Person(name="김하늘", email=email),)


MAIL = "da@haenuri.example"


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("김하늘", ["김하늘"]),
        ("김하늘 기자", ["김하늘"]),
        ("김하늘 선임기자", ["김하늘"]),
        ("김하늘 문화전문기자", ["김하늘"]),
        ("김하늘 문화부 기자", ["김하늘"]),
        ("김하늘 워싱턴 특파원", ["김하늘"]),
        ("기자 김하늘", ["김하늘"]),
        ("이도윤·박솔아 기자", ["이도윤", "박솔아"]),
        ("이도윤 기자, 박솔아 인턴기자", ["이도윤", "박솔아"]),
        ("이도윤, 박솔아", ["이도윤", "박솔아"]),
        (["김하늘 기자", "김하늘", {"name": "김하늘"}], ["김하늘"]),
        ({"name": "김하늘 기자"}, ["김하늘 기자"]),
        ({"name": "이도윤·박솔아"}, ["이도윤·박솔아"]),
        ("편집부", ["편집부"]),
        ("해누리일보 편집부", ["해누리일보 편집부"]),
        ("Jane Doe", ["Jane Doe"]),
        ("존 스미스 기자", ["존 스미스"]),
        ("김하늘 시장", ["김하늘 시장"]),
    ],
)
def test_a_text_is_read_as_a_byline_and_a_name_as_it_is_written(
    normalized: Normalize, written: object, names: list[str]
) -> None:
    made = normalized(authors=written)

    assert [person.name for person in made.entry.authors] == names
    assert made.problems == ()


@pytest.mark.rule(46)
@pytest.mark.parametrize(
    ("written", "name", "email"),
    [
        (f"정다온 기자 {MAIL}", "정다온", MAIL),
        (f"정다온 기자 ({MAIL})", "정다온", MAIL),
        (f"정다온{MAIL}", "정다온", MAIL),
        (f"Jane Doe <{MAIL}>", "Jane Doe", MAIL),
        (f"편집부 {MAIL}", "편집부", MAIL),
        (f"정다온 기자 {MAIL} on@haenuri.example", "정다온", MAIL),
        ("정다온 기자 다온@해누리.예시", "정다온", None),
        ({"name": f"정다온 {MAIL}"}, "정다온", None),
    ],
)
def test_an_email_address_in_a_byline_is_published_only_when_told_so(
    normalized: Normalize, written: object, name: str, email: str | None
) -> None:
    assert normalized(authors=written).entry.authors == (Person(name=name),)
    assert normalized(authors=written, publish_email="true").entry.authors == (Person(name=name, email=email),)


def test_an_address_is_nobodys_name(normalized: Normalize) -> None:
    made = normalized(authors=MAIL, publish_email="true")

    assert codes(made) == ["value-invalid"]
    assert made.entry is None


def test_all_problems_come_at_once_each_with_the_place_of_its_value(normalized: Normalize) -> None:
    made = normalized(
        title=["해누리"],
        published="언젠가",
        link="javascript:alert(1)",
        authors=[{"email": "x@y.example"}],
        images=["images/none.jpg"],
        status="굿",
    )

    assert made.entry is None
    assert [(problem.code, problem.location.line) for problem in made.problems] == [
        ("value-type", 3),
        ("date-unreadable", 6),
        ("link-invalid", 7),
        ("value-invalid", 10),
        ("picture-missing", 15),
        ("value-invalid", 17),
    ]
    assert all(problem.hint for problem in made.problems if problem.code in ("date-unreadable", "link-invalid"))


@pytest.mark.parametrize(
    ("key", "value", "code", "line", "column"),
    [
        ("id", None, "id-not-pinned", 1, 1),
        ("id", "", "id-invalid", 2, 8),
        ("title", None, "title-missing", 1, 1),
        ("title", "", "title-missing", 3, 11),
        ("published", None, "published-missing", 1, 1),
        ("published", " ", "published-missing", 4, 15),
        ("body", None, "body-missing", 1, 1),
        ("body", "\n", "body-missing", 6, 10),
    ],
)
def test_what_is_missing_is_told_where_it_should_stand(
    normalized: Normalize, key: str, value: str | None, code: str, line: int, column: int
) -> None:
    (problem,) = normalized(**{key: value}).problems

    assert (problem.code, problem.location.line, problem.location.column) == (code, line, column)


@pytest.mark.parametrize("title", ["<img src=x>", "<b></b>", "<script>x</script>", "\u200b"])
def test_a_title_of_which_nothing_is_left_holds_the_entry_back(normalized: Normalize, title: str) -> None:
    made = normalized(title=title)

    assert "title-missing" in codes(made)
    assert made.entry is None


def test_a_value_of_the_wrong_kind_is_answered_with_the_right_one(normalized: Normalize) -> None:
    made = normalized(title=["해누리"], edits=[["2024-01-17"]], status={"a": "b"})

    assert [problem.code for problem in made.problems] == ["value-type"] * 3
    assert [str(problem.hint) for problem in made.problems] == [
        'write title: "…"',
        "write edits: {at: …}",
        "write one of draft, published, withdrawn",
    ]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title": None}, "title-missing"),
        ({"title": ["해누리", "속보"]}, "value-type"),
        ({"published": None}, "published-missing"),
        ({"published": ""}, "published-missing"),
        ({"published": ["2024-01-16"]}, "value-type"),
        ({"id": ""}, "id-invalid"),
        ({"id": " tag:x,2010:ab"}, "id-invalid"),
        ({"id": "x" * 2001}, "id-invalid"),
        ({"link": "ftp://news.haenuri.example/1"}, "link-invalid"),
        ({"status": "굿"}, "value-invalid"),
        ({"status": ""}, "value-invalid"),
        ({"edits": [{"at": "2024-01-17", "kind": "rewrite"}]}, "value-invalid"),
        ({"edits": [{"kind": "update"}]}, "date-unreadable"),
        ({"edits": [["2024-01-17"]]}, "value-type"),
        ({"authors": [{"email": "x@y.example"}]}, "value-invalid"),
        ({"publish_email": "maybe"}, "value-invalid"),
        ({"status": "published", "withdrawn": "2024-01-17"}, "key-conflict"),
    ],
)
def test_an_error_holds_the_entry_back(normalized: Normalize, values: dict[str, object], code: str) -> None:
    made = normalized(**values)

    assert codes(made) == [code]
    assert CODES[code] is Severity.ERROR
    assert made.entry is None
    assert made.withdrawal is None


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"id": None}, "id-not-pinned"),
        ({"id": "x" * 246}, "id-long"),
        ({"body": None}, "body-missing"),
        ({"body": " \n"}, "body-missing"),
        ({"link": "https://blog.example/1"}, "link-foreign"),
        ({"title": "<b>해누리시</b>"}, "html-removed"),
        ({"published": "2024-01-16(월) 15:20"}, "date-note"),
        ({"authors": [{"name": "김하늘", "email": "sky"}]}, "email-invalid"),
        ({"authors": [{"name": "김하늘", "url": "javascript:alert(1)"}]}, "author-url-invalid"),
        ({"images": [{"caption": "주소가 없다"}]}, "picture-invalid"),
        ({"images": ["file:///c/1.jpg"]}, "picture-invalid"),
        ({"images": ["images/none.jpg"]}, "picture-missing"),
        ({"body": "![x](images/none.jpg)"}, "picture-relative"),
        ({"body": "<p>가</p><script>x</script>"}, "html-removed"),
        ({"unconfirmed": ["published"]}, "unconfirmed"),
        ({"edits": [{"at": "2024-01-17", "kind": "correction"}]}, "note-missing"),
        ({"edits": ["2024-01-17 직함을 바로잡음"]}, "date-note"),
    ],
)
def test_a_warning_lets_the_entry_out(normalized: Normalize, values: dict[str, object], code: str) -> None:
    made = normalized(**values)

    assert codes(made) == [code]
    assert CODES[code] is Severity.WARNING
    assert made.entry is not None


def test_an_unconfirmed_update_is_not_published(normalized: Normalize) -> None:
    made = normalized(updated="2024-01-17 10:00", unconfirmed=["updated"])

    assert codes(made) == ["unconfirmed"]
    assert made.entry.updated is None
    assert made.entry.unconfirmed == ("updated",)


@pytest.mark.parametrize("draft", [{"status": "draft"}, {"draft": "true"}])
def test_a_draft_is_an_entry_that_says_so(normalized: Normalize, draft: dict[str, str]) -> None:
    assert normalized(**draft).entry.status is Status.DRAFT


def test_a_draft_may_lack_what_it_will_have_in_the_end(normalized: Normalize) -> None:
    made = normalized(status="draft", published=None, title=None, body=None)

    assert made.problems == ()
    assert made.entry is None
    assert made.withdrawal is None


def test_what_is_wrong_in_a_draft_is_told(normalized: Normalize) -> None:
    assert codes(normalized(status="draft", published="언젠가")) == ["date-unreadable"]


@pytest.mark.parametrize("status", [{"status": "withdrawn"}, {}])
def test_a_withdrawn_file_is_a_withdrawal(normalized: Normalize, status: dict[str, str]) -> None:
    made = normalized(withdrawn="2024-01-20 10:00", **status)

    assert made.entry is None
    assert made.withdrawal.id == "tag:news.haenuri.example,2010:k7m2q9x4t1zb"
    assert made.withdrawal.at == datetime.fromisoformat("2024-01-20T10:00+09:00")


def test_withdrawn_wins_over_every_other_problem(normalized: Normalize) -> None:
    made = normalized(
        status="withdrawn",
        title=None,
        published="언젠가",
        link="x:y",
        withdrawn="그때",
        edits=[["x"]],
    )

    assert made.withdrawal.at is None
    assert codes(made) == ["date-note"]
    assert all(problem.severity is Severity.WARNING for problem in made.problems)


def test_a_withdrawn_file_without_id_withdraws_the_id_it_had(normalized: Normalize) -> None:
    assert normalized(id=None, status="withdrawn").withdrawal.id == normalized(id=None).entry.id


def test_an_entry_without_link_gets_a_page_of_its_own(normalized: Normalize, publication: Publication) -> None:
    entry = normalized(link=None).entry

    assert entry.has_page
    assert entry.link == f"{publication.feeds_url}articles/k7m2q9x4t1zb/"
