"""Sentences of Korean prose, and as many of them as a summary holds."""

from collections.abc import Iterable, Iterator

from sosik.normalize.captions import dateline
from sosik.patterns import pattern

# A sentence ends at its mark and the quotation marks after it. Not after a number (`1. 16.`, `2면.`), an initial
# (`U.S.`) or the letter of a list (`나. 둘째`), nor where the quotation goes on (`"… 하겠다." 라고 말했다`).
_LETTER = "[가나다라마바사아자차카타파하ㄱ-ㅎⅠ-Ⅻⅰ-ⅻa-z]"
_SENTENCE_END = pattern(
    rf"""[.?!…](?<=[^\d\s.].)(?<![A-Z]\.)(?<!^{_LETTER}\.)(?<!\s{_LETTER}\.)(?<!\d[면부장절편항호조]\.)["”’'」』)\]]*"""
    r"""(?:\s+(?!(?:이?라고|이?라며|이?라는|하고|고|며)(?=[\s,]))|$)"""
)
ENDED = pattern(r"""[.?!…]["”’'」』)\]]*$""")
"""How a whole sentence ends."""


def joined(parts: Iterable[str], limit: int) -> str:
    """Return as many of these sentences as *limit* characters hold, at least one of them or what fits of it."""
    whole = ""
    for sentence in parts:
        longer = f"{whole} {sentence}".lstrip()
        if len(longer) > limit:
            return whole or _cut(sentence, limit)
        whole = longer
    return whole


def sentences(lines: Iterable[str]) -> Iterator[str]:
    """Yield the sentences of lines, without what stands before the first one of a report."""
    for line in lines:
        whence = dateline(line)
        start = whence.end() if whence else 0
        for end in _SENTENCE_END.finditer(line, start):
            yield line[start : end.end()].strip()
            start = end.end()
        if line[start:].strip():
            yield line[start:].strip()


def _cut(sentence: str, limit: int) -> str:
    space = sentence.rfind(" ", 0, limit)
    return sentence[: space if space > 0 else limit - 1].rstrip(" ,·") + "…"
