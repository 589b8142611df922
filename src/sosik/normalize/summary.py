"""Summaries: plain text, as written or made of the first whole sentences of the body."""

import re
from collections.abc import Iterable, Iterator

from sosik.normalize.bylines import TITLE
from sosik.normalize.fields import EntryFields
from sosik.normalize.markup import html_text

LIMIT = 300
"""Characters of a summary made of the body."""

# As much of a body as can hold a summary, whatever stands before it.
_LOOKED_AT = 20 * LIMIT

_NOT_PROSE = re.compile(r"<(figure|table|pre|h[1-6]|ul|ol|dl|details|aside)(?: [^<>]*)?>.*?(?:</\1>|\Z)", re.DOTALL)
_NOTE_NUMBER = re.compile(r"<sup>(?:<a [^<>]*>\[?\d+\]?</a>|\[\d+\])</sup>")
_CAPTION_MARKS = "▲△▶▷◀◁☞※ⓒ©"

# A sentence ends at its mark and the quotation marks after it. Not after a number (`1. 16.`) or an initial (`U.S.`),
# and not where the quotation is taken up again (`"… 하겠다." 라고 말했다`).
_SENTENCE_END = re.compile(
    r"""[.?!…](?<=[^\d\s.].)(?<![A-Z]\.)["”’'」』)\]]*(?:\s+(?!(?:이?라고|이?라며|이?라는|하고|고|며)(?=[\s,]))|$)"""
)
_ENDED = re.compile(r"""[.?!…]["”’'」』)\]]*$""")

_NAMES = r"[가-힣]{2,5}(?:\s?[·,]\s?[가-힣]{2,5})*"
_BYLINE = rf"{_NAMES}\s?(?:[가-힣]+\s)?{TITLE}"
_STOP = r"\s*[=|ㅣ｜:]\s*"
# `(해누리=한빛통신) 홍길동 기자 =`, `[해누리=홍길동 기자]`; `해누리=홍길동 기자`; `홍길동 기자 =`
_DATELINE = re.compile(
    rf"[(\[（【〔][^()\[\]（）【】〔〕]{{1,40}}[=ㅣ|｜][^()\[\]（）【】〔〕]{{1,40}}[)\]）】〕]\s*(?:{_BYLINE}(?:{_STOP}|\s+))?(?:=\s*)?"
    rf"|[가-힣]{{2,10}}\s?=\s?{_BYLINE}(?:{_STOP}|\s+)"
    rf"|{_BYLINE}\s*[=|ㅣ｜]\s*"
)


def entry_summary(fields: EntryFields, body: str) -> str:
    """Return the summary as written, or what `summarize` makes of the sanitized *body*."""
    return fields.text("summary") or summarize(body)


def summarize(html: str, limit: int = LIMIT) -> str:
    """Return the first whole sentences of a body, at most *limit* characters, without dateline and byline.

    A first sentence longer than that is cut between words and ends in `…`.
    """
    if len(html) > _LOOKED_AT:
        html = html[: html.rfind("<", 0, _LOOKED_AT)]
    text = html_text(_NOT_PROSE.sub("\n", _NOTE_NUMBER.sub("", html)))
    lines = [line for line in text.split("\n") if line[:1] not in _CAPTION_MARKS]
    return _joined((sentence for sentence in _sentences(lines) if _ENDED.search(sentence)), limit) or _joined(
        _sentences(lines), limit
    )


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
