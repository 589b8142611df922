"""Bodies as feeds need them: absolute addresses, real pictures, links in place of players, no advertisements.

What comes in is HTML in nh3's form (see `sosik.normalize.markup`), what goes out is still to be sanitized.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from sosik.model import Image
from sosik.normalize.links import absolute_url, host_of, percent_encode
from sosik.normalize.markup import ATTRIBUTES, attributes, escape_text, html_text, start_tag
from sosik.normalize.sanitize import ATTRIBUTES as PUBLISHED
from sosik.normalize.sanitize import LAZY_SOURCES, MARKED, SOURCE_SETS

# cmark writes every quotation mark in text as a reference, nh3 none; told apart here, one pass of the sanitizer does.
_TOKEN = re.compile(rf"<([a-z][a-z0-9]*)({ATTRIBUTES}+)>|&quot;")

# What most links are already, and what `absolute_url` would leave as it is.
_READY = re.compile(r' href="https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/(?:[\w./?=~;,+:@!$()*-]|&amp;)*"', re.ASCII)

_PLAYER = re.compile(rf"<(iframe|video|audio|object)({ATTRIBUTES}*)>(.*?)</\1>|<(embed)({ATTRIBUTES}*)>", re.DOTALL)
_INNER_SOURCE = re.compile(rf"<(?:source|embed)({ATTRIBUTES}+)>")

PLAYER_PAGES = tuple(
    (re.compile(pattern), page)
    for pattern, page in (
        (
            r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{6,})(?:[?#].*)?",
            r"https://www.youtube.com/watch?v=\1",
        ),
        (r"https?://tv\.naver\.com/embed/(\d+)(?:[?#].*)?", r"https://tv.naver.com/v/\1"),
        (r"https?://(?:play-tv|tv)\.kakao\.com/embed/player/cliplink/(\d+)(?:[?#@].*)?", r"https://tv.kakao.com/v/\1"),
        (r"https?://player\.vimeo\.com/video/(\d+)(?:[?#].*)?", r"https://vimeo.com/\1"),
        (r"https?://(?:www\.)?dailymotion\.com/embed/video/(\w+)(?:[?#].*)?", r"https://www.dailymotion.com/video/\1"),
    )
)
"""Addresses of players, and the page on which a reader can watch the same."""

LABELS = {"audio": "소리 듣기", "video": "영상 보기"}
"""What the link says that stands in place of a player, by element; for the others see `_label`."""

_VIDEO = re.compile(r"youtu|vimeo|dailymotion|//(?:play-)?tv\.|video|player|vod", re.IGNORECASE)

_TRACKERS = """
ad.about.co.kr adfit.kakao.com ads-partners.coupang.com adtive.com criteo.com dable.io display.ad.daum.net
doubleclick.net feeds.feedburner.com google-analytics.com googleadservices.com googlesyndication.com
googletagmanager.com mobon.net pixel.wp.com realclick.co.kr scorecardresearch.com stats.wp.com taboola.com teads.tv
wcs.naver.com wcs.naver.net
"""
TRACKERS = frozenset(_TRACKERS.split())
"""Hosts (and all hosts below them) that serve advertisements and count readers; never pictures of an article."""

_AD_WORDS = frozenset(
    {"ad", "ads", "adv", "advert", "advertisement", "adsbygoogle", "adsense", "adfit", "adbox", "gpt", "taboola"}
    | {"dable", "teads", "mobon", "realclick"}
)
# An element that is named after an advertisement and holds more text than this is the article around one.
_AD_TEXT = 300
_BLANK = re.compile(r"(?:^|/)(?:blank|spacer|pixel|clear|transparent|1x1)\.(?:gif|png)(?:\?|$)", re.IGNORECASE)
_MARKED_START = re.compile(rf"<({'|'.join(MARKED)})({ATTRIBUTES}+)>")
_SAME_TAGS = {name: re.compile(rf"<(/?){name}(?=[ >])") for name in MARKED}


def rewrite(html: str, *, base: str, picture: Callable[[str], Image | None]) -> tuple[str, tuple[str, ...]]:
    """Return the HTML rewritten, and the names of elements that had to be left out for want of an address.

    Addresses are relative to *base*. *picture* is asked for the picture that an address in a body means, and returns
    None where that cannot be published.
    """
    work = _Rewriting(base=base, picture=picture)
    html = html.replace("<center>", "<div>").replace("</center>", "</div>")
    html = _PLAYER.sub(work.player, html)
    if 'class="' in html or 'id="' in html:
        html = _without_ads(html)
    return _TOKEN.sub(work.token, html), tuple(work.lost)


@dataclass(slots=True)
class _Rewriting:
    base: str
    picture: Callable[[str], Image | None]
    lost: dict[str, None] = field(default_factory=dict)
    lazy_picture: str = ""

    def player(self, match: re.Match[str]) -> str:
        """Return a link in place of a player."""
        name = match[1] or match[4]
        inner = _INNER_SOURCE.search(match[3] or "")
        url = self._player_url(match[2] or match[5] or "") or (self._player_url(inner[1]) if inner else None)
        if url is None:
            self.lost[name] = None
            return ""
        if is_tracker(host_of(url)):
            return ""
        for pattern, page in PLAYER_PAGES:
            url = pattern.sub(page, url)
        link = start_tag("a", {"href": url})
        return f"<p>{link}{_label(name, url)}: {escape_text(host_of(url))}</a></p>"

    def _player_url(self, written: str) -> str | None:
        values = attributes(written)
        found = next((values[name] for name in (*LAZY_SOURCES, "src", "data") if values.get(name)), "")
        return absolute_url(found, self.base) if found else None

    def token(self, match: re.Match[str]) -> str:
        """Return a start tag with what may be published of it."""
        name, written = match.groups()
        if name is None:
            return '"'
        if name == "a" and _READY.fullmatch(written):
            return match[0]
        values = attributes(written)
        if name == "img":
            return self._img(values)
        if name == "a":
            self._absolute_href(values)
        kept = PUBLISHED.get(name, frozenset()) | PUBLISHED["*"]
        return start_tag(name, {key: value for key, value in values.items() if key in kept})

    def _absolute_href(self, values: dict[str, str]) -> None:
        href = self._href(values.pop("href", ""))
        if href is not None:
            values["href"] = href

    def _href(self, href: str) -> str | None:
        href = href.strip()
        if not href or href.startswith("#"):  # ids are not published, so nothing is there to jump to
            return None
        if href.lower().startswith(("mailto:", "tel:")):
            return percent_encode(href)
        return absolute_url(href, self.base)

    def _img(self, values: dict[str, str]) -> str:
        source = picture_source(values)
        if _is_pixel(values, source):
            return ""
        image = self.picture(source) if source else None
        if image is None:
            if not source:
                self.lost["img"] = None
            return ""
        if image.url == self.lazy_picture:  # the same once more, for readers without scripts
            return ""
        self.lazy_picture = image.url if source != values.get("src") else ""
        return start_tag("img", _img_attributes(values, image))


def _label(name: str, url: str) -> str:
    return LABELS.get(name) or ("영상 보기" if _VIDEO.search(url) else "외부 화면 보기")


def _img_attributes(values: dict[str, str], image: Image) -> dict[str, str]:
    written = {name: value for name, value in values.items() if name in ("alt", "title") and value}
    if "alt" in values:
        written["alt"] = values["alt"]
    sizes = {name: values[name] for name in ("width", "height") if values.get(name, "").isdigit()}
    if not sizes and image.width and image.height:
        sizes = {"width": str(image.width), "height": str(image.height)}
    return {"src": image.url, **written, **sizes}


def picture_source(values: dict[str, str]) -> str:
    """Return the address that an img element means, lazily loaded or not; empty where it has none."""
    for name in LAZY_SOURCES:
        if re.search(r"[./]", values.get(name, "")):
            return values[name].strip()
    source = values.get("src", "").strip()
    if source and not (_BLANK.search(source) and any(name in values for name in SOURCE_SETS)):
        return source
    return next((_largest(values[name]) for name in SOURCE_SETS if values.get(name)), source)


def _largest(source_set: str) -> str:
    """Return the address of the largest picture of a srcset (HTML, 4.8.4.2.1)."""
    candidates = [candidate.split() for candidate in re.split(r",\s+|,$", source_set) if candidate.strip()]
    return max(candidates, key=_descriptor)[0] if candidates else ""


def _descriptor(candidate: list[str]) -> float:
    number = re.fullmatch(r"(\d+(?:\.\d+)?)[wx]", candidate[1]) if len(candidate) > 1 else None
    return float(number[1]) if number else 1.0


def _is_pixel(values: dict[str, str], source: str) -> bool:
    if values.get("width") in ("0", "1") or values.get("height") in ("0", "1"):
        return True
    return bool(_BLANK.search(source)) or is_tracker(host_of(source if "://" in source else f"http:{source}"))


def is_tracker(host: str) -> bool:
    """Whether a host, or one above it, is in `TRACKERS`."""
    labels = host.split(".")
    return any(".".join(labels[start:]) in TRACKERS for start in range(len(labels) - 1))


def _without_ads(html: str) -> str:
    """Return the HTML without the elements that are named as advertisements, and all that is in them."""
    kept, position = [], 0
    for tag in _MARKED_START.finditer(html):
        if tag.start() < position or not _is_ad(attributes(tag[2])):
            continue
        end = _element_end(html, tag)
        if len(html_text(html[tag.start() : end])) <= _AD_TEXT:
            kept.append(html[position : tag.start()])
            position = end
    return "".join([*kept, html[position:]])


def _is_ad(values: dict[str, str]) -> bool:
    names = re.split(r"[\s_-]+", f"{values.get('class', '')} {values.get('id', '')}".lower())
    return not _AD_WORDS.isdisjoint(names)


def _element_end(html: str, start: re.Match[str]) -> int:
    """Return where the element ends that a start tag begins."""
    depth = 0
    for tag in _SAME_TAGS[start[1]].finditer(html, start.start()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return html.index(">", tag.end()) + 1
    return len(html)
