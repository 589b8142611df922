"""Whatever the text, the doors return or raise DateParseError, and soon; equal texts mean the same."""

import os
import re
import time
from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dates.rows import ALL, PIECES, misread
from sosik.dates import (
    DateParseError,
    Role,
    Slot,
    Stamp,
    explain,
    format_korean,
    format_rfc822,
    format_rfc3339,
    parse_datetime,
    parse_stamps,
)

RUNS = int(os.environ.get("SOSIK_FUZZ", "300"))
"""Texts to try; SOSIK_FUZZ=200000 makes a long run of it."""

REFERENCES = st.sampled_from(
    [
        None,
        datetime.fromisoformat("2024-01-18T10:00:00+09:00"),
        datetime.fromisoformat("0001-01-02T00:00:00+00:00"),
        datetime.fromisoformat("9999-12-30T00:00:00+00:00"),
        datetime.fromisoformat("1960-05-15T00:30:00+09:00"),
    ]
)
ASSEMBLED = st.lists(st.sampled_from([*PIECES, " ", " "]), max_size=14).map("".join)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A real string with a few characters changed."""
    text = list(draw(st.sampled_from(ALL)).raw)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        text[at : at + draw(st.integers(0, 2))] = draw(st.one_of(st.text(max_size=2), st.sampled_from(PIECES)))
    return "".join(text)


@pytest.mark.rule(29)
@settings(max_examples=RUNS)
@given(
    text=st.one_of(st.text(max_size=60), ASSEMBLED, mutated()),
    slot=st.sampled_from(list(Slot)),
    reference=REFERENCES,
    zone=st.sampled_from(["Asia/Seoul", "UTC", "America/New_York"]),
)
def test_nothing_but_our_error_is_raised(text: str, slot: Slot, reference: datetime | None, zone: str) -> None:
    for stamp in read(lambda: parse_stamps(text, slot=slot, reference=reference, timezone=zone), text):
        instant = stamp.timestamp.instant
        assert all([format_rfc822(instant), format_rfc3339(instant), format_korean(instant), stamp.value])
        assert stamp.timestamp.text in text
    read(lambda: (Stamp(Role.NONE, parse_datetime(text, reference=reference, timezone=zone)),), text)
    assert explain(text, slot=slot, reference=reference, timezone=zone).lines


def read(door: Callable[[], tuple[Stamp, ...]], text: str) -> tuple[Stamp, ...]:
    """What a door returns; nothing for a refusal, whose message must be whole."""
    try:
        return door()
    except DateParseError as error:
        place, message = error.position, str(error)
    assert 0 <= place <= len(text)
    assert message
    return ()


BLANKS = ("  ", "\u00a0", "\t", " \u3000", "\n", "&nbsp;", "\u200b ")


@pytest.mark.parametrize("blank", BLANKS)
def test_white_space_of_any_kind_and_length_means_the_same(blank: str) -> None:
    assert misread(ALL, lambda raw: re.sub(" +", blank, raw)) == []


def test_full_width_digits_mean_the_same() -> None:
    wide = {ord("0") + digit: ord("０") + digit for digit in range(10)}

    assert misread(ALL, lambda raw: raw.translate(wide)) == []


DOTTED = re.compile(r"(?<![\d.-])(\d{4})(?:\. ?|-)(\d{1,2})(?:\. ?|-)(\d{1,2})(?![\d.T-])")


@pytest.mark.parametrize("mark", [".", ". ", "-"])
def test_the_mark_between_year_month_and_day_does_not_matter(mark: str) -> None:
    dotted = [row for row in ALL if DOTTED.search(row.raw)]

    assert len(dotted) > 1_000
    assert misread(dotted, lambda raw: DOTTED.sub(rf"\1{mark}\2{mark}\3", raw)) == []


LONG = ("1", ".", "오전", "1.", "오전1.", " ", "(", "<", "&", "<!--", "2024.01.16 ", "입력 ", "일이삼사", "1~")


@pytest.mark.parametrize("piece", [*LONG, "수정 2024.01.16 15:22 "])
@pytest.mark.parametrize("length", [1_990, 1_000_000])
def test_time_is_bounded_by_the_length(piece: str, length: int) -> None:
    """A megabyte is refused at once; what is short enough to be read is read in a fraction of a second."""
    text = piece * (length // len(piece))
    begun = time.process_time()

    for slot in Slot:
        read_or_refused(text, slot)

    assert time.process_time() - begun < 5


def read_or_refused(text: str, slot: Slot) -> None:
    read(lambda: parse_stamps(text, slot=slot), text)
