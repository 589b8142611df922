"""JSON as text, lists and mappings with their places (RFC 8259): numbers and literals stay as they were written."""

import json
import re

from sosik.errors import Location, Problem
from sosik.model import RawList, RawMapping, RawText, RawValue
from sosik.source.characters import STAND_IN, clean
from sosik.source.limits import Budget, LimitError, check_depth
from sosik.source.places import Parsed, Places, in_order

_SPACE = re.compile(f"[ \t\r\n{STAND_IN}]*")
_STRING = re.compile(r'"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*')
_WORD = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9A-Za-z_.])|(?:true|false|null)\b")

_BAD_ESCAPE = "a backslash stands before a character that it cannot escape"
_ESCAPES = 'write \\n for a line end, \\t for a tab, \\" and \\\\ for the marks themselves'


def parse_json(text: str, file: str) -> Parsed:
    """Return the value of a JSON text; `null` is empty text. Never raises for what is in the text."""
    reader = _Reader(text, file)
    try:
        value = reader.document()
    except _InvalidError as error:
        reader.report("json-invalid", str(error), error.offset, error.hint)
        value = None
    except LimitError as error:
        reader.report("yaml-limit", str(error), reader.offset, "split the file: an article needs far less")
        value = None
    return Parsed(value=value, problems=in_order(reader.problems))


class _InvalidError(Exception):
    """The text breaks the grammar at an offset."""

    def __init__(self, message: str, offset: int, hint: str = "") -> None:
        super().__init__(message)
        self.offset = offset
        self.hint = hint


class _Reader:
    """Reads one text from its first character to its last."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._places = Places(text, file)
        self._budget = Budget()
        self.offset = 0
        self.problems: list[Problem] = []

    def document(self) -> RawValue:
        value = self._value(1)
        if self._peek():
            raise _InvalidError("text follows the end of the value", self.offset, "keep one { … } a file")
        return value

    def report(self, code: str, message: str, offset: int, hint: str = "") -> None:
        self.problems.append(Problem(code=code, message=message, location=self._places.location(offset), hint=hint))

    def _peek(self) -> str:
        """Return the next character that is no white space, empty at the end."""
        self.offset = _SPACE.match(self._text, self.offset).end()  # type: ignore[union-attr] # it matches nothing, too
        return self._text[self.offset : self.offset + 1]

    def _value(self, depth: int) -> RawValue:
        start = self._peek()
        if start == "{":
            return self._object(depth)
        if start == "[":
            return self._array(depth)
        if start == '"':
            return self._string()
        return self._word()

    def _object(self, depth: int) -> RawMapping:
        location = self._enter(depth)
        items: dict[str, tuple[RawText, RawValue]] = {}
        more = self._peek() != "}"
        while more:
            if self._peek() != '"':
                raise _InvalidError("a key in quotation marks is missing here", self.offset, 'write "key": "text"')
            key = self._string()
            if self._peek() != ":":
                raise _InvalidError(f'a colon is missing after "{key.text}"', self.offset, 'write "key": "text"')
            self.offset += 1
            value = self._value(depth + 1)
            if key.text in items:
                self._refuse_duplicate(key, items[key.text][0])
            else:
                items[key.text] = (key, value)
            more = self._comma("}", location.line)
        self.offset += 1
        return RawMapping(items=tuple(items.values()), location=location)

    def _array(self, depth: int) -> RawList:
        location = self._enter(depth)
        items: list[RawValue] = []
        more = self._peek() != "]"
        while more:
            items.append(self._value(depth + 1))
            more = self._comma("]", location.line)
        self.offset += 1
        return RawList(items=tuple(items), location=location)

    def _enter(self, depth: int) -> Location:
        check_depth(depth)
        self._budget.spend(1)
        location = self._places.location(self.offset)
        self.offset += 1
        return location

    def _comma(self, end: str, opened: int) -> bool:
        """Step over a comma and tell that there is one; nothing but the closing bracket may stand instead."""
        found = self._peek()
        if found == end:
            return False
        if found != ",":
            missing = "a comma is missing here" if found else f"the bracket opened in line {opened} is not closed"
            raise _InvalidError(missing, self.offset, f"write , before the next value or {end} after the last")
        self.offset += 1
        if self._peek() == end:
            raise _InvalidError("a comma stands after the last value", self.offset, "delete the comma")
        return True

    def _string(self) -> RawText:
        start = self.offset
        end = _STRING.match(self._text, start).end()  # type: ignore[union-attr] # a quotation mark stands at start
        if self._text[end : end + 1] != '"':
            raise _unclosed(self._text[end : end + 1], start, end)
        self.offset = end + 1
        try:
            text = json.loads(self._text[start : self.offset])
        except json.JSONDecodeError as error:
            raise _InvalidError(_BAD_ESCAPE, start + error.pos, _ESCAPES) from None
        return self._text_at(text, start)

    def _word(self) -> RawText:
        found = _WORD.match(self._text, self.offset)
        if found is None:
            what = "the file ends where a value should stand" if self.offset >= len(self._text) else "this is no value"
            raise _InvalidError(what, self.offset, "write texts in double quotation marks")
        self.offset = found.end()
        return self._text_at("" if found[0] == "null" else found[0], found.start())

    def _text_at(self, text: str, start: int) -> RawText:
        self._budget.spend(1 + len(text) // 1000)
        location = self._places.location(start)
        cleaned, problems = clean(text, location)
        self.problems += problems
        return RawText(text=cleaned, location=location)

    def _refuse_duplicate(self, key: RawText, first: RawText) -> None:
        message = f"{key.text} stands on line {first.location.line} already"
        problem = Problem(code="key-duplicate", message=message, location=key.location, hint="keep one of them")
        self.problems.append(problem)


def _unclosed(found: str, start: int, end: int) -> _InvalidError:
    """Return the error for a text that begins at an offset and breaks off at a character at another one."""
    if not found:
        return _InvalidError("the quotation mark opened here is not closed", start, 'write " at the end of the text')
    if found == "\\":
        return _InvalidError(_BAD_ESCAPE, end, _ESCAPES)
    return _InvalidError("a line end or a tab stands within a text", end, _ESCAPES)
