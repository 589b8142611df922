"""What an entry had and has no more: an editor in a browser deletes the keys that its configuration does not name."""

from collections.abc import Callable, Iterator

from sosik.errors import Problem
from sosik.ledger.recognition import Arrival
from sosik.model import Entry
from sosik.normalize.markup import html_text
from sosik.words import Message

_SHORT = 40
"""Characters of a value before that are shown."""

Versions = Callable[[Arrival], tuple[Entry | None, Entry | None]]
"""Gives the last good version of an arrival's entry, and the new one; None where there is none."""


def lost_members(arrival: Arrival, versions: Versions) -> Iterator[Problem]:
    """Yield a warning for each member that readers had of an entry and that is gone, with its value before in short."""
    before, now = versions(arrival)
    if before is None or now is None:
        return
    had, has = dict(_members(before)), dict(_members(now))
    for key, value in had.items():
        if key not in has:
            short = value if len(value) <= _SHORT else f"{value[:_SHORT].rstrip()}…"
            yield Problem(
                code="lost-member",
                message=Message("lost-member.gone", key=key, before=short),
                location=arrival.location,
                hint=Message("lost-member.hint", key=key),
            )


def _members(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the keys of what an entry has of its own, each with its value as text."""
    # Most builds compare nothing.
    from sosik.normalize.summary import is_made_of

    if not entry.has_page:
        yield "link", entry.link
    if entry.authors:
        yield "authors", ", ".join(person.name for person in entry.authors)
    if entry.images:
        yield "images", ", ".join(image.file or image.url for image in entry.images)
    # One that is made of the body goes as the body changes.
    if entry.summary and not is_made_of(entry.summary, entry.body, entry.images):
        yield "summary", entry.summary
    if entry.body:
        yield "body", " ".join(html_text(entry.body).split()) or entry.body
