"""An article page saved as HTML, as the lines that a reader sees, and what its markup says of the article.

Its tables know NDSoft, Dada Media, gnuboard, Rhymix and WordPress; a page of another system is read as its text.
Elements are `Any`: lxml ships no types.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from sosik.addresses import joined
from sosik.importers.furniture import TAGS
from sosik.importers.inline import PLAIN, PLAYERS, Ink, ink_of, marks_of, played
from sosik.importers.lines import INVISIBLE, MOST_LINES, LineKind, PageLine, SavedPage, make_line
from sosik.importers.stamps import is_date_line
from sosik.normalize.bylines import byline
from sosik.patterns import pattern

HTML = pattern(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*+)*<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)

DECLARATION = pattern(r"\A\s*<\?xml[^>]*>")

BODIES = (
    *(f"//*[@id='{name}']" for name in ("article-view-content-div", "viewContent", "bo_v_con", "dic_area")),
    *(f"//*[@id='{name}']" for name in ("articleBody", "article_body", "articleContent", "newsContent", "news_body")),
    "//*[@itemprop='articleBody']",
    *(
        f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
        for name in (
            "fr-view",
            "article-body",
            "article_body",
            "news_body",
            "xe_content",
            "rhymix_content",
            "entry-content",
        )
    ),
    "//article",
)
"""Where the text of an article stands, as XPath; the first that holds something counts."""

CLASSES = {
    "article-head-sub": LineKind.SUBTITLE,
    "subheading": LineKind.SUBTITLE,
    "article-sub-title": LineKind.SUBTITLE,
    "subj": LineKind.SUBTITLE,
    "sub_title": LineKind.SUBTITLE,
    "fr-inner": LineKind.CAPTION,
    "img_caption": LineKind.CAPTION,
    "photo_caption": LineKind.CAPTION,
    "wp-caption-text": LineKind.CAPTION,
}

SKIPPED = frozenset({"script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "select"})

# fmt: off
BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "figcaption", "figure",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section",
    "table", "tbody", "td", "th", "thead", "title", "tr", "ul",
})
# fmt: on
"""Elements that stand on lines of their own."""

ARTICLE_TYPES = frozenset({"NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting"})

SPACE = pattern(r"[ \t\r\n\f]+")


class _Piece(Struct, frozen=True):
    """A run of text, or a line break where *text* is None; `inside` tells whether it stands in the article's body."""

    text: str | None
    number: int
    kind: LineKind | None
    inside: bool
    ink: Ink = PLAIN


def is_html(text: str) -> bool:
    """Whether a saved page is HTML and not text."""
    return bool(HTML.match(text.lstrip("\ufeff")))


def saved_html(text: str) -> SavedPage:
    """Return a page saved as HTML: its lines, of those around the body only what may speak of the article."""
    import lxml.html  # heavy, and pages saved as text do without it

    parser = lxml.html.HTMLParser(encoding="utf-8")
    # The empty body keeps lxml from refusing a page without any element.
    document = DECLARATION.sub("", text) + "<body></body>"
    tree: Any = lxml.html.document_fromstring(document.encode("utf-8", "replace"), parser=parser)
    metas = _metas(tree)
    article = _article_data(tree)
    link = _first(tree.xpath("//link[@rel='canonical']/@href")) or metas.get("og:url", "")
    headings = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
    return SavedPage(
        lines=tuple(islice(_lines(tree, link), MOST_LINES + 1)),
        titles=(metas.get("og:title", ""), _said(article, "headline"), *map(_nfc, headings)),
        published=_said(article, "datePublished") or metas.get("article:published_time", ""),
        updated=_said(article, "dateModified") or metas.get("article:modified_time", ""),
        section=_said(article, "articleSection") or metas.get("article:section", ""),
        link=link if link.startswith(("http://", "https://")) else "",
        authors=_authors(metas),
        tags=tuple(dict.fromkeys(tree.xpath("//meta[@property='article:tag']/@content"))),
    )


def _metas(tree: Any) -> Mapping[str, str]:
    """The page's meta elements by property or name in lower case; the first of a name counts."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        metas.setdefault(name, _nfc(meta.get("content") or ""))
    return metas


def _authors(metas: Mapping[str, str]) -> tuple[str, ...]:
    """The persons of the metas that name reporters: `article:author` is an address, `author` the outlet."""
    listed = metas.get("og:article:author") or metas.get("dable:author") or ""
    parts = (part.strip() for part in listed.split(","))
    authors = [author for part in parts if part for author in byline(part) or byline(f"기자명 {part}") or ()]
    return tuple(author.name for author in authors)


def _article_data(tree: Any) -> Mapping[str, object]:
    """The page's JSON-LD on its article; empty where there is none or it cannot be read."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph") if isinstance(data, dict) else data
        for member in graph if isinstance(graph, list) else [data]:
            if isinstance(member, dict) and isinstance(kind := member.get("@type"), str) and kind in ARTICLE_TYPES:
                return member
    return {}


def _said(article: Mapping[str, object], key: str) -> str:
    value = article.get(key)
    return _nfc(value) if isinstance(value, str) else ""


def _first(values: Iterable[str]) -> str:
    return next((value for value in map(_nfc, values) if value), "")


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", str(text)).replace("\xa0", " ").strip(INVISIBLE + "\n")


def _lines(tree: Any, link: str) -> Iterator[PageLine]:
    body = next((held[0] for path in BODIES if (held := tree.xpath(path)) and held[0].text_content().strip()), None)
    seen = left = False
    for line, inside in _joined(_pieces(tree, body, None, inside=False), link):
        if seen and not inside and not left:
            yield PageLine(text="", number=line.number, kind=LineKind.CLOSE)
            left = True
        seen = seen or inside
        if inside or body is None:
            yield line
        else:
            yield _outside(line, after=seen)


def _outside(line: PageLine, *, after: bool) -> PageLine:
    """A line around the body: only what may speak of the article keeps its meaning."""
    keeps = line.kind is LineKind.SUBTITLE and not after
    keeps = keeps or byline(line.text) is not None or bool(TAGS.fullmatch(line.text))
    keeps = keeps or (not after and is_date_line(line.text))
    return line if keeps else PageLine(text=line.text, number=line.number, kind=LineKind.FURNITURE)


def _joined(pieces: Iterable[_Piece], link: str) -> Iterator[tuple[PageLine, bool]]:
    """Lines out of pieces: text up to a break or to another kind of text; the address of what is shown on its own."""
    held: list[_Piece] = []
    for piece in pieces:
        if held and (piece.text is None or piece.kind is not held[0].kind or piece.inside != held[0].inside):
            yield from _line(held, link)
            held = []
        if piece.kind is LineKind.PICTURE and piece.text:
            yield _shown(joined(link, piece.text) or piece.text, piece)
        elif piece.kind is LineKind.EMBED and piece.text:
            address, is_known = played(piece.text, link, piece.ink)
            yield _shown(address, replace(piece, kind=LineKind.EMBED if is_known else LineKind.FRAME))
        elif piece.text is not None:
            held.append(piece)
    yield from _line(held, link)


def _shown(address: str, piece: _Piece) -> tuple[PageLine, bool]:
    return PageLine(text=address, number=piece.number, kind=piece.kind), piece.inside


def _line(held: Sequence[_Piece], link: str) -> Iterator[tuple[PageLine, bool]]:
    text = _nfc(SPACE.sub(" ", "".join(piece.text or "" for piece in held)))
    if text:
        line = make_line(text, held[0].number, held[0].kind)
        if any(piece.ink != PLAIN for piece in held):
            inked = [(_nfc(SPACE.sub(" ", piece.text or "")), piece.ink) for piece in held]
            line = replace(line, marks=marks_of(line.text, inked, link))
        yield line, held[0].inside


def _pieces(element: Any, body: Any, kind: LineKind | None, *, inside: bool, ink: Ink = PLAIN) -> Iterator[_Piece]:
    """The text of an element in the order of reading, with breaks around blocks."""
    if not isinstance(element.tag, str) or element.tag in SKIPPED or element.tag == "head":
        return
    inside = inside or element is body
    number = element.sourceline or 0
    if element.tag in PLAYERS:
        if inside and (address := _address(element)):
            yield _Piece(None, number, kind, inside)
            yield _Piece(address, number, LineKind.EMBED, inside, Ink(is_file=element.tag in ("video", "audio")))
        return
    kind = _kind_of(element) or kind
    gap = [_Piece(None, number, kind, inside)] if element.tag in BLOCKS else []
    yield from gap
    if element.tag == "img" and inside:
        yield _Piece(_address(element), number, LineKind.PICTURE, inside)
    ink = ink_of(element, ink) if inside else ink
    if element.text:
        yield _Piece(element.text, number, kind, inside, ink)
    for child in element:
        yield from _pieces(child, body, kind, inside=inside, ink=ink)
        if child.tail:
            yield _Piece(child.tail, child.sourceline or number, kind, inside, ink)
    yield from gap


def _kind_of(element: Any) -> LineKind | None:
    if element.tag == "figcaption":
        return LineKind.CAPTION
    names = (element.get("class") or "").split()
    return next((CLASSES[name] for name in names if name in CLASSES), None)


def _address(shown: Any) -> str:
    """Where a picture or a film lies; what loads late says it in another attribute, a film in what is inside."""
    names = ("data-src", "data-original", "data-lazy-src", "src", "data")
    sources = (shown, *shown.iter("source", "iframe", "embed"))
    addresses = (str(source.get(name) or "").strip() for source in sources for name in names)
    return next((address for address in addresses if address and not address.startswith(("data:", "about:"))), "")
