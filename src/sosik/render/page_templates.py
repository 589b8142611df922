"""The templates of pages: compiled by Jinja once, and rendered once for each shape of their values.

A part that varies independently, such as a teaser or a row of a list, is a separate template; otherwise pages would
have too many shapes.
"""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import asdict

from sosik.render.kept_shapes import kept
from sosik.render.security import CONTENT_SECURITY
from sosik.render.shapes import (
    MOST_SHAPES,
    Pattern,
    Template,
    Word,
    pattern_of,
    probe_of,
    shape_of,
    template_of,
    together,
)
from sosik.words.pages import texts_of

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"


class Told(Struct, frozen=True):
    """What a template is told, by name; its `words` are the language of what it says itself."""

    words: Word


def filled(name: str, told: Told) -> str:
    """Return a template with what it is told, as `rendered` does, through what it made of the same shape."""
    given: list[object] = []
    shape = shape_of(told, given)
    return _template(name, shape).filled(given)


def rendered(name: str, told: Told) -> str:
    """Return a template with what it is told, as Jinja fills it."""
    return _environment().get_template(name).render(asdict(told) | {"t": texts_of(told.words)}).strip()


@lru_cache(maxsize=MOST_SHAPES)
def _template(name: str, shape: Any) -> Template:
    def make() -> Pattern:
        told, stand_ins = probe_of(shape)
        return pattern_of(rendered(name, told), stand_ins)

    return template_of(kept((name, shape), make), {"&#34;": together(escaped), '"': list})


def escaped(text: str) -> str:
    """Return a text as it stands in HTML, written as Jinja does."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("'", "&#39;").replace('"', "&#34;")


def in_script(value: Mapping[str, Any]) -> str:
    """Return a value as JSON that may stand in an element of HTML, written as Jinja does."""
    text = _json(value)
    # Each replaced by itself takes a tenth of the time of `str.translate`, for most texts have none of them.
    text = text.replace("<", "\\u003c").replace(">", "\\u003e")
    return text.replace("&", "\\u0026").replace("'", "\\u0027")


_json = json.JSONEncoder(ensure_ascii=False).encode


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # heavy, and most builds change no page

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["security"] = CONTENT_SECURITY
    return environment


def load_templates() -> None:
    """Load every template now, which the first page to change would wait for otherwise."""
    environment = _environment()
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)
