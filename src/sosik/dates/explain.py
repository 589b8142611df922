"""Say how a date text was understood, or why it was refused, in words an editor understands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from sosik.dates import vocabulary as v
from sosik.dates.doors import ShapedText, context_of, read_text, stamps_of
from sosik.dates.errors import DateParseError
from sosik.dates.labels import Label
from sosik.dates.model import Role, Slot, Stamp
from sosik.dates.profile import SourceProfile
from sosik.dates.tokens import NUMBERS


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """How a text was understood.

    ``tokens`` are its pieces with what each was taken for, ``forms`` the forms that matched, one a stamp, ``stamps``
    what was read; of a refusal ``error`` says where and why, and ``stamps`` is empty.
    """

    text: str
    slot: Slot
    tokens: tuple[tuple[str, str], ...] = ()
    forms: tuple[str, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    error: DateParseError | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """The explanation as sentences, one a line."""
        tokens = tuple(f"  {piece!r} is {meaning}" for piece, meaning in self.tokens)
        if self.error is not None:
            return (
                f"Refused: {self.error.reason}.",
                *_place(self.error),
                *_hint(self.error),
                *_headed("Its parts:", tokens),
            )
        stamps = tuple(line for stamp, form in zip(self.stamps, self.forms, strict=True) for line in _said(stamp, form))
        return (*stamps, *_headed("Its parts:", tokens))


def explain(
    text: str,
    *,
    slot: str | Slot = Slot.STAMP,
    timezone: str | tzinfo = "Asia/Seoul",
    reference: datetime | None = None,
    profile: SourceProfile | None = None,
) -> Explanation:
    """Return how `parse_stamps` understands *text*, token by token; a refusal is explained, not raised.

    Raises ValueError for an unknown slot or zone, or a naive reference.
    """
    slot = Slot(slot)
    context = context_of(timezone, reference, profile, prose=slot is Slot.BODY)
    try:
        shaped = read_text(text, slot, context)
    except DateParseError as error:
        return Explanation(text=text, slot=slot, error=error)
    tokens = _tokens(shaped)
    try:
        stamps = stamps_of(shaped, context)
    except DateParseError as error:
        return Explanation(text=text, slot=slot, tokens=tokens, error=error)
    forms = tuple(stamp.date.moments[0].name for stamp in shaped.line.stamps)[: len(stamps)]
    return Explanation(text=text, slot=slot, tokens=tokens, forms=forms, stamps=stamps)


def _tokens(shaped: ShapedText) -> tuple[tuple[str, str], ...]:
    origin = shaped.folded.origin
    pieces = ((shaped.text[origin(token.start) : origin(token.end)], token) for token in shaped.line.tokens)
    return tuple((piece, _meaning(token.kind, token.value)) for piece, token in pieces if token.kind != " " and piece)


def _meaning(kind: str, value: object) -> str:
    if isinstance(value, Label):
        return f"a label: {value.meaning.value}"
    if kind in NUMBERS:
        return "a number" if value is None else f"the number {value}"
    return _MEANINGS.get(kind, "a mark")


_MEANINGS = {
    v.YEAR_UNIT: "the unit of years",
    v.MONTH_UNIT: "the unit of months, or Monday",
    v.DAY_UNIT: "the unit of days, or Sunday",
    v.HOUR_UNIT: "the unit of hours",
    v.MINUTE_UNIT: "the unit of minutes",
    v.SECOND_UNIT: "the unit of seconds",
    v.SPAN_UNIT: "a unit of time spans",
    v.WEEKDAY: "a weekday",
    v.MONTH_NAME: "the name of a month",
    v.HALF_DAY: "a part of the day",
    v.CLOCK_WORD: "a time of day",
    v.HALF_HOUR: "half an hour",
    v.ZONE: "a time zone",
    v.LETTER_T: "the T of ISO 8601",
    v.LETTER_W: "the W of ISO 8601 weeks",
    v.ERA: "an era",
    v.OTHER_ERA: "an era whose years are not read",
    v.LUNAR: "the mark of a lunar date",
    v.SOLAR: "the mark of a solar date",
    v.DAY_WORD: "a day counted from the reference",
    v.PERIOD_WORD: "a period counted from the reference",
    v.LAST: "“the last” before the reference",
    v.NEXT: "“the next” after the reference",
    v.AGO: "“ago”",
    v.HENCE: "“from now”",
    v.NOW: "the moment of the reference",
    v.FEW: "“a few”",
    v.PARTICLE: "a particle",
    v.FROM: "“from”",
    v.EDITION: "the mark of a print edition",
    v.RELEASE: "the edition that a press release waits for",
    v.PAGE: "the unit of print pages",
    v.ABOUT: "“about”",
    v.LOCAL_TIME: "the mark of another place's local time",
    v.VAGUE: "too vague for a date",
    v.EDITED: "“edited”, without a time",
    v.COUNTER: "what a counter counts",
    v.NOISE: "nothing of a date",
}


def _said(stamp: Stamp, form: str) -> tuple[str, ...]:
    role = "" if stamp.role is Role.NONE else f"{stamp.role.value}: "
    ended = f" to {stamp.end.value}" if stamp.end else ""
    first = f"{role}{stamp.timestamp.value}{ended}, to the {stamp.precision.value}"
    source = f"  from {stamp.timestamp.text!r} (form: {form})"
    return (first, source, *(f"  note: {note}" for note in stamp.timestamp.notes))


def _place(error: DateParseError) -> tuple[str, ...]:
    if not error.text:
        return ()
    begin = max(0, error.position - _BEFORE)
    before, after = error.text[begin : error.position], error.text[error.position : error.position + _AFTER]
    return (f"  at character {error.position + 1}: {' '.join((before + '⟦' + after + '⟧').split())}",)


_BEFORE, _AFTER = 30, 12


def _hint(error: DateParseError) -> tuple[str, ...]:
    return (f"  hint: {error.hint}.",) if error.hint else ()


def _headed(head: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    return (head, *lines) if lines else ()
