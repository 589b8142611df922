"""How a date text was understood, or why it was refused, as messages that an editor understands."""

from __future__ import annotations

from datetime import datetime, tzinfo

from msgspec import Struct

from sosik.dates import vocabulary as v
from sosik.dates.accounts import BARE
from sosik.dates.doors import ShapedText, context_of, read_text, stamps_of
from sosik.dates.errors import DateParseError
from sosik.dates.labels import Label, Meaning
from sosik.dates.model import Precision, Role, Slot, Stamp
from sosik.dates.profile import SourceProfile
from sosik.dates.tokens import NUMBERS
from sosik.words import Message


class Explanation(Struct, frozen=True, kw_only=True):
    """How a text was understood.

    ``tokens`` are its pieces with what each was taken for, ``accounts`` what became of each and why: read, passed over
    or refused. ``forms`` are the forms that matched, one a stamp, ``stamps`` what was read; of a refusal ``error`` says
    where and why, and ``stamps`` is empty.
    """

    text: str
    slot: Slot
    tokens: tuple[tuple[str, Message], ...] = ()
    accounts: tuple[Message, ...] = ()
    forms: tuple[str, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    error: DateParseError | None = None

    @property
    def lines(self) -> tuple[Message, ...]:
        """The explanation as sentences, one a line."""
        tokens = tuple(
            Message("dates.token", piece=piece, meaning=meaning, account=account)
            for (piece, meaning), account in zip(self.tokens, self.accounts, strict=True)
        )
        parts = (Message("dates.its-parts"), *tokens) if tokens else ()
        if self.error is not None:
            return (*_refused(self.error), *parts)
        stamps = zip(self.stamps, self.forms, strict=True)
        return (*(line for stamp, form in stamps for line in _said(stamp, form)), *parts)


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
    context = context_of(timezone, reference, profile, slot)
    try:
        shaped = read_text(text, slot, context)
    except DateParseError as error:
        return Explanation(text=text, slot=slot, error=error)
    tokens = _tokens(shaped)
    try:
        stamps = stamps_of(shaped, context)
    except DateParseError as error:
        accounts = _accounts(shaped, slot, error)
        return Explanation(text=text, slot=slot, tokens=tokens, accounts=accounts, error=error)
    forms = tuple(stamp.date.moments[0].name for stamp in shaped.line.stamps)[: len(stamps)]
    accounts = _accounts(shaped, slot, None)
    return Explanation(text=text, slot=slot, tokens=tokens, accounts=accounts, forms=forms, stamps=stamps)


def _tokens(shaped: ShapedText) -> tuple[tuple[str, Message], ...]:
    tokens = shaped.line.tokens
    return tuple((_piece(shaped, at), _meaning(tokens[at].kind, tokens[at].value)) for at in _shown(shaped))


def _piece(shaped: ShapedText, at: int) -> str:
    token, origin = shaped.line.tokens[at], shaped.folded.origin
    return shaped.text[origin(token.start) : origin(token.end)]


def _shown(shaped: ShapedText) -> list[int]:
    """The tokens that stand for something in the text: no blanks, and no unit that a word implies."""
    return [at for at, token in enumerate(shaped.line.tokens) if token.kind != " " and _piece(shaped, at)]


def _accounts(shaped: ShapedText, slot: Slot, error: DateParseError | None) -> tuple[Message, ...]:
    """What became of each token that is shown: read, passed over as of a class or of none, left out, refused."""
    line = shaped.line
    classes = dict(line.classes)
    read = {at for stamp in line.stamps for at in range(stamp.date.start, stamp.date.end)}
    labels = [stamp.label for stamp in line.stamps]
    accounts = []
    for at in _shown(shaped):
        token = line.tokens[at]
        start, end = shaped.folded.origin(token.start), shaped.folded.origin(token.end)
        if error is not None and start <= error.position < end:
            accounts.append(Message("dates.account-refused"))
        elif at in read or (isinstance(token.value, Label) and token.value in labels):
            accounts.append(Message("dates.account-read"))
        elif at in classes:
            accounts.append(_passed(classes[at], slot))
        else:
            mark = token.kind in _MARKS
            accounts.append(Message("dates.account-mark") if mark else Message("dates.account-left-out"))
    return tuple(accounts)


_MARKS = " .,:-/·_~+'()|"


def _passed(name: str | None, slot: Slot) -> Message:
    if name is not None:
        return Message("dates.account-passed", what=Message(_CLASSES[name]))
    if slot is Slot.KEY:
        return Message("dates.account-refused")
    return Message("dates.account-unknown" if slot is Slot.STAMP else "dates.account-prose")


_CLASSES = {
    "byline": "dates.class-byline",
    "outlet": "dates.class-outlet",
    "section": "dates.class-section",
    "place": "dates.class-place",
    "counter": "dates.class-counter",
    BARE: "dates.class-counter",
    "counted number": "dates.class-counted-number",
    "tools": "dates.class-tools",
    "weather": "dates.class-weather",
    "issue": "dates.class-issue",
    "edited": "dates.class-edited",
    "edition": "dates.class-edition",
    "page": "dates.class-page",
    "address": "dates.class-address",
    "mark": "dates.class-mark",
}


def _meaning(kind: str, value: object) -> Message:
    if isinstance(value, Label):
        return Message(_LABELS[value.meaning])
    if kind in NUMBERS:
        return Message("dates.token-number") if value is None else Message("dates.token-spelled", number=value)
    return Message(_MEANINGS.get(kind, "dates.token-mark"))


_LABELS = {
    Meaning.ENTERED: "dates.label-entered",
    Meaning.APPROVED: "dates.label-approved",
    Meaning.PUBLISHED: "dates.label-published",
    Meaning.UPDATED: "dates.label-updated",
    Meaning.EDITION: "dates.label-edition",
    Meaning.PRINTED: "dates.label-printed",
    Meaning.EMBARGO: "dates.label-embargo",
    Meaning.REGISTRATION: "dates.label-registration",
    Meaning.TIME: "dates.label-time",
}
_MEANINGS = {
    v.YEAR_UNIT: "dates.token-years",
    v.MONTH_UNIT: "dates.token-months",
    v.DAY_UNIT: "dates.token-days",
    v.HOUR_UNIT: "dates.token-hours",
    v.MINUTE_UNIT: "dates.token-minutes",
    v.SECOND_UNIT: "dates.token-seconds",
    v.SPAN_UNIT: "dates.token-span",
    v.WEEKDAY: "dates.token-weekday",
    v.MONTH_NAME: "dates.token-month-name",
    v.HALF_DAY: "dates.token-half-day",
    v.CLOCK_WORD: "dates.token-clock-word",
    v.HALF_HOUR: "dates.token-half-hour",
    v.ZONE: "dates.token-zone",
    v.LETTER_T: "dates.token-t",
    v.LETTER_W: "dates.token-w",
    v.ERA: "dates.token-era",
    v.OTHER_ERA: "dates.token-other-era",
    v.LUNAR: "dates.token-lunar",
    v.SOLAR: "dates.token-solar",
    v.DAY_WORD: "dates.token-day-word",
    v.PERIOD_WORD: "dates.token-period-word",
    v.LAST: "dates.token-last",
    v.NEXT: "dates.token-next",
    v.AGO: "dates.token-ago",
    v.HENCE: "dates.token-hence",
    v.NOW: "dates.token-now",
    v.FEW: "dates.token-few",
    v.PARTICLE: "dates.token-particle",
    v.FROM: "dates.token-from",
    v.EDITION: "dates.token-edition",
    v.RELEASE: "dates.token-release",
    v.PAGE: "dates.token-page",
    v.ABOUT: "dates.token-about",
    v.LOCAL_TIME: "dates.token-local-time",
    v.VAGUE: "dates.token-vague",
    v.EDITED: "dates.token-edited",
    v.COUNTER: "dates.token-counter",
    v.NOISE: "dates.token-noise",
    v.PASSED: "dates.token-passed",
    v.EPOCH: "dates.token-epoch",
    v.PRINTED_ISSUE: "dates.class-issue",
    v.FUTURE: "dates.token-future",
}


def _said(stamp: Stamp, form: str) -> tuple[Message, ...]:
    source = Message("dates.source", text=stamp.timestamp.text, form=form)
    notes = (Message("dates.noted", note=note.message) for note in stamp.timestamp.notes)
    return (_moment(stamp), source, *notes)


def _moment(stamp: Stamp) -> Message:
    """What was read: a moment or a span, of a role or of none."""
    start, precision = stamp.timestamp.value, Message(_PRECISIONS[stamp.precision])
    if stamp.end is None:
        moment = Message("dates.moment", value=start, precision=precision)
    else:
        moment = Message("dates.span", value=start, end=stamp.end.value, precision=precision)
    return Message(_ROLES[stamp.role], moment=moment) if stamp.role in _ROLES else moment


_PRECISIONS = {
    Precision.YEAR: "dates.precision-year",
    Precision.MONTH: "dates.precision-month",
    Precision.DAY: "dates.precision-day",
    Precision.MINUTE: "dates.precision-minute",
    Precision.SECOND: "dates.precision-second",
}
_ROLES = {
    Role.PUBLISHED: "dates.role-published",
    Role.UPDATED: "dates.role-updated",
    Role.PRINT: "dates.role-print",
}


def _refused(error: DateParseError) -> tuple[Message, ...]:
    lines = [Message("dates.refused", reason=error.reason)]
    if error.text:
        lines.append(Message("dates.refused-place", n=error.position + 1, around=_around(error.text, error.position)))
    if error.hint is not None:
        lines.append(Message("dates.refused-hint", hint=error.hint))
    return tuple(lines)


def _around(text: str, position: int) -> str:
    """The text about a place on one line, what begins there in brackets."""
    before, after = text[max(0, position - _BEFORE) : position], text[position : position + _AFTER]
    return " ".join((before + "⟦" + after + "⟧").split())


_BEFORE, _AFTER = 30, 12
