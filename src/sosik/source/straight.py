"""Fast path: the plain subset of YAML of most files, read in a tenth of the time.

The subset has mappings and lists by indentation or in brackets on one line. It has scalars of one line, plain or quoted
without escapes, literal blocks, and comments on separate lines. All other YAML, and everything that may need a warning,
goes to the parser. The results are equal to those of the parser, with positions.
"""

import re
import unicodedata
from collections.abc import Callable

from sosik.errors import Location
from sosik.model import RawList, RawMapping, RawText, RawValue
from sosik.patterns import pattern
from sosik.source.characters import STAND_IN

_LONGEST = 12_000
"""Characters of a text. One within them has far fewer values than a file may have."""

_DEEPEST = 4
"""Lists and mappings inside each other."""

_SIGNS = r""",\[\]{}:?#&*!|>'"%@`"""
"""The signs of YAML, but for the dash, that may stand within a word."""

_PLAIN = rf"""[^\s{_SIGNS}\-](?:[^\t:#]++|:(?![ ]|\Z)|(?<![ ])#)*+\Z"""
"""A plain scalar to the end of its line: no sign of YAML at its beginning, no key, no comment in it (YAML 1.1, 9.1)."""

_SCALAR = pattern(_PLAIN)
_ENTRY = pattern(rf"(?P<key>[^\W\d][\w.-]*+(?: [\w.-]++)*+):(?: ++|\Z)(?P<plain>{_PLAIN})?")
"""A key that no parser could take for anything else, its colon, and the value behind it if that is a plain scalar."""

_LONGEST_KEY = 100

_ITEM = pattern(
    r""" *+(?:"(?P<double>[^"\\]*+)" *+|'(?P<single>[^']*+)' *+"""
    rf"|(?P<plain>[^\s{_SIGNS}\-][^{_SIGNS}]*+))(?:,|\Z)"
)
"""A scalar of a list in brackets, and what ends it."""

_PAIR = pattern(
    rf""" *+(?P<key>[^\W\d][\w.-]*+): ++(?:"(?P<double>[^"\\]*+)" *+|'(?P<single>[^']*+)' *+"""
    rf"|(?P<plain>[^\s{_SIGNS}\-](?:[^{_SIGNS}]|@)*+))(?:,|\Z)"
)
"""A key and a scalar of a mapping in braces, and what ends them."""

_BLOCKS = {"|": "\n", "|-": ""}
"""The heads of literal blocks, and what is kept of the breaks behind their last line (YAML 1.1, 9.2.1)."""


class _UnusualError(Exception):
    """The text is not, or may not be, of the plain subset."""


def read_straight(text: str, file: str, *, headlines: frozenset[str], first_line: int) -> RawMapping | None:
    """Return the value of a YAML text as the parser would, or None where that is to be asked.

    The arguments are those of `yaml_parser.attempt`.
    """
    if len(text) > _LONGEST or not unicodedata.is_normalized("NFC", text):
        return None
    if STAND_IN in text or "\ufeff" in text:  # PyYAML's own parser leaves the latter out of its columns
        return None
    text = text.replace("\r\n", "\n")
    if "\r" in text:
        return None
    try:
        return _Lines(text.split("\n"), file, headlines, first_line).document()
    except _UnusualError:
        return None


def _matches(match: Callable[[str, int], re.Match[str] | None], written: str, end: str) -> list[re.Match[str]]:
    """Return what stands between brackets, one behind the other; `end` is the closing one."""
    inner, found, at = written[1:-1].rstrip(" "), [], 0
    if written[-1] != end or "\t" in inner or inner.endswith(","):
        raise _UnusualError
    while at < len(inner):
        item = match(inner, at)
        if item is None:
            raise _UnusualError
        found.append(item)
        at = item.end()
    return found


class _Lines:
    """The lines of one text, read from the first to the last."""

    def __init__(self, lines: list[str], file: str, headlines: frozenset[str], first_line: int) -> None:
        self._lines = lines
        self._file = file
        self._headlines = headlines
        self._first_line = first_line
        self._count = len(lines)
        self._row = -1
        self._indent = 0
        self._next()

    def document(self) -> RawMapping:
        """Return the one mapping of the text."""
        if self._indent == 0 and self._lines[self._row] == "---":
            self._next()
        value = self._mapping(0, 1)
        if self._indent >= 0:
            raise _UnusualError
        return value

    def _next(self) -> None:
        """Go on to the next line on which something stands; behind the last one, nothing is indented by -1."""
        row = self._row + 1
        while row < self._count:
            line = self._lines[row]
            if line and line[0] not in " #":
                self._row, self._indent = row, 0
                return
            told = line.lstrip(" ")
            if told and told[0] != "#":
                self._row, self._indent = row, len(line) - len(told)
                return
            row += 1
        self._row, self._indent = row, -1

    def _place(self, column: int) -> Location:
        return Location(file=self._file, line=self._row + self._first_line, column=column + 1)

    def _mapping(self, indent: int, depth: int) -> RawMapping:
        """Return the mapping whose keys are so far indented, from the line on that was come to."""
        items: dict[str, tuple[RawText, RawValue]] = {}
        start = self._place(indent)
        lines, file, match = self._lines, self._file, _ENTRY.match
        while self._indent == indent:
            line = lines[self._row]
            entry = match(line, indent)
            if entry is None:
                raise _UnusualError
            name, plain = entry.groups()
            if name in items or len(name) > _LONGEST_KEY:
                raise _UnusualError
            number = self._row + self._first_line
            key = RawText(text=name, location=Location(file=file, line=number, column=indent + 1))
            value: RawValue
            if plain:
                place = Location(file=file, line=number, column=entry.start(2) + 1)
                value = RawText(text=plain.rstrip(" "), location=place)
                self._next()
            else:
                value = self._value(line, entry.end(), name, depth)
            items[name] = (key, value)
        if not items:
            raise _UnusualError
        return RawMapping(items=tuple(items.values()), location=start)

    def _value(self, line: str, column: int, key: str, depth: int) -> RawValue:
        """Return the value behind a key that is no plain scalar."""
        written = line[column:].rstrip(" ")
        is_headline = key.lower() in self._headlines
        if not written:
            return self._below(line.index(":", self._indent) + 1, depth, is_headline=is_headline)
        if written in _BLOCKS:
            return self._block(_BLOCKS[written], column)
        if written[0] not in "[{":
            value: RawValue = self._scalar(written, column)
        elif is_headline:
            raise _UnusualError
        else:
            value = self._list(written, column) if written[0] == "[" else self._pairs(written, column)
        self._next()
        return value

    def _below(self, column: int, depth: int, *, is_headline: bool) -> RawValue:
        """Return the value on the lines below its key; the empty text behind the colon where none stands there."""
        indent, empty = self._indent, self._place(column)
        self._next()
        is_list = self._indent >= indent and self._lines[self._row].startswith("- ", self._indent)
        if not is_list and self._indent <= indent:
            return RawText(text="", location=empty)
        if depth >= _DEEPEST or (is_headline and not is_list):
            raise _UnusualError
        if not is_list:
            return self._mapping(self._indent, depth + 1)
        items = self._items(self._indent, depth + 1)
        if is_headline and not all(isinstance(item, RawText) for item in items.items):
            raise _UnusualError
        return items

    def _items(self, indent: int, depth: int) -> RawList:
        """Return the list whose dashes are so far indented: scalars, or mappings that begin behind their dash."""
        items: list[RawValue] = []
        start = self._place(indent)
        while self._indent == indent:
            line = self._lines[self._row]
            if not line.startswith("- ", indent):
                break
            written = line[indent + 1 :].strip(" ")
            column = line.index(written, indent + 1)
            if _ENTRY.match(line, column):
                self._indent = column
                items.append(self._mapping(column, depth + 1))
            else:
                items.append(self._scalar(written, column))
                self._next()
        return RawList(items=tuple(items), location=start)

    def _list(self, written: str, column: int) -> RawList:
        """Return a list in brackets, of scalars alone."""
        items = tuple(self._text_of(item, column + 1) for item in _matches(_ITEM.match, written, "]"))
        return RawList(items=items, location=self._place(column))

    def _pairs(self, written: str, column: int) -> RawMapping:
        """Return a mapping in braces, of scalars alone."""
        items: dict[str, tuple[RawText, RawValue]] = {}
        for item in _matches(_PAIR.match, written, "}"):
            name = item["key"]
            if name in items or len(name) > _LONGEST_KEY:
                raise _UnusualError
            key = RawText(text=name, location=self._place(column + 1 + item.start("key")))
            items[name] = (key, self._text_of(item, column + 1))
        return RawMapping(items=tuple(items.values()), location=self._place(column))

    def _text_of(self, item: re.Match[str], column: int) -> RawText:
        """Return the scalar of what was found behind a bracket that ends at the column."""
        kind = item.lastgroup or ""
        start = item.start(kind) + column + 1
        text, start = (item[kind].rstrip(" "), start) if kind == "plain" else (item[kind], start - 1)
        place = Location(file=self._file, line=self._row + self._first_line, column=start)
        return RawText(text=text, location=place)

    def _scalar(self, written: str, column: int) -> RawText:
        """Return a scalar of one line: plain, or in quotation marks without anything to resolve."""
        text = written
        if not _SCALAR.match(written):
            mark, text = written[:1], written[1:-1]
            is_quoted = len(written) > 1 and mark == written[-1] and mark in ("'", '"')
            if not is_quoted or mark in text or "\\" in text:
                raise _UnusualError
        return RawText(text=text, location=self._place(column))

    def _block(self, end: str, column: int) -> RawText:
        """Return a literal block; `end` is what its last line ends with."""
        head, row, count = self._row, self._row + 1, len(self._lines)
        while row < count and not self._lines[row]:
            row += 1
        first = self._lines[row] if row < count else ""
        inner = len(first) - len(first.lstrip(" "))
        if inner <= self._indent or inner == len(first) or first[inner] == "\t":
            raise _UnusualError
        row = next((at for at in range(row, count) if self._lines[at][:inner].strip(" ")), count)
        lines = [line[inner:] for line in self._lines[head + 1 : row]]
        while not lines[-1]:
            lines.pop()
        is_ended = head + 1 + len(lines) < count
        location = self._place(column)
        begins = Location(file=self._file, line=location.line + 1, column=inner + 1)
        self._row = row - 1
        self._next()
        return RawText(text="\n".join(lines) + (end if is_ended else ""), location=location, begins=begins)
