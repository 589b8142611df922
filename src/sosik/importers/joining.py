"""Decides whether two addresses are those of one article, with the joining table of an import.

Addresses are folded only for this comparison, and published unchanged.
"""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl

from msgspec import Struct

from sosik.addresses import split_address, without_references
from sosik.patterns import pattern


class Numbered(Struct, frozen=True):
    """A family of systems that number articles: the parameter with the number, and those without which it says nothing.

    `beside` tells, where the number alone is not enough, what else must be the same: a board, say. `anywhere` where it
    does not matter in which folder the page stands.
    """

    parameter: str
    beside: tuple[str, ...] = ()
    anywhere: bool = False


NUMBERED = (
    Numbered("idxno"),  # NDSoft: articleView.html, articleViewAmp.html, articlePrint.html; boards have their own folder
    Numbered("wr_id", ("bo_table",)),  # gnuboard
    Numbered("document_srl", anywhere=True),  # XE, Rhymix
    Numbered("p", anywhere=True),  # WordPress
    Numbered("idx", ("mcode",)),  # Dada Media
    Numbered("uid", ("mod",)),  # the sub_read.html family; KBoard
    Numbered("no"),  # article.html?no=
    Numbered("ns_id"),
    Numbered("aid"),
)
"""How articles are numbered in addresses, by the systems that do (the first that fits counts)."""

HOSTS = pattern(r"(?:www\.|m\.|mobile\.|amp\.|print\.|wap\.){1,4}")
"""What stands in front of a host for another view of the same pages."""

VIEWS = frozenset({"amp", "m", "mobile", "print", "wap", "pc"})
"""Parts of a path for another view of the same page."""

PAGES = pattern(
    r"(?P<stem>[a-z_]*?)[_-]?(?:amp|mobile|print|m)?(?P<suffix>\.(?:html?|php|asp|aspx|jsp))", re.IGNORECASE
)
"""The name of a page, and what tells in it of another view."""

EXTRA = pattern(r"utm_\w*|fbclid|gclid|ref|from|amp|mobile|print|device|outputtype|page|sc_\w*", re.IGNORECASE)
"""Parameters that say nothing of which article it is."""

_PRINTED = {"articleprint": "articleview"}


def article_keys(link: str) -> tuple[str, ...]:
    """Return what two addresses of one article have in common, the surest first; nothing for a home page."""
    parts = split_address(without_references(link.strip()))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ()
    host = HOSTS.sub("", parts.hostname, count=1)
    folders = [part for part in parts.path.split("/") if part and part.lower() not in VIEWS]
    name = _page(folders[-1]) if folders else ""
    said = {key.lower(): value for key, value in parse_qsl(parts.query) if not EXTRA.fullmatch(key)}
    routed = f"#{parts.fragment}" if parts.fragment.startswith(("/", "!")) else ""
    if not (folders or said or routed):
        return ()
    query = "&".join(f"{key}={value}" for key, value in sorted(said.items()))
    whole = f"{host}/{'/'.join([*folders[:-1], name])}?{query}{routed}"
    return (*_numbered(host, "/".join(folders[:-1]), said), whole)


def _numbered(host: str, folder: str, said: dict[str, str]) -> Iterable[str]:
    for family in NUMBERED:
        number = said.get(family.parameter, "")
        if number.isdecimal():
            beside = "".join(f"&{key}={said[key]}" for key in family.beside if key in said)
            place = "" if family.anywhere else folder
            return (f"{host}/{place}?{family.parameter}={number}{beside}",)
    return ()


def _page(name: str) -> str:
    match = PAGES.fullmatch(name)
    if match is None:
        return name
    stem = match["stem"].lower()
    return f"{_PRINTED.get(stem, stem)}{match['suffix'].lower()}" if stem not in ("", "index") else ""


def is_fragment_of_home(link: str) -> bool:
    """Tell whether an address leads to a place on the home page, as the links by which menus are skipped do."""
    parts = split_address(link)
    if not parts.fragment or parts.fragment.startswith(("/", "!")) or parts.query:
        return False
    return _page(parts.path.strip("/")) == "" if "/" not in parts.path.strip("/") else False


def is_home(link: str) -> bool:
    """Tell whether an address is a home page."""
    parts = split_address(link)
    return bool(parts.hostname) and not parts.query and _page(parts.path.strip("/")) == ""
