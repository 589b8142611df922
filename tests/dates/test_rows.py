"""Every string of the data files means what stands beside it."""

import pytest

from dates.rows import ALL, FOURTH, SECOND, TABLES, THIRD, Row, misread, value


@pytest.mark.rule(29)
@pytest.mark.parametrize("table", TABLES)
def test_stamps_are_exactly_those_expected(table: str) -> None:
    assert misread(TABLES[table]) == []


DATE_LINES = [row for row in ALL if row.slot in {"stamp", "feed", "meta"}]
MIXED = (
    "기자",
    "이해나",
    "(12)",
    "[3]",
    "icon",
    "조회",
    "by ",
    "By ",
    "충청",
    "해누리",
    "입력",
    "수정",
    "시각",
    "엠바고",
    "보도",
    "@",
    "just",
    "제1",
    "News",
    "댓글",
    "읽음",
    "Hit",
    "[12]",
    "URL",
    "팀 /",
    "가 가",
)
ALONE = [
    row
    for row in DATE_LINES
    if len(row.expect) == 1 and row not in SECOND + THIRD + FOURTH and not any(word in row.raw for word in MIXED)
]


@pytest.mark.parametrize("row", ALONE, ids=lambda row: row.raw[:60])
def test_one_date_and_nothing_else_is_the_same_instant(row: Row) -> None:
    """Where the text holds a label, `parse_datetime` refuses it; where it holds only the date, both doors agree."""
    moment = row.moment()
    ((role, expected, precision),) = row.expect

    if moment is None:
        assert role != "none" or "/" in expected
    else:
        assert (value(moment.value), moment.precision) == (expected, precision)


@pytest.mark.parametrize("row", [row for row in DATE_LINES if not row.expect], ids=lambda row: row.raw[:60])
def test_no_stamp_is_no_date_either(row: Row) -> None:
    assert row.moment() is None
