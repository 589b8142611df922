"""The rules of docs/dates.md that no single row shows."""

import pickle
from datetime import UTC, datetime, time, timedelta, timezone

import pytest

from sosik.dates import (
    DateParseError,
    Precision,
    Role,
    SourceProfile,
    Timestamp,
    YearLast,
    explain,
    format_korean,
    format_rfc822,
    format_rfc3339,
    parse_datetime,
    parse_stamps,
)
from sosik.errors import SosikError

REFERENCE = datetime.fromisoformat("2024-01-18T10:00+09:00")


def codes(timestamp: Timestamp) -> set[str]:
    return {note.code for note in timestamp.notes}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2024.01.17 (화)", "weekday-mismatch"),
        ("2024년 1월 16일 자정", "midnight-word"),
        ("2024-01-16 24:00", "hour-24"),
        ("2024-01-18 15:00", "future"),
        ("16일 오후 3시께", "about"),
        ("2016-12-31T23:59:60Z", "leap-second"),
        ("2024.01.16 15:22 누리말", "passed-over"),
        ("16일(현지시간)", "local-day"),
        ("어제(16일)", "day-mismatch"),
    ],
)
def test_what_looks_wrong_is_noted(text: str, code: str) -> None:
    (stamp,) = parse_stamps(text, reference=REFERENCE)

    assert codes(stamp.timestamp) == {code}


def test_the_weekday_picks_the_year_and_says_so() -> None:
    timestamp = parse_datetime("12.31 (화) 23:50", reference=REFERENCE)

    assert timestamp.value == "2024-12-31T23:50:00+09:00"
    assert "year-from-weekday" in codes(timestamp)


def test_an_edit_before_publication_is_kept_and_noted() -> None:
    published, updated = parse_stamps("입력 2024.01.16 15:22 수정 2024.01.16 14:00")

    assert (published.role, updated.role) == (Role.PUBLISHED, Role.UPDATED)
    assert updated.timestamp.instant < published.timestamp.instant
    assert codes(updated.timestamp) == {"updated-before-published"}


def test_two_stamps_nine_hours_apart_are_suspicious() -> None:
    stamps = parse_stamps("Published 2024-01-16T06:22:11+09:00 Updated 2024-01-16T15:22:11+09:00")

    assert [codes(stamp.timestamp) for stamp in stamps] == [{"nine-hours"}, {"nine-hours"}]


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("01/02/2024", ("2024-01-02", "2024-02-01")),
        ("2024011615", ("2024-01-16", "seconds")),
        ("1987-10-11 02:30", ("+10:00", "+09:00")),
    ],
)
def test_an_ambiguity_names_both_readings(text: str, readings: tuple[str, str]) -> None:
    with pytest.raises(DateParseError) as refused:
        parse_datetime(text)

    assert all(reading in str(refused.value.reason) for reading in readings)


def test_a_time_that_clocks_skipped_is_refused_and_one_with_an_offset_is_not() -> None:
    with pytest.raises(DateParseError, match="did not exist"):
        parse_datetime("1988-05-08 02:30")

    assert parse_datetime("1987-10-11T02:30:00+10:00").instant == datetime(1987, 10, 10, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("1910-01-01 12:00", "08:30"),
        ("1955-01-01 12:00", "08:30"),
        ("1987-07-01 12:00", "10:00"),
        ("2024-07-01 12:00", "09:00"),
    ],
)
def test_offsets_are_those_of_their_time(text: str, offset: str) -> None:
    assert parse_datetime(text).value.endswith(f"+{offset}")


@pytest.mark.rule(25)
def test_another_zone_reads_naive_times_only() -> None:
    assert parse_datetime("2024-01-16 15:22", timezone="America/New_York").value == "2024-01-16T15:22:00-05:00"
    assert parse_datetime("2024-01-16 15:22 KST", timezone="America/New_York").value == "2024-01-16T15:22:00+09:00"


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59-12:00", "0001-01-01 00:30", "9999-12-31 24:00", "10000년 전"])
def test_outside_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(DateParseError):
        parse_datetime(text, reference=REFERENCE)


def test_misuse_is_told_from_unreadable_text() -> None:
    with pytest.raises(ValueError, match="aware"):
        parse_datetime("어제", reference=REFERENCE.replace(tzinfo=None))
    with pytest.raises(ValueError, match="Asia/Seoul"):
        parse_datetime("2024-01-16", timezone="Asia/Nowhere")
    with pytest.raises(ValueError, match="naive"):
        format_rfc822(REFERENCE.replace(tzinfo=None))
    assert issubclass(DateParseError, SosikError)


def test_an_error_shows_the_text_the_place_and_the_way_out() -> None:
    with pytest.raises(DateParseError) as refused:
        parse_datetime("2024. 13. 3.")

    assert refused.value.text[refused.value.position :] == "13. 3."
    assert str(refused.value) == "cannot read '2024. 13. 3.' as a date, at character 7: invalid month 13"


@pytest.mark.parametrize(("text", "offset"), [("2024-01-16T15:22:11+00:00", "+00:00"), ("2024-01-16T15:22:11Z", "Z")])
def test_a_source_whose_offset_is_a_lie(text: str, offset: str) -> None:
    timestamp = parse_datetime(text, profile=SourceProfile(false_offsets=frozenset({offset})))

    assert timestamp.value == "2024-01-16T15:22:11+09:00"
    assert codes(timestamp) == {"false-offset"}


def test_a_source_that_writes_three_in_the_morning_for_no_time() -> None:
    profile = SourceProfile(day_only_times=frozenset({time(3)}))

    timestamp = parse_datetime("2020-02-07 03:00:00", profile=profile)

    assert (timestamp.value, timestamp.precision) == ("2020-02-07", Precision.DAY)
    assert codes(timestamp) == {"day-only"}


@pytest.mark.parametrize(("order", "value"), [(YearLast.MONTH_FIRST, "2024-01-02"), (YearLast.DAY_FIRST, "2024-02-01")])
def test_a_source_whose_order_is_known(order: YearLast, value: str) -> None:
    assert parse_datetime("01/02/2024", profile=SourceProfile(year_last=order)).value == value


def test_a_source_with_labels_of_its_own() -> None:
    profile = SourceProfile(labels={"노출": Role.PUBLISHED, "입력": Role.NONE})

    stamps = parse_stamps("입력 2024.01.16 15:22 노출 2024.01.16 16:00", profile=profile)

    assert [stamp.role for stamp in stamps] == [Role.NONE, Role.PUBLISHED]


@pytest.mark.parametrize(
    ("instant", "written"),
    [
        (
            "2024-01-16T15:20:11.9+09:00",
            "Tue, 16 Jan 2024 15:20:11 +0900|2024-01-16T15:20:11+09:00|2024년 1월 16일(화) 오후 3:20",
        ),
        (
            "2024-01-15T15:05+00:00",
            "Tue, 16 Jan 2024 00:05:00 +0900|2024-01-16T00:05:00+09:00|2024년 1월 16일(화) 오전 12:05",
        ),
        (
            "1987-07-01T03:00+00:00",
            "Wed, 01 Jul 1987 12:00:00 +0900|1987-07-01T12:00:00+09:00|1987년 7월 1일(수) 오후 1:00",
        ),
    ],
)
def test_writing(instant: str, written: str) -> None:
    """Feeds are written at +09:00 whatever the year, Korean text by the wall clock of the zone."""
    at = datetime.fromisoformat(instant)

    assert "|".join([format_rfc822(at), format_rfc3339(at), format_korean(at)]) == written


@pytest.mark.parametrize(
    ("precision", "shown"),
    [
        ("year", "2024년"),
        ("month", "2024년 1월"),
        ("day", "2024년 1월 16일(화)"),
        ("second", "2024년 1월 16일(화) 오후 3:20:11"),
    ],
)
def test_writing_shows_no_more_than_the_precision(precision: str, shown: str) -> None:
    at = datetime(2024, 1, 16, 6, 20, 11, tzinfo=UTC)

    assert format_korean(at, precision=precision) == shown
    assert format_korean(at, timezone=timezone(timedelta(hours=9)), precision=precision) == shown


def test_an_explanation_of_what_was_read() -> None:
    explanation = explain("입력 2024.01.16 15:22 수정 16:10")

    assert [stamp.value for stamp in explanation.stamps] == ["2024-01-16T15:22:00+09:00", "2024-01-16T16:10:00+09:00"]
    assert explanation.forms == ("year.month.day, hour:minute", "hour:minute")
    piece, meaning = explanation.tokens[0]
    assert (piece, str(meaning)) == ("입력", "a label: entered")
    assert str(explanation.lines[0]) == "published: 2024-01-16T15:22:00+09:00, to the minute"


@pytest.mark.parametrize(("slot", "account"), [("stamp", "skipped with a note, unknown word"), ("key", "not read")])
def test_an_explanation_says_what_became_of_each_part(slot: str, account: str) -> None:
    explanation = explain("홍길동 기자 입력 2024.01.16 15:22 누리말", slot=slot)
    accounts = {piece: str(became) for (piece, _), became in zip(explanation.tokens, explanation.accounts, strict=True)}

    assert (accounts["기자"], accounts["입력"], accounts["2024"]) == ("skipped, a byline", "read", "read")
    assert accounts["누리말"] == account
    assert f"'누리말': not part of a date ({account})" in str(explanation.lines[-1])


def test_an_explanation_of_a_refusal() -> None:
    explanation = explain("어제 오후 2시")

    assert explanation.stamps == ()
    assert explanation.error is not None
    assert "no reference" in str(explanation.lines[0])


@pytest.mark.parametrize("text", ["어제", "24. 13. 3.", ""])
def test_an_error_is_the_same_in_another_process(text: str) -> None:
    with pytest.raises(DateParseError) as refused:
        parse_datetime(text)

    copied = pickle.loads(pickle.dumps(refused.value))  # noqa: S301 - our own bytes

    assert (str(copied), copied.message, copied.position) == (
        str(refused.value),
        refused.value.message,
        refused.value.position,
    )


def test_an_error_says_what_is_wrong_without_what_to_write_instead() -> None:
    with pytest.raises(DateParseError) as refused:
        parse_datetime("어제")

    assert f"{refused.value.refusal}; {refused.value.hint}" == str(refused.value)
