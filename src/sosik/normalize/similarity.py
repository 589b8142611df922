"""How much of an article an edit changed."""

import hashlib
from collections import Counter

from sosik.normalize.markup import html_line, html_text
from sosik.patterns import pattern

_SIGNS = pattern(r"[\W_]+")

_HALF = pattern(r"!?\[[^\[\]\n]*(?:\]\([^()\n]*)?\Z|<[a-zA-Z/][^<>\n]*\Z|https?://\S*\Z")
"""What begins a link, a picture, a tag or an address, and does not end."""


def changed_share(old_html: str, new_html: str) -> float:
    """Return which share of the words differs between two bodies, from 0.0 (the same) to 1.0 (nothing in common).

    Sanitized HTML in; markup, white space and order do not count. Where letters and numbers are the same in the same
    order, nothing differs. Takes time linear in the length of both.
    """
    old_text, new_text = (html_text(html, numbers=False) for html in (old_html, new_html))
    if same_letters(old_text, new_text):
        return 0.0
    old, new = Counter(old_text.split()), Counter(new_text.split())
    words = old.total() + new.total()
    return 1 - 2 * (old & new).total() / words if words else 0.0


def same_letters(old: str, new: str) -> bool:
    """Tell whether two texts are the same but for signs and white space."""
    return _SIGNS.sub("", old) == _SIGNS.sub("", new)


def is_beginning(html: str, whole: str) -> bool:
    """Tell whether a body is but the beginning of another one, as of a file of which the rest is not written yet.

    Sanitized HTML in. Signs and white space do not count, nor does what stands at the end of the last line and is half
    of a link or a tag.
    """
    text, all_text = (html_text(body, numbers=False) for body in (html, whole))
    if all_text.startswith(text):
        return len(text) < len(all_text)
    letters = _SIGNS.sub("", all_text)
    ends = (text, *(text[: half.start()] for half in _HALF.finditer(text)))
    beginnings = (_SIGNS.sub("", end) for end in ends)
    return any(len(beginning) < len(letters) and letters.startswith(beginning) for beginning in beginnings)


def body_digest(html: str) -> str:
    """Return the SHA-256 in hexadecimal of a body's text alone: markup, addresses and white space do not count."""
    return hashlib.sha256(html_line(html).encode()).hexdigest()
