"""Sanitized HTML as text: its tags, its attributes, and its text without markup.

nh3 and the Markdown parser write HTML in one form: names in lower case, attributes in double quotes, and `<` and `>` in
text as references. The patterns are valid only for this form.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from sosik.patterns import pattern

_NAMES = """
a abbr b bdi bdo cite code del dfn em i ins kbd mark q ruby rb rp rt rtc s samp small strong sub sup time u var wbr
"""
INLINE = frozenset(_NAMES.split())
"""Elements that stand inside a line; every other one begins and ends a line of its own."""

ATTRIBUTES = r'(?: [^\s"=<>/]+="[^"]*")'
"""An attribute, with the space before it."""

_ATTRIBUTE = pattern(r' ([^\s"=<>/]+)="([^"]*)"')
_TAG = pattern(rf"</?[a-z][a-z0-9]*{ATTRIBUTES}*>")
_TAGS = pattern(rf"{_TAG.pattern}\n*(?:{_TAG.pattern}\n*)*")
_INLINE_TAG = pattern(
    rf"</?(?=[{''.join(sorted({name[0] for name in INLINE}))}])(?:{'|'.join(sorted(INLINE))}){ATTRIBUTES}*>"
)
"""The first letter says of most other elements that they are none, and before all names are tried."""
LINK = pattern(rf"<a({ATTRIBUTES}*)>([^<]*(?:<(?!/?a[ >])[^<]*)*)</a>")
"""A link: its attributes, and what is in it."""

ID_PREFIX = "fn-"
"""What every id begins with that is published: so readers know footnotes."""

VOID = frozenset({"br", "col", "embed", "hr", "img", "param", "source", "wbr"})
"""Elements without an end."""

_PIECE = pattern(rf"<(/?)([a-z][^\s<>/]*)({ATTRIBUTES}*)>|[^<\s]")
_LIST_TAG = pattern(rf"<(/?)(ol|ul|li)({ATTRIBUTES}*)>((?:\s*<(?:p|div){ATTRIBUTES}*>)*)")
_BREAKS = pattern(r"<br>(?:(?:\s|&nbsp;)*<br>)+")
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\xa0", "&nbsp;"))


def attributes(text: str) -> dict[str, str]:
    """Return the attributes of a start tag, references resolved."""
    return {name: _unescaped(value) if "&" in value else value for name, value in _ATTRIBUTE.findall(text)}


class Element(Struct, kw_only=True):
    """An element of HTML in nh3's form: its name, its attributes as written, and where it and what is in it stand.

    `filled` tells whether there is text or a picture in it.
    """

    name: str
    written: str
    start: int
    inner: int
    inner_end: int = 0
    end: int = 0
    filled: bool = False


def elements(html: str) -> Iterator[Element]:
    """Yield every element of HTML in nh3's form that has an end, the inner ones before those around them."""
    opened: list[Element] = []
    for piece in _PIECE.finditer(html):
        ending, name, written = piece.groups()
        if name is None or name in VOID:
            if opened and name not in ("br", "wbr", "col", "param", "source"):
                opened[-1].filled = True
        elif not ending:
            opened.append(Element(name=name, written=written, start=piece.start(), inner=piece.end()))
        elif opened and opened[-1].name == name:
            element = opened.pop()
            element.inner_end, element.end = piece.span()
            if opened:
                opened[-1].filled |= element.filled
            yield element


def is_idle(link: re.Match[str]) -> bool:
    """Whether a `LINK` shows nothing, neither text nor a picture, and is no place that one can jump to."""
    return ' id="' not in link[1] and "<img" not in link[2] and not html_text(link[2])


def start_tag(name: str, values: dict[str, str]) -> str:
    """Return a start tag exactly as nh3 writes it."""
    written = "".join(f' {key}="{escape_text(value).replace(chr(34), "&quot;")}"' for key, value in values.items())
    return f"<{name}{written}>"


def escape_text(text: str) -> str:
    """Return plain text as HTML, exactly as nh3 writes it."""
    for sign, reference in _ESCAPES:  # in Hangul, a table of `translate` takes ten times as long
        if sign in text:
            text = text.replace(sign, reference)
    return text


def html_text(html: str, *, numbers: bool = True) -> str:
    """Return the text of sanitized HTML, a line for each block; empty lines and white space around lines left out.

    *numbers*: with the numbers that readers see in front of the items of lists.
    """
    if numbers and "<ol" in html:
        html = _numbered(html)
    html = html.replace("\n", " ")
    if "<br>" in html:  # one is a line of the same paragraph, two are a paragraph's end
        html = _BREAKS.sub("\n", html).replace("<br>", " ")
    text = _unescaped(_TAG.sub("\n", _INLINE_TAG.sub("", html)))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def html_line(html: str) -> str:
    """Return the words of `html_text` without the numbers of lists, on one line."""
    text = _TAGS.sub(" ", _INLINE_TAG.sub("", html))
    text = _unescaped(text.replace("\n", " ") if "\n" in text else text).strip()
    # No other white space is printable; in most texts there is none, and looking costs less than splitting them.
    return text if text.isprintable() and "  " not in text else " ".join(text.split())


def _unescaped(text: str) -> str:
    """Return a text with characters in place of the references to them."""
    if "&" not in text:
        return text
    # With it come the names of all characters, which a build without changes need not know.
    from html import unescape

    return unescape(text)


def _numbered(html: str) -> str:
    """Return HTML with the numbers of lists as text, where readers see them."""
    lists: list[_Counted | None] = []

    def count(match: re.Match[str]) -> str:
        ends, name, written, _ = match.groups()
        if name != "li":
            if not ends:
                lists.append(_Counted(attributes(written)) if name == "ol" else None)
            elif lists:
                lists.pop()
            return match[0]
        counted = lists[-1] if lists and not ends else None
        return f"{match[0]}{counted.item(attributes(written))}. " if counted else match[0]

    return _LIST_TAG.sub(count, html)


class _Counted:
    """A numbered list on the way through it."""

    def __init__(self, values: dict[str, str]) -> None:
        self._next = _number(values.get("start", ""), 1)
        self._step = -1 if "reversed" in values else 1
        self._letter = values.get("type", "") if values.get("type") in ("a", "A") else ""

    def item(self, values: dict[str, str]) -> str:
        """Return what readers see in front of the next item."""
        number = _number(values.get("value", ""), self._next)
        self._next = number + self._step
        return chr(ord(self._letter) + number - 1) if self._letter and 1 <= number <= _LETTERS else str(number)


_LETTERS = 26


def _number(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else default
