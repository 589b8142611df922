"""Plain text: composed (NFC), on one line, without characters that XML forbids."""

import re
import unicodedata

from sosik.patterns import pattern

# XML 1.0, 2.2 forbids the C0 controls (but tab, line feed, carriage return), surrogates and U+FFFE/FFFF. The C1
# controls are leftovers of a wrong decoding, the zero-width space and the byte order mark of pasting; the bidirectional
# overrides and isolates could show a headline in another order than it was written.
_UNWANTED = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufdd0-\\ufdef\\ufffe\\uffff"
_INVISIBLE = "\\u200b\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff"
_REMOVED = pattern(f"[{_UNWANTED}{_INVISIBLE}]")


def clean_characters(text: str, *, never_first: re.Pattern[str] | None = None) -> str:
    """Return *text* composed (NFC), without characters that XML forbids or that cannot be seen; lines stay.

    What *never_first* matches goes too, before the text is composed.
    """
    is_printable = text.isprintable()  # none of what is removed is
    if is_printable and text.isascii():
        return text
    if not is_printable:
        text = _REMOVED.sub("", text)
    if never_first is not None:
        text = never_first.sub("", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def plain_text(text: str) -> str:
    """Return *text* as one line of plain text: `clean_characters`, and white space of every kind folded to one space.

    Nothing in it is read as markup or as an entity: `A & B`, `3 < 5`, `<속보>` and `&amp;` are characters.
    """
    return " ".join(clean_characters(text).split())
