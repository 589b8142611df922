"""Summaries: plain text, as written or made of the first whole sentences of the body."""

import re
from collections.abc import Iterable, Iterator

from sosik.normalize.bylines import TITLE
from sosik.normalize.fields import EntryFields
from sosik.normalize.markup import ATTRIBUTES, html_text

LIMIT = 300
"""Characters of a summary made of the body."""

# As much of a body as can hold a summary, whatever stands before it.
_LOOKED_AT = 20 * LIMIT

_LISTS = frozenset({"ul", "ol", "dl"})
_NO_PROSE = frozenset({"figure", "table", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "details", "aside"})
_TAG = re.compile(rf"<(/?)([a-z][a-z0-9]*){ATTRIBUTES}*>")
_NOTE_NUMBER = re.compile(r"<sup>(?:<a [^<>]*>\[?\d+\]?</a>|\[\d+\])</sup>")

# In text, 10<sup>2</sup> would read as another number.
_SMALL = re.compile(r"<(sup|sub)>([0-9+-]{1,9})</\1>")
_SMALL_SIGNS = {
    "sup": str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"),
    "sub": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋"),
}

# What stands in place of pictures and around links while lines are told apart.
_PICTURE, _LINK, _LINK_END = "\x01", "\x02", "\x03"
_PLACED = str.maketrans("", "", f"{_PICTURE}{_LINK}{_LINK_END}")
_ONLY_LINKS = re.compile(rf"(?:{_LINK}[^{_LINK_END}]*{_LINK_END}[\s|·,/]*)+|(?:https?://|www\.)\S+")

_CAPTION_MARKS = "▲△▶▷◀◁▼▽☞※ⓒ©"
_LONGEST_CAPTION = 150
_CREDIT = re.compile(
    r"(?:사진|그래픽|이미지|일러스트|자료|영상|출처|그림)\s?(?:사진|제공|출처|캡처|갈무리)?\s?[=:：ㅣ|]\s?[^=.]{1,30}[)\]】〉>]?\Z"
    r"|[ⓒ©][^ⓒ©]{0,40}\Z|(?:제공|갈무리|캡처|DB|재판매 및 DB 금지)[)\]】〉>.]{0,2}\Z|/[^/.]{1,20}기자\Z"
)

# A sentence ends at its mark and the quotation marks after it. Not after a number (`1. 16.`, `2면.`), an initial
# (`U.S.`) or the letter of a list (`나. 둘째`), nor where the quotation goes on (`"… 하겠다." 라고 말했다`).
_LETTER = "[가나다라마바사아자차카타파하ㄱ-ㅎⅠ-Ⅻⅰ-ⅻa-z]"
_SENTENCE_END = re.compile(
    rf"""[.?!…](?<=[^\d\s.].)(?<![A-Z]\.)(?<!^{_LETTER}\.)(?<!\s{_LETTER}\.)(?<!\d[면부장절편항호조]\.)["”’'」』)\]]*"""
    r"""(?:\s+(?!(?:이?라고|이?라며|이?라는|하고|고|며)(?=[\s,]))|$)"""
)
_ENDED = re.compile(r"""[.?!…]["”’'」』)\]]*$""")

_NAMES = r"[가-힣]{2,5}(?:\s?[·,]\s?[가-힣]{2,5})*"
_BYLINE = rf"{_NAMES}\s?(?:[가-힣]+\s)?{TITLE}"
_STOP = r"\s*[=|ㅣ｜:]\s*"
# `(해누리=한빛통신) 홍길동 기자 =`, `[해누리=홍길동 기자]`, `[한빛일보 홍길동 기자]`;
# `해누리=홍길동 기자`; `홍길동 기자 =`
_DATELINE = re.compile(
    rf"[(\[（【〔][^()\[\]（）【】〔〕]{{1,40}}[=ㅣ|｜][^()\[\]（）【】〔〕]{{1,40}}[)\]）】〕]\s*(?:{_BYLINE}(?:{_STOP}|\s+))?(?:=\s*)?"
    rf"|[(\[（【〔](?:[^()\[\]（）【】〔〕=]{{1,20}}\s)?{_BYLINE}[)\]）】〕]\s*(?:=\s*)?"
    rf"|[가-힣]{{2,10}}\s?[=|ㅣ｜]\s?{_BYLINE}(?:{_STOP}|\s+)"
    rf"|{_BYLINE}\s*[=|ㅣ｜]\s*"
)


def entry_summary(fields: EntryFields, body: str) -> str:
    """Return the summary as written, or what `summarize` makes of the sanitized *body*."""
    return fields.text("summary") or summarize(body)


def summarize(html: str, limit: int = LIMIT) -> str:
    """Return the first whole sentences of a body, at most *limit* characters, without dateline and byline.

    A first sentence longer than that is cut between words and ends in `…`.
    """
    html = _SMALL.sub(lambda small: small[2].translate(_SMALL_SIGNS[small[1]]), _NOTE_NUMBER.sub("", html))
    lines = _prose(_lines(html, _NO_PROSE | _LISTS))
    if not lines:
        lines = _listed(_lines(html, _NO_PROSE))
    if not lines:  # old pages are tables as a whole
        lines = [line for line in _prose(_lines(html, _NO_PROSE - {"table"})) if _ENDED.search(line)]
    return _joined((sentence for sentence in _sentences(lines) if _ENDED.search(sentence)), limit) or _joined(
        _sentences(lines), limit
    )


def _lines(html: str, left_out: frozenset[str]) -> list[str]:
    """Return the lines of a body outside some elements, as far as a summary looks, pictures and links marked."""
    parts: list[str] = []
    position = depth = length = 0
    for tag in _TAG.finditer(html):
        ends, name = tag.groups()
        if not depth:
            parts.append(html[position : tag.start()])
            length += tag.start() - position
            parts.append(_PLACES.get((ends, name), tag[0]))
        position = tag.end()
        if name in left_out:
            depth = max(0, depth + (-1 if ends else 1))
        if length > _LOOKED_AT:
            return html_text("".join(parts)).split("\n")
    return html_text("".join([*parts, "" if depth else html[position:]])).split("\n")


_PLACES = {
    ("", "img"): f"<p>{_PICTURE}</p>",
    ("", "figure"): f"<p>{_PICTURE}</p><figure>",
    ("", "a"): _LINK,
    ("/", "a"): _LINK_END,
}


def _prose(lines: Iterable[str]) -> list[str]:
    """Return the lines that belong to the article's text: no captions, no labels of players, no bare addresses."""
    kept = []
    after_picture = False
    for line in lines:
        if line == _PICTURE:
            after_picture = True
            continue
        text = line.translate(_PLACED).strip()
        if text and not (_ONLY_LINKS.fullmatch(line) or _is_caption(text, after_picture=after_picture)):
            kept.append(text)
        after_picture = False
    return kept


def _is_caption(line: str, *, after_picture: bool) -> bool:
    if line[0] in _CAPTION_MARKS:
        return True
    if len(line) > _LONGEST_CAPTION or _DATELINE.match(line):
        return False
    return bool(_CREDIT.search(line)) or (after_picture and not _ENDED.search(line))


def _listed(lines: Iterable[str]) -> list[str]:
    """Return the lines of a body that is nothing but lists, with their numbers and marks."""
    texts = [line.translate(_PLACED).strip() for line in lines if not _ONLY_LINKS.fullmatch(line)]
    texts = [text for text in texts if text]
    return texts if len(texts) > 1 or sum(map("".join(texts).count, _CAPTION_MARKS)) != 1 else []


def _joined(sentences: Iterable[str], limit: int) -> str:
    """Return as many of the sentences as *limit* characters hold, at least one of them or what fits of it."""
    joined = ""
    for sentence in sentences:
        longer = f"{joined} {sentence}".lstrip()
        if len(longer) > limit:
            return joined or _cut(sentence, limit)
        joined = longer
    return joined


def _sentences(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        dateline = _DATELINE.match(line)
        start = dateline.end() if dateline else 0
        for end in _SENTENCE_END.finditer(line, start):
            yield line[start : end.end()].strip()
            start = end.end()
        if line[start:].strip():
            yield line[start:].strip()


def _cut(sentence: str, limit: int) -> str:
    space = sentence.rfind(" ", 0, limit)
    return sentence[: space if space > 0 else limit - 1].rstrip(" ,·") + "…"
