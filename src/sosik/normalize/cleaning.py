"""The long road of a body: parsed, rewritten and sanitized, and compared with what was written."""

from sosik.model import BodyFormat, RawText
from sosik.normalize.body_place import BodyPlace
from sosik.normalize.caption_places import told_captions
from sosik.normalize.cleaned import CleanBody
from sosik.normalize.fields import EntryFields
from sosik.normalize.hidden import without_hidden
from sosik.normalize.kept.telling import tell_unseen
from sosik.normalize.limits import too_much
from sosik.normalize.markdown import TooManyBracketsError
from sosik.normalize.paragraphs import with_paragraphs
from sosik.normalize.reading import Reading, read_body
from sosik.normalize.rewrite import rewrite
from sosik.normalize.sanitize import loose, prepared, strict, tell_lost_links, telling_tags
from sosik.normalize.shortcodes import translated
from sosik.normalize.tags import idle_ends
from sosik.words import Message


def told_body(fields: EntryFields, value: RawText, body_format: BodyFormat, place: BodyPlace) -> CleanBody:
    """Return the body of an entry, empty where there is too much; problems, as what was removed, go to *fields*."""
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
