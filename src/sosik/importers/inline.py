"""Inline markup of a saved page: links, deleted text, films.

Elements are `Any`, because lxml has no types.
"""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from sosik.addresses import ascii_url, joined
from sosik.importers.lines import INVISIBLE, Mark
from sosik.normalize.embeds import player_page

PLAYERS = frozenset({"iframe", "video", "audio", "embed", "object"})
"""Elements that show something of another address; what stands inside is for browsers that cannot."""

_STRUCK = frozenset({"s", "strike", "del"})


class Ink(Struct, frozen=True):
    """How a piece of text is marked; `is_file` of what is shown: its address is that of a film or sound itself."""

    link: str = ""
    is_struck: bool = False
    is_file: bool = False


PLAIN = Ink()
"""Text without marks."""


def ink_of(element: Any, ink: Ink) -> Ink:
    """Return how the text in an element is marked, whose surroundings are marked with *ink*."""
    if element.tag in _STRUCK:
        return replace(ink, is_struck=True)
    if element.tag == "a":
        return replace(ink, link=(element.get("href") or "").strip())
    return ink


def marks_of(text: str, pieces: Iterable[tuple[str, Ink]], base: str) -> tuple[Mark, ...]:
    """Return the marks of a line, of the pieces that it was joined from; none where they cannot be found in it again.

    Only links to pages count; *base* is the address that they are seen from.
    """
    marks: list[Mark] = []
    at = 0
    for label, ink in pieces:
        while at < len(text) and text[at] in INVISIBLE:
            at += 1
        if not text.startswith(label, at):
            return ()
        link = _page(ink.link, base)
        link = "" if link == label else link
        if label and (link or ink.is_struck):
            mark = Mark(at, at + len(label), link, ink.is_struck)
            if marks and marks[-1][2:] == mark[2:] and not text[marks[-1].end : at].strip():
                mark = mark._replace(start=marks.pop().start)
            marks.append(mark)
        at += len(label)
    return tuple(marks)


def played(address: str, base: str, ink: Ink) -> tuple[str, bool]:
    """Return the address of what is shown on a page, and whether readers find the same there, a film or a post."""
    url = _page(address, base)
    page = player_page(url) if url else ""
    return page or address, bool(url) and (ink.is_file or page != url)


def _page(address: str, base: str) -> str:
    if not address or address.startswith("#"):
        return ""
    url = joined(base, address) if base else address
    url = f"https:{url}" if url.startswith("//") else url
    return (ascii_url(url) or "") if url.startswith(("http://", "https://")) else ""
