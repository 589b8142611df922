"""What a page hides by style: no reader of a page sees it, and none of a feed knows the style."""

import re

from sosik.normalize.markup import attributes, elements, html_text

_HIDING = re.compile(r"\b(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE)
_MARK = re.compile(r"none|hidden|collapse", re.IGNORECASE)
_SHOWN = re.compile(r"<(?:img|iframe|video|audio|object|embed|oembed)[ >]")
_LONGEST = 40


def without_hidden(html: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return HTML in nh3's form without the text that it hides.

    And the beginnings of the texts that were left out, and of those that stay because a picture or a player stands
    among them: slides and tabs are hidden until a script shows them.
    """
    if not _MARK.search(html):
        return html, (), ()
    left_out: list[str] = []
    shown: list[str] = []
    parts: list[str] = []
    position = 0
    for element in sorted(elements(html), key=lambda element: element.start):
        if element.start < position or not _is_hidden(attributes(element.written)):
            continue
        inner = html[element.inner : element.inner_end]
        text = html_text(inner, numbers=False).partition("\n")[0][:_LONGEST]
        if _SHOWN.search(inner):
            shown += [text] if text else []
            continue
        left_out += [text] if text else []
        parts.append(html[position : element.start])
        position = element.end
    return "".join([*parts, html[position:]]), tuple(left_out), tuple(shown)


def _is_hidden(values: dict[str, str]) -> bool:
    return "hidden" in values or bool(_HIDING.search(values.get("style", "")))
