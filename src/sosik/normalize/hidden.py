"""Text that a page hides: no reader of the page sees it, and feeds do not have its styles.

`hidden`, `display: none` and `visibility: hidden` hide any element; a `dialog` is hidden until it is opened.
`aria-hidden` hides nothing here: it concerns only screen readers.
"""

import re
from bisect import bisect_left

from sosik.normalize.markup import attributes, elements, html_text
from sosik.normalize.sanitize import whole
from sosik.patterns import pattern

_MARK = pattern(r"none|hidden|collapse|<(?:dialog|datalist)[\s>]", re.IGNORECASE)
_DECLARATION = pattern(r"(display|visibility)\s*:\s*([a-z-]+)\s*(!\s*important)?", re.IGNORECASE)
_COMMENT = pattern(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_HIDING = frozenset({"none", "hidden", "collapse"})
_SHOWN = pattern(r"<(?:img|iframe|video|audio|object|embed|oembed)[ >]|visibility\s*:\s*visible", re.IGNORECASE)
_LONGEST, _LOOKED_AT = 40, 2_000


def without_hidden(html: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return HTML, as `prepared` gives it, without the text that it hides.

    And the beginnings of the texts that were left out, and of those that stay because a picture or a player stands
    among them: slides and tabs are hidden until a script shows them.
    """
    if not _MARK.search(html):
        return html, (), ()
    left_out: list[str] = []
    shown: list[str] = []
    parts: list[str] = []
    position = 0
    all_of_it = whole(html)
    media = [match.start() for match in _SHOWN.finditer(all_of_it)]
    for element in sorted(elements(all_of_it), key=lambda element: element.start):
        if element.start < position or not _is_hidden(element.name, attributes(element.written)):
            continue
        text = _beginning(all_of_it[element.inner : min(element.inner_end, element.inner + _LOOKED_AT)])
        if bisect_left(media, element.inner) < bisect_left(media, element.inner_end):
            shown += [text] if text else []
            continue
        left_out += [text] if text else []
        parts.append(all_of_it[position : element.start])
        position = element.end
    return "".join([*parts, all_of_it[position:]]) if parts else html, tuple(left_out), tuple(shown)


def _beginning(html: str) -> str:
    """Return the first words of HTML that may break off within a tag."""
    tag = html.rfind("<")
    whole_tags = html[:tag] if tag > html.rfind(">") else html
    return html_text(whole_tags, numbers=False).partition("\n")[0][:_LONGEST]


def _is_hidden(name: str, values: dict[str, str]) -> bool:
    if "hidden" in values or name == "datalist" or (name == "dialog" and "open" not in values):
        return True
    style = values.get("style", "")
    return bool(style) and not _HIDING.isdisjoint(_last(style).values())


def _last(style: str) -> dict[str, str]:
    """Return what a style says of showing: of one property the last declaration counts, before it an important one."""
    said: dict[str, str] = {}
    important: dict[str, str] = {}
    for name, value, mark in _DECLARATION.findall(_COMMENT.sub("", style).lower()):
        (important if mark else said)[name] = value
    return {**said, **important}
