"""Characters that no XML document may hold, or that are always an accident: marked in the text, dropped from values.

They are taken out of the values and not of the text, so that lines and columns stay those that the editor shows.
"""

import re
import unicodedata

from sosik.errors import Location, Problem
from sosik.source.places import Places

STAND_IN = "\ufdd0"
"""Stands where a forbidden character stood: a noncharacter, which Unicode keeps free and YAML parsers let pass."""

_SHOWN = 5

# XML 1.0 (section 2.2) forbids the C0 controls, the surrogates, U+FFFE and U+FFFF and discourages U+007F to U+009F,
# which are leftovers of old code pages; YAML parsers refuse those, too.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0\ud800-\udfff\ufffe\uffff]")


def mask(text: str, file: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text with a stand-in for every forbidden character, and a problem for each of the first places."""
    offsets = [found.start() for found in _FORBIDDEN.finditer(text)]
    if not offsets:
        return text, ()
    places = Places(text, file)
    problems = [_removed(text[offset], places.location(offset)) for offset in offsets[:_SHOWN]]
    if (rest := len(offsets) - _SHOWN) > 0:
        where = places.location(offsets[_SHOWN])
        noun = "character that XML forbids was" if rest == 1 else "characters that XML forbids were"
        problems.append(Problem(code="characters-removed", message=f"{rest} more {noun} removed", location=where))
    return _FORBIDDEN.sub(STAND_IN, text), tuple(problems)


def clean(text: str, location: Location) -> tuple[str, tuple[Problem, ...]]:
    """Return a value in NFC without stand-ins and forbidden characters; a problem when an escape made one.

    A file may hold `\\ud800` or `\\u0000` as an escape in quotation marks, so the text alone does not show it.
    """
    if text.isascii() and text.isprintable():
        return text, ()
    problem: tuple[Problem, ...] = ()
    if _FORBIDDEN.search(text):
        text = text.replace(STAND_IN, "")
        if escaped := _FORBIDDEN.search(text):
            problem = (_removed(escaped[0], location, "delete the escape that stands for it"),)
            text = _FORBIDDEN.sub("", text)
    return unicodedata.normalize("NFC", text), problem


def _removed(character: str, location: Location, hint: str = "delete the invisible character") -> Problem:
    return Problem(
        code="characters-removed",
        message=f"U+{ord(character):04X} was removed: XML forbids this character",
        location=location,
        hint=hint,
    )
