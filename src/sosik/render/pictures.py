"""The pictures of an entry for metadata: those of its file, or else the first one of its body."""

import posixpath
import re
from functools import lru_cache

from msgspec.structs import replace

from sosik.addresses import split_address
from sosik.model import Entry, Image
from sosik.model.entry import MEDIA_TYPES
from sosik.normalize.markup import ATTRIBUTES, attributes, html_text
from sosik.patterns import pattern

_IMG = pattern(rf"<img({ATTRIBUTES}*)>")
_CAPTION = pattern(r"<figcaption(?: [^<>]*)?>(.*?)(?:<small>([^<]*)</small>)?</figcaption>", re.DOTALL)

_LEAST = 100
"""Pixels of a side, if the body says them: what is smaller is a sign in the text, not a picture of the article."""


def told_images(entry: Entry) -> tuple[Image, ...]:
    """Return the pictures that structured data names, the lead picture first; empty where an entry has none.

    A picture of the body counts where the file names none; a sign in the text, by its size there, does not.
    """
    return entry.images or _first_of_body(entry.body, entry.media)


@lru_cache(maxsize=1)
def _first_of_body(body: str, media: tuple[Image, ...]) -> tuple[Image, ...]:
    """Return the first picture of a body; the formats of an entry, which are rendered one after another, all ask."""
    beside = {image.url: image for image in media}
    for tag in _IMG.finditer(body) if "<img" in body else ():
        values = attributes(tag[1])
        url = values.get("src", "")
        sides = [int(values[name]) for name in ("width", "height") if values.get(name, "").isdigit()]
        if url in beside or (url and min(sides, default=_LEAST) >= _LEAST):
            return (_described(beside.get(url) or _elsewhere(url), values, body, tag),)
    return ()


def _elsewhere(url: str) -> Image:
    suffix = posixpath.splitext(split_address(url).path)[1].removeprefix(".").lower()
    return Image(url=url, media_type=MEDIA_TYPES.get(suffix, ""))


def _described(image: Image, values: dict[str, str], body: str, tag: re.Match[str]) -> Image:
    """Return a picture with the text in its place, and the caption of the figure that it stands in."""
    caption, credit = "", ""
    end = body.find("</figure>", tag.end())
    if end >= 0 and body.rfind("<figure", 0, tag.start()) > body.rfind("</figure>", 0, tag.start()):
        told = _CAPTION.search(body, tag.end(), end)
        caption, credit = (html_text(told[1]), html_text(told[2] or "")) if told else ("", "")
    return replace(image, alt=values.get("alt", ""), caption=caption.replace("\n", " "), credit=credit)
