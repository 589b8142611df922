"""Captions that are paragraphs of a body, recognised by the conventions of newsrooms.

They stay in the body; summaries omit them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape

from msgspec import Struct

from sosik.model import Image
from sosik.normalize.bylines import TITLE
from sosik.patterns import pattern

MARKS = "▲△▶▷◀◁▼▽☞※ⓒ©"
"""What a caption begins with."""

_ALT = pattern(r' (?:alt|title)="([^"]*)"')
_LONGEST_CREDIT = 40
_NEAR_THE_END = 6
"""Characters at the end of a line, among which a word for a credit stands with a bracket or two behind it."""
LONGEST_BARE = 150
"""Characters of a line that only its end tells for a caption."""

_NAMES = r"[가-힣]{2,5}(?:\s?[·,]\s?[가-힣]{2,5})*"
_BYLINE = rf"{_NAMES}\s?(?:[가-힣]+\s)?{TITLE}"
_STOP = r"\s*[=|ㅣ｜:]\s*"
# `(해누리=한빛통신) 홍길동 기자 =`, `[해누리=홍길동 기자]`, `[한빛일보 홍길동 기자]`;
# `해누리=홍길동 기자`; `홍길동 기자 =`
DATELINE = pattern(
    rf"[(\[（【〔][^()\[\]（）【】〔〕]{{1,40}}[=ㅣ|｜][^()\[\]（）【】〔〕]{{1,40}}[)\]）】〕]\s*(?:{_BYLINE}(?:{_STOP}|\s+))?(?:=\s*)?"
    rf"|[(\[（【〔](?:[^()\[\]（）【】〔〕=]{{1,20}}\s)?{_BYLINE}[)\]）】〕]\s*(?:=\s*)?"
    rf"|[가-힣]{{2,10}}\s?[=|ㅣ｜]\s?{_BYLINE}(?:{_STOP}|\s+)"
    rf"|{_BYLINE}\s*[=|ㅣ｜]\s*"
)
"""What stands before the first sentence of a report: whence, and whose it is."""
_STOPS, _OPENING = "=|ㅣ｜", "([（【〔"
"""The signs of which a dateline has one, but for one in brackets, and these."""

_WHAT = r"(?:사진|그래픽|이미지|일러스트|자료|영상|출처|그림|삽화|포토|캡션)"
_MORE = r"(?:설명|사진|제공|출처|캡처|캡쳐|갈무리)"
_CREDIT = pattern(
    rf"{_WHAT}\s?{_MORE}?\s?[=:：ㅣ|]\s?[^=.]{{1,30}}[)\]】〉>》]?\.?\Z"
    r"|사진\s?/\s?[^/.]{1,20}\Z"
    r"|[ⓒ©][^ⓒ©]{0,40}\Z|(?:제공|갈무리|캡처|DB|재판매 및 DB 금지)[)\]】〉>》.]{0,2}\Z|/[^/.]{1,20}기자\Z"
)
_CREDIT_SIGNS, _CREDIT_ENDS = "=:：ㅣ|/ⓒ©", ("제공", "갈무리", "캡처", "DB", "금지")
"""Signs and words of which a credit has one, the words near its end."""
# `<사진=…>`, `[사진] …`, `(사진설명) …`, `사진 설명: …`, `사진=…`, `그림 1. …`, `[사진 2] …`
_SAID = pattern(
    rf"[<\[(【〈《]\s?(?:사진|그래픽|이미지|일러스트|영상|삽화|캡션)\s?{_MORE}?\s?(?:\d{{1,2}}\s?)?"
    rf"(?:[=:：ㅣ|](?:.*[>\])】〉》]\.?\Z|[^<>\[\]()【】〈〉《》]*[>\])】〉》](?!\s*{_BYLINE}))|[>\])】〉》])"
    rf"|(?:사진|그래픽|이미지|일러스트|삽화)\s?{_MORE}?\s?[=:：ㅣ|]|(?:사진|이미지)\s?설명\s"
    r"|(?:사진|그림|그래픽|도표)\s?\d{1,2}\s?[.:)](?=\s)|[<\[(【〈《](?:사진|그림|그래픽|도표|자료)\s?\d{1,2}[>\])】〉》]"
)
_SAID_BEGINS = (*"<[(【〈《", "사진", "그래픽", "이미지", "일러스트", "삽화", "그림", "도표")
"""How a line begins that calls itself a caption."""
_BELOW = pattern(r"[↑↓←→◇◆■□●○▪▫·*]|사진\s|[(\[〈《<【].*[)\]〉》>】]\.?\Z")
"""What a line is that is a caption where it stands below a picture."""
_SCENE = pattern(r"(?:고\s있다|모습|장면|전경|조감도|기념\s?촬영|위치도|현장)[.\"')\]]*\Z")
"""How a line ends that is a caption where a picture stands in its paragraph: such a paragraph may be the article's."""
_ENDED = pattern(r"""[.?!…]["”’'」』)\]]*$""")


def said_of_pictures(html: str, images: Iterable[Image]) -> set[str]:
    """Return what a body says in the place of its pictures, and what the entry's file says of them."""
    beside = _ALT.findall(html) if ' alt="' in html or ' title="' in html else ()
    return {*map(unescape, beside), *(image.caption for image in images)} - {""}


def dateline(text: str) -> re.Match[str] | None:
    """Return what stands before the first sentence of a report, if anything does; most lines show that nothing does."""
    if text[:1] not in _OPENING and not any(map(text.__contains__, _STOPS)):
        return None
    return DATELINE.match(text)


def _calls_itself_one(text: str) -> bool:
    """Whether a line calls itself a caption; most begin otherwise, so the pattern is not compiled for them."""
    return text.startswith(_SAID_BEGINS) and _SAID.match(text) is not None


def _has_credit(text: str) -> bool:
    """Whether a line ends with who made a picture."""
    return _may_be_credited(text) and _CREDIT.search(text) is not None


def _may_be_credited(text: str) -> bool:
    end = text[-_NEAR_THE_END:]
    return any(map(text.__contains__, _CREDIT_SIGNS)) or any(map(end.__contains__, _CREDIT_ENDS))


class Captions:
    """The captions of one body: those that are *known*, and what is said of its pictures elsewhere (*said*)."""

    def __init__(self, known: Iterable[str], said: Iterable[str] = ()) -> None:
        texts = [" ".join(text.split()) for text in known]
        self._known = Counter(texts) if texts else {}  # a counter takes as long to be made as a summary
        self._said = {" ".join(text.split()) for text in said}

    @property
    def are_known(self) -> bool:
        """Whether there are captions that are known."""
        return bool(self._known)

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

    def is_one(self, line: "Line") -> bool:
        """Whether a line is a caption, for sure or by how it begins and ends."""
        if line.text[0] in MARKS or self.is_sure(line):
            return True
        if len(line.text) > LONGEST_BARE or dateline(line.text):
            return False
        return _has_credit(line.text) or (line.after_picture and _looks_like_one(line))

    def is_sure(self, line: "Line") -> bool:
        """Whether a line calls itself a caption, or below a picture is set off, or what is said of it elsewhere."""
        if _calls_itself_one(line.text):
            return True
        if line.after_picture and line.is_set_off:
            return len(line.text) <= LONGEST_BARE and not dateline(line.text)
        return line.after_picture and line.text in self._said


class Line(Struct, frozen=True, kw_only=True):
    """A line of a body: whether it stands below a picture, in the same paragraph; set off from other text by its kind;
    with a line below that names nothing but who made the picture.
    """

    text: str
    after_picture: bool = False
    is_beside: bool = False
    is_set_off: bool = False
    is_credited: bool = False


def _looks_like_one(line: Line) -> bool:
    return (
        not _ENDED.search(line.text)
        or bool(_BELOW.match(line.text))
        or line.is_credited
        or (line.is_beside and bool(_SCENE.search(line.text)))
    )


def is_credit(text: str) -> bool:
    """Whether a line is nothing but a credit: `(사진=해누리시)`."""
    if len(text) > _LONGEST_CREDIT:
        return False
    return _calls_itself_one(text) or (_may_be_credited(text) and bool(_CREDIT.match(text.strip("([<〈《【/ "))))


def ends_caption(text: str) -> bool:
    """Whether a text below a picture is a caption that ends with it, and with its line."""
    text = text.strip()
    if not text or text[-1] not in ".?!…)]】〉>》":
        return False
    return text[0] in MARKS or _calls_itself_one(text) or _has_credit(text)
