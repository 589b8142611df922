"""How much of an article an edit changed."""

import hashlib
from collections import Counter

from sosik.normalize.markup import html_text


def changed_share(old_html: str, new_html: str) -> float:
    """Return which share of the words differs between two bodies, from 0.0 (the same) to 1.0 (nothing in common).

    Sanitized HTML in; markup, white space and order do not count. Takes time linear in the length of both.
    """
    old, new = (Counter(html_text(html).split()) for html in (old_html, new_html))
    words = old.total() + new.total()
    return 1 - 2 * (old & new).total() / words if words else 0.0


def body_digest(html: str) -> str:
    """Return the SHA-256 in hexadecimal of a body's text alone: markup, addresses and white space do not count."""
    return hashlib.sha256(" ".join(html_text(html).split()).encode()).hexdigest()
