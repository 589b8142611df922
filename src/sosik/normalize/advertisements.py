"""Recognises advertisements and trackers in bodies; they are not part of the article."""

import re
from functools import lru_cache
from html import unescape

from sosik.addresses import host_of
from sosik.normalize.markup import ATTRIBUTES, attributes, html_text
from sosik.normalize.sanitize import MARKED
from sosik.patterns import pattern

_ADVERTISERS = """
ad.about.co.kr adfit.kakao.com ads-partners.coupang.com adtive.com criteo.com dable.io display.ad.daum.net
doubleclick.net googleadservices.com googlesyndication.com mobon.net realclick.co.kr taboola.com teads.tv
"""
_COUNTERS = """
feeds.feedburner.com google-analytics.com googletagmanager.com pixel.wp.com scorecardresearch.com stats.wp.com
wcs.naver.com wcs.naver.net
"""
ADVERTISERS = frozenset(_ADVERTISERS.split())
"""Hosts (and all hosts below them) that serve advertisements."""

TRACKERS = ADVERTISERS | frozenset(_COUNTERS.split())
"""Hosts (and all hosts below them) that serve advertisements and count readers; never pictures of an article."""

_AD_WORDS = frozenset(
    {"ad", "ads", "adv", "advert", "advertisement", "adsbygoogle", "adsense", "adfit", "adbox", "gpt", "taboola"}
    | {"dable", "teads", "mobon", "realclick"}
)
# An element that is named after an advertisement and holds more text than this is the article around one.
_AD_TEXT = 300
BLANK = pattern(r"(?:^|/)(?:blank|spacer|pixel|clear|transparent|1x1)\.(?:gif|png)(?:\?|$)", re.IGNORECASE)
"""Addresses of pictures that keep a place for others."""

_LONGEST = 40
_AD_WRITTEN = 5_000
"""Characters of an advertisement with its markup."""
_PICTURE = pattern(r'<img[^<>]* src="([^"]+)"')
_MARKED_START = pattern(rf"<({'|'.join(MARKED)})({ATTRIBUTES}+)>")
_SAME_TAGS = {name: pattern(rf"<(/?){name}(?=[ >])") for name in MARKED}


@lru_cache(maxsize=1024)
def is_tracker(host: str, hosts: frozenset[str] = TRACKERS) -> bool:
    """Whether a host, or one above it, is in `TRACKERS`, or in other *hosts*."""
    labels = host.split(".")
    return any(".".join(labels[start:]) in hosts for start in range(len(labels) - 1))


def is_pixel(values: dict[str, str], source: str) -> bool:
    """Whether an img element that shows *source* counts readers, or only keeps a place."""
    return _has_no_size(values, source) or is_tracker(_host(source))


def is_banner(values: dict[str, str], source: str) -> bool:
    """Whether an img element shows an advertisement."""
    return not _has_no_size(values, source) and is_tracker(_host(source), ADVERTISERS)


def _has_no_size(values: dict[str, str], source: str) -> bool:
    return values.get("width") in ("0", "1") or values.get("height") in ("0", "1") or bool(BLANK.search(source))


def _host(source: str) -> str:
    return host_of(source if "://" in source else f"http:{source}")


def without_ads(html: str) -> tuple[str, tuple[str, ...]]:
    """Return the HTML without the elements that are named as advertisements, and all that is in them.

    And how each begins that would have been seen: its text, or the address of its picture.
    """
    kept, position = [], 0
    seen: list[str] = []
    for tag in _MARKED_START.finditer(html):
        if tag.start() < position or not _is_ad(attributes(tag[2])):
            continue
        end = _element_end(html, tag)
        if end is None:
            continue
        text = html_text(html[tag.start() : end])
        if len(text) <= _AD_TEXT:
            picture = _PICTURE.search(html, tag.start(), end)
            seen += [text.partition("\n")[0][:_LONGEST]] if text else [unescape(picture[1])] if picture else []
            kept.append(html[position : tag.start()])
            position = end
    return "".join([*kept, html[position:]]), tuple(seen)


def _is_ad(values: dict[str, str]) -> bool:
    names = re.split(r"[\s_-]+", f"{values.get('class', '')} {values.get('id', '')}".lower())
    return not _AD_WORDS.isdisjoint(names)


def _element_end(html: str, start: re.Match[str]) -> int | None:
    """Return where the element ends that a start tag begins, None where it is longer than any advertisement."""
    depth = 0
    for tag in _SAME_TAGS[start[1]].finditer(html, start.start(), start.start() + _AD_WRITTEN):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return html.index(">", tag.end() - 1) + 1
    return len(html) if len(html) < start.start() + _AD_WRITTEN else None
