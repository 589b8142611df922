"""HTML in plain text: tags and character references from a paste or a CMS."""

import re

from sosik.patterns import pattern

_MARKUP_TAGS = (
    "a|abbr|b|big|blockquote|br|center|cite|code|del|div|em|embed|figure|font|form|h[1-6]|hr|i|iframe|img|input|ins"
    "|kbd|li|link|mark|meta|object|ol|p|pre|q|rp|rt|ruby|s|samp|script|small|span|strike|strong|style|sub|sup|svg"
    "|table|tbody|td|th|tr|tt|u|ul|var|video|wbr"
)
_ATTRIBUTE = r"""\s+[a-zA-Z_:][\w:.-]*\s*=\s*(?:"[^"]*"|'[^']*'|[^\s<>"'=`]+)"""
_MARKUP = pattern(rf"<(/?)({_MARKUP_TAGS})(?:{_ATTRIBUTE})*\s*/?>", re.IGNORECASE)
_NOT_TEXT = pattern(r"<(script|style)(?:\s[^<>]*)?>[^<]*</\1\s*>", re.IGNORECASE)

_REFERENCE = pattern(r"&(?:amp|lt|gt|quot|apos|nbsp|middot|hellip|[lr][sd]quo|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});")

# These stand between words; the others stand inside them (`<b>속</b>보`).
_SPACE_TAGS = frozenset({"br", "p", "div", "li", "hr", "td", "th", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})


def character_reference(text: str) -> str:
    """Return the first character reference of HTML in *text*, such as `&amp;` or `&#8220;`, or nothing."""
    reference = _REFERENCE.search(text) if "&" in text else None
    return reference[0] if reference else ""


def strip_markup(text: str) -> tuple[str, tuple[str, ...]]:
    """Return *text* without HTML tags, and the names of the tags that were in it, each once, in order.

    Only what is certainly a tag of HTML goes; scripts and style sheets go with what is in them.
    """
    if "<" not in text:
        return text, ()
    names: dict[str, None] = {}

    def leave_out(match: re.Match[str]) -> str:
        name = match[match.lastindex or 0].lower()
        names[name] = None
        return " " if name in _SPACE_TAGS else ""

    text = _NOT_TEXT.sub(leave_out, text)
    text = _MARKUP.sub(leave_out, text)
    return text, tuple(names)
