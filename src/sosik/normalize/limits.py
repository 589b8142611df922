"""How much a body may hold. Articles hold a hundredth of it; what holds more takes too long to read, and is held back.

Measured with CPython 3.11 on a slow machine: the worst body within all of these takes less than two seconds.
"""

import re

from msgspec import Struct

from sosik.model import BodyFormat
from sosik.patterns import pattern
from sosik.words import Message

_PARSED = frozenset({BodyFormat.AUTO, BodyFormat.MARKDOWN})
_TAGGED = _PARSED | {BodyFormat.HTML}


class _Limit(Struct, frozen=True):
    """At most so many places of a pattern, in bodies of these formats; `name` is that of the message."""

    name: str
    pattern: re.Pattern[str]
    most: int
    formats: frozenset[BodyFormat]


MOST_CHARACTERS = 500_000
"""Characters of a body: a novel in Korean has fewer."""

_LIMITS = (
    # The sanitizer's parser takes the square of references that do not end; of so many half a second.
    _Limit("body-limit.references", re.compile("&"), 100_000, frozenset(BodyFormat)),
    # It takes the product of tags and of how deep they stand.
    _Limit("body-limit.tags", re.compile("<"), 20_000, _TAGGED),
    # Of each bracket the parser of Markdown looks for the end up to a hundred times: some 150 microseconds.
    _Limit("body-limit.brackets", re.compile(r"\["), 5_000, _PARSED),
    # Each other sign, and each line, costs it some ten microseconds.
    _Limit("body-limit.signs", re.compile(r"[>*_~`\]\\|\n]"), 30_000, _PARSED),
)

MOST_DEPTH = 1_000
"""Elements that are open at once; browsers draw 512."""

MOST_ATTRIBUTES = 1_000
"""Attributes of one tag: parsers of HTML compare each with every other."""

_TAG = pattern(r"<(/?)([A-Za-z][^\s<>/]*)")
_WHOLE_TAG = pattern(r"""<[A-Za-z](?:"[^"]*"|'[^']*'|[^"'>])*""")
_VALUE = pattern(r"""=\s*+(?:"[^"]*"|'[^']*'|[^\s"'>]+)""")
_NAME = pattern(r"[\s/][^\s/]")

# Elements without an end, and those that end by themselves when the next one begins.
_NAMES = """
area base br col embed hr img input link meta param source track wbr
p li dt dd tr td th option colgroup
"""
_UNNESTED = frozenset(_NAMES.split())


def too_much(text: str, body_format: BodyFormat) -> Message | None:
    """Return the first limit that a body as written goes beyond; None for what is read."""
    if len(text) > MOST_CHARACTERS:
        return Message("body-limit.characters", most=MOST_CHARACTERS)
    for limit in _LIMITS:
        if body_format in limit.formats and sum(1 for _ in limit.pattern.finditer(text)) > limit.most:
            return Message(limit.name, most=limit.most)
    if body_format in _TAGGED and _depth(text) > MOST_DEPTH:
        return Message("body-limit.depth", most=MOST_DEPTH)
    if body_format in _TAGGED and has_too_many_attributes(text):
        return Message("body-limit.attributes", most=MOST_ATTRIBUTES)
    return None


def has_too_many_attributes(html: str) -> bool:
    """Whether a tag of any HTML has more attributes than are read."""
    long = (tag[0] for tag in _WHOLE_TAG.finditer(html) if len(tag[0]) > 2 * MOST_ATTRIBUTES)
    return any(len(_NAME.findall(_VALUE.sub(" ", tag))) > MOST_ATTRIBUTES for tag in long)


def _depth(text: str) -> int:
    """Return how many elements are open at once at most, as far as tags alone tell."""
    depth = deepest = 0
    for tag in _TAG.finditer(text):
        if tag[2].lower() not in _UNNESTED:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest
