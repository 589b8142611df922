"""What a published document says of its feed: the formats have other words for the same few things."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from sosik.errors import PreviousError
from sosik.model import FormatName
from sosik.words import Message

_ATOM = "http://www.w3.org/2005/Atom"

_DEEPEST = 3
"""Elements around the words that tell of a feed, with their own, in RSS."""


class Described(NamedTuple):
    """A feed as one of its documents describes it; `id` is empty where the format does not tell it."""

    title: str
    description: str
    id: str = ""


META = "described"
"""Where is remembered what feeds are, by their names, of whose documents no bytes are there; until they are made."""


def described(format_name: FormatName, body: bytes, place: str) -> Described:
    """Return what a document says of its feed; `place` names it to people. Raises `PreviousError`."""
    try:
        if format_name is FormatName.JSON:
            feed = json.loads(body)
            return Described(str(feed["title"]), str(feed.get("description", "")))
        return _in_xml(body)
    except (ValueError, KeyError, TypeError, AttributeError, SyntaxError, RecursionError) as error:
        raise PreviousError(Message("previous.not-ours", place=place, reason=str(error))) from error


def _in_xml(body: bytes) -> Described:
    told = _texts(body)
    if ("rss",) in told:
        return Described(*(told.get(("rss", "channel", name), "") for name in ("title", "description")))
    texts = (told.get((f"{_ATOM} feed", f"{_ATOM} {name}"), "") for name in ("title", "subtitle", "id"))
    return Described(*(text.strip() for text in texts))


def _texts(body: bytes) -> Mapping[tuple[str, ...], str]:
    """Return the text at the beginning of each element that stands at most two below the root, by the names down to it.

    Of several by one name it is the first one's. Raises `ValueError`.
    """
    found: dict[tuple[str, ...], str] = {}
    path: list[str] = []
    open_: list[tuple[str, ...]] = []

    def start(name: str, _: object) -> None:
        path.append(name)
        place = (*path,)
        open_[:] = [place] if len(path) <= _DEEPEST and place not in found else []
        found.update(dict.fromkeys(open_, ""))

    def end(_: str) -> None:
        path.pop()
        open_.clear()

    def text(words: str) -> None:
        for place in open_:
            found[place] += words

    def refuse(*_: object) -> None:
        raise ValueError("entity")

    from xml.parsers.expat import ExpatError, ParserCreate  # most builds describe nothing

    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.EntityDeclHandler = text, refuse
    try:
        parser.Parse(body, True)
    except ExpatError as error:
        raise ValueError(str(error)) from error
    return found
