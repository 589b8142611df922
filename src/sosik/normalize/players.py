"""Players of other sites, which feeds cannot contain, become links."""

import re

from sosik.addresses import host_of
from sosik.normalize.advertisements import ADVERTISERS, is_tracker
from sosik.normalize.embeds import AUDIO, VIDEO, link_html, player_page
from sosik.normalize.links import absolute_url
from sosik.normalize.markup import ATTRIBUTES, attributes
from sosik.normalize.sanitize import LAZY_SOURCES
from sosik.patterns import pattern

_PLAYER = pattern(rf"<(iframe|video|audio|object)({ATTRIBUTES}*)>(.*?)</\1>|<(embed)({ATTRIBUTES}*)>", re.DOTALL)
_INNER_SOURCE = pattern(rf"<(?:source|embed|param(?= name=\"(?:movie|src|url)\"))({ATTRIBUTES}+)>", re.IGNORECASE)

_LABELS = {"audio": AUDIO, "video": VIDEO}
"""What the link says by element; what the others show, their address tells."""


def link_players(html: str, base: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return HTML in nh3's form with links for players, and the names of players without an address, each once.

    Addresses are relative to *base*. Players of advertisements go without a link, and their addresses are returned
    last; what a player without an address holds for readers that cannot play it stays.
    """
    lost: dict[str, None] = {}
    ads: list[str] = []

    def link(match: re.Match[str]) -> str:
        name = match[1] or match[4]
        inner = _INNER_SOURCE.search(match[3] or "")
        url = _url(match[2] or match[5] or "", base) or (_url(inner[1], base) if inner else None)
        if url is None:
            lost[name] = None
            return "" if name == "iframe" else match[3] or ""
        if is_tracker(host_of(url)):
            ads.extend([url] if is_tracker(host_of(url), ADVERTISERS) else [])
            return ""
        return link_html(player_page(url), _LABELS.get(name, ""))

    return _PLAYER.sub(link, html), tuple(lost), tuple(ads)


def _url(written: str, base: str) -> str | None:
    values = attributes(written)
    source = next((values[name] for name in (*LAZY_SOURCES, "src", "data", "value") if values.get(name)), "")
    return absolute_url(source, base) if source else None
