"""Whether a build takes what an import is about to write: each key is read as one reads it, and what is refused stays
out of the file, so that no imported file is held back."""

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace

from sosik.errors import Location, Problem, Severity
from sosik.importers.old_entries import ImportedItem
from sosik.model import BodyFormat, Publication, RawEntry, RawList, RawMapping, RawText, RawValue
from sosik.normalize.entry import normalize
from sosik.read import PictureFacts
from sosik.words import Message

_NOT_READ = frozenset({"id", "body", "format", "status", "unconfirmed"})
"""What is seen to already: ids that no file holds, and bodies that hold too much. Bodies take the longest to read."""


class _NoPictures:
    """Finds no picture: those of an old feed lie elsewhere."""

    def find(self, entry_source: str, url: str, /) -> PictureFacts | Message:  # noqa: ARG002 - a PictureFinder
        return Message("importers.not-there")

    def nearest(self, entry_source: str, url: str, /) -> str | None:  # noqa: ARG002 - a PictureFinder
        return None


def accepted(item: ImportedItem, publication: Publication, now: datetime) -> ImportedItem:
    """Return an article with only those keys that a build at *now*, an aware datetime, takes.

    Whatever is left out is named, with the reason; without a title or a date the article is a draft.
    """
    refused = _refused(item.fields, publication, now)
    if not refused:
        return item
    told = {key: _told(key, item, reason) for key, reason in refused.items()}
    reasons = [*item.reasons, *(problem for problem in told.values() if problem.code != "import-unsure")]
    problems = [*item.problems, *(problem for problem in told.values() if problem.code == "import-unsure")]
    unconfirmed = [key for key in item.unconfirmed if key not in refused]
    unconfirmed += [key for key, problem in told.items() if problem.code != "import-unsure"]
    fields = {key: value for key, value in item.fields.items() if key not in (*refused, "unconfirmed", "status")}
    fields |= {"status": "draft"} if reasons else {}
    fields |= {"unconfirmed": unconfirmed} if unconfirmed else {}
    return replace(
        item, fields=fields, unconfirmed=tuple(unconfirmed), reasons=tuple(reasons), problems=tuple(problems)
    )


def _told(key: str, item: ImportedItem, reason: Message) -> Problem:
    """What is to be said of a key that is left out; no article is published without a title or a date."""
    place = Location(file=item.sources[0] if item.sources else "")
    if key == "title":
        return Problem(code="title-missing", message=Message("title-missing.item"), location=place)
    if key == "published":
        return Problem(code="published-missing", message=reason, location=place)
    message = Message("import-unsure.key-left-out", key=key, reason=reason)
    return Problem(code="import-unsure", message=message, location=place)


def _refused(fields: Mapping[str, object], publication: Publication, now: datetime) -> dict[str, Message]:
    """Return the keys whose values an entry cannot have, each with the first reason."""
    read = {key: _raw(key, value) for key, value in fields.items() if key not in _NOT_READ}
    raw = RawEntry(source="", fields=read, body_format=BodyFormat.TEXT, location=Location(file=""))
    refused: dict[str, Message] = {}
    for problem in normalize(raw, publication, _NoPictures(), now=now).problems:
        if problem.severity is Severity.ERROR and problem.location.file in read:
            refused.setdefault(problem.location.file, problem.message)
    return refused


def _raw(key: str, value: object) -> RawValue:
    """A value as a file would hold it; its place is its key."""
    place = Location(file=key)
    if isinstance(value, Mapping):
        return RawMapping(
            items=tuple((RawText(text=str(name), location=place), _raw(key, one)) for name, one in value.items()),
            location=place,
        )
    if isinstance(value, list | tuple):
        return RawList(items=tuple(_raw(key, one) for one in value), location=place)
    return RawText(text=str(value), location=place)
