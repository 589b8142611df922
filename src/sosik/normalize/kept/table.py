"""The table of markup that may disappear between a body and its HTML, and how it is recognised.

The modules of this package look in the HTML for the effect of each.
"""

import re

from sosik.patterns import pattern

# Attributes may hold `<` and `>` in quotation marks, within bounds: a tag is found in linear time or not at all.
_QUOTED = r'"(?:[^"<]|<(?=[^"]{0,300}"))*"' + r"|'(?:[^'<]|<(?=[^']{0,300}'))*'"
_TAG = rf"</?[A-Za-z][^\s<>/\"']*+(?:{_QUOTED}|[^<>\"'])*>"
_HTML = rf"""
    (?P<comment><!--|<!\[CDATA\[|<[!?][^<>]*>)
  | (?P<tag>{_TAG})
  | (?P<reference>&(?:\#\d{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});?)
  | (?P<shortcode>\{{%-?\s*comment\b[\s\S]{{0,2000}}?endcomment\s*-?%\}}|\[embed\][^\[\]\s]{{1,300}}\[/embed\]
      |\{{\{{[^\n]{{0,300}}?\}}\}}|\{{%[^\n]{{0,300}}?%\}}|\{{:[^\n{{}}]*\}}|\{{\#[\w-]+\}}|\[\#\#_[^\n]{{1,300}}?_\#\#\]
      |\[/?(?:caption|gallery|embed|video|audio|youtube|vimeo)\b[^\]\n]*\])
"""
_TARGET = r"\((?:[^()\n]|\([^()\n]*\))*\)"
HTML_TOKENS = pattern(_HTML, re.VERBOSE)
HTML_SIGNS = pattern(r"[<&{\[]")
"""What is no text in an HTML body, and the signs that it begins with."""

MARKDOWN_TOKENS = pattern(
    rf"""
    (?P<autolink><(?:(?:https?|ftp|mailto|tel):[^\s<>]*|[^\s<>@/]+@[^\s<>/]+)>)
  | {_HTML}
  | (?P<escape>(?P<slashes>\\+)(?:[!-/:-@\[\]^-`{{-~]|\n))
  | (?P<newline>\n)
  | (?P<ticks>`+)
  | (?P<emphasis>\*+|_+|~~+)
  | (?P<pipe>\|)
  | (?P<image>!\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\](?:{_TARGET}|\[[^\[\]\n]*\]))
  | (?P<note>\[\^[^\[\]\s]+\])
  | (?P<target>\]{_TARGET})
  | (?P<label>\]\[[^\[\]\n]*\])
  | (?P<bracket>[\[\]])
  | (?P<closing>(?:(?<!\#)|(?<=\\\#))\#++(?=[ \t]*(?:\n|\Z)))
""",
    re.VERBOSE,
)
_LIST_MARKS = "▲△▷◆◇■□●○◎※☎①-⑳·"
_LIST_MARK = rf"[ \t]*(?:[{_LIST_MARKS}]|[가나다라마바사아자차카타파하]\.[ \t])"
_LINE_SIGN = r"[ \t]*[-*_=|:#>\d+`~\[]"
MARKDOWN_SIGNS = pattern(rf"[<&\\`*_|!\[\]#{{]|~~|\n(?={_LINE_SIGN}|{_LIST_MARK})")
"""What may be no text in a Markdown body, inside a line, and the signs that it begins with."""

LINE_SIGN = pattern(_LINE_SIGN)
LIST_MARK = pattern(rf"\n(?={_LIST_MARK})")
"""A line that begins with a mark by which Korean papers list."""

TEXT_TOKENS = pattern(rf"(?P<newline>\n)(?={_LIST_MARK})")
"""Where a line of plain text ends before a member of a list."""

FENCE = pattern(r"[ \t]*(`{3,}|~{3,})[^\n]*")
QUOTE = pattern(r"[ \t]*>")
RULE = pattern(r"[ \t]*[-*_=|:][-*_=|: \t]*(?=\n|\Z)")
PREFIX = pattern(
    r"[ \t]*(?:(?P<heading>#{1,6})(?=[ \t\n]|\Z)|(?P<quote>>)|(?P<number>\d{1,9})(?P<stop>[.)])(?=[ \t\n]|\Z)"
    r"|(?P<bullet>[-+*])(?=[ \t\n]|\Z))"
)
"""What may be no text at the beginning of a line, in front of it or of more of the same."""

DEFINITION = pattern(
    r"[ \t]*\[([^\[\]\n]+)\]:[ \t]*+\n?+[ \t]*+(<[^<>\n]*>|\S++)"
    r"[ \t]*+(?:\n?+[ \t]*+[\"'(][^\n]*[\"')])?[ \t]*+(?=\n|\Z)"
)
"""Where a link leads, on a line of its own."""

NOTE = pattern(
    r"^ {0,3}\[\^([^\[\]\s]+)\]:[ \t]*(?:.*(?:\n(?![ \t]*\n| {0,3}\[\^)|\Z|\n))(?:(?:[ \t]*\n)*(?: {4}|\t).*\n?)*",
    re.MULTILINE,
)
"""A footnote, with all its lines."""

ADDRESS = pattern(r"[/.:#?@%]|^\s*$|^(?=[0-9_-]*[a-z])[a-z0-9]+(?:[-_][a-z0-9]+)+$")
TELEPHONE = pattern(r"0\d+-[\d-]+")
"""What makes the target of a link an address, and not words in brackets."""

LINK = pattern(rf"\[(?:[^\[\]\n]|!\[[^\[\]\n]*\]{_TARGET})*\]({_TARGET})")
NOWHERE = pattern(r"\s*(?:#|javascript:|\Z)", re.IGNORECASE)
"""A link, and a target that leads nowhere outside the page."""

NUMBER_AND_UNIT = pattern(
    r"[ \t]*\d[\d,.]*[ \t]?(?:도|℃|°|%|％|포인트|점|배|원|달러|만|억|조|명|건|㎜|㎝|㎞|㎏|[a-zA-Z])"
)
"""What a minus may stand before."""

NUMBER = pattern(r"[ \t]*\d{1,9}[.)](?=\s)")
OPENS_EMPHASIS = pattern(rf"""[\s(\[{{<（［｛〔【〈《「『“‘"'*_~|>{_LIST_MARKS}]""")
"""What may stand before emphasis that begins."""

MASKING = pattern(r"(?:^|[^가-힣A-Za-z])[가-힣]\Z|[-@/=\dA-Za-z]\Z")
"""What stands before stars that are a part of a name or a number."""

AFTER_A_NAME = pattern(r"(?:씨|님|와|과|은|는|이|가|을|를|의|에|도|로|께|들|[,·)-])(?![가-힣])")
"""What follows the stars of a masked name, and does not begin emphasis."""

BARE_TAGS = pattern(
    rf"</?(?P<name>[A-Za-z][^\s<>/\"']*+)(?:{_QUOTED}|[^<>\"'])*>|<!--|<[!?][^<>]*>"
    r"|<[^\s<>][^\s<>:@]*+[:@][^\s<>]*+>"
    r"|&(?:#\w{1,7}|[A-Za-z]\w{1,31});"
)
BARE_ADDRESSES = pattern(r"(?:https?:|www\.|(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]{1,64}@)[!-;=?-~]+")
BARE_LINKS = pattern(
    rf"!?\[(?P<text>[^\[\]]{{0,300}}(?:\[[^\[\]]{{0,300}}\][^\[\]]{{0,300}}){{0,9}})\]"
    rf"(?:(?P<target>{_TARGET})|\[(?P<label>[^\[\]\n]*)\])?"
)
ESCAPED_LABELS = pattern(rf"\[(?:[^\[\]\\]|\\.){{1,300}}+\](?:{_TARGET}|\[[^\[\]\n]*\])")
BARE_DEFINITIONS = pattern(r"^[ \t>]*\[([^\[\]\n]+)\]:[ \t]*\S", re.MULTILINE)
BARE_BLOCKS = pattern(
    r"^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]|#{1,6}[ \t].*|>|`{3,}|~{3,}|[-*_=|:](?:[-*_=|: \t])*$"
    r"|\[[^\[\]\n]+\]:[ \t])",
    re.MULTILINE,
)
_BARE_CELL = r":?-++:?+[ \t]*+"
BARE_TABLE = pattern(rf"^[ \t>]*+(?:\|[ \t]*+)?+{_BARE_CELL}(?:\|[ \t]*+{_BARE_CELL})*+\|?+[ \t]*+$", re.MULTILINE)
"""In a text without backslashes, what they may have kept from being markup: tags and references, addresses, links and
the definitions of their labels, the beginnings of blocks and lines of signs, the line below a table's head."""

_ELEMENTS = """
a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br
button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed
fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img
input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noframes noscript object ol
optgroup option output p param picture pre progress q rb rp rt rtc ruby s samp script search section select small source
span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul
var video wbr xmp
"""
ELEMENTS = frozenset(_ELEMENTS.split())
"""The elements of HTML, whose tags nobody sees."""

_INLINE_ELEMENTS = """
a abbr b big blink cite code data del dfn em font i ins kbd label main map mark menu object output q s samp search
section small strike strong sub summary sup time title tt u var
"""
NEEDS_END = frozenset(_INLINE_ELEMENTS.split())
"""Elements whose tag is a word in angle brackets where no end belongs to it."""

_HIDDEN_ELEMENTS = """
script style template noframes noembed iframe audio video object canvas
"""
HIDDEN = frozenset(_HIDDEN_ELEMENTS.split())
"""Elements of which nobody sees the text between their tags."""

AD_WORDS = pattern(
    r"(?:class|id)\s*=\s*+[\"']?(?:[^\"'>=]*[\s_-])?"
    r"(?:ad|ads|adv|advert|advertisement|adsbygoogle|adsense|adfit|adbox|gpt|taboola|dable|teads|mobon|realclick)"
    r"(?=[\s\"'_>-])",
    re.IGNORECASE,
)
"""The names of an element that is an advertisement."""

HIDDEN_UNTIL_ASKED = frozenset({"dialog", "datalist"})
HIDDEN_ATTRIBUTE = pattern(r"\shidden(?=[\s>/=])", re.IGNORECASE)
STYLE = pattern(r"\sstyle\s*+=([^<>]*+)", re.IGNORECASE)
HIDING_STYLE = pattern(r"display\s*+:\s*+none\b|visibility\s*+:\s*+(?:hidden|collapse)\b", re.IGNORECASE)
"""What in a tag hides its element, so that its text is left out and told."""
