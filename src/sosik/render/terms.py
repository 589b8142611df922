"""What every format says of an entry in its own words: who wrote it and what it is about."""

from sosik.model import Entry, Person, Publication


def authors(entry: Entry, publication: Publication) -> tuple[Person, ...]:
    """Return the entry's authors; an entry without byline is the publisher's."""
    return entry.authors or (publication.publisher,)


def categories(entry: Entry) -> tuple[str, ...]:
    """Return the section, then the tags, each term once."""
    return tuple(dict.fromkeys(term for term in (entry.section, *entry.tags) if term))
