"""Characters that XML forbids, or that are always an accident: marked in the text, dropped from values.

They are taken out of the values and not of the text, so that lines and columns stay those that the editor shows.
"""

import unicodedata

from sosik.errors import Location, Problem
from sosik.patterns import pattern
from sosik.source.places import Places, problem_of
from sosik.words import Message

STAND_IN = "\ufdd0"
"""Stands where a removed character stood: a noncharacter, which Unicode keeps free and YAML parsers let pass."""

_SHOWN = 5

_REMOVED = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0\ud800-\udfff\ufffe\uffff]")

# XML 1.0, section 2.2. It discourages U+007F to U+009F, which are leftovers of old code pages, and U+FDD0; of the
# former, YAML parsers refuse most.
_REASONS = (
    (0x7F, 0x9F, Message("source.control-character")),
    (0xFDD0, 0xFDD0, Message("source.no-character")),
    (0x110000, 0xFFFFFFFF, Message("source.beyond-unicode")),
)
"""Why a character is removed that XML allows, from the first number to the last."""


def mask(text: str, file: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text with a stand-in for every such character, and a problem for each of the first places."""
    if text.replace("\n", "").isprintable():  # none of them is, and looking for them takes longer
        return text, ()
    offsets = [match.start() for match in _REMOVED.finditer(text)]
    if not offsets:
        return text, ()
    places = Places(text, file)
    hint = Message("characters-removed.mark-hint")
    problems = [_removed(ord(text[offset]), places.location(offset), hint) for offset in offsets[:_SHOWN]]
    if (rest := len(offsets) - _SHOWN) > 0:
        where = places.location(offsets[_SHOWN])
        message = Message("characters-removed.more", n=rest)
        problems.append(problem_of(message, where))
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
    return _removed(number, location, Message("characters-removed.escape-hint"))


def _removed(number: int, location: Location, hint: Message) -> Problem:
    forbidden = Message("source.xml-forbids")
    reason = next((why for first, last, why in _REASONS if first <= number <= last), forbidden)
    return problem_of(Message("characters-removed.character", number=number, reason=reason), location, hint)
