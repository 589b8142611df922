"""The body of an entry: HTML, Markdown or text in, HTML that may be published out."""

from typing import NamedTuple

from sosik.model import BodyFormat
from sosik.normalize.captions import told_captions
from sosik.normalize.fields import EntryFields
from sosik.normalize.kept.telling import tell_unseen
from sosik.normalize.limits import too_much
from sosik.normalize.paragraphs import with_paragraphs
from sosik.normalize.reading import Reading, read_body
from sosik.normalize.rewrite import BodyPlace, rewrite
from sosik.normalize.sanitize import loose, strict, tell_lost_links, telling_tags
from sosik.normalize.shortcodes import translated
from sosik.words import Message

_NONE = frozenset({"none", "없음"})
"""What `body` says of an article that is a headline alone."""


class CleanBody(NamedTuple):
    """A body as sanitized HTML, what was removed that an author should know of, and what it was read as.

    `AUTO` is Markdown of which nobody said so. `captions` are the captions in it that the names of their elements told.
    """

    html: str
    removed: tuple[str, ...]
    read_as: BodyFormat
    captions: tuple[str, ...] = ()


def says_none(fields: EntryFields) -> bool:
    """Tell whether an entry says that it is a headline alone: `body: none`."""
    value = fields.scalar("body")
    return value is not None and value.text.strip().casefold() in _NONE


def entry_body(fields: EntryFields, body_format: BodyFormat, place: BodyPlace) -> CleanBody:
    """Return the entry's body, empty where there is none or too much (problems, as what was removed)."""
    value = fields.scalar("body")
    if value is None:
        fields.report(Message("body-missing.entry"), fields.place("body"), Message("body-missing.entry-hint"))
    if value is None or says_none(fields):
        return CleanBody("", (), body_format)
    excess = too_much(value.text, body_format)
    if excess:
        fields.report(excess, value.location, Message("body-limit.hint"))
        return CleanBody("", (), body_format)
    body = clean_body(value.text, body_format, place)
    if body.removed:
        fields.report(Message("html-removed.body", removed=body.removed), value.location)
    tell_unseen(fields, value, body.read_as, body.html, body.removed)
    return body


def clean_body(text: str, body_format: BodyFormat, place: BodyPlace) -> CleanBody:
    """Return a body as it is published; `place` says where it stands."""
    reading = _read(text, body_format, place)
    html = reading.html
    telling: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    if reading.has_tags:
        telling = telling_tags(html)
        tell_lost_links(html, place.tell)
        html = loose(html)
        captions = told_captions(html)
    if reading.read_as is BodyFormat.HTML:
        html = with_paragraphs(html)
    html, lost = rewrite(place.jumps.named(html), place)
    names = tuple(f"<{name}>" for name in dict.fromkeys((*telling, *lost)))
    return CleanBody(place.jumps.kept(strict(html)), names, reading.read_as, captions)


def _read(text: str, body_format: BodyFormat, place: BodyPlace) -> Reading:
    """Return the body read as what it is written in, codes of other programs translated unless it is plain text."""
    codes = text if body_format is BodyFormat.TEXT else translated(text, place.site, place.tell)
    reading = read_body(codes, body_format, written=text)
    for message in reading.told:
        place.tell(message)
    return reading
