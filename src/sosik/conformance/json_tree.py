"""JSON as values that know their line and column, with the types they were written in (RFC 8259)."""

import json

from msgspec import Struct

from sosik.errors import Location
from sosik.source.json_scanner import JsonSyntaxError, scan_json
from sosik.source.places import Places
from sosik.words import Message

MAX_DEPTH = 50


class JsonError(Exception):
    """The text is no JSON, or nested too deep; `message` says so and `place` is where."""

    def __init__(self, message: Message, place: Location) -> None:
        super().__init__(message)
        self.message = message
        self.place = place


class Json(Struct, frozen=True, kw_only=True):
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
    places = Places(text, file)
    try:
        return scan_json(text, _Tree(places))
    except JsonSyntaxError as error:
        raise JsonError(error.message, places.location(error.offset)) from None


class _Tree:
    """Makes values that know their places; of a name that stands twice the last value counts."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def opened(self, start: int, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise JsonSyntaxError(Message("json-invalid.deep"), start)

    def key(self, text: str, _start: int, _end: int) -> str:
        return text

    def text(self, text: str, start: int, _end: int) -> Json:
        return self._at(start, text)

    def word(self, written: str, start: int, _end: int) -> Json:
        try:
            return self._at(start, json.loads(written))
        except ValueError:  # a number of thousands of digits
            raise JsonSyntaxError(Message("json-invalid.value"), start) from None

    def array(self, items: list[Json], start: int, _end: int) -> Json:
        return self._at(start, items)

    def object(self, members: list[tuple[str, Json]], start: int, _end: int) -> Json:
        return self._at(start, dict(members))

    def _at(self, start: int, value: "str | float | bool | list[Json] | dict[str, Json] | None") -> Json:
        return Json(value=value, place=self._places.location(start))
