"""Pictures that a body places itself, with what the entry's file says of them: caption, credit, text in their place."""

import re
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from sosik.model import Image
from sosik.normalize.markup import ATTRIBUTES, INLINE, VOID, attributes, escape_text, html_text, start_tag
from sosik.patterns import pattern

_FIGURE = pattern(r"<figure(?: [^<>]*)?>(?:(?!</?figure[ >]).)*</figure>", re.DOTALL)
_IMG = pattern(rf"<img{ATTRIBUTES}*>")
_PIECE = pattern(rf"(?P<figure>{_FIGURE.pattern})|<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?:{ATTRIBUTES})*>", re.DOTALL)
_OWN = pattern(r"<figcaption(?: [^<>]*)?>(.*?)</figcaption>", re.DOTALL)

# A line is a caption if hardly more than the caption is in it; a word or two may begin a sentence as well.
_AFTER_CAPTION, _SHORT = 40, 8

# A figure stands in none of these, so it ends them, and they begin again behind it.
_LINES = INLINE | {"p", "h1", "h2", "h3", "h4", "h5", "h6"}


class _Open(Struct):
    """An element that is open: where its start tag stands among the parts; `again`: it was opened behind a figure."""

    name: str
    tag: str
    part: int
    again: bool = False


def captioned(html: str, images: Iterable[Image]) -> str:
    """Return a body in nh3's form in which the first showing of each of *images* is a figure with its caption.

    What the body says of a picture itself stays: the text in its place, a caption, a credit in it.
    """
    told = {image.url: image for image in images if image.caption or image.credit or image.alt}
    if not told or not any(f'src="{escape_text(url)}"' in html for url in told):
        return html
    lines = html_text(html).split("\n")
    return _Captions({url: _unsaid(image, lines) for url, image in told.items()}).placed(html)


def _unsaid(image: Image, lines: list[str]) -> Image:
    """Return a picture without the caption that a line of the body is already, and its credit if that is there, too."""
    least = len(image.caption) + (_AFTER_CAPTION if len(image.caption) >= _SHORT else 0)
    line = next((line for line in lines if line.startswith(image.caption) and len(line) <= least), None)
    if not image.caption or line is None:
        return image
    said = image.credit in line
    return replace(image, caption="", alt=image.alt or image.caption, credit="" if said else image.credit)


class _Captions:
    def __init__(self, told: dict[str, Image]) -> None:
        self._told = told
        self._shown: set[str] = set()
        self._parts: list[str] = []
        self._open: list[_Open] = []

    def placed(self, html: str) -> str:
        position = 0
        for piece in _PIECE.finditer(html):
            self._parts.append(html[position : piece.start()])
            position = piece.end()
            if piece["figure"]:
                self._parts.append(self._figure(piece[0]))
            elif piece["end"]:
                self._close(piece["name"])
            elif piece["name"] == "img":
                self._picture(piece[0])
            elif piece["name"] not in VOID:
                self._open.append(_Open(piece["name"], piece[0], len(self._parts)))
                self._parts.append(piece[0])
            elif piece["name"] != "br" or not self._begins_again():
                self._parts.append(piece[0])
        return "".join([*self._parts, html[position:]])

    def _close(self, name: str) -> None:
        element = self._open.pop() if self._open and self._open[-1].name == name else None
        if element and element.again and not self._since(element):
            del self._parts[element.part :]
        else:
            self._parts.append(f"</{name}>")

    def _since(self, element: _Open) -> str:
        return "".join(self._parts[element.part + 1 :]).strip()

    def _begins_again(self) -> bool:
        return bool(self._open) and self._open[-1].again and not self._since(self._open[-1])

    def _picture(self, tag: str) -> None:
        """Put a picture as a figure, out of the lines that it stands in."""
        tag, image = self._described(tag)
        if image is None:
            self._parts.append(tag)
            return
        outer = len(self._open)
        while outer and self._open[outer - 1].name in _LINES:
            outer -= 1
        chain = self._open[outer:]
        del self._open[outer:]
        for element in reversed(chain):
            if self._since(element):
                self._parts.append(f"</{element.name}>")
            else:
                del self._parts[element.part :]
        link = next((element.tag for element in chain if element.name == "a"), "")
        self._parts.append(f"<figure>{link}{tag}{'</a>' if link else ''}{_figcaption(image)}</figure>")
        for element in chain:
            self._open.append(_Open(element.name, element.tag, len(self._parts), again=True))
            self._parts.append(element.tag)

    def _figure(self, html: str) -> str:
        """Return a figure of the body with what it does not say itself; of several pictures, each its own."""
        pictures = _IMG.findall(html)
        if len(pictures) != 1:
            return _IMG.sub(self._inner_figure, html)
        tag, image = self._described(pictures[0])
        html = html.replace(pictures[0], tag)
        if image is None:
            return html
        own = _OWN.search(html)
        if own is None:
            return html.removesuffix("</figure>") + f"{_figcaption(image)}</figure>"
        said = html_text(own[1])
        if not said:
            return html[: own.start()] + _figcaption(image) + html[own.end() :]
        if not image.credit or image.credit in said:
            return html
        return f"{html[: own.end(1)]} <small>{escape_text(image.credit)}</small>{html[own.end(1) :]}"

    def _inner_figure(self, match: re.Match[str]) -> str:
        tag, image = self._described(match[0])
        return f"<figure>{tag}{_figcaption(image)}</figure>" if image else tag

    def _described(self, tag: str) -> tuple[str, Image | None]:
        """Return an img element with the text in its place, and the picture if it is to be a figure here."""
        values = attributes(tag[4:-1])
        image = self._told.get(values.get("src", ""))
        if image is None:
            return tag, None
        if not values.get("alt", "").strip() and (alt := image.alt or image.caption):
            values = {"src": values["src"], "alt": alt, **{k: v for k, v in values.items() if k not in ("src", "alt")}}
        first = image.url not in self._shown and bool(image.caption or image.credit)
        self._shown.add(image.url)
        return start_tag("img", values), image if first else None


def _figcaption(image: Image) -> str:
    credit = f"<small>{escape_text(image.credit)}</small>" if image.credit else ""
    return f"<figcaption>{' '.join(part for part in (escape_text(image.caption), credit) if part)}</figcaption>"
