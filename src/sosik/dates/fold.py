"""Reduce the many characters of one meaning to one, remembering where each came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from sosik.dates.patterns import compiled

# One character for one, so that offsets stay as they are.
_ALIKE = {
    # every dash that stands between numbers
    "-": "‐‑‒–—―−﹣➖",
    # every wave of a range
    "~": "∼〜˜∽～",
    ".": "․。｡﹒",
    ",": "、，﹐､",
    ":": "∶︰ː﹕",
    "/": "⁄∕╱",
    "·": "ㆍ・‧∙⋅･•‣⁃◦⦁",
    "'": '‘’`´ʼ＇“”″′"',
    "(": "[{<〈《「『【〔［｛＜≪«",
    ")": "]}>〉》」』】〕］｝＞≫»",
    # the bars between two stamps of a line; U+3163 is a Hangul vowel used as one
    "|": "ㅣ｜│┃¦∣丨⏐⎮❘›‹‖∥●▶▷◆◇■□▲△▼▽※★☆;",
    "〇": "○零",
    # white space of all kinds, zero-width and directional marks
    " ": "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\xad\u1680\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a"
    "\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u2066\u2067\u2068\u2069\u3000\ufeff\u3164\uffa0\ufe0e\ufe0f"
    + "".join(map(chr, range(0x2000, 0x200B))),
}
# Arrows, shapes, signs and pictures between two stamps of a line; telephones and hearts stand for something.
_PICTURES = ((0x2190, 0x2200), (0x25A0, 0x2604), (0x2605, 0x260E), (0x260F, 0x2661), (0x2669, 0x2706), (0x2707, 0x27C0))
_MORE_PICTURES = ((0x23E9, 0x23FF), (0x2900, 0x2980), (0x2B00, 0x2BFF), (0x1F300, 0x1FAFF))
_TRANSLATION = {code: "|" for first, last in (*_PICTURES, *_MORE_PICTURES) for code in range(first, last)}
_TRANSLATION |= {ord(other): one for one, others in _ALIKE.items() for other in others}
# Full-width ASCII, save what the table above already has.
_TRANSLATION |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code not in _TRANSLATION}
_TRANSLATION |= {ord(full): _TRANSLATION[ord(ascii_)] for full, ascii_ in (("；", ";"), ("＂", '"'), ("｀", "`"))}

# What needs more than one character for one: markup, composed syllables, squared and circled days.
_REWRITTEN = (
    r"<!--.{0,2000}?-->"
    r"|</?[A-Za-z][^<>]{0,200}>"
    r"|&(?:amp;)?(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
    r"|[\u3220-\u3247\u32c0-\u32cb\u3358-\u3370\u33e0-\u33fe]"
)
_OTHER_DIGIT = r"[^\D0-9]"


class Folded(Struct, frozen=True):
    """Folded text, and for each of its characters the offset in the original; None where nothing moved."""

    text: str
    offsets: tuple[int, ...] | None

    def origin(self, position: int) -> int:
        """The offset in the original of a position in the folded text."""
        if self.offsets is None:
            return position
        return self.offsets[min(position, len(self.offsets) - 1)]


# Whatever is not plain: most lines of most sources hold none of it and are left as they are.
_TO_FOLD = "[^ !#-%'-:=?-Z\\\\^_a-z|~가-힣]|[\\[\\]&<]|  "


def fold(text: str) -> Folded:
    """Return *text* with one character for each meaning: ASCII digits and marks, plain spaces, no markup."""
    if not compiled(_TO_FOLD).search(text):
        return Folded(text, None)
    folded = Folded(text, None)
    if not text.isascii() or "<" in text or "&" in text:
        folded = _rewrite(folded, compiled(_REWRITTEN, re.DOTALL), _plain)
    folded = replace(folded, text=folded.text.translate(_TRANSLATION))
    if not folded.text.isascii():
        folded = replace(folded, text=compiled(_OTHER_DIGIT).sub(_plain_digit, folded.text))
    return _rewrite(folded, compiled(_BLANKS), _one_blank) if "  " in folded.text else folded


def _rewrite(before: Folded, pattern: re.Pattern[str], plain: Callable[[str], str]) -> Folded:
    """Replace what *pattern* finds, keeping for each character the offset it had in the original."""
    text = before.text
    pieces: list[str] = []
    offsets: list[int] = []
    end = 0
    for match in pattern.finditer(text):
        short = plain(match.group())
        pieces += (text[end : match.start()], short)
        offsets.extend(range(end, match.start()))
        offsets.extend([match.start()] * len(short))
        end = match.end()
    if not pieces:
        return before
    pieces.append(text[end:])
    offsets.extend(range(end, len(text) + 1))
    return Folded("".join(pieces), tuple(map(before.origin, offsets)))


_BLANKS = "  +"


def _one_blank(_blanks: str) -> str:
    return " "


def _plain(written: str) -> str:
    kind: Callable[[str], str] = _entity if written[0] == "&" else _markup if written[0] == "<" else _composed
    return kind(written)


def _entity(reference: str) -> str:
    # Imported here: the table of all entities costs more than this package, and few texts hold one.
    from html import unescape

    return unescape(unescape(reference))


def _markup(_tag: str) -> str:
    return " "


def _composed(characters: str) -> str:
    return unicodedata.normalize("NFKC", characters)


def _plain_digit(digit: re.Match[str]) -> str:
    value = unicodedata.decimal(digit.group(), None)
    return digit.group() if value is None else str(value)


def without_comments(text: str) -> str:
    """The text with blanks for comments in brackets, which RFC 5322 (section 3.2.2) allows between any two tokens."""
    depth = 0
    kept = []
    for character in text:
        depth += character == "("
        kept.append(" " if depth else character)
        depth -= character == ")" and depth > 0
    return "".join(kept)
