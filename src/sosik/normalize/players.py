"""Players of other sites, which no feed can carry: a link stands in their place."""

import re

from sosik.addresses import host_of
from sosik.normalize.advertisements import is_tracker
from sosik.normalize.links import absolute_url
from sosik.normalize.markup import ATTRIBUTES, attributes, escape_text, start_tag
from sosik.normalize.sanitize import LAZY_SOURCES

_PLAYER = re.compile(rf"<(iframe|video|audio|object)({ATTRIBUTES}*)>(.*?)</\1>|<(embed)({ATTRIBUTES}*)>", re.DOTALL)
_INNER_SOURCE = re.compile(rf"<(?:source|embed)({ATTRIBUTES}+)>")

PLAYER_PAGES = (
    (r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{6,})", r"https://www.youtube.com/watch?v=\1"),
    (r"https?://tv\.naver\.com/embed/(\d+)", r"https://tv.naver.com/v/\1"),
    (r"https?://(?:play-tv|tv)\.kakao\.com/embed/player/cliplink/(\d+)", r"https://tv.kakao.com/v/\1"),
    (r"https?://player\.vimeo\.com/video/(\d+)", r"https://vimeo.com/\1"),
    (r"https?://(?:www\.)?dailymotion\.com/embed/video/(\w+)", r"https://www.dailymotion.com/video/\1"),
)
"""Addresses of players, and the page on which a reader can watch the same."""

LABELS = {"audio": "소리 듣기", "video": "영상 보기"}
"""What the link says that stands in place of a player, by element; what the others show, their address tells."""

_VIDEO = re.compile(r"youtu|vimeo|dailymotion|//(?:play-)?tv\.|video|player|vod", re.IGNORECASE)


def link_players(html: str, base: str) -> tuple[str, tuple[str, ...]]:
    """Return HTML in nh3's form with links for players, and the names of players without an address, each once.

    Addresses are relative to *base*. Players of advertisements go without a link.
    """
    lost: dict[str, None] = {}

    def link(match: re.Match[str]) -> str:
        name = match[1] or match[4]
        inner = _INNER_SOURCE.search(match[3] or "")
        url = _url(match[2] or match[5] or "", base) or (_url(inner[1], base) if inner else None)
        if url is None:
            lost[name] = None
            return ""
        return "" if is_tracker(host_of(url)) else _link(name, url)

    return _PLAYER.sub(link, html), tuple(lost)


def _link(name: str, url: str) -> str:
    for pattern, page in PLAYER_PAGES:
        url = re.sub(rf"{pattern}(?:[?#@].*)?", page, url)
    label = LABELS.get(name) or ("영상 보기" if _VIDEO.search(url) else "외부 화면 보기")
    return f"<p>{start_tag('a', {'href': url})}{label}: {escape_text(host_of(url))}</a></p>"


def _url(written: str, base: str) -> str | None:
    values = attributes(written)
    source = next((values[name] for name in (*LAZY_SOURCES, "src", "data") if values.get(name)), "")
    return absolute_url(source, base) if source else None
