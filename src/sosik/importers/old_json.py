"""JSON Feed 1 and 1.1 (jsonfeed.org) as an old feed."""

import json
from collections.abc import Iterable
from typing import Any

from sosik.errors import ImportingError
from sosik.importers.old_items import OldFeed, OldItem, OldPerson, OldPicture, OldText
from sosik.words import Message

MOST_ITEMS = 100_000
"""Items of one file."""


def is_json(text: str) -> bool:
    """Tell whether a text is rather JSON than XML."""
    return text[:1000].lstrip("\ufeff \t\r\n").startswith("{")


def read_json(text: str, name: str) -> OldFeed:
    """Return what a JSON Feed says. Raises ImportingError, naming the file, for what is none."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ImportingError(Message("importers.feed-json", file=name)) from error
    items = feed.get("items")
    if "jsonfeed.org" not in _text(feed, "version") and not isinstance(items, list):
        raise ImportingError(Message("importers.no-feed", file=name))
    return OldFeed(
        format="json",
        title=_text(feed, "title").strip(),
        description=_text(feed, "description").strip(),
        language=_text(feed, "language"),
        link=_text(feed, "home_page_url"),
        self_link=_text(feed, "feed_url"),
        items=tuple(_item(item) for item in _mappings(items)[:MOST_ITEMS]),
    )


def _item(item: dict[str, Any]) -> OldItem:
    html, plain = _text(item, "content_html"), _text(item, "content_text")
    summary = _text(item, "summary")
    return OldItem(
        id=_text(item, "id") or None,
        link=_text(item, "url"),
        title=" ".join(_text(item, "title").split()),
        published=_text(item, "date_published") or None,
        updated=_text(item, "date_modified") or None,
        summary=OldText(text=summary) if summary else None,
        content=OldText(text=html or plain, is_html=bool(html)) if html or plain else None,
        authors=tuple(_people(item)),
        categories=tuple(tag for tag in _list(item.get("tags")) if isinstance(tag, str) and tag),
        pictures=tuple(_pictures(item)),
        language=_text(item, "language"),
    )


def _people(item: dict[str, Any]) -> Iterable[OldPerson]:
    for author in _mappings(item.get("authors")) or _mappings([item.get("author")]):
        yield OldPerson(name=_text(author, "name"), url=_text(author, "url"))


def _pictures(item: dict[str, Any]) -> Iterable[OldPicture]:
    said = next(iter(_mappings([item.get("_sosik")])), {})
    about = next(iter(_mappings([said.get("image")])), {})
    if url := _text(item, "image"):
        yield OldPicture(url=url, caption=_text(about, "caption"), credit=_text(about, "credit"))
    for attachment in _mappings(item.get("attachments")):
        if _text(attachment, "mime_type").startswith("image/") and _text(attachment, "url") not in ("", url):
            yield OldPicture(url=_text(attachment, "url"), caption=_text(attachment, "title"))


def _text(members: dict[str, Any], key: str) -> str:
    """The value of a member as text; ids may be numbers. What half a character stands in is left without it."""
    value = members.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).encode("utf-8", "ignore").decode()


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _mappings(value: object) -> list[dict[str, Any]]:
    return [member for member in _list(value) if isinstance(member, dict)]
