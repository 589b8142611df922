"""An entry as lists of entries know it: everything that feeds and pages are chosen and ordered by, without its text."""

from msgspec.structs import replace

from sosik.model.digests import digest_of_shown, shown
from sosik.model.entry import EditKind, Entry, Image, Listing, Medium
from sosik.model.instants import seconds
from sosik.model.values import Digest, DocumentPath


def listing_of(entry: Entry) -> Listing:
    """Return the listing of an entry."""
    edits = [seconds(edit.at) for edit in entry.edits if edit.kind is not EditKind.MINOR]
    published = seconds(entry.published)
    changed = seconds(entry.updated) if entry.updated else published
    around, captions = _around(entry), _captions(entry)
    stamps = {published, changed, *[at for at in edits if at > published]}
    return Listing(
        id=entry.id,
        digest=digest_of_shown(_as_readers_see(entry)),
        published=published,
        changed=changed,
        corrected=tuple(sorted([seconds(edit.at) for edit in entry.edits if edit.kind is EditKind.CORRECTION])),
        due=tuple(sorted(stamps)),
        section=entry.section,
        tags=entry.tags,
        authors=tuple([person.name for person in entry.authors]),
        has_page=entry.has_page,
        size=_bytes(entry.body, *entry.subtitles, *captions * 3) + around,
        summary_size=_bytes(*captions) + around,
        media=tuple([_medium(image) for image in entry.media]),
        source=entry.source,
        has_relations=bool(entry.relations),
    )


def _medium(image: Image) -> Medium:
    return Medium(DocumentPath(image.path), image.media_type, Digest(image.digest), image.length, image.file)


def _around(entry: Entry) -> int:
    """Return about how many bytes stand around an entry's text; headline, summary and notes stand there twice."""
    twice = [entry.title, entry.summary, *[edit.note for edit in entry.edits]]
    people = [text for person in entry.authors for text in (person.name, person.url or "", person.email or "")]
    return _bytes(*twice, *twice, entry.section, *entry.tags, *people) + 40 * len(entry.tags + entry.authors)


def _captions(entry: Entry) -> list[str]:
    return [text for image in entry.images for text in (image.url, image.alt, image.caption, image.credit)]


def _bytes(*texts: str) -> int:
    """Return how many bytes texts take with their signs as references, as `html.escape` has them."""
    text = "".join(texts)
    angles, marks = text.count("<") + text.count(">"), text.count('"') + text.count("'")
    return len(text.encode()) + 4 * text.count("&") + 3 * angles + 5 * marks


def _as_readers_see(entry: Entry) -> str:
    """Return how an entry shows itself without what only the newsroom knows: a file may be renamed, an id written in.

    Its body would take longest to show, and `shown` does that faster.
    """
    images, media = _without_files(entry.images), _without_files(entry.media)
    told = repr(replace(entry, source="", pinned=True, images=images, media=media, body=_BODY))
    return told.replace(repr(_BODY), shown(entry.body))


class _Place(str):
    """What stands in the place of a text where values show themselves: a sign that `repr` of any other escapes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "\0"


_BODY = _Place()


def _without_files(images: tuple[Image, ...]) -> tuple[Image, ...]:
    return tuple([replace(image, file="") for image in images]) if images else ()
