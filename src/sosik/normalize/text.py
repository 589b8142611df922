"""Plain text: composed (NFC), on one line, without characters that XML forbids and without markup."""

import re
import unicodedata

# XML 1.0, 2.2 forbids the C0 controls (but tab, line feed, carriage return), surrogates and U+FFFE/FFFF. The C1
# controls are leftovers of a wrong decoding, the zero-width space and the byte order mark of pasting; the bidirectional
# overrides and isolates could show a headline in another order than it was written.
_UNWANTED = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufdd0-\\ufdef\\ufffe\\uffff"
_INVISIBLE = "\\u200b\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff"
_REMOVED = re.compile(f"[{_UNWANTED}{_INVISIBLE}]")

_MARKUP_TAGS = (
    "a|abbr|b|big|blockquote|br|center|cite|code|del|div|em|embed|figure|font|form|h[1-6]|hr|i|iframe|img|input|ins"
    "|kbd|li|link|mark|meta|object|ol|p|pre|q|rp|rt|ruby|s|samp|script|small|span|strike|strong|style|sub|sup|svg"
    "|table|tbody|td|th|tr|tt|u|ul|var|video|wbr"
)
_ATTRIBUTE = r"""\s+[a-zA-Z_:][\w:.-]*\s*=\s*(?:"[^"]*"|'[^']*'|[^\s<>"'=`]+)"""
_MARKUP = re.compile(rf"<(/?)({_MARKUP_TAGS})(?:{_ATTRIBUTE})*\s*/?>", re.IGNORECASE)
_NOT_TEXT = re.compile(r"<(script|style)(?:\s[^<>]*)?>[^<]*</\1\s*>", re.IGNORECASE)

_REFERENCE = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|middot|hellip|[lr][sd]quo|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});")

# These stand between words; the others stand inside them (`<b>속</b>보`).
_SPACE_TAGS = frozenset({"br", "p", "div", "li", "hr", "td", "th", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})


def clean_characters(text: str, *, never_first: re.Pattern[str] | None = None) -> str:
    """Return *text* composed (NFC), without characters that XML forbids or that cannot be seen; lines stay.

    What *never_first* matches goes too, before the text is composed.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _REMOVED.sub("", text)
    if never_first is not None:
        text = never_first.sub("", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def plain_text(text: str) -> str:
    """Return *text* as one line of plain text: `clean_characters`, and white space of every kind folded to one space.

    Nothing in it is read as markup or as an entity: `A & B`, `3 < 5`, `<속보>` and `&amp;` are characters.
    """
    return " ".join(clean_characters(text).split())


def character_reference(text: str) -> str:
    """Return the first character reference of HTML in *text*, such as `&amp;` or `&#8220;`, or nothing."""
    reference = _REFERENCE.search(text) if "&" in text else None
    return reference[0] if reference else ""


def strip_markup(text: str) -> tuple[str, tuple[str, ...]]:
    """Return *text* without HTML tags, and the names of the tags that were in it, each once, in order.

    Only what is certainly a tag of HTML goes; scripts and style sheets go with what is in them.
    """
    if "<" not in text:
        return text, ()
    names: dict[str, None] = {}

    def leave_out(match: re.Match[str]) -> str:
        name = match[match.lastindex or 0].lower()
        names[name] = None
        return " " if name in _SPACE_TAGS else ""

    text = _NOT_TEXT.sub(leave_out, text)
    text = _MARKUP.sub(leave_out, text)
    return text, tuple(names)
