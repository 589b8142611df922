"""Plain Markdown: paragraphs and headings, bold words, links with whole addresses.

One pattern describes the signs that are prose, or markup that no other sign can affect. All other texts go to the
parser.
"""

import re
from collections.abc import Iterator

from sosik.normalize.markdown.signs import LIST_LINE
from sosik.normalize.markup import escape_text
from sosik.normalize.straight.links import PICTURE_ADDRESS, SURE_ADDRESS, DoubtError, picture_html, words_html
from sosik.normalize.straight.signs import ALT, JOINED, KNOWN, LETTERS
from sosik.normalize.straight.signs import SAFE_AMONG_KNOWN as SAFE
from sosik.patterns import pattern

_KNOWN = pattern(f"[{KNOWN}]*+")

_MOST_BRACKETS = 50
"""Brackets that may open: the parser counts what it looks through for their ends."""

# Inside a word, and between two that no emphasis can begin at: masked names (`홍*동`), products, ranges, file names.
_SIGN = (
    rf"(?<=[{LETTERS}])(?:\*|\*{{3,99}}+)(?!\*)|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])|~(?!~)|!(?!\[)"
    rf"|&(?!#|[A-Za-z0-9]{{1,31}};)|\[(?![a-z#/^\[])|\](?![(\[:])|<(?=[가-힣 ])|>|{JOINED}"
)
# It begins where a word does and with no particle, and ends in a word that is no surname, before what may follow one.
_FIRST = rf"""(?!\*|을|를|와|는|씨|에게|에서)(?=[{LETTERS}“‘「『《〈"'(])"""
_LAST = "(?:(?<=[가-힣])(?:(?<=[가-힣].)|(?<=[A-Za-z0-9].)(?<![김박최윤권황송홍이]))|(?<=[A-Za-z0-9.?!…”’」』》〉)]))"
_AFTER = r"""(?=[가-힣\s,.:;?!…·/”’」』()"']|\Z)"""
# Bold or italic, as there are two stars or one: each class with all of Hangul stands in the pattern once for both.
_EMPHASIS = rf"\*(?<![^\s]\*)(?P<star>\*?+){_FIRST}(?P<words>{SAFE}++){_LAST}\*(?P=star){_AFTER}"
_LINK = rf"""\[(?P<label>[가-힣A-Z0-9“‘「『《〈"'(]{SAFE}*+)(?<! )\]\((?P<href>{SURE_ADDRESS})\)"""
_PICTURE = rf"!\[(?P<alt>{ALT})\]\((?P<src>{PICTURE_ADDRESS})\)"
_MARK = pattern(f"{_EMPHASIS}|{_LINK}|{_PICTURE}")

_START = rf"(?![ \-+=|:>]|#(?![{LETTERS}])|[0-9]{{1,9}}[.)](?:[ \n]|\Z))"
_LINE = rf"{_START}(?:{SAFE}++|{_LINK}|{_EMPHASIS}|{_SIGN})++(?<! )"
_HEAD = "(?:> |- |#{1,6} |[0-9]{1,2}\\. | {0,3}\u3000{0,4})"
_LINES = pattern(re.sub(r"\(\?P<(?!star>)\w+>", "(?:", rf"(?:\n*+(?:{_HEAD}{_LINE}|{_PICTURE})(?=\n|\Z))++"))
"""What each line must be by itself: no line of prose begins as a `_HEAD` or a picture does, so its kind is certain."""

_MARKED = r"(?:> |- |#{1,6} |[0-9]{1,2}\. |!\[)"
_ITEM = r"(?![0-9])[^\n]++"
_BLOCKS = (
    rf"(?!{_MARKED})[^\n]++(?:\n(?!{_MARKED}|[ \u3000])[^\n]++)*+",
    r"#{1,6} [^\n]++(?<!#)",
    r"> [^\n]++(?:\n> [^\n]++)*+",
    rf"- {_ITEM}(?:\n- {_ITEM})++(?!\n++[ \-])",  # two lists would be one, and what is indented an item's
    r"!\[[^\n]++",
    rf"1\. {_ITEM}(?:\n[0-9]{{1,2}}\. {_ITEM})++(?!\n++[ 0-9])",
)
_BLOCK = rf"(?:{'|'.join(_BLOCKS)})(?=\n\n|\Z)"
_PROSE = pattern(rf"{_BLOCK}(?:\n\n++{_BLOCK})*+")
"""How such lines make blocks. In one pattern with `_LINES` each of them would stand twice, and take long to compile."""

_NO_LINE = pattern(r"(?<=\n)[ \t]++(?=\n)")
_NO_WORD = pattern(r"(?<![ \t])(?<!\n[가-힣]\.)[ \t]++(?=\n\n|\Z)")
"""What nobody sees: white space on a line of its own, and at the end of a block, but for the letters of lists."""

_BETWEEN = "\f"
"""Stands for a tag among words: white space that no text has, so that no address goes on behind it."""

_EDGES = " \u3000"
_BLANK = pattern(r"\n\n+")
_LEVEL = pattern("(#{1,6}) ")
_NUMBER = pattern(r"^([0-9]+)\. ", re.MULTILINE)
_LINE_OF_LIST = pattern(rf"\n(?={LIST_LINE.pattern})")


def markdown_html(text: str, *, is_auto: bool) -> str:
    """Return the published HTML of Markdown; *is_auto*: nobody said that it is. Raises DoubtError."""
    text = text.strip("\n")
    if " \n" in text or "\t\n" in text or text.endswith((" ", "\t")):
        text = _NO_WORD.sub("", _NO_LINE.sub("", text))
    if (
        not (_KNOWN.fullmatch(text) and _LINES.fullmatch(text) and _PROSE.fullmatch(text))
        or text.count("[") > _MOST_BRACKETS
    ):
        raise DoubtError
    html = _marked(text) if "*" in text or "](" in text else words_html(text)
    return "\n".join([_block(block, is_auto=is_auto) for block in _BLANK.split(html)])


def _marked(text: str) -> str:
    """Return text as HTML with its marks: words and tags by turns, so that all words are looked through at once."""
    words: list[str] = []
    tags: list[str] = []
    position = 0
    for mark in _marks(text):
        start, end = mark.span()
        words.append(text[position:start])
        position, kind = end, mark.lastgroup
        if kind == "href":
            tags.append(f'<a href="{escape_text(mark["href"])}">{mark["label"]}</a>')
        elif kind == "src":
            tags.append(picture_html({"src": mark["src"], "alt": mark["alt"]}))
        else:
            name = "strong" if mark["star"] else "em"
            words.append(mark["words"])
            tags += (f"<{name}>", f"</{name}>")
    words.append(text[position:])
    parts = words_html(_BETWEEN.join(words)).split(_BETWEEN)
    return "".join([part for pair in zip(parts, [*tags, ""], strict=True) for part in pair])


def _marks(text: str) -> Iterator[re.Match[str]]:
    """Yield what `_MARK` finds, tried only where a mark can begin: to look for three signs at once takes far longer."""
    star, bracket = text.find("*"), text.find("[")
    while star >= 0 or bracket >= 0:
        is_star = bracket < 0 or 0 <= star < bracket
        start = star if is_star else bracket
        mark = _MARK.match(text, start - 1) if not is_star and text.startswith("![", start - 1) else None
        mark = mark or _MARK.match(text, start)
        if mark:
            yield mark
        end = mark.end() if mark else start + 1
        if 0 <= star < end:
            star = text.find("*", end)
        if 0 <= bracket < end:
            bracket = text.find("[", end)


def _block(html: str, *, is_auto: bool) -> str:
    if html[0] not in "-1#&" and not is_auto:
        return f"<p>{html.strip(_EDGES)}</p>"
    if html.startswith("- "):
        items = html[2:].replace("\n- ", "</li>\n<li>")
        return f"<ul>\n<li>{items}</li>\n</ul>"
    if html.startswith("1. "):
        return _numbered(html)
    if html.startswith("#") and (level := _LEVEL.match(html)):
        return f"<h{len(level[1])}>{html[level.end() :]}</h{len(level[1])}>"
    is_quoted = html.startswith("&gt; ")
    words = html[5:].replace("\n&gt; ", "\n") if is_quoted else html.strip(_EDGES)
    if is_auto and "\n" in words:
        words = _LINE_OF_LIST.sub("<br>\n", words)
    return f"<blockquote>\n<p>{words}</p>\n</blockquote>" if is_quoted else f"<p>{words}</p>"


def _numbered(html: str) -> str:
    numbers = [int(number) for number in _NUMBER.findall(html)]
    if numbers != list(range(1, len(numbers) + 1)):
        raise DoubtError
    items = _NUMBER.sub("<li>", html).replace("\n", "</li>\n")
    return f"<ol>\n{items}</li>\n</ol>"
