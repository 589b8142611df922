"""Values of the model as the store keeps them: JSON text in a fixed order, and back."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sosik.errors import Location, Problem
from sosik.model import Edit, EditKind, Entry, Image, Listing, Medium, Person, Relation, RelationKind, Status
from sosik.model.digests import dump


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
