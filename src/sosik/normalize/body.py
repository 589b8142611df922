"""The body of an entry: HTML, Markdown or text in, HTML that may be published out."""

from sosik.model import BodyFormat, Publication, RawEntry, RawText
from sosik.normalize.body_place import BodyPlace
from sosik.normalize.cleaned import CleanBody
from sosik.normalize.fields import EntryFields
from sosik.normalize.format import entry_format
from sosik.normalize.straight import straight
from sosik.words import Message

_NONE = frozenset({"none", "없음"})
"""What `body` says of an article that is a headline alone."""
_LONGEST_NONE = max(map(len, _NONE))


def look_ahead(raw: RawEntry, publication: Publication) -> None:
    """Have the straight road taken by the body of an entry that is to be normalized soon: then it is at hand."""
    value = raw.fields.get("body")
    if isinstance(value, RawText) and value.text.strip():
        straight(value.text, entry_format(EntryFields(raw.fields, raw.location), raw, publication))


def says_none(fields: EntryFields) -> bool:
    """Tell whether an entry says that it is a headline alone: `body: none`."""
    value = fields.scalar("body")
    return value is not None and _is_none(value.text.strip())


def _is_none(text: str) -> bool:
    return len(text) <= _LONGEST_NONE and text.casefold() in _NONE


def entry_body(fields: EntryFields, body_format: BodyFormat, place: BodyPlace) -> CleanBody:
    """Return the entry's body, empty where there is none or too much (problems, as what was removed).

    It takes the straight road if it can.
    """
    value = fields.scalar("body")
    if value is None:
        fields.report(Message("body-missing.entry"), fields.place("body"), Message("body-missing.entry-hint"))
    if value is None or _is_none(value.text.strip()):
        return CleanBody("", (), body_format)
    plain = straight(value.text, body_format)
    if plain and not (place.images and "<img" in plain.html):  # of which the file says more
        return CleanBody(plain.html, (), plain.read_as)
    # The parsers of Markdown and HTML take as long to import as an edit of plain prose takes to read.
    from sosik.normalize.cleaning import told_body

    return told_body(fields, value, body_format, place)
