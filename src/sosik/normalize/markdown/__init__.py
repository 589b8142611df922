"""Markdown to HTML with the conventions of Korean newsrooms: prose stays unchanged.

The parser is markdown-it-py. Its rules that read Korean prose as markup are replaced here, one file for each kind.
Nothing is escaped before or repaired after it. `markdown` is the public function, and only its file names the parser.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sosik.normalize.markdown.engine import Made, markdown
    from sosik.normalize.markdown.links import TooManyBracketsError

__all__ = ["Made", "TooManyBracketsError", "markdown"]

_ROOMS = {"Made": "engine", "TooManyBracketsError": "links", "markdown": "engine"}


def __getattr__(name: str) -> object:
    """Import the parser when it is first used (PEP 562): plain prose needs but the signs of this package."""
    if name not in _ROOMS:
        raise AttributeError(f"module 'sosik.normalize.markdown' has no attribute {name!r}")
    globals()[name] = value = getattr(import_module(f"sosik.normalize.markdown.{_ROOMS[name]}"), name)
    return value
