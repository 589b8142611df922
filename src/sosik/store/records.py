"""Values of the model as the store keeps them: JSON text in a fixed order, and back."""

import json
from collections.abc import Hashable
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from msgspec import MsgspecError
from msgspec.json import Decoder, Encoder
from msgspec.structs import asdict, replace

from sosik.dates import Precision
from sosik.errors import Location, Problem
from sosik.model import Edit, EditKind, Entry, Image, Listing, Medium, Person, Relation, RelationKind, Status
from sosik.model.digests import digest_of_bytes, dump
from sosik.model.values import Digest
from sosik.store.rows import RecordRow, TextRow
from sosik.words import Message
from sosik.words.message import with_names

_ENCODER = Encoder(order="sorted")


# A decoder takes longer to make than a build without changes has for it.
@cache
def _entries() -> Decoder[Entry]:
    return Decoder(Entry)


@cache
def _listings() -> Decoder[Listing]:
    return Decoder(Listing)


class Record(NamedTuple):
    """An entry as the store keeps it: a row, and its body as the text of which the row has the digest."""

    row: RecordRow
    text: TextRow


def record_of(entry: Entry) -> Record:
    """Return the record of an entry; `read_entry` gives the same entry back."""
    text = text_row(entry.body)
    body = _encoded({**asdict(entry), **_times(entry), "body": text.digest})
    return Record(RecordRow(digest=record_key(body), text=text.digest, body=body), text)


def _times(entry: Entry) -> dict[str, object]:
    """Return the fields of an entry that hold times, which the encoder would write otherwise than `dump`."""
    return {
        "published": entry.published.isoformat(),
        "updated": entry.updated.isoformat() if entry.updated else None,
        "edits": [{**asdict(edit), "at": edit.at.isoformat()} for edit in entry.edits],
    }


def _encoded(value: object) -> bytes:
    """Return what `dump` does of values without times, in UTF-8, at a sixth of its time."""
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:  # half of a surrogate pair, which no encoder but `dump` takes
        return dump(value).encode("utf-8", "surrogatepass")


def text_row(html: str) -> TextRow:
    """Return the HTML of an entry, or a part of it, by its digest."""
    body = html.encode("utf-8", "surrogatepass")
    return TextRow(record_key(body), body)


def record_key(body: bytes) -> Digest:
    """Return the digest under which bytes are kept: as long as an ETag, for it stands in many rows and indexes."""
    return Digest(digest_of_bytes(body)[:32])


def read_entry(record: bytes, body: str) -> Entry:
    """Return the entry of a record, with the body of which the record has the digest."""
    try:
        return replace(_entries().decode(record), body=body)
    except MsgspecError:  # the offset of an old time has seconds, say
        return _read_slowly(record, body)


def _read_slowly(record: bytes, body: str) -> Entry:
    fields: dict[str, Any] = json.loads(record.decode("utf-8", "surrogatepass"))
    return Entry(
        **{
            **fields,
            "body": body,
            "published": datetime.fromisoformat(fields["published"]),
            "updated": datetime.fromisoformat(fields["updated"]) if fields["updated"] else None,
            "published_precision": Precision(fields["published_precision"]),
            "updated_precision": Precision(fields["updated_precision"]),
            "subtitles": tuple(fields["subtitles"]),
            "tags": tuple(fields["tags"]),
            "authors": tuple(Person(**person) for person in fields["authors"]),
            "images": tuple(Image(**image) for image in fields["images"]),
            "media": tuple(Image(**image) for image in fields["media"]),
            "edits": tuple(_edit(edit) for edit in fields["edits"]),
            "relations": tuple(
                Relation(**{**relation, "kind": RelationKind(relation["kind"])}) for relation in fields["relations"]
            ),
            "status": Status(fields["status"]),
            "unconfirmed": tuple(fields["unconfirmed"]),
        }
    )


def _edit(fields: dict[str, Any]) -> Edit:
    at, kind = datetime.fromisoformat(fields["at"]), EditKind(fields["kind"])
    return Edit(at=at, kind=kind, note=fields["note"], precision=Precision(fields["precision"]))


@lru_cache(maxsize=10_000)
def _one(value: Hashable) -> Any:  # what comes in goes out
    """Return the same text or tuple for all that are equal: a first build has every listing in memory."""
    return value


def write_listing(listing: Listing) -> str:
    """Return the record of a listing."""
    return _encoded(listing).decode("utf-8", "surrogatepass")


def read_listing(record: str) -> Listing:
    """Return the listing of a record."""
    try:
        return _listings().decode(record)
    except MsgspecError:
        return listing_of_fields(json.loads(record))


def listing_of_fields(fields: dict[str, Any]) -> Listing:
    """Return the listing with these fields, as JSON has them."""
    for name in ("corrected", "due"):
        fields[name] = tuple(fields[name])
    fields["section"] = _one(fields["section"])
    fields["tags"] = tuple(map(_one, fields["tags"]))
    fields["authors"] = _one(tuple(map(_one, fields["authors"])))
    return Listing(**{**fields, "media": tuple(Medium(*medium) for medium in fields["media"])})


def write_problems(problems: tuple[Problem, ...]) -> str:
    """Return the record of the problems of one file: their messages by identifier and values, not as text."""
    return dump([_record(problem) for problem in problems])


def read_problems(record: str) -> tuple[Problem, ...]:
    """Return the problems of a record; an earlier sosik kept their messages as text."""
    return tuple(_problem(**fields) for fields in json.loads(record))


def write_message(message: Message | str) -> str:
    """Return the record of a message: its identifier and values; a text stays as it is."""
    return dump(_kept(message)) if isinstance(message, Message) else message


def read_message(record: str) -> Message | str:
    """Return the message of a record; an earlier sosik kept the text itself."""
    message: Message | str = _given(json.loads(record)) if record.startswith("{") else record
    return message


def _record(problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code,
        "message": _kept(problem.message),
        "hint": _kept(problem.hint),
        "location": problem.location,
    }


def _problem(code: str, message: object, hint: object, location: dict[str, Any]) -> Problem:
    return Problem(
        code=code, message=_message(message), hint=_message(hint) if hint else None, location=Location(**location)
    )


def _message(record: object) -> Message:
    given = _given(record)
    return given if isinstance(given, Message) else Message("store.text", text=str(given))


def _kept(value: object) -> object:
    """Return a message, or a value of one, as JSON keeps it."""
    if isinstance(value, Message):
        kept: dict[str, object] = {"key": value.key, "values": {name: _kept(inner) for name, inner in value.values}}
        return {**kept, "names": dict(value.names)} if value.names else kept
    if isinstance(value, tuple):
        return [_kept(member) for member in value]
    return value


def _given(value: Any) -> Any:
    if isinstance(value, dict):
        message = Message(value["key"], **{name: _given(inner) for name, inner in value["values"].items()})
        return with_names(message, value["names"]) if "names" in value else message
    if isinstance(value, list):
        return tuple(map(_given, value))
    return value
