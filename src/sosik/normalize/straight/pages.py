"""HTML and plain text that come out as they went in: elements without attributes, whole addresses, words."""

import re

from sosik.normalize.paragraphs import text_as_html
from sosik.normalize.sanitize import EMPTY
from sosik.normalize.straight.links import ESCAPED_ADDRESS, DoubtError, with_links
from sosik.normalize.straight.signs import JOINED, LETTERS, SAFE


def _element(name: str, content: str) -> str:
    return f"<{name}>{content}</{name}>"


def _either(names: str, content: str) -> str:
    return f"(?:{'|'.join(_element(name, content) for name in names.split())})"


# A blank line in an element would be the end of its block to the parser of Markdown.
_LINE_END = r"\n(?!\n)"
_WORDS = rf"(?:[{SAFE}!*_~`\]]|\[(?![a-z#/\[])|&(?:nbsp|amp|lt|gt);|{JOINED}|{_LINE_END})"
_BREAK = re.compile("<br ?/?>")
_LINK = rf'<a href="{ESCAPED_ADDRESS}">(?=[{LETTERS}]){_WORDS}++</a>'
_INLINE = rf"(?:{_WORDS}++|{_BREAK.pattern}|{_either('strong b em i', f'{_WORDS}++')}|{_LINK})"
_END = rf"(?:{_LINE_END})?+"
_PARAGRAPH = _element("p", f"{_INLINE}*+")
_ROWS = rf"(?:<tr>{_END}(?:{_either('td th', f'{_INLINE}*+')}{_END})++</tr>{_END})++"
_BLOCKS = (
    _PARAGRAPH,
    _either("h1 h2 h3 h4 h5 h6", f"{_INLINE}++"),
    _either("ul ol", f"{_END}(?:{_element('li', f'{_INLINE}++')}{_END})++"),
    _element("blockquote", f"{_END}(?:{_PARAGRAPH}{_END})++"),
    _element("table", f"{_END}(?:{_element('thead', _END + _ROWS)}{_END})?+{_element('tbody', _END + _ROWS)}{_END}"),
)
_PAGE = re.compile(rf"\n*+(?:(?:{'|'.join(_BLOCKS)})\n*+)++")
_TEXT = re.compile(rf"[\n{SAFE}!*_~`\[\]{{}}\\<>&]+")


def html_html(text: str) -> str:
    """Return the published HTML of HTML, whether somebody said so or not. Raises DoubtError."""
    if not _PAGE.fullmatch(text):
        raise DoubtError
    return with_links(EMPTY.sub("", _BREAK.sub("<br>", text)).strip())


def text_html(text: str) -> str:
    """Return the published HTML of plain text. Raises DoubtError."""
    if not _TEXT.fullmatch(text):
        raise DoubtError
    return with_links(text_as_html(text))
