"""Words in angle brackets: `<KBS>`, `<The Road>` and the `<B>` of `<B> 등급` are what the newsroom wrote, no tags."""

import re
from collections import Counter
from collections.abc import Iterator

from sosik.normalize.markup import INLINE
from sosik.patterns import pattern

_NAMES = """
a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br
button canvas caption center cite code col colgroup command data datalist dd del details dfn dialog dir div dl dt em
embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe
image img input ins isindex kbd keygen label layer legend li link listing main map mark marquee menu menuitem meta meter
multicol nav nobr noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress q rb
rp rt rtc ruby s samp script search section select slot small source spacer span strike strong style sub summary sup svg
table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp
math annotation maction maligngroup malignmark menclose merror mfenced mfrac mglyph mi mlabeledtr mlongdiv mmultiscripts
mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder
munderover semantics
circle clippath defs desc ellipse filter foreignobject g line lineargradient marker mask path pattern polygon polyline
radialgradient rect stop symbol text textpath tspan use view
"""
ELEMENTS = frozenset(_NAMES.split())
"""The elements of HTML, past and present, and those of formulas and drawings in it, in lower case."""

_BLOCK_NAMES = """
address article aside blockquote br center dd details dialog dir div dl dt fieldset figcaption figure footer form h1
h2 h3 h4 h5 h6 header hr iframe li main menu nav ol p pre section table tbody td tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
"""Elements that are written in HTML alone; where one stands, a text was written as HTML at least in part."""

SWALLOWING = frozenset({"title", "textarea", "select", "button", "noembed", "noframes", "template", "xmp"})
"""Elements of which the text is no text of the page: without their end, they take with them all that follows."""

# Without its end, each of these is a word (`<B> 등급`) or takes with it all that follows (`<Title>`).
_NEEDING_END = (
    (INLINE - {"wbr", "rb", "rp", "rt", "rtc"})
    | SWALLOWING
    | frozenset(["big", "blink", "font", "strike", "tt", "nobr", "label", "map"])
)
# Written like a name, these are words: `<Center>`, `<Main>`; in one case alone, old pages that forgot an end.
_NAMES_LIKE_WORDS = """
article aside audio canvas center data details dialog footer form header legend main menu meter nav output progress
search section slot summary table video
"""
_LIKE_NAMES = frozenset(_NAMES_LIKE_WORDS.split())

_RAW = frozenset({"script", "style"})
"""Elements in which there are no others."""

_OWN_NAME = pattern(r"[a-z][a-z0-9]*[-:][a-z0-9:_.-]+", re.IGNORECASE)
# Of a tag so many pieces are read, which are a hundred attributes: tags may end nowhere.
_TAG = pattern(
    r"""<(/?)([A-Za-z][^\s<>/"']*+)((?>[^<>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')|["'=]){0,200}+)>"""
    r"""|<(?P<less>[A-Za-z][^\s<>/"']*+)(?![^<>]*[=>])"""  # `A<B`, where no tag is
    r"""|<!--|<(?:!(?!\[|doctype\b)|\?(?!xml\b|php\b)|/(?![A-Za-z]))""",  # a comment only by the error of a browser
    re.IGNORECASE,
)


def is_markup(name: str) -> bool:
    """Whether a name in angle brackets is an element's: of HTML, of its own (with a hyphen), of a name space."""
    return name.lower() in ELEMENTS or bool(_OWN_NAME.fullmatch(name))


def words_as_text(html: str) -> str:
    """Return HTML in which words in angle brackets, tags whose end is missing, and signs for less are text."""
    if "<" not in html:
        return html
    parts, position = [], 0
    for start, end in _words(html):
        parts += [html[position:start], "&lt;", html[start + 1 : end].replace(">", "&gt;")]
        position = end
    return _without_endless_comment("".join([*parts, html[position:]]))


def word_starts(html: str) -> frozenset[int]:
    """Return where that begins in HTML which `words_as_text` takes for text."""
    return frozenset(start for start, _ in _words(html))


def idle_ends(html: str) -> tuple[str, ...]:
    """Return the tags that end nothing in HTML out of `words_as_text`, each once: parsers leave them out."""
    if "</" not in html:
        return ()
    opened: Counter[str] = Counter()
    idle: list[str] = []
    raw = ""
    for tag in tags_in(html):
        name = (tag[2] or "").lower()
        if raw and (name != raw or not tag[1]):
            continue
        raw = name if name in _RAW and not tag[1] else ""
        if name and name != "br" and is_markup(name):
            opened[name] += -1 if tag[1] else 1
            if opened[name] < 0:
                opened[name] = 0
                idle.append(f"</{name}>")
    return tuple(dict.fromkeys(idle))


def _without_endless_comment(html: str) -> str:
    """Return HTML in which the mark of a comment that never ends is text, and with it all that follows."""
    start = html.find("<!--")
    while start >= 0:
        end = html.find("-->", start + 2)
        if end < 0:
            return html[:start] + html[start:].replace("<!--", "&lt;!--")
        start = html.find("<!--", end)
    return html


def tags_in(html: str) -> Iterator[re.Match[str]]:
    """Yield what looks like a tag outside comments; its groups are the slash of an end, the name, and the rest."""
    commented = 0
    for tag in _TAG.finditer(html):
        if tag.start() < commented:
            continue
        if tag[0] == "<!--":
            commented = html.find("-->", tag.start() + 2) if commented >= 0 else commented
        else:
            yield tag


def _words(html: str) -> list[tuple[int, int]]:
    words: list[tuple[int, int]] = []
    opened: dict[str, list[tuple[int, int] | None]] = {}
    tags = list(tags_in(html))
    meant = {tag[2].lower() for tag in tags if tag[2] and ("=" in tag[3] or (tag[1] and is_markup(tag[2])))}
    for tag in tags:
        ends, name, rest, less = tag.groups()
        if name is None:
            words += [] if less and is_markup(less) and not needs_end(less) else [(tag.start(), tag.start() + 1)]
        elif name.lower() not in ELEMENTS:
            is_word = name.lower() not in meant and not (is_markup(name) and rest.endswith("/"))
            words += [tag.span()] if is_word and "=" not in rest else []
        elif not rest.endswith("/") and needs_end(name):
            if not ends:
                opened.setdefault(name.lower(), []).append(tag.span() if "=" not in rest else None)
            elif opened.get(name.lower()):
                opened[name.lower()].pop()
    words += [span for spans in opened.values() for span in spans if span]
    return sorted(words)


def needs_end(name: str) -> bool:
    """Whether what has this name, as it is written, is no tag where its other end is missing."""
    lower = name.lower()
    return lower in _NEEDING_END or (lower in _LIKE_NAMES and name.istitle())
