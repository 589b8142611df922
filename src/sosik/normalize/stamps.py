"""The times of an entry: `published`, `updated`, and its dated edits."""

from datetime import datetime, timedelta

from msgspec import Struct

from sosik.dates import DateParseError, Precision, Role, Slot, Stamp, Timestamp
from sosik.dates.entries import parse_entry_stamps
from sosik.model import Edit, EditKind, Publication, RawText, RawValue
from sosik.normalize.fields import EntryFields
from sosik.words import Message

HINT = Message("normalize.stamp")
"""How a stamp is written."""

_ROLE_NAMES = {
    Role.PUBLISHED: Message("normalize.role-published"),
    Role.UPDATED: Message("normalize.role-updated"),
    Role.PRINT: Message("normalize.role-print"),
}

_KINDS = {kind.value: kind for kind in EditKind}
_STAMPED = frozenset({EditKind.UPDATE, EditKind.CORRECTION})


class EntryTimes(Struct, frozen=True, kw_only=True):
    """When an entry was published, last edited (None: never), and its edits, oldest first."""

    published: Timestamp | None
    updated: Timestamp | None
    edits: tuple[Edit, ...]


_FURTHEST = timedelta(days=366)
"""How far ahead of now a publication may lie at all."""


def entry_times(
    fields: EntryFields, publication: Publication, *, unconfirmed: tuple[str, ...] = (), now: datetime | None = None
) -> EntryTimes:
    """Read the times of an entry; what is wrong with them becomes a problem.

    By *now*, the time of the build, it is judged what lies too far ahead. An `updated` named in *unconfirmed* is left
    out. One that lies before publication is moved to it; one that a later edit outdates is an edit among the others.
    """
    published = read_moment(fields, "published", fields.scalar("published"), publication, role=Role.PUBLISHED, now=now)
    if published is not None and now is not None and published.instant > now + _FURTHEST:
        message = Message("published-year-ahead.stamp", published=published.value)
        fields.report(message, fields.place("published"), Message("published-year-ahead.hint"))
    updated = None
    if "updated" not in unconfirmed:
        updated = read_moment(fields, "updated", fields.scalar("updated"), publication, role=Role.UPDATED, now=now)
    dated = _edits(fields, publication, now) if "edits" in fields else []
    if not (dated or updated):
        return EntryTimes(published=published, updated=None, edits=())
    edits = tuple(edit for edit, _ in dated)
    if published is None:
        return EntryTimes(published=None, updated=None, edits=edits)
    changes = [_not_before(fields, "edits", at, published) for edit, at in dated if edit.kind in _STAMPED]
    if updated is not None and updated.instant != published.instant:
        stated = _not_before(fields, "updated", updated, published)
        if any(change.instant > stated.instant for change in changes):
            edits = _with_stated(edits, stated)
        changes.append(stated)
    newest = max(changes, key=lambda change: change.instant, default=None)
    return EntryTimes(published=published, updated=newest, edits=edits)


def _with_stated(edits: tuple[Edit, ...], stated: Timestamp) -> tuple[Edit, ...]:
    """Return the edits and the stated `updated` among them: it counts until a later edit, stamped ahead, comes true."""
    edit = Edit(at=stated.instant, kind=EditKind.UPDATE, precision=stated.precision)
    return tuple(sorted((*edits, edit), key=lambda edit: edit.at))


def read_moment(
    fields: EntryFields,
    key: str,
    value: RawText | None,
    publication: Publication,
    *,
    role: Role | None = None,
    slot: Slot = Slot.KEY,
    now: datetime | None = None,
) -> Timestamp | None:
    """Read one stamp of day precision or finer; None where there is none (a problem unless *value* is None).

    The stamp speaks of *role* or of nothing; without *role* it may speak of anything. In *slot* KEY no word beside it
    is left open.
    """
    if value is None:
        return None
    try:
        stamps = parse_entry_stamps(
            value.text, slot=slot, timezone=publication.timezone, profile=publication.dates.profile, now=now
        )
    except DateParseError as error:
        message = Message("date-unreadable.refusal", key=key, refusal=error.refusal)
        fields.report(message, value.location, error.hint or HINT)
        return None
    refusal = _refusal(key, stamps, role)
    if refusal is not None:
        fields.report(refusal, value.location, HINT)
        return None
    for note in stamps[0].timestamp.notes:
        if note.code == "passed-over":
            continue  # an edit in one line, whose words are told by themselves
        message = Message("date-note.note", key=key, text=value.text.strip(), note=note.message)
        fields.report(message, value.location)
    return stamps[0].timestamp


def _refusal(key: str, stamps: tuple[Stamp, ...], role: Role | None) -> Message | None:
    """Return why *stamps* are not the one stamp of *key*; None where they are."""
    if len(stamps) != 1:
        return Message("date-role.number", key=key, n=len(stamps))
    stamp = stamps[0]
    if role is not None and stamp.role not in (role, Role.NONE):
        return Message("date-role.other", key=key, role=_ROLE_NAMES[stamp.role])
    if stamp.end is not None:
        return Message("date-unreadable.span", key=key, span=stamp.value)
    if not stamp.precision.reaches(Precision.DAY):
        return Message("date-unreadable.coarse", key=key, precision=str(stamp.precision), value=stamp.value)
    return None


def _not_before(fields: EntryFields, key: str, change: Timestamp, published: Timestamp) -> Timestamp:
    """Return *change*, or *published* where that is later: a day's edit on the day of publication is no mistake."""
    if change.instant >= published.instant:
        return change
    same_day = published.instant.astimezone(change.instant.tzinfo).date() == change.instant.date()
    if not (same_day and change.precision is Precision.DAY):
        message = Message("updated-before-published.stamp", key=key, change=change.value, published=published.value)
        fields.report(message, fields.place(key))
    return published


def _edits(fields: EntryFields, publication: Publication, now: datetime | None) -> list[tuple[Edit, Timestamp]]:
    """Return the edits that can be read, oldest first, each with its time."""
    edits = []
    for member in fields.members("edits"):
        edit = fields.nested("edits", member, "at")
        if edit is None:
            continue
        at = _edit_time(edit, member, publication, now)
        kind = _edit_kind(edit)
        if at is not None and kind is not None:
            note = edit.text("note")
            _check_note(edit, kind, note, member, at)
            edits.append((Edit(at=at.instant, kind=kind, note=note, precision=at.precision), at))
    return sorted(edits, key=lambda pair: pair[0].at)


def _check_note(edit: EntryFields, kind: EditKind, note: str, member: RawValue, at: Timestamp) -> None:
    """Report a correction that says nothing, and a text of which only the date is read."""
    if kind is EditKind.CORRECTION and not note:
        edit.report(Message("note-missing.correction"), hint=Message("note-missing.correction-hint"))
    if not isinstance(member, RawText):
        return
    before, date, after = member.text.partition(at.text)
    # A word alone is a label, as 수정.
    if date and len(f"{before} {after}".split()) > 1:
        message = Message("date-note.edit", edit=member.text.strip(), date=at.text)
        edit.report(message, hint=Message("date-note.edit-hint", date=at.text))


def _edit_time(edit: EntryFields, member: RawValue, publication: Publication, now: datetime | None) -> Timestamp | None:
    value = edit.scalar("at")
    if value is None:
        edit.report(Message("date-unreadable.edit"), hint=Message("date-unreadable.edit-hint", stamp=HINT))
    if not isinstance(member, RawText):
        return read_moment(edit, "at", value, publication, now=now)
    at = read_moment(edit, "edits", value, publication, slot=Slot.STAMP, now=now)
    return at if at is None or _may_stand_alone(edit, at, member, publication, now) else None


def _may_stand_alone(
    edit: EntryFields, at: Timestamp, member: RawText, publication: Publication, now: datetime | None
) -> bool:
    """Whether the date of an edit in one line could be its `at`: 11월 28일 오후 has no hour in either."""
    profile = publication.dates.profile
    try:
        parse_entry_stamps(at.text, slot=Slot.KEY, timezone=publication.timezone, profile=profile, now=now)
    except DateParseError as error:
        message = Message("date-unreadable.refusal", key="edits", refusal=error.refusal)
        edit.report(message, member.location, error.hint or HINT)
        return False
    return True


def _edit_kind(edit: EntryFields) -> EditKind | None:
    if "kind" not in edit:
        return EditKind.UPDATE
    return edit.choice("kind", None, _KINDS)
