"""Bodies as feeds need them: absolute addresses, real pictures, links in place of players, no advertisements.

What comes in is HTML in nh3's form (see `sosik.normalize.markup`), what goes out is still to be sanitized.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sosik.addresses import percent_encode
from sosik.model import Image
from sosik.normalize.advertisements import BLANK, is_pixel, without_ads
from sosik.normalize.links import absolute_url
from sosik.normalize.markup import ATTRIBUTES, attributes, start_tag
from sosik.normalize.players import link_players
from sosik.normalize.sanitize import ATTRIBUTES as PUBLISHED
from sosik.normalize.sanitize import LAZY_SOURCES, SOURCE_SETS

# cmark writes every quotation mark in text as a reference, nh3 none; told apart here, one pass of the sanitizer does.
_TOKEN = re.compile(rf"<([a-z][a-z0-9]*)({ATTRIBUTES}+)>|<img>|&quot;")

# What most links are already, and what `absolute_url` would leave as it is.
_READY = re.compile(r' href="https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/(?:[\w./?=~;,+:@!$()*-]|&amp;)*"', re.ASCII)


def rewrite(html: str, *, base: str, picture: Callable[[str], Image | None]) -> tuple[str, tuple[str, ...]]:
    """Return the HTML rewritten, and the names of elements that had to be left out for want of an address.

    Addresses are relative to *base*. *picture* is asked for the picture that an address in a body means, and returns
    None where that cannot be published.
    """
    work = _Rewriting(base=base, picture=picture)
    html = html.replace("<center>", "<div>").replace("</center>", "</div>")
    html, players = link_players(html, base)
    if 'class="' in html or 'id="' in html:
        html = without_ads(html)
    html = _TOKEN.sub(work.token, html)
    return html, (*players, *(["img"] if work.lost else []))


@dataclass(slots=True)
class _Rewriting:
    base: str
    picture: Callable[[str], Image | None]
    lost: bool = False

    def token(self, match: re.Match[str]) -> str:
        """Return a start tag with what may be published of it."""
        name, written = match.groups()
        if name is None:
            return '"' if match[0] == "&quot;" else self._img({})
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
        if not href or href.startswith("#"):  # what leads somewhere is a whole address by now
            return None
        if href.lower().startswith(("mailto:", "tel:")):
            return percent_encode(href)
        return absolute_url(href, self.base)

    def _img(self, values: dict[str, str]) -> str:
        source = picture_source(values)
        if is_pixel(values, source):
            return ""
        image = self.picture(source) if source else None
        if image is None:
            self.lost = self.lost or not source
            return ""
        return start_tag("img", _img_attributes(values, image))


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
