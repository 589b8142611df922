"""Markdown as HTML, read as Korean newsrooms write: what is prose stays as it was written.

The parser is markdown-it-py. Its rules that read Korean prose as markup are replaced here, one file for each kind of
them; nothing is escaped before it and nothing mended after it. `markdown` is the front door, and its file the only one
that says which parser it is.
"""

from sosik.normalize.markdown.engine import Made, markdown
from sosik.normalize.markdown.links import TooManyBracketsError

__all__ = ["Made", "TooManyBracketsError", "markdown"]
