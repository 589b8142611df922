"""The straight road of dates reads a text just as the forms do, or leaves it to them."""

from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dates.rows import ALL
from sosik.dates import DateParseError, Slot, Stamp
from sosik.dates.doors import context_of, read_text, stamps_of
from sosik.dates.entries import parse_entry_stamps
from sosik.dates.straight import read_straight
from sosik.dates.zones import zone_of

NOW = datetime(2026, 11, 28, tzinfo=UTC)
ZONES = ("Asia/Seoul", "America/New_York", "Pacific/Apia", "UTC")

PLAIN = (
    *("2026-11-28", "2026-11-28 09:30", "2026-11-28T09:30:00+09:00", "2026-11-28T09:30Z", "2026-11-28 09:30:05"),
    *("2026.11.28.", "2026.11.28 9:30", "2026. 11. 28. 09:30", "2026.11.28. 오전 9:30", "2026.1.8. 오후 12:05:59"),
    *("2026년 11월 28일", "2026년 11월 28일 9시", "2026년 11월 28일 오전 9시 30분", "2026년 1월 8일 오후 12시 5분"),
)
"""One of each of the forms that are read straight."""

SIGNS = (*" 0179:.-/TZ+년월일시분오전후가()~", "  ", "+09:00", "수정 ", "(토)", "\n")


def forms(text: str, slot: Slot, zone: str) -> tuple[Stamp, ...] | str:
    """Return what the forms make of a text, or why they refuse it."""
    context = context_of(zone, None, None, slot, NOW)
    try:
        return stamps_of(read_text(text, slot, context), context)
    except DateParseError as error:
        return str(error)


def assert_the_same(text: str, zone: str = "Asia/Seoul") -> bool:
    """Fail where the straight road reads a text otherwise than the forms; tell whether it reads it."""
    stamp = read_straight(text, zone_of(zone))
    if stamp is None:
        return False
    for slot in (Slot.KEY, Slot.STAMP):
        assert repr((stamp,)) == repr(forms(text, slot, zone))
    return True


def written(random: Random) -> str:
    """Return a date in one of the plain forms, or nearly so, that may be none."""

    def number(most: int) -> str:
        """Return a number that is seldom greater than may be."""
        return f"{random.randint(0, most + random.choice([0] * 9 + [3])):0{random.choice([2, 2, 1])}}"

    odd = random.choice(["1900", "1970", "1971", "9999", f"{random.randint(0, 9999):04}"])
    year = random.choice([f"{random.randint(1980, 2030)}"] * 9 + [odd])
    month, day, hour, minute, second = (number(most) for most in (12, 28, 23, 59, 59))
    gap = random.choice(["", " ", " "])
    date = random.choice(
        [
            f"{year}-{month}-{day}",
            f"{year}.{gap}{month}.{gap}{day}{random.choice(['', '.'])}",
            f"{year}년{gap}{month}월{gap}{day}일",
        ]
    )
    half = random.choice([*[""] * 4, "오전 ", "오후 ", "오후", "낮 "])
    clock = random.choice([f"{hour}:{minute}", f"{hour}:{minute}:{second}", f"{hour}시", f"{hour}시{gap}{minute}분"])
    odd = random.choice(["Z", "+09:00", "+00:00", "-05:00", "+0900", " +09:00", "+15:00", "+09:60", "+25:00"])
    offset = random.choice(["", "", odd])
    return date if random.random() < 0.1 else f"{date}{random.choice([*[' '] * 5, 'T', '  '])}{half}{clock}{offset}"


@settings(max_examples=2000)
@given(st.integers(min_value=0, max_value=2**40), st.sampled_from(ZONES))
def test_any_date_is_read_as_the_forms_read_it_or_not_at_all(seed: int, zone: str) -> None:
    assert_the_same(written(Random(seed)), zone)  # noqa: S311  # not for secrets


def test_a_fair_part_of_these_dates_takes_the_straight_road() -> None:
    assert sum(assert_the_same(written(Random(seed))) for seed in range(2000)) > 200  # noqa: S311  # not for secrets


@pytest.mark.parametrize("text", PLAIN)
def test_the_plain_forms_are_read_and_so_is_what_is_a_sign_away_or_not_at_all(text: str) -> None:
    assert assert_the_same(text)
    for at in range(len(text) + 1):
        assert_the_same(text[:at] + text[at + 1 :])
        for sign in SIGNS:
            assert_the_same(text[:at] + sign + text[at:])


def test_every_known_string_is_read_as_the_forms_read_it_or_not_at_all() -> None:
    assert sum(assert_the_same(row.raw) for row in ALL) > 50


@pytest.mark.parametrize(
    ("text", "zone"),
    [("1987-05-10 02:30", "Asia/Seoul"), ("1988-10-09 02:30", "Asia/Seoul"), ("2026-11-01 01:30", "America/New_York")],
)
def test_a_time_that_clocks_skipped_or_showed_twice_is_left_to_the_forms(text: str, zone: str) -> None:
    assert read_straight(text, zone_of(zone)) is None
    with pytest.raises(DateParseError):
        parse_entry_stamps(text, slot=Slot.KEY, timezone=zone, profile=None, now=NOW)


@pytest.mark.parametrize("text", ["2026-03-08", "2026년 3월 8일", "2026-11-01"])
def test_a_day_begins_where_clocks_skip_its_midnight_or_show_it_twice(text: str) -> None:
    assert assert_the_same(text, "America/Havana")
