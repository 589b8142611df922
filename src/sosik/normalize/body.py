"""The body of an entry: HTML or Markdown in, HTML that may be published out."""

import re
from collections import Counter

from sosik.model import BodyFormat
from sosik.normalize.fields import EntryFields
from sosik.normalize.rewrite import BodyPlace, rewrite
from sosik.normalize.sanitize import loose, strict, tell_lost_links, telling_tags
from sosik.normalize.shortcodes import translated
from sosik.words import Message

# Parsing takes time quadratic in the depth of elements: no article has so many, and the worst of so many take a second.
_MOST_TAGS = 20_000
_TAG = re.compile(r"<[^<>]*>")

# CommonMark 0.31, 4.6, condition 6, and what old article pages begin with.
_HTML = re.compile(
    r"\s*<(?:!--|(?:address|article|aside|b|blockquote|br|center|dd|details|dir|div|dl|dt|fieldset|figcaption|figure|font"
    r"|footer|form|h[1-6]|header|hr|iframe|img|li|main|nav|ol|p|pre|script|section|span|strong|style|table|tbody|td|th"
    r"|thead|tr|ul|video)(?=[\s/>]))",
    re.IGNORECASE,
)
_RAW_HTML = re.compile(r"<[a-zA-Z/!?]")

# CommonMark closes no emphasis between punctuation and a letter, so `**시장(홍길동)**은` would keep its asterisks; in
# Korean a particle nearly always follows.
_STRONG = re.compile(r"\*\*(?!\s)([^*\n]+)(?<!\s)\*\*")
_TEXT = re.compile(r"(<pre>.*?</pre>|<code>.*?</code>|<[^>]*>)", re.DOTALL)

# `2024. 1. 16. 시작한다` would become a list in a list in a list.
_DATE_AT_START = re.compile(r"(\n {0,3}\d{4})\.(?= ?\d)")

# Bare addresses are linked by `rewrite`, where Korean ends them.
_EXTENSIONS = ["table", "strikethrough"]

# cmark drops a footnote that nothing refers to. Of what it writes around the others only the jumps stay.
_NOTE = re.compile(r"^ {0,3}\[\^([^\[\]\s]+)\]:", re.MULTILINE)
_LABEL = re.compile(r"\[\^([^\[\]\s]+)\]")
_REFERENCE = re.compile(r'<sup class="footnote-ref">(<a href="#fn-[^ ]* id="[^ ]*") data-footnote-ref>(\d+)</a></sup>')
_WAY_BACK = re.compile(
    r'(<a href="#fnref-[^ ]*) [^>]* data-footnote-backref [^>]*>[^<]*(?:<sup class="footnote-ref">\d+</sup>)?</a>'
)
_NOTES = '<section class="footnotes" data-footnotes>'


def entry_body(fields: EntryFields, body_format: BodyFormat, place: BodyPlace) -> str:
    """Return the entry's body as sanitized HTML, empty where there is none; what was removed becomes a problem."""
    value = fields.scalar("body")
    if value is None:
        fields.report(Message("body-missing.entry"), fields.place("body"))
        return ""
    html, removed = clean_body(value.text, body_format, place)
    if removed:
        fields.report(Message("html-removed.body", removed=removed), value.location)
    return html


def clean_body(text: str, body_format: BodyFormat, place: BodyPlace) -> tuple[str, tuple[str | Message, ...]]:
    """Return a body as sanitized HTML, and what was removed that an author should know of."""
    text = translated(text, place.site, place.tell)
    is_html = body_format is BodyFormat.AUTO and _HTML.match(text)
    html = text if is_html else markdown(text)
    if html.count("<") > _MOST_TAGS:
        return strict(_TAG.sub("\n", html)), (Message("normalize.many-tags", most=_MOST_TAGS),)
    telling: tuple[str, ...] = ()
    if is_html or _RAW_HTML.search(text):
        telling = telling_tags(html)
        tell_lost_links(html, place.tell)
        html = loose(html)
    html, lost = rewrite(place.jumps.named(html), place)
    return place.jumps.kept(strict(html)), tuple(f"<{name}>" for name in dict.fromkeys((*telling, *lost)))


def markdown(text: str) -> str:
    """Return GitHub-flavoured Markdown as HTML, raw HTML in it passed on as it is."""
    import cmarkgfm  # a compiled module of 400 kB; most commands never see a body

    if "```" not in text and "~~~" not in text:
        text = _DATE_AT_START.sub(r"\1\\.", f"\n{text}")
        text = _with_all_notes(text)
    options = cmarkgfm.Options.CMARK_OPT_UNSAFE | cmarkgfm.Options.CMARK_OPT_FOOTNOTES
    html: str = cmarkgfm.markdown_to_html_with_extensions(text, options, _EXTENSIONS)
    html = html.replace(" />", ">")
    if _NOTES in html:
        html = _WAY_BACK.sub(r"\1>↩</a>", _REFERENCE.sub(r"<sup>\1>[\2]</a></sup>", html)).replace(_NOTES, "<section>")
    if "**" not in html or "\\*" in text:
        return html
    return "".join(
        part if part.startswith("<") else _STRONG.sub(r"<strong>\1</strong>", part) for part in _TEXT.split(html)
    )


def _with_all_notes(text: str) -> str:
    """Return the text with the footnotes that nothing refers to as the text that they are."""
    notes = Counter(label.casefold() for label in _NOTE.findall(text))
    if not notes:
        return text
    unused = notes.keys() - (Counter(label.casefold() for label in _LABEL.findall(text)) - notes).keys()
    return _NOTE.sub(lambda note: note[0].replace("[", "\\[") if note[1].casefold() in unused else note[0], text)
