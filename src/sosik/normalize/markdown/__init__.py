"""Markdown to HTML with the conventions of Korean newsrooms: prose stays unchanged.

The parser is markdown-it-py. Its rules that read Korean prose as markup are replaced here, one file for each kind.
Nothing is escaped before or repaired after it. `markdown` is the public function, and only its file names the parser.
"""

from sosik.normalize.markdown.engine import Made, markdown
from sosik.normalize.markdown.links import TooManyBracketsError

__all__ = ["Made", "TooManyBracketsError", "markdown"]
