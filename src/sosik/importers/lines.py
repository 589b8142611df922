"""A saved page as lines: decoded once, without invisible characters at their ends."""

import unicodedata
from collections.abc import Sequence
from enum import Enum, auto
from itertools import islice
from typing import NamedTuple

from msgspec import Struct

from sosik.errors import ImportingError, Problem
from sosik.patterns import pattern
from sosik.source import decode
from sosik.words import Message

MOST_CHARACTERS = 2_000_000
"""Characters of a saved page: the largest that newsrooms make have a fifth of it."""

MOST_TAGS = 50_000
"""Tags of a page: the largest have a fifth of them."""

MOST_LINES = 3_000
"""Lines of a page that readers see: those of an article with its menus and comments are some hundreds."""

INVISIBLE = " \t\x0b\x0c\r\xa0\u200b\u2060\ufeff\u3000"

LONGEST = 1000
"""Characters of a line that is a paragraph for sure and is looked at no further."""

WIDE_GAP = pattern(r"[ \t]{9,}")

# CP949 bytes read as Windows-1252 are letters of Latin-1 in pairs, and no Hangul.
MISREAD = pattern("[\xa1-\xff]{2}")
MOST_MISREAD = 4
HANGUL = pattern("[가-힣]")


class LineKind(Enum):
    """What a line of a page is."""

    FURNITURE = auto()
    MASTHEAD = auto()
    SUBTITLE = auto()
    STAMP = auto()
    BYLINE = auto()
    PICTURE = auto()
    CAPTION = auto()
    PARAGRAPH = auto()
    EMBED = auto()
    FRAME = auto()
    CLOSE = auto()
    STOP = auto()


class Mark(NamedTuple):
    """A part of a line, by its characters, that leads to an address, or is struck out, or both."""

    start: int
    end: int
    link: str = ""
    is_struck: bool = False


class PageLine(Struct, frozen=True, kw_only=True):
    """A line of a page that holds something; `number` is its place in the file, `kind` what its markup says it is,
    `marks` what its markup says of parts of its text."""

    text: str
    number: int
    kind: LineKind | None = None
    marks: tuple[Mark, ...] = ()


class SavedPage(Struct, frozen=True, kw_only=True):
    """A saved page: its lines from top to bottom, and what its markup says of the article outside its text.

    A page saved as text has no markup and says nothing. `titles` are what it calls itself, the best first; `published`
    and `updated` are date texts as written.
    """

    lines: tuple[PageLine, ...]
    titles: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    section: str = ""
    link: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def readable(page: str | bytes, name: str) -> str:
    """Return the text of a saved page. Raises ImportingError, naming the file, where bytes are in no known encoding, or
    where the text was Korean before something read it in the wrong one."""
    if isinstance(page, bytes):
        decoded, problems = decode(page, name)
        if decoded is None:
            raise ImportingError(_undecodable(problems[0]))
        page = decoded
    _hold("importers.characters", name, len(page), MOST_CHARACTERS)
    if len(MISREAD.findall(page)) >= MOST_MISREAD and not HANGUL.search(page):
        raise ImportingError(Message("importers.misread", file=name))
    return page


def hold_tags(page: str, name: str) -> None:
    """Raise ImportingError, naming the file, where a page holds more tags than are read."""
    _hold("importers.tags", name, page.count("<"), MOST_TAGS)


def _hold(key: str, name: str, count: int, most: int) -> None:
    if count > most:
        raise ImportingError(Message(key, file=name, most=most))


def _undecodable(problem: Problem) -> Message:
    return Message(
        "importers.undecodable",
        place=str(problem.location),
        code=problem.code,
        message=problem.message,
        hint=problem.hint,
    )


def lines_of(text: str) -> tuple[PageLine, ...]:
    """Return the lines of a page saved as text that hold anything, some more than are read at most."""
    numbered = enumerate(unicodedata.normalize("NFC", text).splitlines(), start=1)
    lines = (make_line(line, number) for number, line in numbered if line.strip())
    return tuple(islice((line for line in lines if line.text), MOST_LINES + 1))


def hold_lines(lines: Sequence[PageLine], name: str) -> None:
    """Raise ImportingError, naming the file, where a page has more lines than are read."""
    _hold("importers.lines", name, len(lines), MOST_LINES)


def make_line(text: str, number: int, kind: LineKind | None = None) -> PageLine:
    """Return a line with no-break spaces as spaces, none at its ends, and no wider gaps than people write."""
    text = WIDE_GAP.sub(" " * 8, text.replace("\xa0", " ")).strip(INVISIBLE)
    return PageLine(text=text, number=number, kind=kind or (LineKind.PARAGRAPH if len(text) > LONGEST else None))
