"""Version markers of a feed (newest id, time), for servers in between that change its bytes."""

import json
import zlib
from typing import Any

from msgspec import Struct

from sosik.patterns import pattern

CODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
"""The codings that can be undone; no other is ever asked for."""


_VEILED = pattern(r"(?<![\w.+-])[\w.+-]++@[\w.-]++|\[email(?:\s|&(?:#160|nbsp);)protected\]")
"""An address for mail, and what guards against robots put in its place."""


class Newest(Struct, frozen=True):
    """The id of a feed's first entry, and when the feed was updated last (of a JSON feed: that entry)."""

    id: str
    updated: str


def newest_of(body: bytes) -> Newest | None:
    """Return what tells a feed's version, None where the bytes are no feed that can be read."""
    start = body.lstrip()[:1]
    try:
        return _of_json(json.loads(body)) if start == b"{" else _of_xml(body)
    except (ValueError, AttributeError, TypeError, LookupError):
        return None


def _of_json(feed: Any) -> Newest | None:
    if "items" not in feed:
        return None
    first = feed["items"][0] if feed["items"] else {}
    return Newest(str(first.get("id", "")), str(first.get("date_modified") or first.get("date_published") or ""))


def text_of(body: bytes) -> str:
    """Return what the entries of a feed say, without white space and addresses for mail; empty where it is no feed.

    It tells versions apart of which neither id nor time differs, where nothing else does.
    """
    try:
        if body.lstrip()[:1] == b"{":
            said = json.dumps(json.loads(body)["items"], ensure_ascii=False, sort_keys=True).replace("\\n", "")
        else:
            said = "".join("".join(entry.itertext()) for entry in _root(body).iter("item", "{*}entry"))
    except (ValueError, AttributeError, TypeError, LookupError):
        return ""
    return "".join(_VEILED.sub("", said).split())


def _root(body: bytes) -> Any:
    from lxml import etree

    options = {"recover": True, "resolve_entities": False, "no_network": True}
    return etree.fromstring(body, etree.XMLParser(**options, remove_comments=True, remove_pis=True))


def _of_xml(body: bytes) -> Newest | None:
    from lxml import etree

    root = _root(body)
    kind = etree.QName(root).localname if root is not None else ""
    if kind == "rss":
        return Newest(_text(root, "channel/item/guid"), _text(root, "channel/lastBuildDate"))
    if kind == "feed":
        return Newest(_text(root, "{*}entry/{*}id"), _text(root, "{*}updated"))
    return None


def _text(root: Any, path: str) -> str:
    return " ".join((root.findtext(path) or "").split())


def decoded(body: bytes, coding: str, most: int) -> bytes | None:
    """Return at most so many bytes of what a content coding (RFC 9110, 8.4.1) made of them; None where it is not known.

    Raises ValueError for bytes that are not so coded.
    """
    if coding not in CODINGS:
        return None
    if coding in ("", "identity"):
        return body
    try:
        # 32 more than the greatest window: gzip or zlib, whichever it is.
        return zlib.decompressobj(wbits=zlib.MAX_WBITS + 32).decompress(body, most)
    except zlib.error as error:
        raise ValueError(str(error)) from error
