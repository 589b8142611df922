"""An entry as lists of entries know it: everything that feeds and pages are chosen and ordered by, without its text."""

from operator import attrgetter

from msgspec.structs import replace

from sosik.model.digests import digest_of_shown, shown
from sosik.model.entry import EditKind, Entry, Image, Listing, Medium
from sosik.model.instants import seconds
from sosik.model.values import Digest, DocumentPath


def listing_of(entry: Entry) -> Listing:
    """Return the listing of an entry."""
    edits = (seconds(edit.at) for edit in entry.edits if edit.kind is not EditKind.MINOR)
    published = seconds(entry.published)
    around = _around(entry)
    stamps = {published, seconds(entry.changed), *(at for at in edits if at > published)}
    return Listing(
        id=entry.id,
        digest=digest_of_shown(_as_readers_see(entry)),
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
            Medium(DocumentPath(image.path), image.media_type, Digest(image.digest), image.length, image.file)
            for image in entry.media
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
    """Return how many bytes texts take with their signs as references, as `html.escape` has them."""
    text = "".join(texts)
    angles, marks = text.count("<") + text.count(">"), text.count('"') + text.count("'")
    return len(text.encode()) + 4 * text.count("&") + 3 * angles + 5 * marks


def _as_readers_see(entry: Entry) -> str:
    """Return how an entry shows itself without what only the newsroom knows: a file may be renamed, an id written in.

    That is `repr` of the entry without it, which to make takes longer than this.
    """
    values = dict(zip(_FIELDS, _values_of(entry), strict=True))
    values |= {"source": "", "pinned": True, "images": _without_files(entry.images), "body": ""}
    values |= {"media": _without_files(entry.media)}
    texts = dict(zip(_FIELDS, map(repr, values.values()), strict=True))
    return _ENTRY % {**texts, "body": shown(entry.body)}


def _without_files(images: tuple[Image, ...]) -> tuple[Image, ...]:
    return tuple(replace(image, file="") for image in images) if images else ()


_FIELDS = Entry.__struct_fields__
_values_of = attrgetter(*_FIELDS)
_ENTRY = f"Entry({', '.join(f'{name}=%({name})s' for name in _FIELDS)})"
"""How `repr` shows an entry, with places for its values."""
