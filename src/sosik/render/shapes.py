"""XML once per shape: what feedgen writes for a shape of values is kept as a template, and filled with others.

A shape is which values there are, and how many: an item with two categories and no picture. Nothing that feedgen does
depends on more than that, so its own bytes for stand-ins, with the values in their place, are its bytes for these;
tests/render/test_shapes.py compares both for entries and feeds of all shapes. What no XML may hold (XML 1.0, 2.2) is
left to lxml, which refuses it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple

from sosik.dates.writing import KST
from sosik.model import Envelope, FormatName, Fragment
from sosik.render import bridge

Values = tuple[object, ...]
"""What is told of an entry or a feed: texts and instants, in tuples, and what belongs to the shape: all else.

An empty text belongs to the shape, and so does one in which feedgen may look for something, of a class of its own.
"""

Write = Callable[[datetime], str]
"""How a format writes an instant."""


class _Slot(Enum):
    """What stands in the place of a value in a shape."""

    TEXT = "text"
    INSTANT = "instant"


class _Template(NamedTuple):
    """Text with a `%s` for each slot, and the values that belong there: which of them, and as what it is written."""

    text: str
    slots: tuple[tuple[int, Callable[[Any], str]], ...]
    prefixes: frozenset[str] = frozenset()

    def filled(self, values: Sequence[object]) -> str:
        """Return the text with values in the slots."""
        return self.text % tuple([write(values[place]) for place, write in self.slots])


_MOST_SHAPES = 1_000
"""Templates that lie in memory; one is about as large as what it is of, without the text."""

_TOKEN = re.compile(r"\ue000(\"|&quot;|@)([0-9]+)\ue001")
"""A stand-in as lxml writes it: with a quotation mark between tags, with a reference in an attribute."""

_FIRST = datetime(2001, 2, 3, 4, 5, 6, tzinfo=KST)
"""An instant that stands in for the first value, its next days for the others."""

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML may hold."""


def fragment(format_name: FormatName, values: Values, text: str, build: Callable[[Any], Any], write: Write) -> Fragment:
    """Return an entry as `build` makes an element of it; `text` is its body, the last of the values if it is shown.

    `values` are told to `build`, whose instants `write` writes as feedgen does. Raises ValueError.
    """
    given: list[object] = []
    shape = _shape(values, given)
    head, tail = _fragment_templates(format_name, shape, bool(text), build, write)
    before, behind = head.filled(given), tail.filled(given)
    if _NO_XML.search(before) or _NO_XML.search(behind) or not _is_spelled_alike(text):
        return bridge.fragment(build(values), format_name, text.encode())
    return Fragment(format_name, before.encode(), text.encode(), behind.encode(), head.prefixes)


def envelope(
    values: Values,
    fragments: Sequence[Fragment],
    build: Callable[[Any], bytes],
    write: Write,
    *,
    closing: bytes,
    style: str = "",
) -> Envelope:
    """Return what stands around fragments: feedgen's own feed, as `build` makes it of `values`, cut at `closing`.

    Raises ValueError.
    """
    given: list[object] = []
    shape = _shape(values, given)
    prefixes = frozenset[str]().union(*{fragment.prefixes for fragment in fragments})
    head = _envelope_template(shape, prefixes, closing, build, write).filled(given)
    if _NO_XML.search(head):
        build(values)
    return bridge.envelope(head.encode(), closing=closing, style=style, is_empty=not fragments)


@lru_cache(maxsize=1)
def _is_spelled_alike(text: str) -> bool:
    """Tell whether lxml writes a text as fragments spell it; an entry's formats are rendered one after another."""
    return "\r" not in text and not _NO_XML.search(text)


@lru_cache(maxsize=_MOST_SHAPES)
def _fragment_templates(
    format_name: FormatName, shape: Any, has_text: bool, build: Callable[[Any], Any], write: Write
) -> tuple[_Template, _Template]:
    """Return the templates of what stands before and behind the text of an entry."""
    probe, stand_ins = _probe(shape)
    made = bridge.fragment(build(probe), format_name, str(stand_ins[-1]).encode() if has_text else b"")
    return _template(made.head, stand_ins, write, made.prefixes), _template(made.tail, stand_ins, write)


@lru_cache(maxsize=_MOST_SHAPES)
def _envelope_template(
    shape: Any, prefixes: frozenset[str], closing: bytes, build: Callable[[Any], bytes], write: Write
) -> _Template:
    probe, stand_ins = _probe(shape)
    head = bridge.head_of(build(probe), prefixes, closing=closing)
    return _template(head, stand_ins, write)


def _shape(value: object, given: list[object]) -> Any:
    """Return the shape of values, and add to those that are `given` what belongs into its slots."""
    kind = type(value)
    if kind is str:
        if not value:
            return ""
        given.append(value)
        return _Slot.TEXT
    if isinstance(value, tuple):
        return (kind, *[_shape(one, given) for one in value])
    if kind is datetime:
        given.append(value)
        return _Slot.INSTANT
    return value


def _probe(shape: Any) -> tuple[Any, list[str | datetime]]:
    """Return stand-ins in a shape, and all of them in order."""
    stand_ins: list[str | datetime] = []

    def standing_in(part: Any) -> Any:
        if part is _Slot.TEXT:
            stand_ins.append(f'\ue000"{len(stand_ins)}\ue001')
        elif part is _Slot.INSTANT:
            stand_ins.append(_FIRST + timedelta(days=len(stand_ins)))
        elif isinstance(part, tuple):
            kind, *parts = part
            values = [standing_in(one) for one in parts]
            return kind(values) if kind is tuple else kind(*values)
        else:
            return part
        return stand_ins[-1]

    return standing_in(shape), stand_ins


def _template(
    body: bytes, stand_ins: Sequence[str | datetime], write: Write, prefixes: Iterable[str] = ()
) -> _Template:
    """Return the template of what was written of stand-ins."""
    text = body.decode()
    for place, value in enumerate(stand_ins):
        if isinstance(value, datetime):
            text = text.replace(write(value), f"\ue000@{place}\ue001")
    writing: dict[str, Callable[[Any], str]] = {'"': in_text, "&quot;": in_attribute, "@": write}
    slots = tuple((int(token[2]), writing[token[1]]) for token in _TOKEN.finditer(text))
    return _Template(_TOKEN.sub("%s", text.replace("%", "%%")), slots, frozenset(prefixes))


def in_text(text: str) -> str:
    """Return a text as it stands between tags, written as lxml does."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def in_attribute(text: str) -> str:
    """Return a text as it stands in an attribute, written as lxml does."""
    return in_text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
