"""Bodies for feeds: absolute addresses, real pictures, links in place of players, no advertisements.

The input is HTML in the form of nh3 (see `sosik.normalize.markup`). The output must still be sanitized.
"""

import re

from msgspec import Struct, field

from sosik.addresses import host_of, percent_encode, without_references
from sosik.model import Image
from sosik.normalize.advertisements import BLANK, is_banner, is_pixel, is_tracker, without_ads
from sosik.normalize.autolinks import link_addresses
from sosik.normalize.body_place import BodyPlace
from sosik.normalize.embeds import fill_placeholders, is_other_media, link_html, player_page
from sosik.normalize.figures import captioned
from sosik.normalize.links import absolute_url, completed_url
from sosik.normalize.markup import ATTRIBUTES, LINK, attributes, escape_text, is_idle, start_tag
from sosik.normalize.players import link_players
from sosik.normalize.sanitize import ATTRIBUTES as PUBLISHED
from sosik.normalize.sanitize import LAZY_SOURCES, SOURCE_SETS
from sosik.normalize.styles import said_styles
from sosik.patterns import pattern
from sosik.words import Message

# The parser of Markdown writes quotation marks in text as references, nh3 none; told apart here, one pass of the
# sanitizer does.
_TOKEN = pattern(rf"<([a-z][^\s<>/]*)({ATTRIBUTES}+)>|<img>|&quot;")

# What most links are already, and what `absolute_url` would leave as it is.
_READY = pattern(r' href="https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/(?:[\w./?=~;,+:@!$()*-]|&amp;)*"', re.ASCII)

_CENTER = pattern(r"<(/?)center(?=[ >])")
_PICTURE = pattern(r"<picture(?: [^<>]*)?>(.*?)</picture>", re.DOTALL)
_SOURCE = pattern(rf"<source({ATTRIBUTES}+)>")
_IMG = pattern(rf"<img({ATTRIBUTES}*)>")
_NEW_TYPES = frozenset({"image/avif", "image/webp", "image/jxl"})

_NOTHING = pattern(r"(?i)(?:javascript:|about:blank|#|$)")


def rewrite(html: str, place: BodyPlace) -> tuple[str, tuple[str, ...]]:
    """Return the HTML rewritten, and the names of elements that had to be left out for want of an address."""
    work = _Rewriting(place=place)
    html = _CENTER.sub(r"<\1div", html)
    html, players, ads = link_players(html, place.base)  # before all else, for what is in an iframe is no markup
    work.ads += ads
    html, unfilled = fill_placeholders(said_styles(html), place.base)
    if 'class="' in html or 'id="' in html:
        html, ads = without_ads(html)
        work.ads += ads
    if "<picture" in html:
        html = _PICTURE.sub(_one_picture, html)
    html = LINK.sub(_named, _TOKEN.sub(work.token, html))
    if work.ads:
        count = len(work.ads)
        place.tell(Message("html-removed.advertisements", words=work.ads[0], count=count))
    html = link_addresses(captioned(html, place.images), work.unsure)
    return html, (*players, *unfilled, *(["img"] if work.lost else []))


class _Rewriting(Struct):
    place: BodyPlace
    lost: bool = False
    ads: list[str] = field(default_factory=list)
    told: set[Message] = field(default_factory=set)

    def token(self, match: re.Match[str]) -> str:
        """Return a start tag with what may be published of it."""
        name, written = match.groups()
        if name is None:
            return '"' if match[0] == "&quot;" else self._img({})
        if name == "a" and _READY.fullmatch(written) and "&amp;amp;" not in written:
            return match[0]
        values = attributes(written)
        if name == "img":
            return self._img(values)
        if name == "a":
            self._absolute_href(values)
        kept = PUBLISHED.get(name, frozenset()) | PUBLISHED["*"]
        return start_tag(name, {key: value for key, value in values.items() if key in kept})

    def unsure(self, address: str) -> None:
        """Tell of an address in the text whose end may be a word of the sentence."""
        self._tell(Message("address-unsure.particle", written=address))

    def _tell(self, message: Message) -> None:
        if message not in self.told:
            self.told.add(message)
            self.place.tell(message)

    def _absolute_href(self, values: dict[str, str]) -> None:
        href = self._href(values.pop("href", ""))
        if href is not None:
            values["href"] = href

    def _href(self, href: str) -> str | None:
        href = href.strip()
        if not href or href.startswith("#"):  # what leads somewhere is a whole address by now
            return None
        written, href = href, without_references(href)
        if href.lower().startswith(("mailto:", "tel:")):
            return percent_encode(re.sub(r":\s+", ":", href, count=1))
        completed = completed_url(href)
        url = completed or self.place.beside(href) or absolute_url(href, self.place.base)
        if url is None and not _NOTHING.match(href):
            self._tell(Message("address-lost.link", written=written))
        if url is not None and (completed or href != written):
            self._tell(Message("address-repaired.link", written=written, url=url))
        return url

    def _img(self, values: dict[str, str]) -> str:
        written = picture_source(values)
        source = without_references(written)
        if is_pixel(values, source):
            self.ads += [source] if is_banner(values, source) else []
            return ""
        if source != written:
            self._tell(Message("address-repaired.link", written=written, url=source))
        if is_other_media(source) and (url := absolute_url(source, self.place.base)):
            return link_html(player_page(url), values.get("alt", ""), inline=True)
        image = self.place.picture(source) if source else None
        if image is None:
            self.lost = self.lost or not source
            return ""
        return start_tag("img", _img_attributes(values, image))


def _named(match: re.Match[str]) -> str:
    """Return a link that shows something: its address where it has no text and no picture."""
    if not is_idle(match):
        return match[0]
    href = attributes(match[1]).get("href", "")
    if not href or is_tracker(host_of(href)):
        return match[2]
    return f"<a{match[1]}>{escape_text(href.removeprefix('mailto:').removeprefix('tel:'))}</a>"


def _one_picture(match: re.Match[str]) -> str:
    """Return a picture element as the one picture that every reader can show."""
    img = _IMG.search(match[1])
    values = attributes(img[1]) if img else {}
    if img and (source := picture_source(values)) and not is_pixel({}, source) and not source.startswith("data:"):
        return _SOURCE.sub("", match[1])
    sources = [attributes(source[1]) for source in _SOURCE.finditer(match[1])]
    sources = [source for source in sources if picture_source({**source, "src": ""})]
    if not sources:
        return _SOURCE.sub("", match[1])
    chosen = next((source for source in sources if source.get("type") not in _NEW_TYPES), sources[-1])
    kept = {name: value for name, value in values.items() if name not in (*LAZY_SOURCES, *SOURCE_SETS, "src")}
    tag = start_tag("img", {"src": picture_source({**chosen, "src": ""}), **kept})
    return tag if img is None else _SOURCE.sub("", match[1]).replace(img[0], tag)


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
    if source and not (BLANK.search(source) and any(name in values for name in SOURCE_SETS)):
        return source
    return next((_largest(values[name]) for name in SOURCE_SETS if values.get(name)), source)


def _largest(source_set: str) -> str:
    """Return the address of the largest picture of a srcset (HTML, 4.8.4.2.1)."""
    candidates = [candidate.split() for candidate in re.split(r",\s+|,$", source_set) if candidate.strip()]
    return max(candidates, key=_descriptor)[0] if candidates else ""


def _descriptor(candidate: list[str]) -> float:
    number = re.fullmatch(r"(\d+(?:\.\d+)?)[wx]", candidate[1]) if len(candidate) > 1 else None
    return float(number[1]) if number else 1.0
