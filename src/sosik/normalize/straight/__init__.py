"""Fast path: bodies of plain prose, which are most, become HTML by a pattern and an escape.

Nothing is parsed, sanitized or compared. No rule of normalizing may affect any sign of the body. So the HTML is equal
to the result of `sosik.normalize.body`, without problems. In any doubt, the body is declined.
"""

from functools import lru_cache

from msgspec import Struct

from sosik.model import BodyFormat
from sosik.normalize.straight.links import DoubtError
from sosik.normalize.straight.markdown import markdown_html

_LONGEST = 20_000
"""Characters of a body beyond which it might hold too much (`sosik.normalize.limits`)."""


class Straight(Struct, frozen=True):
    """A body as it is published, and what it was read as; `AUTO` is Markdown of which nobody said so."""

    html: str
    read_as: BodyFormat


_AT_HAND = 64
"""Bodies that are asked for once more: those of the files that are read together, and as many again."""


@lru_cache(maxsize=_AT_HAND)
def straight(text: str, body_format: BodyFormat) -> Straight | None:
    """Return a body that is plainly prose as it is published, None for any other."""
    if len(text) > _LONGEST:
        return None
    is_html = body_format is BodyFormat.HTML or (body_format is BodyFormat.AUTO and text.lstrip("\n").startswith("<"))
    try:
        if not is_html and body_format is not BodyFormat.TEXT:
            return _read(markdown_html(text, is_auto=body_format is BodyFormat.AUTO), body_format)
        from sosik.normalize.straight.pages import html_html, text_html  # a newsroom has one kind of bodies

        return _read(html_html(text), BodyFormat.HTML) if is_html else _read(text_html(text), body_format)
    except DoubtError:
        return None


def _read(html: str, read_as: BodyFormat) -> Straight | None:
    return Straight(html, read_as) if html else None
