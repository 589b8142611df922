"""JSON as values that know their line and column, with the types they were written in (RFC 8259)."""

import json
import re
from dataclasses import dataclass
from typing import NoReturn, cast

from sosik.errors import Location
from sosik.source.places import Places

MAX_DEPTH = 50

_SPACE = re.compile(r"[ \t\r\n]*")


class JsonError(Exception):
    """The text is no JSON, or nested too deep; `place` is where."""

    def __init__(self, message: str, place: Location) -> None:
        super().__init__(message)
        self.place = place


@dataclass(frozen=True, kw_only=True, slots=True)
class Json:
    """A value with its place: `value` is a text, number, bool, None, a list of `Json`, or a dictionary of them."""

    value: "str | float | bool | list[Json] | dict[str, Json] | None"
    place: Location

    def get(self, name: str) -> "Json | None":
        """Return a member of an object; None where there is none, or this is no object."""
        return self.value.get(name) if isinstance(self.value, dict) else None

    def array(self, name: str) -> "list[Json]":
        """Return the items of a member that is a list; empty where it is none."""
        member = self.get(name)
        return member.value if member and isinstance(member.value, list) else []

    def text(self, name: str) -> str:
        """Return a member that is a text; empty where it is none."""
        member = self.get(name)
        return member.value if member and isinstance(member.value, str) else ""


def parse_json(text: str, file: str) -> Json:
    """Return the value of a JSON text. Raises JsonError naming the place where it is none."""
    return _Reader(text, file).document()


class _Reader:
    """Reads one text; scalars by the standard library, objects and lists here, so that their places are known."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._places = Places(text, file)
        self._decoder = json.JSONDecoder(parse_constant=_refuse_constant)
        self._at = 0

    def document(self) -> Json:
        value = self._value(0)
        if self._peek():
            self._fail("text follows the end of the value")
        return value

    def _fail(self, message: str) -> NoReturn:
        raise JsonError(message, self._places.location(self._at))

    def _peek(self) -> str:
        """Return the next character that is no white space, empty at the end."""
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._text[self._at : self._at + 1]

    def _value(self, depth: int) -> Json:
        if depth > MAX_DEPTH:
            self._fail("lists and objects are nested too deep")
        start = self._peek()
        place = self._places.location(self._at)
        if start == "{":
            return Json(value=self._object(depth), place=place)
        if start == "[":
            return Json(value=self._array(depth), place=place)
        return Json(value=self._scalar(), place=place)

    def _scalar(self) -> str | float | bool | None:
        try:
            value, self._at = self._decoder.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            self._at = error.pos
            self._fail(error.msg)
        except ValueError:  # NaN and its like, and numbers of thousands of digits
            self._fail("this is no value that JSON knows")
        return cast("str | float | bool | None", value)  # lists and objects begin with a bracket

    def _object(self, depth: int) -> dict[str, Json]:
        members: dict[str, Json] = {}
        self._at += 1
        more = self._peek() != "}"
        while more:
            if self._peek() != '"':
                self._fail("a name in quotation marks is missing here")
            name = self._scalar()
            if self._peek() != ":":
                self._fail("a colon is missing here")
            self._at += 1
            members[str(name)] = self._value(depth + 1)
            more = self._comma("}")
        self._at += 1
        return members

    def _array(self, depth: int) -> list[Json]:
        items: list[Json] = []
        self._at += 1
        more = self._peek() != "]"
        while more:
            items.append(self._value(depth + 1))
            more = self._comma("]")
        self._at += 1
        return items

    def _comma(self, end: str) -> bool:
        """Step over a comma and tell that there is one; nothing but the closing bracket may stand instead."""
        found = self._peek()
        if found == end:
            return False
        if found != ",":
            self._fail(f"a comma or {end} is missing here")
        self._at += 1
        return True


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
