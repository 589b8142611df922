"""Characters that XML forbids, or that are always an accident: marked in the text, dropped from values.

They are taken out of the values and not of the text, so that lines and columns stay those that the editor shows.
"""

import re
import unicodedata

from sosik.errors import Location, Problem
from sosik.source.places import Places

STAND_IN = "\ufdd0"
"""Stands where a removed character stood: a noncharacter, which Unicode keeps free and YAML parsers let pass."""

_SHOWN = 5

_REMOVED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0\ud800-\udfff\ufffe\uffff]")

# XML 1.0, section 2.2. It discourages U+007F to U+009F, which are leftovers of old code pages, and U+FDD0; of the
# former, YAML parsers refuse most.
_REASONS = (
    (0x7F, 0x9F, "it is an invisible control character"),
    (0xFDD0, 0xFDD0, "Unicode says that it is no character"),
    (0x110000, 0xFFFFFFFF, "Unicode has no such character"),
)
"""Why a character is removed that XML allows, from the first number to the last."""


def mask(text: str, file: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text with a stand-in for every such character, and a problem for each of the first places."""
    offsets = [found.start() for found in _REMOVED.finditer(text)]
    if not offsets:
        return text, ()
    places = Places(text, file)
    problems = [_removed(ord(text[offset]), places.location(offset)) for offset in offsets[:_SHOWN]]
    if (rest := len(offsets) - _SHOWN) > 0:
        where = places.location(offsets[_SHOWN])
        noun = "such character was" if rest == 1 else "such characters were"
        problems.append(Problem(code="characters-removed", message=f"{rest} more {noun} removed", location=where))
    return _REMOVED.sub(STAND_IN, text), tuple(problems)


def clean(text: str, location: Location) -> tuple[str, tuple[Problem, ...]]:
    """Return a value in NFC without stand-ins and such characters; a problem when an escape made one.

    A file may hold `\\ud800` or `\\u0000` as an escape in quotation marks, so the text alone does not show it.
    """
    if text.isascii() and text.isprintable():
        return text, ()
    problem: tuple[Problem, ...] = ()
    if _REMOVED.search(text):
        text = text.replace(STAND_IN, "")
        if escaped := _REMOVED.search(text):
            problem = (escape_removed(ord(escaped[0]), location),)
            text = _REMOVED.sub("", text)
    return unicodedata.normalize("NFC", text), problem


def escape_removed(number: int, location: Location) -> Problem:
    """Return the problem for the number of a character, or of none, that an escape in quotation marks stands for."""
    return _removed(number, location, "delete the escape that stands for it")


def _removed(number: int, location: Location, hint: str = "delete the invisible character") -> Problem:
    reason = next((why for first, last, why in _REASONS if first <= number <= last), "XML forbids this character")
    return Problem(
        code="characters-removed",
        message=f"U+{number:04X} was removed: {reason}",
        location=location,
        hint=hint,
    )
