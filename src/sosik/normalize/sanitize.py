"""HTML that may be published: an allow-list of elements and attributes, balanced, the same bytes every time.

The sanitizer is nh3 (ammonia), which parses like browsers. There are two passes. `loose` converts markup to the form of
nh3 and also keeps the input of `sosik.normalize.rewrite`. `strict` keeps only the published markup, independent of
earlier steps.
"""

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from sosik.addresses import ascii_url
from sosik.normalize.fields import Tell
from sosik.normalize.markup import ID_PREFIX, INLINE, LINK, escape_text, html_text, is_idle
from sosik.normalize.mathml import formulas_as_text
from sosik.normalize.text import clean_characters
from sosik.patterns import pattern
from sosik.words import Message

if TYPE_CHECKING:
    import nh3

_BLOCKS = """
p br hr div pre blockquote h1 h2 h3 h4 h5 h6 address section article aside header footer main figure figcaption img
ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td details summary
"""
_SCRIPTED_NAMES = """
oembed lite-youtube lite-vimeo amp-youtube amp-vimeo amp-dailymotion amp-twitter amp-instagram amp-facebook
amp-embedly-card fb:post fb:video
"""
SCRIPTED = frozenset(_SCRIPTED_NAMES.split())
"""Elements of no HTML that scripts turn into what they name."""

TAGS = INLINE | frozenset(_BLOCKS.split())
"""The elements that are published; of any other only what is in it."""

ATTRIBUTES: dict[str, frozenset[str]] = {
    "*": frozenset({"lang", "dir", "id"}),
    "a": frozenset({"href", "title"}),
    "abbr": frozenset({"title"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "del": frozenset({"datetime"}),
    "details": frozenset({"open"}),
    "dfn": frozenset({"title"}),
    "img": frozenset({"src", "alt", "title", "width", "height"}),
    "ins": frozenset({"datetime"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "reversed", "type"}),
    "td": frozenset({"colspan", "rowspan", "align"}),
    "th": frozenset({"colspan", "rowspan", "align", "scope"}),
    "time": frozenset({"datetime"}),
}
"""The attributes that are published, by element."""

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""The schemes an address in a body may have."""

_CONTENT_TOO = frozenset(
    {"script", "style", "title", "textarea", "select", "button", "noembed", "noframes", "template"}
)

# What is seen by rewriting and then gone: players, the marks of advertisements, lazily loaded pictures, styles, and
# what pages say in attributes of their own (`data-…`).
LAZY_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-url")
SOURCE_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
MARKED = ("div", "ins", "aside", "section")
_MEDIA = frozenset({"iframe", "video", "audio", "source", "object", "param", "embed", "center", "picture"})
_STYLED = frozenset({"span", "font", "strike"})
_PASSING: dict[str, frozenset[str]] = {
    "*": frozenset({"style", "hidden", "class", "align"}),
    "a": frozenset({"name"}),
    "iframe": frozenset({"src"}),
    "video": frozenset({"src"}),
    "audio": frozenset({"src"}),
    "source": frozenset({"src", "srcset", "type"}),
    "object": frozenset({"data"}),
    "param": frozenset({"name", "value"}),
    "embed": frozenset({"src"}),
    "img": frozenset({"srcset"}),
    "blockquote": frozenset({"cite"}),
    "font": frozenset({"size", "color"}),
    **{name: frozenset({"id"}) for name in MARKED},
    **{name: frozenset({"url", "href", "videoid"}) for name in SCRIPTED},
}

# A picture that scripts load when it is scrolled to, and beside it the same for readers without scripts, which all
# readers of feeds are. What is in noscript, parsers take for text.
_IMG = r"<img\s[^<>]*>"
_LAZY_COPY = pattern(
    rf"{_IMG}\s*<noscript(?:\s[^<>]*)?>\s*({_IMG})\s*</noscript>"
    rf"|<noscript(?:\s[^<>]*)?>\s*({_IMG})\s*</noscript>\s*<img\s[^<>]*\sdata-[^<>]*>",
    re.IGNORECASE,
)
_AMP = pattern(r"<(/?)amp-(?:(video|audio|iframe)|img|anim)(?=[\s>/])", re.IGNORECASE)
_VALUES = r"""(?:[^<>"']|"[^"<]*"|'[^'<]*')"""
_AREA = pattern(rf"<area\s({_VALUES}*)>", re.IGNORECASE)
_ALT = pattern(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'/]+))""", re.IGNORECASE)
_LABEL = pattern(r"<(/?)label(?=[\s>])", re.IGNORECASE)
_NOSCRIPT = pattern(r"</?noscript(\s[^<>]*)?>", re.IGNORECASE)
_TELLING = pattern(
    r"<(script|form|input|button|select|textarea|applet|svg|canvas|frame|base|meta|\?php)(?=[\s/>])", re.IGNORECASE
)
# Elements of scripts that nothing is known of: what they name by an address or an id cannot be shown.
_SCRIPTED_TAG = pattern(
    rf"<((?!amp-(?:img|anim|video|audio|iframe|ad|auto-ads|sticky-ad|analytics|pixel)\b)[a-z][a-z0-9]*-[a-z0-9-]+|bgsound|portal)"
    rf"\s{_VALUES}*?(?<![\w-])(?:src|href|url|data-(?:\w+-)?(?:\w*id|src|url|href))\s*=",
    re.IGNORECASE,
)

# Of elements that hide their text, all are looked at, but for those that have no end, and those that hold no elements.
_START = pattern(r"<([a-zA-Z][^\s<>/\"']*)")
_ATTRIBUTE = pattern(r"[\s\"'/]([a-zA-Z_:][\w:.-]*)")
_ENDLESS = frozenset(
    ["area", "base", "basefont", "bgsound", "frame", "image", "input", "isindex", "keygen", "link", "meta", "track"]
) | frozenset(["html", "head", "body", "frameset", "plaintext", "xmp", "listing"])
EMPTY = pattern(r"<p>(?:\s|&nbsp;|<br>)*</p>\n?")
"""A paragraph of nothing, which is not published."""

# At the head of a text, this combining character would be composed (NFC) with the > of the tag before it.
_STRAY_OVERLAY = pattern(r"(?:(?<=>)|^)(?:\s*\u0338)+")
_PRE_NEWLINES = pattern(r"<pre>\n+")

_LINK = pattern(r"""<a\s[^<>]*?\bhref\s*=\s*("[^"<>]*"|'[^'<>]*'|[^\s<>"']+)""", re.IGNORECASE)
_SCHEME = pattern(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SCRIPTED_ADDRESS = pattern(r"javascript:[^'\"]*['\"](?:https?:/)?/?[\w-]+[./]", re.IGNORECASE)
_WITH_HOST = pattern(r"https?://(?!/)", re.IGNORECASE)
_SPOKEN = SCHEMES | {"javascript", "about"}

# Three passes settle all that was ever seen; the rest is nested against the rules of HTML on purpose.
_PASSES = 6


def prepared(html: str) -> str:
    """Return any HTML with what parsers do not know, or take for text, as what it means."""
    lowered = html.lower()
    if "<noscript" in lowered:
        html = _NOSCRIPT.sub(_NoScript().tag, _LAZY_COPY.sub(r"\1\2", html))
    if "<amp-" in lowered:
        html = _AMP.sub(lambda tag: f"<{tag[1]}{tag[2] or 'img'}", html)
    if "<area" in lowered:
        html = _AREA.sub(_area_link, html)
    if "<label" in lowered:
        html = _LABEL.sub(r"<\1span", html)  # with the class of a caption
    return formulas_as_text(html)


def whole(html: str) -> str:
    """Return prepared HTML in nh3's form with every element and attribute that holds or hides text."""
    import nh3  # as below

    names = {name.lower() for name in _START.findall(html)}
    return nh3.Cleaner(
        tags=(names | TAGS | _MEDIA) - _ENDLESS - _CONTENT_TOO,
        attributes={"*": {name.lower() for name in _ATTRIBUTE.findall(html)} - {"rel"}},
        clean_content_tags=set(_CONTENT_TOO),
        url_schemes=set(SCHEMES),
        link_rel=None,
    ).clean(html)


def loose(html: str) -> str:
    """Return prepared HTML in nh3's form, with what rewriting needs to see. Not to be published."""
    return _loose().clean(html)


def strict(html: str) -> str:
    """Return any HTML as it may be published: a fixed point, which `strict` itself returns unchanged.

    Nested against the rules of HTML, a kept element may end up elsewhere when it is read again, so what was written is
    read again until nothing changes; what never settles goes out as plain paragraphs.
    """
    html = _tidy(html)
    for _ in range(_PASSES):
        cleaned = _tidy(_strict().clean(html))
        if cleaned == html:
            return html
        html = cleaned
    return "".join(f"<p>{escape_text(line)}</p>" for line in html_text(html).split("\n") if line)


def telling_tags(html: str) -> tuple[str, ...]:
    """Return the names of elements in unsanitized HTML whose removal an author should know of, each once, in order."""
    unknown = [name for name in map(str.lower, _SCRIPTED_TAG.findall(html)) if name not in SCRIPTED]
    return tuple(dict.fromkeys([*(name.lower() for name in _TELLING.findall(html)), *unknown]))


class _NoScript:
    """The tags of `noscript`, whose elements do not stand in each other: readers see what is in them, unless hidden."""

    def __init__(self) -> None:
        self._is_open = False

    def tag(self, tag: re.Match[str]) -> str:
        """Return what stands in the place of a tag."""
        if tag[0].startswith("</"):
            end, self._is_open = "</span>" if self._is_open else "", False
            return end
        if self._is_open:
            return ""
        self._is_open = bool(tag[1])
        return f"<span{tag[1]}>" if self._is_open else ""


def _area_link(area: re.Match[str]) -> str:
    """Return a link for a part of a picture, which no reader of feeds can touch."""
    alt = _ALT.search(area[1])
    words = next(filter(None, alt.groups()), "") if alt else ""
    return f"<a {area[1].rstrip('/ ')}>{words.replace('<', '&lt;')}</a> "


def tell_lost_links(html: str, tell: Tell) -> None:
    """Tell of each link in unsanitized HTML whose address is of a kind that `loose` takes away before it is seen."""
    for match in dict.fromkeys(_LINK.findall(html)):
        written = unescape(match.strip("\"' \t\n"))
        scheme = _SCHEME.match(written)
        if (
            _SCRIPTED_ADDRESS.match(written)
            or (scheme and scheme[1].lower() not in _SPOKEN)
            or (_WITH_HOST.match(written) and ascii_url(written) is None)
        ):
            tell(Message("address-lost.link", written=written))


def _tidy(html: str) -> str:
    """Leave out bad characters, empty paragraphs, and the line ends that a parser drops at the head of `pre`."""
    html = clean_characters(html, never_first=_STRAY_OVERLAY)
    if "<pre>\n" in html:
        html = _PRE_NEWLINES.sub("<pre>", html)
    if "<a" in html:
        html = LINK.sub(_shown, html)
    return EMPTY.sub("", html).strip()


def _shown(link: re.Match[str]) -> str:
    """Return a link that shows something and leads somewhere, and only what is in any other.

    One that was written empty has its address for a text by now; what is empty still, HTML's rules cut off another one.
    """
    is_link = ' href="' in link[1] or ' id="' in link[1]
    return link[0] if is_link and not is_idle(link) else link[2]


@cache
def _strict() -> "nh3.Cleaner":
    import nh3  # costs 3 ms at start; most commands never clean anything

    return nh3.Cleaner(
        tags=set(TAGS),
        attributes={name: set(kept) for name, kept in ATTRIBUTES.items()},
        clean_content_tags=set(_CONTENT_TOO),
        url_schemes=set(SCHEMES),
        url_relative="deny",
        link_rel=None,
        id_prefix=ID_PREFIX,
    )


@cache
def _loose() -> "nh3.Cleaner":
    import nh3  # as above

    names = ATTRIBUTES.keys() | _PASSING.keys()
    return nh3.Cleaner(
        tags=set(TAGS | _MEDIA | _STYLED | SCRIPTED),
        attributes={name: set(ATTRIBUTES.get(name, frozenset()) | _PASSING.get(name, frozenset())) for name in names},
        clean_content_tags=set(_CONTENT_TOO),
        generic_attribute_prefixes={"data-"},
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
