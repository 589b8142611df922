"""What a published document says of its feed: the formats have other words for the same few things."""

import json
from typing import NamedTuple

from sosik.errors import PreviousError
from sosik.model import FormatName
from sosik.words import Message

_ATOM = {"atom": "http://www.w3.org/2005/Atom"}


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
    from lxml import etree

    # What lxml raises of a document is a SyntaxError.
    root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    if root.tag == "rss":
        return Described(root.findtext("channel/title", ""), root.findtext("channel/description", ""))
    texts = [root.findtext(f"atom:{name}", "", _ATOM) for name in ("title", "subtitle", "id")]
    return Described(*(text.strip() for text in texts))
