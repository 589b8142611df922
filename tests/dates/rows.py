"""The date strings of tests/data/dates and what they mean."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sosik.dates import DateParseError, Stamp, Timestamp, parse_datetime, parse_stamps

DATA = Path(__file__).parents[1] / "data" / "dates"


@dataclass(frozen=True)
class Row:
    """A string, where it stood, what it was read with, and its stamps as (role, value, precision); none: an error."""

    raw: str
    slot: str
    reference: datetime | None
    expect: tuple[tuple[str, str, str], ...]

    def stamps(self, raw: str | None = None) -> tuple[tuple[str, str, str], ...]:
        """What `parse_stamps` makes of the string, or of another in its place; empty for a refusal."""
        text = self.raw if raw is None else raw
        try:
            return tuple(map(told, parse_stamps(text, slot=self.slot, reference=self.reference)))
        except DateParseError:
            return ()

    def moment(self) -> Timestamp | None:
        """What `parse_datetime` makes of the string; None for a refusal."""
        try:
            return parse_datetime(self.raw, reference=self.reference)
        except DateParseError:
            return None


def told(stamp: Stamp) -> tuple[str, str, str]:
    return stamp.role, value(stamp.value), stamp.precision


def value(text: str) -> str:
    """A value as the files write it, instants made comparable: in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC).isoformat() if "T" in text and "/" not in text else text


def _row(line: str) -> Row:
    row = json.loads(line)
    expect = [] if row["expect"] == "error" else row["expect"]
    reference = datetime.fromisoformat(row["reference"]) if row["reference"] else None
    return Row(
        row["raw"],
        row["slot"],
        reference,
        tuple((each["role"], value(each["value"]), each["precision"]) for each in expect),
    )


def rows(name: str) -> Iterator[Row]:
    return map(_row, (DATA / f"{name}.jsonl").read_text("utf-8").splitlines())


REAL = tuple(rows("real"))
"""Real strings of Korean sites, and some made like them."""

MORE = tuple(rows("more"))
"""Strings written from the rules before the reader was tried on them."""

SHAPES = tuple(rows("shapes"))
"""Date lines in the many shapes of Korean sites, each looked over by eye."""

BLIND = tuple(rows("blind"))
"""Strings written as the real ones are, by one who had not seen the reader, to find what it misses."""

SECOND = tuple(rows("second"))
"""Strings of the second round, written from the rules before the reader was tried on them: zones, compound relative
times, roles, file names, what stands beside a date, and keys of entries."""

THIRD = tuple(rows("third"))
"""Strings of the third round, by the kind: zones of more places, what boards and portals put beside a stamp, what is
said of a text behind its time, names of people and of happenings beside an edit, numbers that only look like dates."""

FOURTH = tuple(rows("fourth"))
"""Strings of the fourth round, by the kind: names called by a month, a day or an hour, bars between a date and its
label, labels of other things than articles, heads of other columns, stories behind stamps, numbers of a key."""

ALL = REAL + MORE + SHAPES + BLIND + SECOND + THIRD + FOURTH

TABLES = {"real": REAL, "more": MORE, "shapes": SHAPES, "blind": BLIND}
TABLES |= {"second": SECOND, "third": THIRD, "fourth": FOURTH}


def misread(table: Iterable[Row], change: Callable[[str], str] = str) -> list[tuple[str, str, object, object]]:
    """Return what is read otherwise than expected once it is changed: slot, string, what is read, what is expected."""
    read = ((row, changed, row.stamps(changed)) for row in table for changed in [change(row.raw)])
    return [(row.slot, changed, found, row.expect) for row, changed, found in read if found != row.expect]


PIECES = tuple((DATA / "pieces.txt").read_text("utf-8").split())
"""Pieces of date texts, to put together at random."""
