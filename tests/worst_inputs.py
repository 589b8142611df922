"""Of a regular expression, the texts on which it would take longest: made out of its own parse tree.

A backtracking matcher is slow where a part that may repeat is tried in many ways before it fails: where two such parts
can share the same letters, where one is inside another, and where the search begins anew at every letter. So of every
part that repeats a text is made in which it does, over and over, behind what leads to it and before what ends it badly.
"""

import re
import re._constants as sre  # type: ignore[import-not-found] # the standard library's own, which has no types
import re._parser as parser  # type: ignore[import-not-found] # the same
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations
from typing import Any, NamedTuple

MANY = 8
"""Repetitions beyond which a part counts as one that repeats without end."""

ENDS = ("", "\x00", "\n\x00")
"""What a text ends with: one of these no pattern goes on with."""

COMMON = ' \n\ta1가<>"&-.,'
"""Letters that are tried whatever the pattern names."""

_CATEGORIES = {
    sre.CATEGORY_DIGIT: "1",
    sre.CATEGORY_NOT_DIGIT: "a가 ",
    sre.CATEGORY_SPACE: " \n\t",
    sre.CATEGORY_NOT_SPACE: "a가.",
    sre.CATEGORY_WORD: "a1가_",
    sre.CATEGORY_NOT_WORD: " .\n",
}
_PROBES = " a1가<>\"'&-.,;:/=()[]{}*_#|\n\tAZz0~`!?%@\\+씨년월일김"
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


class Worst(NamedTuple):
    """A text of any length: what it begins with, what repeats in it, how it ends."""

    head: str
    unit: str
    end: str

    def text(self, length: int) -> str:
        """Return the text with about so many letters."""
        return f"{self.head}{self.unit * (length // len(self.unit))}{self.end}"


class _Repeat(NamedTuple):
    """A part that repeats: texts before it, texts of one repetition, texts after it."""

    heads: Sequence[str]
    units: Sequence[str]
    tails: Sequence[str]


def worst_inputs(pattern: re.Pattern[Any]) -> list[Worst]:
    """Return the texts to try a pattern with, each once."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    found: dict[Worst, None] = {}
    letters = list(dict.fromkeys([*COMMON, *_literals(tree)]))
    for unit in (*letters, *map("".join, permutations(list(dict.fromkeys([*_literals(tree)][:6])) or [" "], 2))):
        found |= {Worst("", unit, end): None for end in ENDS[:2]}
    for repeat in _repeats(tree, [""], [""]):
        for head in repeat.heads[:3]:
            for unit in repeat.units[:8]:
                found |= {Worst(head, unit, end): None for end in (*ENDS, *repeat.tails[:1]) if unit}
                found |= {Worst("", head + unit, end): None for end in ENDS[:2] if head + unit}
                found |= {Worst("", head + unit + tail[:1], "\x00"): None for tail in repeat.tails[:1] if head + unit}
            found |= {Worst("", head, end): None for end in ENDS[:2] if head}
    return list(found)


def _repeats(items: Iterable[Any], heads: Sequence[str], tails: Sequence[str]) -> Iterator[_Repeat]:
    """Yield every part that repeats without end, wherever it stands; `heads` are texts that lead to the sequence."""
    sequence = list(items)
    for place, (kind, value) in enumerate(sequence):
        before = _joined(heads, _samples(sequence[:place]))
        after = _joined(_samples(sequence[place + 1 :]), tails)
        if kind in _REPEATS and (value[1] == sre.MAXREPEAT or value[1] > MANY):
            units = _samples(value[2], many=True)
            next_ones = [unit for item in sequence[place + 1 : place + 3] for unit in _of(item, many=True)]
            shared = [text for text in next_ones if text and any(text in unit for unit in units)]
            both = map("".join, zip(units, next_ones, strict=False))
            yield _Repeat(before, list(dict.fromkeys([*units, *shared, *both])), after)
        for inner in _inside(kind, value):
            yield from _repeats(inner, before, after)


def _inside(kind: Any, value: Any) -> list[Any]:
    """Return the sequences within a part."""
    if kind in _REPEATS:
        return [value[2]]
    if kind is sre.BRANCH:
        return list(value[1])
    if kind is sre.SUBPATTERN:
        return [value[3]]
    if kind is sre.ATOMIC_GROUP:
        return [value]
    if kind in (sre.ASSERT, sre.ASSERT_NOT):
        return [value[1]]
    if kind is sre.GROUPREF_EXISTS:
        return [value[1], value[2] or []]
    return []


def _samples(items: Iterable[Any], *, many: bool = False) -> list[str]:
    """Return a few texts that a sequence of parts matches."""
    texts = [""]
    for item in items:
        texts = _joined(texts, _of(item, many=many))
    return texts


def _joined(first: Sequence[str], second: Sequence[str]) -> list[str]:
    made = [first[0] + text for text in second] + [text + second[0] for text in first[1:]]
    return list(dict.fromkeys(made))[:8]


def _of(item: Any, *, many: bool) -> list[str]:
    """Return a few texts that one part matches; with `many`, also what it matches when it repeats."""
    kind, value = item
    if kind is sre.LITERAL:
        return [chr(value)]
    if kind is sre.NOT_LITERAL:
        return [letter for letter in _PROBES if letter != chr(value)][:3]
    if kind is sre.ANY:
        return ["a", " ", "<"]
    if kind is sre.IN:
        return _members(value)
    if kind in _REPEATS:
        least, most, inner = value
        once = _samples(inner, many=many)
        texts = [text * least for text in once] if least else ["", *once]
        more = [text * (least + 2) for text in once] if many and most > least + 1 else []
        return list(dict.fromkeys([*texts, *more]))[:8]
    if kind is sre.BRANCH:
        return list(dict.fromkeys(text for branch in value[1] for text in _samples(branch, many=many)[:2]))[:8]
    if kind in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
        return _samples(_inside(kind, value)[0], many=many)
    return [""]


def _members(value: Sequence[Any]) -> list[str]:
    """Return letters of a set: the first of each of its parts, or probes that are in it."""
    if value[0][0] is sre.NEGATE:
        return [letter for letter in _PROBES if not _holds(value[1:], letter)][:6] or ["\x01"]
    letters: list[str] = []
    for kind, inner in value:
        if kind is sre.LITERAL:
            letters.append(chr(inner))
        elif kind is sre.RANGE:
            letters.append(chr(inner[0]))
        elif kind is sre.CATEGORY:
            letters += _CATEGORIES.get(inner, "")
    return [*dict.fromkeys([*[letter for letter in "a1가 -" if letter in letters], *letters])][:8]


def _holds(value: Sequence[Any], letter: str) -> bool:
    return any(
        (kind is sre.LITERAL and inner == ord(letter))
        or (kind is sre.RANGE and inner[0] <= ord(letter) <= inner[1])
        or (kind is sre.CATEGORY and letter in _category(inner))
        for kind, inner in value
    )


def _category(name: Any) -> str:
    classes = {
        sre.CATEGORY_DIGIT: r"\d",
        sre.CATEGORY_NOT_DIGIT: r"\D",
        sre.CATEGORY_SPACE: r"\s",
        sre.CATEGORY_NOT_SPACE: r"\S",
        sre.CATEGORY_WORD: r"\w",
        sre.CATEGORY_NOT_WORD: r"\W",
    }
    return "".join(re.findall(classes[name], _PROBES))


def _literals(items: Iterable[Any]) -> list[str]:
    """Return the letters that a pattern names, in order."""
    letters: list[str] = []
    for kind, value in items:
        if kind in (sre.LITERAL, sre.NOT_LITERAL):
            letters.append(chr(value))
        elif kind is sre.IN:
            letters += [chr(inner) for kind, inner in value if kind is sre.LITERAL][:6]
        for inner in _inside(kind, value):
            letters += _literals(inner)
    return list(dict.fromkeys(letters))[:16]
