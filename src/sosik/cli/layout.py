"""Layout of help by columns: a Hangul syllable has two, but click counts one."""

import unicodedata
from collections.abc import Iterable, Iterator
from gettext import gettext

import click

_WIDE = frozenset("WF")
"""The classes of characters that take two columns (Unicode Standard Annex #11)."""

_AS_IT_STANDS = "\b"
"""The line with which click marks a paragraph that keeps its lines."""


_BELOW = 8
"""Columns in front of what has no room behind the name of a command."""


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return len(text) + sum(unicodedata.east_asian_width(character) in _WIDE for character in text)


def padded(text: str, room: int) -> str:
    """Return a text with blanks behind it, so that it takes so many columns."""
    return text + " " * (room - columns(text))


def wrapped(text: str, room: int) -> Iterator[str]:
    """Yield the lines of a text in so many columns; a word that has no room in any stands alone."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and columns(longer) > room:
            yield line
            longer = word
        line = longer
    yield line


def paragraphs(text: str, room: int) -> Iterator[str]:
    """Yield the lines of paragraphs, an empty one between two."""
    for number, paragraph in enumerate(text.strip().split("\n\n")):
        if number:
            yield ""
        mark, _, kept = paragraph.partition("\n")
        yield from kept.splitlines() if mark.strip(" ") == _AS_IT_STANDS else wrapped(paragraph, room)


class Layout(click.HelpFormatter):
    """click's help, measured in columns."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called; what has no room behind its name stands below it."""
        said = f"{gettext('Usage:')} " if prefix is None else prefix
        head = f"{said}{prog} "
        lines = list(wrapped(args, self.width - columns(head)))
        room = columns(head)
        if max(map(columns, lines)) > self.width - room:
            room = _BELOW
            lines = ["", *wrapped(args, self.width - room)]
        self.write(head + f"\n{' ' * room}".join(lines).rstrip() + "\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        indent = " " * self.current_indent
        for line in paragraphs(text, self.width - self.current_indent):
            self.write(f"{indent}{line}".rstrip() + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms, and beside each what is said of it."""
        rows = list(rows)
        first = min(max(columns(term) for term, _ in rows), col_max) + col_spacing
        for term, text in rows:
            lines = list(paragraphs(text, max(self.width - first - self.current_indent, 10)))
            head = " " * self.current_indent + term
            if columns(term) > first - col_spacing and any(lines):
                self.write(f"{head}\n")
                head = ""
            room = first + self.current_indent
            for line in lines:
                self.write(f"{head}{' ' * (room - columns(head))}{line}".rstrip() + "\n")
                head = ""
