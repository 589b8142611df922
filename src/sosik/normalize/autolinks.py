"""Bare addresses in a text become links, as in GitHub-flavoured Markdown, with the rules of Korean.

A particle follows an address without a space (`https://haenuri.example/a/1에서`). So Hangul directly after an ASCII
letter or digit ends the address; Hangul at the start of a path segment belongs to it. Only `found` decides where an
address begins and ends.
"""

import re
from collections.abc import Callable, Iterator
from html import unescape

from msgspec import Struct

from sosik.addresses import ascii_url, is_bare_host, is_mail_address
from sosik.normalize.markup import ATTRIBUTES, escape_text, start_tag
from sosik.patterns import pattern

_HANGUL = "가-힣ㄱ-ㅎㅏ-ㅣ\u3400-\u9fff"  # and Hanja

# Where one may begin: a scheme, a mail address, a host under a known name. Every repetition is bounded or begins
# only at the head of a run, so that a text of any length is read in one go.
_BEGINNING = pattern(
    r"https?://[^\s/@<>]{1,200}@[^\s<>]{0,200}"  # with a password: none
    r"|(?<![A-Za-z0-9])(?P<scheme>https?://)"
    r"|(?<![\w.+*@/=&%-])(?P<mail>(?![.+-])[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?!\.?[\w-]))"
    r"|(?<![\w.@/=&%*:-])(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}(?!\.?[\w-]))",
    re.IGNORECASE | re.ASCII,
)
_HOST = pattern(rf"[A-Za-z0-9{_HANGUL}_.-]{{1,253}}|\[[0-9A-Fa-f:.]{{2,45}}\]")
_PORT = pattern(r":\d{1,5}(?!\d)")
_TAIL = pattern(rf"[/?#][A-Za-z0-9{_HANGUL}\-._~:/?#@!$&()\[\]*+,;=%]*")
_CLOSING = {")": "(", "]": "["}
_OPENING = frozenset(_CLOSING.values())
_TRAILING = ".,:;!?*~&([_-"

_HANGUL_AFTER_ASCII = pattern(rf"(?<=[A-Za-z0-9])[{_HANGUL}]+")
# Where the sentence goes on: Hangul after a letter, a closing bracket or a mark, and Hangul in brackets after a letter.
_SENTENCE = pattern(
    rf"(?<=[A-Za-z0-9)\].,:;!*~$%])[{_HANGUL}]|(?<=[A-Za-z0-9/])[(\[](?=[{_HANGUL}])|(?<=[~,;])(?=https?://)"
)

# What a last part of a path in Hangul may end in, if it is a particle that the sentence goes on with. Those that nouns
# end in more often (문의, 지도, 대만) would only raise false alarms.
_AFTER_CONSONANT, _AFTER_VOWEL = ("을", "은", "이", "과", "으로"), ("를", "는", "가", "와", "로")
_AFTER_ALL = ("에서", "에", "에는", "에도", "에게", "까지", "부터", "보다", "라고", "입니다", "이다")
_LAST_HANGUL = pattern(r"(?<![가-힣])[가-힣]+$")

# Elements whose text is no prose, and links, which do not stand in one another.
_CLOSED = ("a", "code", "pre", "kbd", "samp")
_TOKEN = pattern(rf"<(/?)({'|'.join(_CLOSED)}){ATTRIBUTES}*>|<[^>]*(?:>|\Z)")
HINT = pattern(r"@|:(?=//)|\.(?<=[A-Za-z0-9]\.)(?=[A-Za-z])")
"""Without one of these there is no address in a text."""


class Found(Struct, frozen=True, kw_only=True):
    """An address in a text: where it stands, what it leads to, whether its end may be a particle of the sentence."""

    start: int
    end: int
    url: str
    unsure: bool = False


def found(text: str) -> Iterator[Found]:
    """Yield the addresses that stand in a plain text, in order; what leads nowhere is not among them."""
    position = 0
    while beginning := _BEGINNING.search(text, position):
        address = _address(text, beginning)
        if address is None:
            position = beginning.end()
            continue
        yield address
        position = address.end


def link_addresses(html: str, report: Callable[[str], object]) -> str:
    """Return HTML in nh3's form with links for the addresses in its text, outside links and code.

    *report* is told each address whose end is not certain.
    """
    if not HINT.search(html):
        return html
    parts, position, closed = [], 0, 0
    for tag in _TOKEN.finditer(html):
        text = html[position : tag.start()]
        parts += [text if closed else linked_text(text, report), tag[0]]
        position = tag.end()
        if tag[2]:
            closed = max(0, closed + (-1 if tag[1] else 1))
    rest = html[position:]
    return "".join([*parts, rest if closed else linked_text(rest, report)])


def linked_text(text: str, report: Callable[[str], object]) -> str:
    """The same for a text in which there are no tags."""
    if not HINT.search(text):
        return text
    plain, position, parts = unescape(text), 0, []
    for address in found(plain):
        shown = plain[address.start : address.end]
        link = f"{start_tag('a', {'href': address.url})}{escape_text(shown)}</a>"
        parts += [escape_text(plain[position : address.start]), link]
        position = address.end
        if address.unsure:
            report(shown)
    return "".join([*parts, escape_text(plain[position:])]) if parts else text


def _address(text: str, beginning: re.Match[str]) -> Found | None:
    start, end = beginning.span()
    if beginning["mail"]:
        return Found(start=start, end=end, url=f"mailto:{beginning[0]}") if is_mail_address(beginning[0]) else None
    if beginning["scheme"]:
        end = _host_end(text, end)
    elif not beginning["host"] or not is_bare_host(beginning["host"]):
        return None
    port = _PORT.match(text, end)
    end = _tail_end(text, port.end() if port else end)
    if end == beginning.end("scheme"):
        return None
    shown = text[start:end]
    url = ascii_url(shown if beginning["scheme"] else f"http://{shown}")
    return Found(start=start, end=end, url=url, unsure=_may_end_in_particle(shown)) if url else None


def _host_end(text: str, start: int) -> int:
    """Return where a host ends: before Hangul that follows an ASCII letter, unless the name goes on after it."""
    host = _HOST.match(text, start)
    if host is None:
        return start
    for hangul in _HANGUL_AFTER_ASCII.finditer(text, start, host.end()):
        before = text[start : hangul.start()]
        goes_on = re.match(r"\.[A-Za-z0-9]", text[hangul.end() : hangul.end() + 2])
        if is_bare_host(before) or not goes_on:
            return hangul.start()
    korean = re.search(r"\.한국(?=[가-힣])", host[0])
    return start + (korean.end() if korean else len(host[0].rstrip(".-_")))


def _tail_end(text: str, start: int) -> int:
    """Return where path, query and fragment end that begin at *start*."""
    tail = _TAIL.match(text, start)
    if tail is None:
        return start
    sentence = _SENTENCE.search(text, start + 1, tail.end())
    end = _closed_end(text, start, sentence.start() if sentence else tail.end())
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return end


def _may_end_in_particle(address: str) -> bool:
    last = _LAST_HANGUL.search(address)
    if last is None or not re.search(r"[/?#]", address[8:]):  # a host in Hangul
        return False
    word = last[0]
    closed = [(ord(before) - ord("가")) % 28 for before in word]  # 0: the syllable ends in its vowel, 8: in ㄹ
    for endings, fits in ((_AFTER_CONSONANT, True), (_AFTER_VOWEL, False)):
        for ending in endings:
            before = closed[-len(ending) - 1] if len(word) > len(ending) else None
            if word.endswith(ending) and (before is None or bool(before) is fits or (ending == "로" and before == 8)):
                return True
    return word.endswith(_AFTER_ALL)


def _closed_end(text: str, start: int, end: int) -> int:
    """Return where the first bracket stands that has no partner before *end*, or *end*."""
    opened: list[int] = []
    for place in range(start, end):
        if text[place] in _OPENING:
            opened.append(place)
        elif text[place] in _CLOSING:
            if not opened or text[opened[-1]] != _CLOSING[text[place]]:
                return opened[0] if opened else place
            opened.pop()
    return opened[0] if opened else end
