"""Whether two programs published the same: the same feeds, and in each the same articles in the same order."""

import json
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from benchmarks.configurations import FAMILIES

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
FORMATS = ("rss.xml", "atom.xml", "feed.json")
LEAST_TEXT = 1_000
"""The characters that the text of an article has at least, whoever renders it."""


@dataclass(frozen=True)
class Item:
    """What every program must say of an article."""

    id: str
    link: str
    title: str
    has_text: bool


def feed(path: Path) -> list[Item]:
    """Return the items of a feed, as they stand there."""
    if path.suffix == ".json":
        items = json.loads(path.read_bytes())["items"]
        return [Item(one["id"], one["url"], one["title"], len(one["content_html"]) >= LEAST_TEXT) for one in items]
    root = etree.parse(path).getroot()
    if root.tag == "rss":
        return [
            Item(_text(one, "guid"), _text(one, "link"), _text(one, "title"), _is_text(one, CONTENT, "description"))
            for one in root.iter("item")
        ]
    return [
        Item(
            _text(one, f"{ATOM}id"),
            _page(one),
            _text(one, f"{ATOM}title"),
            _is_text(one, f"{ATOM}content"),
        )
        for one in root.iter(f"{ATOM}entry")
    ]


def _page(entry: etree._Element) -> str:
    links = entry.findall(f"{ATOM}link")
    return str(next(link.get("href") for link in links if link.get("rel", "alternate") == "alternate"))


def _text(element: etree._Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _is_text(element: etree._Element, *names: str) -> bool:
    return any(len(_text(element, name)) >= LEAST_TEXT for name in names)


def feeds(public: Path) -> dict[str, Path]:
    """Return the current feeds of a publication by their paths; archives and what else there is are not of them."""
    found = {}
    for name in FORMATS:
        for path in public.rglob(name):
            inside = path.relative_to(public)
            if len(inside.parts) == 1 or (inside.parts[0] in FAMILIES and len(inside.parts) == 3):
                found[inside.as_posix()] = path
    return found


def compare(ours: Path, theirs: Path, *, ids: bool, links: bool) -> tuple[int, int]:
    """Return how many feeds both have, and how many items stand in them. Raises `ValueError` where they differ."""
    mine, other = feeds(ours), feeds(theirs)
    if set(mine) != set(other):
        raise ValueError(f"feeds that only one of {ours} and {theirs} has: {sorted(set(mine) ^ set(other))[:5]}")
    items = 0
    for name, path in mine.items():
        left, right = feed(path), feed(other[name])
        items += len(left)
        if _said(left, ids, links) != _said(right, ids, links):
            raise ValueError(f"{name} differs: {_said(left, ids, links)[:2]}, {_said(right, ids, links)[:2]}")
        if not all(item.has_text for item in (*left, *right)):
            raise ValueError(f"{name} has items without their text")
    return len(mine), items


def _said(items: list[Item], ids: bool, links: bool) -> list[tuple[str, str, str]]:
    return [(item.id if ids else "", item.link if links else "", item.title) for item in items]
