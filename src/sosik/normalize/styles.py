"""What a page says by style in elements that feeds carry: struck out, bold, underlined, slanted, raised, lowered."""

import re

from sosik.normalize.markup import ATTRIBUTES, VOID, attributes, start_tag
from sosik.patterns import pattern

_TAG = pattern(rf"<(/?)([a-z][^\s<>/]*)({ATTRIBUTES}*)>")

_STYLES = (
    (pattern(r"\btext-decoration(?:-line)?\s*:[^;:]*line-through", re.IGNORECASE), "s"),
    (pattern(r"\btext-decoration(?:-line)?\s*:[^;:]*underline", re.IGNORECASE), "u"),
    (pattern(r"\bfont-weight\s*:\s*(?:bold|bolder|[6-9]\d\d|1000)\b", re.IGNORECASE), "b"),
    (pattern(r"\bfont\s*:[^;:]*\b(?:bold|bolder|[6-9]00)(?=[\s;]|$)", re.IGNORECASE), "b"),
    (pattern(r"\bfont-style\s*:\s*(?:italic|oblique)\b", re.IGNORECASE), "i"),
    (pattern(r"\bvertical-align\s*:\s*super\b", re.IGNORECASE), "sup"),
    (pattern(r"\bvertical-align\s*:\s*sub\b", re.IGNORECASE), "sub"),
)
_LIGHT = pattern(r"\bfont-weight\s*:\s*(?:normal|lighter|[1-5]\d\d)\b", re.IGNORECASE)
_TELLING = pattern(r"<strike|text-decoration|font-weight|font-style|vertical-align|font\s*:", re.IGNORECASE)
_OLD = {"strike": "s"}
_BOLD = frozenset({"b", "strong"})

# Elements that say a style already, and links, which are underlined everywhere.
_SAID: dict[str, frozenset[str]] = {
    **{name: frozenset({"b"}) for name in ("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6")},
    **{name: frozenset({"s"}) for name in ("s", "del")},
    **{name: frozenset({"u"}) for name in ("u", "ins", "a")},
    **{name: frozenset({"i"}) for name in ("i", "em", "cite", "address", "dfn", "var")},
    **{name: frozenset({name}) for name in ("sup", "sub")},
}
# Between these and the text stand elements that take the style: a row's cells, a list's members.
_AROUND = frozenset({"table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl", "figure", "picture"})


def said_styles(html: str) -> str:
    """Return HTML in nh3's form with an element for each style that changes what a text says; the rest is left out.

    An element that is bold by its name and not by its style (as word processors paste whole articles) is no element.
    """
    if not _TELLING.search(html):
        return html
    closing: list[str] = []
    waiting: list[tuple[str, ...]] = [()]

    def written(match: re.Match[str]) -> str:
        ending, name, text = match.groups()
        if ending:
            waiting[1:] = waiting[1:-1]
            return closing.pop() if closing else match[0]
        values = attributes(text)
        style = values.pop("style", "")
        marks = _marks(name, style) if style else ()
        if name in VOID:
            return start_tag(name, values)
        outer = waiting[-1]
        if name in _AROUND:
            waiting.append(tuple(dict.fromkeys((*outer, *marks))))
            closing.append(f"</{name}>")
            return start_tag(name, values)
        waiting.append(())
        marks = tuple(mark for mark in dict.fromkeys((*outer, *marks)) if mark not in _SAID.get(name, ()))
        name = _OLD.get(name, name)
        kept = not (name in _BOLD and _LIGHT.search(style))
        closing.append("".join(f"</{mark}>" for mark in reversed(marks)) + (f"</{name}>" if kept else ""))
        return (start_tag(name, values) if kept else "") + "".join(f"<{mark}>" for mark in marks)

    return _TAG.sub(written, html)


def _marks(name: str, style: str) -> tuple[str, ...]:
    said = _SAID.get(name, frozenset())
    return tuple(mark for pattern, mark in _STYLES if mark not in said and pattern.search(style))
