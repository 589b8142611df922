"""The authors and subjects of an entry, for all formats."""

from msgspec.structs import replace

from sosik.model import Entry, Person, Publication


def authors(entry: Entry, publication: Publication) -> tuple[Person, ...]:
    """Return the entry's authors; an entry without byline is the publisher's (whose e-mail the feed alone states)."""
    return entry.authors or (replace(publication.publisher, email=None),)


def categories(entry: Entry) -> tuple[str, ...]:
    """Return the section, then the tags, each term once."""
    return tuple(dict.fromkeys(term for term in (entry.section, *entry.tags) if term))
