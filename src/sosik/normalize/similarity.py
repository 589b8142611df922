"""How much of an article an edit changed."""

import hashlib
import re
from collections import Counter

from sosik.normalize.markup import html_text

_SIGNS = re.compile(r"[\W_]+")


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


def body_digest(html: str) -> str:
    """Return the SHA-256 in hexadecimal of a body's text alone: markup, addresses and white space do not count."""
    return hashlib.sha256(" ".join(html_text(html, numbers=False).split()).encode()).hexdigest()
