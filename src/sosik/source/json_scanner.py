"""JSON by its grammar (RFC 8259), with all positions. The caller decides how to build values.

Entry files become raw values (`json_parser`), files to edit become members (`sosik.write.json_text`), and published
documents a tree for the checks (`sosik.conformance.json_tree`).
"""

import json
import re
from typing import Generic, Protocol, TypeVar

from sosik.patterns import pattern
from sosik.source.places import Places
from sosik.words import Message

K = TypeVar("K")
V = TypeVar("V")

_STRING = pattern(r'"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*')
_WORD = pattern(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9A-Za-z_.])|(?:true|false|null)\b")


class JsonSyntaxError(Exception):
    """The text breaks the grammar at an offset: `message` says how, `hint` what to write instead."""

    def __init__(self, message: Message, offset: int, hint: Message | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.hint = hint


class JsonValues(Protocol[K, V]):
    """Makes values of what stands between two offsets of a text; `end` is behind the last character."""

    def opened(self, start: int, depth: int) -> None:
        """Take note of a list or an object that begins, the first one at depth 1."""

    def key(self, text: str, start: int, end: int) -> K:
        """Return the key of a member."""

    def text(self, text: str, start: int, end: int) -> V:
        """Return a text, its escapes resolved."""

    def word(self, written: str, start: int, end: int) -> V:
        """Return a number, true, false or null, as it is written."""

    def array(self, items: list[V], start: int, end: int) -> V:
        """Return a list."""

    def object(self, members: list[tuple[K, V]], start: int, end: int) -> V:
        """Return an object; a key may stand in it twice."""


def scan_json(text: str, values: JsonValues[K, V], *, blank: str = "") -> V:
    """Return the value of a JSON text; `blank` are characters that count as white space beside those of JSON.

    Raises JsonSyntaxError where the text is none, and whatever `values` raises.
    """
    scanner = _JsonScanner(text, values, blank)
    value = scanner.value(1)
    if scanner.peek():
        raise JsonSyntaxError(Message("json-invalid.after"), scanner.offset, Message("json-invalid.after-hint"))
    return value


class _JsonScanner(Generic[K, V]):
    """Reads one text from its first character to its last."""

    def __init__(self, text: str, values: JsonValues[K, V], blank: str) -> None:
        self._text = text
        self._values = values
        self._space = re.compile(f"[ \t\r\n{blank}]*")
        self.offset = 0

    def peek(self) -> str:
        """Return the next character that is no white space, empty at the end."""
        self.offset = self._space.match(self._text, self.offset).end()  # type: ignore[union-attr] # it matches nothing, too
        return self._text[self.offset : self.offset + 1]

    def value(self, depth: int) -> V:
        """Return the value that begins here."""
        start = self.peek()
        if start == "{":
            return self._object(depth)
        if start == "[":
            return self._array(depth)
        begun = self.offset
        if start == '"':
            return self._values.text(self._string(), begun, self.offset)
        return self._values.word(self._word(), begun, self.offset)

    def _object(self, depth: int) -> V:
        begun = self._open(depth)
        members: list[tuple[K, V]] = []
        more = self.peek() != "}"
        while more:
            if self.peek() != '"':
                raise JsonSyntaxError(Message("json-invalid.key"), self.offset, Message("json-invalid.key-hint"))
            start = self.offset
            key = self._values.key(self._string(), start, self.offset)
            written = self._text[start : self.offset]
            if self.peek() != ":":
                message = Message("json-invalid.colon", key=written)
                raise JsonSyntaxError(message, self.offset, Message("json-invalid.key-hint"))
            self.offset += 1
            members.append((key, self.value(depth + 1)))
            more = self._comma("}", begun)
        self.offset += 1
        return self._values.object(members, begun, self.offset)

    def _array(self, depth: int) -> V:
        begun = self._open(depth)
        items: list[V] = []
        more = self.peek() != "]"
        while more:
            items.append(self.value(depth + 1))
            more = self._comma("]", begun)
        self.offset += 1
        return self._values.array(items, begun, self.offset)

    def _open(self, depth: int) -> int:
        begun = self.offset
        self._values.opened(begun, depth)
        self.offset += 1
        return begun

    def _comma(self, end: str, begun: int) -> bool:
        """Step over a comma and tell that there is one; nothing but the closing bracket may stand instead."""
        mark = self.peek()
        if mark == end:
            return False
        if mark != ",":
            line = Places(self._text, "").location(begun).line
            missing = Message("json-invalid.comma") if mark else Message("json-invalid.bracket", line=line)
            raise JsonSyntaxError(missing, self.offset, Message("json-invalid.comma-hint", end=end))
        self.offset += 1
        if self.peek() == end:
            raise JsonSyntaxError(
                Message("json-invalid.last-comma"), self.offset, Message("json-invalid.last-comma-hint")
            )
        return True

    def _string(self) -> str:
        start = self.offset
        end = _STRING.match(self._text, start).end()  # type: ignore[union-attr] # a quotation mark stands at start
        if self._text[end : end + 1] != '"':
            raise _unclosed(self._text[end : end + 1], start, end)
        self.offset = end + 1
        written = self._text[start : self.offset]
        if "\\" not in written:
            return written[1:-1]
        try:
            return str(json.loads(written))
        except json.JSONDecodeError as error:
            raise _bad_escape(start + error.pos) from None

    def _word(self) -> str:
        word = _WORD.match(self._text, self.offset)
        if word is None:
            ended = self.offset >= len(self._text)
            message = Message("json-invalid.ended") if ended else Message("json-invalid.value")
            raise JsonSyntaxError(message, self.offset, Message("json-invalid.value-hint"))
        self.offset = word.end()
        return word[0]


def _bad_escape(offset: int) -> JsonSyntaxError:
    return JsonSyntaxError(Message("json-invalid.escape"), offset, Message("json-invalid.escape-hint"))


def _unclosed(mark: str, start: int, end: int) -> JsonSyntaxError:
    """Return the error for a text that begins at an offset and breaks off at a character at another one."""
    if not mark:
        return JsonSyntaxError(Message("json-invalid.quote"), start, Message("json-invalid.quote-hint"))
    if mark == "\\":
        return _bad_escape(end)
    return JsonSyntaxError(Message("json-invalid.line-end"), end, Message("json-invalid.escape-hint"))
