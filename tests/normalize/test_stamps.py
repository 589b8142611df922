"""When an entry was published and last edited."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

# Any: a test knows whether there is an entry.
Normalize = Callable[..., Any]

MORNING = "2024-01-16T15:20:00+09:00"


def iso(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("published", "instant", "precision"),
    [
        ("2024년 1월 16일(화) 오후 3시 20분", "2024-01-16T15:20:00+09:00", "minute"),
        ("입력 2024.01.16. 오후 3:20", "2024-01-16T15:20:00+09:00", "minute"),
        ("2024-01-16T06:20:30Z", "2024-01-16T06:20:30+00:00", "second"),
        ("2024. 1. 16.", "2024-01-16T00:00:00+09:00", "day"),
        ("2024-01-16 15:22 America/New_York", "2024-01-16T15:22:00-05:00", "minute"),
        ("2024년 1월 16일 오후 3시 22분(미 동부시간)", "2024-01-16T15:22:00-05:00", "minute"),
    ],
)
def test_published_is_read_with_its_precision(
    normalized: Normalize, published: str, instant: str, precision: str
) -> None:
    entry = normalized(published=published).entry

    assert entry.published == iso(instant)
    assert entry.published_precision == precision


@pytest.mark.rule(29, 39)
@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("published", "수정 2024-01-16 15:20", "date-role"),
        ("updated", "입력 2024-01-16 15:20", "date-role"),
        ("published", "입력 2024-01-16 15:20 수정 2024-01-16 16:00", "date-role"),
        ("published", "2024년 1월", "date-unreadable"),
        ("published", "2024년", "date-unreadable"),
        ("published", "3시간 전", "date-unreadable"),
        ("published", "2024. 13. 3.", "date-unreadable"),
        ("published", "2024-01-16 15:22 예정", "date-unreadable"),
        ("published", "2024-01-16 15:22 해누리", "date-unreadable"),
        ("published", "2024-01-16 15:22 CST", "date-unreadable"),
        ("published", "2024년 1월 15일(현지시간)", "date-unreadable"),
        ("published", "2024-01-16 14:00~16:00", "date-unreadable"),
        ("updated", "2024-01-16 3:22 PN", "date-unreadable"),
        ("updated", "어제 오후 2시", "date-unreadable"),
    ],
)
def test_what_is_not_one_moment_of_the_key_is_refused(normalized: Normalize, key: str, text: str, code: str) -> None:
    """Refused with the place of the value, and with a date as it should be written."""
    made = normalized(**{key: text})
    problem = made.problems[0]

    assert (problem.code, len(made.problems), made.entry) == (code, 1, None)
    assert key in str(problem.message)
    assert problem.location.line == {"published": 4, "updated": 7}[key]
    assert problem.hint


@pytest.mark.rule(36)
@pytest.mark.parametrize(
    ("published", "updated", "edits", "expected", "codes"),
    [
        # never edited
        ("2024-01-16 15:20", None, [], None, []),
        ("2024-01-16 15:20", "수정 2024-01-16 15:20", [], None, []),
        ("2024-01-16", "2024-01-16", [], None, []),
        ("2024-01-16 15:20", None, [("2024-01-17 09:00", "minor")], None, []),
        # edited
        ("2024-01-16 15:20", "최종편집 2024-04-25(목)", [], "2024-04-25T00:00:00+09:00", []),
        ("2024-01-16", "2024-01-16 16:00", [], "2024-01-16T16:00:00+09:00", []),
        ("2024-01-16 15:20", None, [("2024-01-17 09:00", "update")], "2024-01-17T09:00:00+09:00", []),
        ("2024-01-16 15:20", None, [("2024-01-17 09:00", None)], "2024-01-17T09:00:00+09:00", []),
        (
            "2024-01-16 15:20",
            "2024-01-18 10:00",
            [("2024-01-17 09:00", "correction"), ("2024-01-19 09:00", "minor")],
            "2024-01-18T10:00:00+09:00",
            [],
        ),
        (
            "2024-01-16 15:20",
            "2024-01-18 10:00",
            [("2024-01-19 09:00", "correction")],
            "2024-01-19T09:00:00+09:00",
            [],
        ),
        # a day's stamp on the day of publication is no mistake, and no earlier than publication
        ("2024-01-16 15:20", "2024-01-16", [], MORNING, []),
        ("2024-01-16 15:20", None, [("2024-01-16", "correction")], MORNING, []),
        # before publication
        ("2024-01-16 15:20", "2024-01-15", [], MORNING, ["updated-before-published"]),
        ("2024-01-16 15:20", "2024-01-16 15:19", [], MORNING, ["updated-before-published"]),
        ("2024-01-16 15:20", None, [("2024-01-16 10:00", "update")], MORNING, ["updated-before-published"]),
        ("2024-01-16 15:20", None, [("2024-01-16 10:00", "minor")], None, []),
    ],
)
def test_updated_is_the_newest_edit_that_matters(
    normalized: Normalize,
    published: str,
    updated: str | None,
    edits: list[tuple[str, str | None]],
    expected: str | None,
    codes: list[str],
) -> None:
    written = [{"at": at, "note": "바로잡음", **({"kind": kind} if kind else {})} for at, kind in edits]
    made = normalized(published=published, updated=updated, edits=written)

    assert made.entry.updated == iso(expected)
    assert [problem.code for problem in made.problems] == codes


def test_edits_are_kept_oldest_first_with_their_precision(normalized: Normalize) -> None:
    edits = normalized(
        edits=[{"at": "2024-02-01", "kind": "correction"}, {"at": "2024-01-17 09:00", "kind": "minor"}, "2024-01-18"]
    ).entry.edits

    assert [(edit.at.day, str(edit.kind), edit.precision) for edit in edits] == [
        (17, "minor", "minute"),
        (18, "update", "day"),
        (1, "correction", "day"),
    ]
