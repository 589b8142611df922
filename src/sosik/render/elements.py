"""XML elements, rendered by feedgen once for each shape. lxml refuses invalid characters (XML 1.0, 2.2)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

from sosik.model import Envelope, FormatName, Fragment
from sosik.model.feed import SPELLINGS
from sosik.patterns import pattern
from sosik.render import bridge
from sosik.render.kept_shapes import kept
from sosik.render.shapes import (
    INSTANT,
    MOST_SHAPES,
    Pattern,
    Template,
    Values,
    Writing,
    pattern_of,
    probe_of,
    shape_of,
    template_of,
    together,
)

Write = Callable[[datetime], str]
"""How a format writes an instant."""

_NO_XML = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML may hold."""


def fragment(format_name: FormatName, values: Values, text: str, build: Callable[[Any], Any], write: Write) -> Fragment:
    """Return an entry as `build` makes an element of it; `text` is its body, the last of the values if it is shown.

    `values` are told to `build`, whose instants `write` writes as feedgen does. Raises ValueError.
    """
    given: list[object] = []
    shape = shape_of(values, given)
    head, tail, prefixes = _fragment_templates(format_name, shape, bool(text), build, write)
    before, behind = head.filled(given), tail.filled(given)
    spelled = _spelled(text, SPELLINGS[format_name])
    if spelled is None or _NO_XML.search(before) or _NO_XML.search(behind):
        return bridge.fragment(build(values), format_name, text.encode())
    return Fragment(format_name, before.encode(), spelled, behind.encode(), prefixes)


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
    shape = shape_of(values, given)
    prefixes = frozenset[str]().union(*{fragment.prefixes for fragment in fragments})
    head = _envelope_template(shape, prefixes, closing, build, write).filled(given)
    if _NO_XML.search(head):
        build(values)
    return bridge.envelope(head.encode(), closing=closing, style=style, is_empty=not fragments)


@lru_cache(maxsize=1)
def _spelled(text: str, spelling: Callable[[bytes], bytes]) -> bytes | None:
    """Return a text as fragments spell it, None where lxml does otherwise; formats are rendered one after another."""
    return None if "\r" in text or _NO_XML.search(text) else spelling(text.encode())


@lru_cache(maxsize=MOST_SHAPES)
def _fragment_templates(
    format_name: FormatName, shape: Any, has_text: bool, build: Callable[[Any], Any], write: Write
) -> tuple[Template, Template, frozenset[str]]:
    """Return the templates of what stands before and behind the text of an entry, and the prefixes in them."""

    def make() -> tuple[Pattern, Pattern, list[str]]:
        probe, stand_ins = probe_of(shape)
        made = bridge.fragment(build(probe), format_name, str(stand_ins[-1]).encode() if has_text else b"")
        head, tail = (pattern_of(part.decode(), stand_ins, write) for part in (made.head, made.tail))
        return head, tail, sorted(made.prefixes)

    head, tail, prefixes = kept((format_name, shape, has_text), make)
    return template_of(head, _writing(write)), template_of(tail, _writing(write)), frozenset(prefixes)


@lru_cache(maxsize=MOST_SHAPES)
def _envelope_template(
    shape: Any, prefixes: frozenset[str], closing: bytes, build: Callable[[Any], bytes], write: Write
) -> Template:

    def make() -> Pattern:
        probe, stand_ins = probe_of(shape)
        return pattern_of(bridge.head_of(build(probe), prefixes, closing=closing).decode(), stand_ins, write)

    return template_of(kept((closing, sorted(prefixes), shape), make), _writing(write))


def in_text(text: str) -> str:
    """Return a text as it stands between tags, written as lxml does."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def in_attribute(text: str) -> str:
    """Return a text as it stands in an attribute, written as lxml does."""
    return in_text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def _writing(write: Write) -> Mapping[str, Writing]:
    return {'"': together(in_text), "&quot;": together(in_attribute), INSTANT: partial(map, write)}
