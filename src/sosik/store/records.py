"""Values of the model as the store keeps them: JSON text in a fixed order, and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from typing import Any

from sosik.errors import Location, Problem
from sosik.model import Edit, EditKind, Entry, Image, Listing, Medium, Person, Relation, RelationKind, Status


def dump(value: object) -> str:
    """Return JSON text that is the same for equal values: keys sorted, Hangul readable, no white space."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def digest_of(*values: object) -> str:
    """Return the SHA-256, in hexadecimal, of how values show themselves: frozen dataclasses, texts, numbers, tuples.

    `repr` says everything of such values, in a fixed order, at a tenth of what a round through JSON costs.
    """
    return sha256("\x1f".join(map(repr, values)).encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is kept nowhere in the store")


def seconds(instant: datetime) -> int:
    """Return an aware instant as whole seconds since 1970-01-01 UTC."""
    return int(instant.timestamp())


def instant(value: int) -> datetime:
    """Return the instant, in UTC, of whole seconds since 1970-01-01 UTC."""
    return datetime.fromtimestamp(value, UTC)


def listing_of(entry: Entry) -> Listing:
    """Return the listing of an entry."""
    edits = (seconds(edit.at) for edit in entry.edits if edit.kind is not EditKind.MINOR)
    published = seconds(entry.published)
    around = _around(entry)
    stamps = {published, seconds(entry.changed), *(at for at in edits if at > published)}
    return Listing(
        id=entry.id,
        digest=digest_of(_as_readers_see(entry)),
        published=published,
        changed=seconds(entry.changed),
        corrected=tuple(sorted(seconds(edit.at) for edit in entry.corrections)),
        due=tuple(sorted(stamps)),
        section=entry.section,
        tags=entry.tags,
        authors=tuple(person.name for person in entry.authors),
        has_page=entry.has_page,
        size=_bytes(entry.body, *entry.subtitles, *_captions(entry) * 3) + around,
        summary_size=_bytes(*_captions(entry)) + around,
        media=tuple(
            Medium(image.path, image.media_type, image.digest, image.length, image.file) for image in entry.media
        ),
        source=entry.source,
        has_relations=bool(entry.relations),
    )


def _around(entry: Entry) -> int:
    """Return about how many bytes stand around an entry's text; headline, summary and notes stand there twice."""
    twice = (entry.title, entry.summary, *(edit.note for edit in entry.edits))
    people = [text for person in entry.authors for text in (person.name, person.url or "", person.email or "")]
    return 2 * _bytes(*twice) + _bytes(entry.section, *entry.tags, *people) + 40 * len(entry.tags + entry.authors)


def _captions(entry: Entry) -> list[str]:
    return [text for image in entry.images for text in (image.url, image.alt, image.caption, image.credit)]


def _bytes(*texts: str) -> int:
    return sum(len(escape(text).encode()) for text in texts)


def _as_readers_see(entry: Entry) -> Entry:
    """Return an entry without what only the newsroom knows of it: a file may be renamed, an id written in."""

    def picture(image: Image) -> Image:
        return replace(image, file="")

    images, media = tuple(map(picture, entry.images)), tuple(map(picture, entry.media))
    return replace(entry, source="", pinned=True, images=images, media=media)


def write_entry(entry: Entry) -> str:
    """Return the record of an entry; `read_entry` gives the same entry back."""
    return dump(asdict(entry))


def read_entry(record: str) -> Entry:
    """Return the entry of a record."""
    fields: dict[str, Any] = json.loads(record)
    return Entry(
        **{
            **fields,
            "published": datetime.fromisoformat(fields["published"]),
            "updated": datetime.fromisoformat(fields["updated"]) if fields["updated"] else None,
            "subtitles": tuple(fields["subtitles"]),
            "tags": tuple(fields["tags"]),
            "authors": tuple(Person(**person) for person in fields["authors"]),
            "images": tuple(Image(**image) for image in fields["images"]),
            "media": tuple(Image(**image) for image in fields["media"]),
            "edits": tuple(
                Edit(**{**edit, "at": datetime.fromisoformat(edit["at"]), "kind": EditKind(edit["kind"])})
                for edit in fields["edits"]
            ),
            "relations": tuple(
                Relation(**{**relation, "kind": RelationKind(relation["kind"])}) for relation in fields["relations"]
            ),
            "status": Status(fields["status"]),
            "unconfirmed": tuple(fields["unconfirmed"]),
        }
    )


def write_listing(listing: Listing) -> str:
    """Return the record of a listing."""
    return dump(asdict(listing))


def read_listing(record: str) -> Listing:
    """Return the listing of a record."""
    fields: dict[str, Any] = json.loads(record)
    for name in ("corrected", "due", "tags", "authors"):
        fields[name] = tuple(fields[name])
    return Listing(**{**fields, "media": tuple(Medium(*medium) for medium in fields["media"])})


def write_problems(problems: tuple[Problem, ...]) -> str:
    """Return the record of the problems of one file."""
    return dump([asdict(problem) for problem in problems])


def read_problems(record: str) -> tuple[Problem, ...]:
    """Return the problems of a record."""
    found: list[dict[str, Any]] = json.loads(record)
    return tuple(Problem(**{**fields, "location": Location(**fields["location"])}) for fields in found)
