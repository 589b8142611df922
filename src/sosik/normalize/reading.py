"""The format of a body, and its conversion to HTML before sanitizing."""

import re

from msgspec import Struct

from sosik.model import BodyFormat
from sosik.normalize.markdown import markdown
from sosik.normalize.paragraphs import text_as_html
from sosik.normalize.tags import BLOCKS, words_as_text
from sosik.patterns import pattern
from sosik.words import Message

_WRITTEN_AS_HTML = pattern(rf"(?<!\\)<(?:{'|'.join(sorted(BLOCKS))})(?=[\s/>])", re.IGNORECASE)
_RAW_HTML = pattern(r"<[a-zA-Z/!?]")


class Reading(Struct, frozen=True, kw_only=True):
    """A body as HTML that is not yet sanitized: what it was read as, whether tags stand in it, what to tell of it.

    `read_as` is `AUTO` for Markdown of which nobody said so.
    """

    html: str
    read_as: BodyFormat
    has_tags: bool = False
    told: tuple[Message, ...] = ()


def read_body(text: str, body_format: BodyFormat, *, written: str = "") -> Reading:
    """Return a body read as what it is written in.

    A text of which nobody said what it is counts as HTML where a block of HTML stands in it, wherever, and nothing
    that the parser of Markdown takes for Markdown; else it is Markdown, with HTML in it. *written* is the text before
    anything in it was translated to HTML, where something was.
    """
    if body_format is BodyFormat.HTML:
        return _html(text)
    if body_format is BodyFormat.TEXT:
        return Reading(html=text_as_html(text), read_as=BodyFormat.TEXT)
    made = markdown(text, is_auto=body_format is BodyFormat.AUTO)
    if (
        body_format is BodyFormat.AUTO
        and not made.is_marked
        and _WRITTEN_AS_HTML.search(words_as_text(written or text))
    ):
        return _html(text)
    return Reading(
        html=words_as_text(made.html),
        read_as=body_format,
        has_tags=bool(_RAW_HTML.search(text)),
        told=(
            *(Message("emphasis-unsure.body", text=excerpt) for excerpt in made.unsure),
            *(Message("emphasis-unsure.doubted", text=excerpt) for excerpt in made.doubted),
        ),
    )


def _html(text: str) -> Reading:
    return Reading(html=words_as_text(text), read_as=BodyFormat.HTML, has_tags=True)
