"""HTML and plain text that come out as they went in: plain elements, whole addresses, words."""

from sosik.normalize.markup import attributes
from sosik.normalize.paragraphs import text_as_html
from sosik.normalize.sanitize import EMPTY
from sosik.normalize.straight.links import ESCAPED_ADDRESS, PICTURE_ADDRESS, DoubtError, picture_html, with_links
from sosik.normalize.straight.signs import ALT, JOINED, LETTERS, SAFE
from sosik.patterns import pattern


def _element(name: str, content: str, attributes: str = "") -> str:
    return f"<{name}{attributes}>{content}</{name}>"


def _either(names: str, content: str) -> str:
    return f"(?:{'|'.join(_element(name, content) for name in names.split())})"


_SIGNS = {"quot": '"', "#34": '"', "#39": "'", "middot": "·", "hellip": "…", "ndash": "–", "mdash": "—", "times": "×"}
_SIGNS |= {"ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "bull": "•"}
_SIGN = pattern(rf"&(?:{'|'.join(_SIGNS)});")

# A blank line in an element would be the end of its block to the parser of Markdown.
_LINE_END = r"\n(?!\n)"
_WORDS = rf"(?:[{SAFE}!*_~`\]]|\[(?![a-z#/\[])|&(?:nbsp|amp|lt|gt);|{_SIGN.pattern}|{JOINED}|{_LINE_END})"
_BREAK = pattern("<br ?/?>")
_LINK = rf'<a href="{ESCAPED_ADDRESS}">(?=[{LETTERS}]){_WORDS}++</a>'
_PICTURE = pattern(rf'<img src="{PICTURE_ADDRESS}"(?: alt="{ALT}")?+ ?/?>')

# How a text looks, and says nothing by it; what a word processor writes at every paragraph.
_STYLE = (
    r'(?: style="(?:(?:text-align|text-indent|line-height|margin(?:-[a-z]+)?|padding(?:-[a-z]+)?|font-(?:size|family)'
    r"|color|letter-spacing|word-break|white-space|background(?:-color)?)"
    r': ?[A-Za-z0-9가-힣 .,%#()-]{1,40}+(?:; ?|(?=")))++")'
)
_LOOKS = rf'(?:{_STYLE}| align="(?:left|right|center|justify)"| class="(?:0|바탕글|MsoNormal)")'
_DROPPED = pattern(rf"<span{_LOOKS}>|</span>|(?<=<p){_LOOKS}(?=>)")

_INLINE = rf"(?:{_WORDS}++|{_BREAK.pattern}|{_either('strong b em i', f'{_WORDS}++')}|{_LINK})"
_SPAN = _element("span", f"{_INLINE}++", _LOOKS)
_PART = rf"(?:{_INLINE}|{_SPAN})"
_END = rf"(?:{_LINE_END})?+"
_PARAGRAPH = _element("p", rf"(?:{_PART}|{_PICTURE.pattern})*+", f"{_LOOKS}?+")
_ROWS = rf"(?:<tr>{_END}(?:{_either('td th', f'{_PART}*+')}{_END})++</tr>{_END})++"
_BLOCKS = (
    _PARAGRAPH,
    _either("h1 h2 h3 h4 h5 h6 div", f"{_PART}++"),
    _either("ul ol", f"{_END}(?:{_element('li', f'{_PART}++')}{_END})++"),
    _element("blockquote", f"{_END}(?:{_PARAGRAPH}{_END})++"),
    _element("table", f"{_END}(?:{_element('thead', _END + _ROWS)}{_END})?+{_element('tbody', _END + _ROWS)}{_END}"),
)
_PAGE = pattern(rf"\n*+(?:(?:{'|'.join(_BLOCKS)})\n*+)++")
_TEXT = pattern(rf"[\n{SAFE}!*_~`\[\]{{}}\\<>&]+")


def html_html(text: str) -> str:
    """Return the published HTML of HTML, whether somebody said so or not. Raises DoubtError."""
    if not _PAGE.fullmatch(text):
        raise DoubtError
    html = _BREAK.sub("<br>", _DROPPED.sub("", text))
    if "&" in html:
        html = _SIGN.sub(lambda sign: _SIGNS[sign[0][1:-1]], html)
    if "<img" in html:
        if _DROPPED.search(text):  # by its looks a line may be the caption of a picture
            raise DoubtError
        html = _PICTURE.sub(lambda picture: picture_html(attributes(picture[0])), html)
    return with_links(EMPTY.sub("", html).strip())


def text_html(text: str) -> str:
    """Return the published HTML of plain text. Raises DoubtError."""
    if not _TEXT.fullmatch(text):
        raise DoubtError
    return with_links(text_as_html(text))
