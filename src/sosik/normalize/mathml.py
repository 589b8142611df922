"""Formulas in MathML as the text that they read: feeds carry none, and no number of one may go lost."""

import re
from html import unescape

from sosik.normalize.markup import escape_text
from sosik.patterns import pattern

_MATH = pattern(r"<math(?=[\s>])([^<>]*)>(.*?)</math>", re.IGNORECASE | re.DOTALL)
_ALTERNATIVE = pattern(r"""\salttext\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_STYLED = pattern(r"\s(?:style\s*=|hidden\b)", re.IGNORECASE)
_PIECE = pattern(r"<(/?)(?:\w++:)?(\w++)[^<>]*?(/?)>|([^<]+|<)")

# What stands around the children of an element, and between them; of any other element they follow one another.
_FORMS: dict[str, tuple[str, ...]] = {
    "msup": ("", "<sup>", "</sup>"),
    "msub": ("", "<sub>", "</sub>"),
    "msubsup": ("", "<sub>", "</sub><sup>", "</sup>"),
    "munder": ("", "<sub>", "</sub>"),
    "mover": ("", "<sup>", "</sup>"),
    "munderover": ("", "<sub>", "</sub><sup>", "</sup>"),
    "mfrac": ("(", ")/(", ")"),
    "mroot": ("√(", ")<sup>", "</sup>"),
}
_MOST_DEEP = 50


def formulas_as_text(html: str) -> str:
    """Return any HTML with text, `sup` and `sub` in place of every `math` element.

    A formula's own text for readers (`alttext`) counts where it has one; annotations in other languages do not.
    """
    lowered = html.lower()
    if "<math" not in lowered:
        return html
    end = lowered.rfind("</math") + len("</math")  # so that every search for an end finds one
    return _MATH.sub(_formula, html[: end + 1]) + html[end + 1 :]


def _formula(match: re.Match[str]) -> str:
    alternative = _ALTERNATIVE.search(match[1])
    told = unescape((alternative[1] or alternative[2] or "") if alternative else "").strip()
    text = escape_text(told) if told and "\\" not in told else _read(match[2])
    return f"<span{match[1]}>{text}</span>" if _STYLED.search(match[1]) else text


def _read(written: str) -> str:
    """Return the children of a `math` element as text."""
    opened: list[tuple[str, list[str]]] = [("math", [])]
    for piece in _PIECE.finditer(written):
        ending, name, empty, text = piece.groups()
        if text is not None:
            opened[-1][1].append("".join(text.split()) if text != "<" else "&lt;")
        elif not ending and not empty and len(opened) < _MOST_DEEP:
            opened.append((name.lower(), []))
        elif ending and len(opened) > 1 and opened[-1][0] == name.lower():
            name, children = opened.pop()
            opened[-1][1].append(_formed(name, children))
    while len(opened) > 1:
        name, children = opened.pop()
        opened[-1][1].append(_formed(name, children))
    return "".join(opened[0][1])


def _formed(name: str, children: list[str]) -> str:
    children = [child for child in children if child]
    if name.startswith("annotation"):
        return ""
    form = _FORMS.get(name)
    if form and len(children) == len(form) - 1:
        return "".join(f"{before}{child}" for before, child in zip(form, children, strict=False)) + form[-1]
    return f"√({''.join(children)})" if name == "msqrt" else "".join(children)
