"""Captions that stand in a body as paragraphs: what page makers call them, and how newsrooms write them.

They stay in the body. Summaries, which are made of the article's sentences, leave them out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape

from sosik.model import Image
from sosik.normalize.bylines import TITLE
from sosik.normalize.markup import attributes, elements, html_text

MARKS = "▲△▶▷◀◁▼▽☞※ⓒ©"
"""What a caption begins with."""

_CLASS = re.compile(
    r"caption|cutline|캡션|사진[\s_-]?(?:설명|출처|제공|캡션)|(?:photo|img|image|pic|picture|thumb|media|vod|video|movie)s?"
    r"[_-]?(?:desc|txt|info|exp|source|alt|cap|credit)|(?:desc|txt|exp|source|credit)[_-]?(?:photo|img|image|pic|vod)"
    r"|(?:^|[\s_-])(?:cap|credits?|copyright|출처)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ALT = re.compile(r' alt="([^"]*)"')
_LONGEST = 300
"""Characters of a caption; an element of such a class that holds more is the article around one."""
_LONGEST_BARE = 150
"""Characters of a line that only its end tells for a caption."""

_NAMES = r"[가-힣]{2,5}(?:\s?[·,]\s?[가-힣]{2,5})*"
_BYLINE = rf"{_NAMES}\s?(?:[가-힣]+\s)?{TITLE}"
_STOP = r"\s*[=|ㅣ｜:]\s*"
# `(해누리=한빛통신) 홍길동 기자 =`, `[해누리=홍길동 기자]`, `[한빛일보 홍길동 기자]`;
# `해누리=홍길동 기자`; `홍길동 기자 =`
DATELINE = re.compile(
    rf"[(\[（【〔][^()\[\]（）【】〔〕]{{1,40}}[=ㅣ|｜][^()\[\]（）【】〔〕]{{1,40}}[)\]）】〕]\s*(?:{_BYLINE}(?:{_STOP}|\s+))?(?:=\s*)?"
    rf"|[(\[（【〔](?:[^()\[\]（）【】〔〕=]{{1,20}}\s)?{_BYLINE}[)\]）】〕]\s*(?:=\s*)?"
    rf"|[가-힣]{{2,10}}\s?[=|ㅣ｜]\s?{_BYLINE}(?:{_STOP}|\s+)"
    rf"|{_BYLINE}\s*[=|ㅣ｜]\s*"
)
"""What stands before the first sentence of a report: whence, and whose it is."""

_WHAT = r"(?:사진|그래픽|이미지|일러스트|자료|영상|출처|그림|삽화|포토|캡션)"
_MORE = r"(?:설명|사진|제공|출처|캡처|캡쳐|갈무리)"
_CREDIT = re.compile(
    rf"{_WHAT}\s?{_MORE}?\s?[=:：ㅣ|]\s?[^=.]{{1,30}}[)\]】〉>》]?\.?\Z"
    r"|사진\s?/\s?[^/.]{1,20}\Z"
    r"|[ⓒ©][^ⓒ©]{0,40}\Z|(?:제공|갈무리|캡처|DB|재판매 및 DB 금지)[)\]】〉>》.]{0,2}\Z|/[^/.]{1,20}기자\Z"
)
# `<사진=…>`, `[사진] …`, `(사진설명) …`, `사진 설명: …`, `사진=…`
_SAID = re.compile(
    rf"[<\[(【〈《]\s?(?:사진|그래픽|이미지|일러스트|영상|삽화|캡션)\s?{_MORE}?\s?(?:\d{{1,2}}\s?)?"
    rf"(?:[=:：ㅣ|](?:.*[>\])】〉》]\.?\Z|[^<>\[\]()【】〈〉《》]*[>\])】〉》](?!\s*{_BYLINE}))|[>\])】〉》])"
    rf"|(?:사진|그래픽|이미지|일러스트|삽화)\s?{_MORE}?\s?[=:：ㅣ|]|(?:사진|이미지)\s?설명\s"
)
_ENDED = re.compile(r"""[.?!…]["”’'」』)\]]*$""")


def told_captions(html: str) -> tuple[str, ...]:
    """Return the captions of a body in nh3's form that their elements' classes tell, before these are left out."""
    if 'class="' not in html:
        return ()
    texts: list[str] = []
    end = 0
    for element in sorted(elements(html), key=lambda element: element.start):
        if element.start < end or not _CLASS.search(attributes(element.written).get("class", "")):
            continue
        text = html_text(html[element.inner : element.inner_end], numbers=False).replace("\n", " ")
        if 0 < len(text) <= _LONGEST:
            texts.append(text)
            end = element.end
    return tuple(texts)


def said_of_pictures(html: str, images: Iterable[Image]) -> set[str]:
    """Return what a body says in the place of its pictures, and what the entry's file says of them."""
    return {*map(unescape, _ALT.findall(html)), *(image.caption for image in images)} - {""}


class Captions:
    """The captions of one body: those that are *known*, and what is said of its pictures elsewhere (*said*)."""

    def __init__(self, known: Iterable[str], said: Iterable[str] = ()) -> None:
        self._known = Counter(" ".join(text.split()) for text in known)
        self._said = {" ".join(text.split()) for text in said}

    def without(self, lines: Iterable[str]) -> Iterator[str]:
        """Yield the lines of the body without the known captions in them, each as often as it is known."""
        left = self._known.copy()
        for line in lines:
            text = line
            for caption in self._known if left else ():
                if left[caption] and caption in text:
                    left[caption] -= 1
                    text = text.replace(caption, " ", 1)
            yield text.strip()

    def is_one(self, line: str, *, after_picture: bool, is_set_off: bool) -> bool:
        """Whether a line is a caption, for sure or by how it begins and ends."""
        if line[0] in MARKS or self.is_sure(line, after_picture=after_picture, is_set_off=is_set_off):
            return True
        if len(line) > _LONGEST_BARE or DATELINE.match(line):
            return False
        return bool(_CREDIT.search(line)) or (after_picture and not _ENDED.search(line))

    def is_sure(self, line: str, *, after_picture: bool, is_set_off: bool) -> bool:
        """Whether a line calls itself a caption, or below a picture is in italics, or what is said of it elsewhere."""
        return bool(_SAID.match(line)) or (after_picture and (is_set_off or line in self._said))


def ends_caption(text: str) -> bool:
    """Whether a text below a picture is a caption that ends with it, and with its line."""
    text = text.strip()
    if not text or text[-1] not in ".?!…)]】〉>》":
        return False
    return text[0] in MARKS or bool(_SAID.match(text) or _CREDIT.search(text))
