"""Lists as people write them: with lists in them, or as one line of text."""

import re
from collections.abc import Iterator

from sosik.model import RawList, RawText, RawValue
from sosik.patterns import pattern

# A comma within a number or brackets, and a semicolon that ends a character reference, stand within a member.
_PART = pattern(
    r"""(?: &\#?\w{1,8}; | (?<=\d)[,，](?=\d) | \([^()]*\) | “[^“”]*” | ‘[^‘’]*’ | "[^"]*" | [^,，;；、] )+""",
    re.VERBOSE,
)
_HASHTAG = pattern(r"(?:\A|\s)[#＃](?=\S)")
_GLUED_HASHTAGS = pattern(r"(?:[#＃][^\s#＃,;]+){2,}")


def flattened(value: RawValue | None) -> Iterator[RawValue]:
    """Yield the members of a list and of the lists in it, in order; a value that is no list is its own only member."""
    if isinstance(value, RawList):
        for member in value.items:
            yield from flattened(member)
    elif value is not None:
        yield value


def listed(value: RawValue | None) -> tuple[RawValue, ...]:
    """Return the members of a value where a list of words is expected: `flattened`, and text alone is split.

    A member of a list is never split: whoever wrote a list has said where its members end.
    """
    if isinstance(value, RawText):
        return tuple(RawText(text=part, location=value.location) for part in split(value.text))
    return tuple(flattened(value))


def split(text: str) -> tuple[str, ...]:
    """Return the members of a list in one line: `예산, 심사; 국회`, `#예산 #심사`."""
    parts = (part for line in text.splitlines() for part in _PART.findall(line))
    words = (word for part in parts for word in _hashtags(part.strip()))
    return tuple(word for word in words if word.strip("#＃"))


def _hashtags(part: str) -> list[str]:
    if _GLUED_HASHTAGS.fullmatch(part):
        return re.split("[#＃]", part)
    return [word.strip() for word in _HASHTAG.split(part)]
