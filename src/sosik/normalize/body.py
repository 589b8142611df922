"""The body of an entry: HTML, Markdown or text in, HTML that may be published out."""

from typing import TYPE_CHECKING, NamedTuple

from sosik.model import BodyFormat
from sosik.normalize.caption_places import told_captions
from sosik.normalize.fields import EntryFields
from sosik.normalize.hidden import without_hidden
from sosik.normalize.kept.telling import tell_unseen
from sosik.normalize.limits import too_much
from sosik.normalize.markdown import TooManyBracketsError
from sosik.normalize.paragraphs import with_paragraphs
from sosik.normalize.reading import Reading, read_body
from sosik.normalize.rewrite import BodyPlace, rewrite
from sosik.normalize.sanitize import loose, prepared, strict, tell_lost_links, telling_tags
from sosik.normalize.shortcodes import translated
from sosik.normalize.tags import idle_ends
from sosik.words import Message

if TYPE_CHECKING:
    from sosik.normalize.straight import Straight

_NONE = frozenset({"none", "없음"})
"""What `body` says of an article that is a headline alone."""
_LONGEST_NONE = max(map(len, _NONE))


class CleanBody(NamedTuple):
    """A body as sanitized HTML, what was removed that an author should know of, and what it was read as.

    `AUTO` is Markdown of which nobody said so. `captions` are the captions in it that the names of their elements told,
    `ends` the tags that were left out because they end nothing.
    """

    html: str
    removed: tuple[str, ...]
    read_as: BodyFormat
    captions: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


def says_none(fields: EntryFields) -> bool:
    """Tell whether an entry says that it is a headline alone: `body: none`."""
    value = fields.scalar("body")
    return value is not None and _is_none(value.text.strip())


def _is_none(text: str) -> bool:
    return len(text) <= _LONGEST_NONE and text.casefold() in _NONE


def entry_body(
    fields: EntryFields, body_format: BodyFormat, place: BodyPlace, *, may_be_plain: bool = True
) -> CleanBody:
    """Return the entry's body, empty where there is none or too much (problems, as what was removed).

    One that `may_be_plain` takes the straight road if it can.
    """
    value = fields.scalar("body")
    if value is None:
        fields.report(Message("body-missing.entry"), fields.place("body"), Message("body-missing.entry-hint"))
    if value is None or _is_none(value.text.strip()):
        return CleanBody("", (), body_format)
    plain = _plain(value.text, body_format) if may_be_plain else None
    if plain and not (place.images and "<img" in plain.html):  # of which the file says more
        return CleanBody(plain.html, (), plain.read_as)
    excess = too_much(value.text, body_format)
    if excess:
        fields.report(excess, value.location, Message("body-limit.hint"))
        return CleanBody("", (), body_format)
    try:
        body = clean_body(value.text, body_format, place)
    except TooManyBracketsError as error:
        fields.report(error.message, value.location, Message("body-limit.hint"))
        return CleanBody("", (), body_format)
    if body.removed:
        fields.report(Message("html-removed.body", removed=body.removed), value.location)
    if body.ends:
        message = Message("html-removed.ends", tags=body.ends, count=len(body.ends))
        fields.report(message, value.location, Message("text-changed.html-hint"))
    tell_unseen(fields, value, body.read_as, body.html, (*body.removed, *body.ends))
    return body


def _plain(text: str, body_format: BodyFormat) -> "Straight | None":
    # Its patterns take as long to compile as some tens of bodies take on the long road.
    from sosik.normalize.straight import straight

    return straight(text, body_format)


def clean_body(text: str, body_format: BodyFormat, place: BodyPlace) -> CleanBody:
    """Return a body as it is published; `place` says where it stands. Raises TooManyBracketsError."""
    reading = _read(text, body_format, place)
    html = reading.html
    telling: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    if reading.has_tags:
        telling = telling_tags(html)
        ends = idle_ends(html)
        tell_lost_links(html, place.tell)
        html = loose(_shown(prepared(html), place))
        captions = told_captions(html)
    if reading.read_as is BodyFormat.HTML:
        html = with_paragraphs(html)
    html, lost = rewrite(place.jumps.named(html), place)
    names = tuple(f"<{name}>" for name in dict.fromkeys((*telling, *lost)))
    html = strict(html)
    if reading.has_tags:
        html = _in_paragraphs(html)
    return CleanBody(place.jumps.kept(html), names, reading.read_as, captions, ends)


def _in_paragraphs(html: str) -> str:
    """Return sanitized HTML as it would come back from a feed: what was left out may have parted a text from others."""
    made = with_paragraphs(html)
    return html if made == html else strict(made)


def _shown(html: str, place: BodyPlace) -> str:
    """Return prepared HTML without what the page hides, of which is told."""
    html, left_out, shown = without_hidden(html)
    for text in left_out:
        place.tell(Message("html-removed.hidden", words=text))
    for text in shown:
        place.tell(Message("html-removed.shown", words=text))
    return html


def _read(text: str, body_format: BodyFormat, place: BodyPlace) -> Reading:
    """Return the body read as what it is written in, codes of other programs translated unless it is plain text."""
    codes = text if body_format is BodyFormat.TEXT else translated(text, place.site, place.tell)
    reading = read_body(codes, body_format, written=text)
    for message in reading.told:
        place.tell(message)
    return reading
