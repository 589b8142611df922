"""Who wrote an article, as an entry's file says it in one line: `서울·부산=홍길동·김하늘 기자, 외교부공동취재단`.

A line is split into persons where it certainly names several; of a name no word is ever left out.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from sosik.normalize.bylines import EMAIL, NAME, NO_PERSON, POST, TITLE, Author, given
from sosik.patterns import pattern

_TITLES = (*POST.replace("?", "").split("|"), "기자")
"""What a title ends in."""

_SURNAMES = (
    "남궁|황보|제갈|선우|독고|사공|서문|동방|망절|어금|강전|장곡|소봉"
    "|[가간갈감강개견경계고곡공곽구국군궁권근금기길김나남낭내노뇌누단담당대도독돈동두라란랑려로뢰류리마만매맹명모목묘문미민박반방배백범변복봉부빈빙"
    "사삼상서석선설섭성소손송수순승시신심아안애야양어엄여연염엽영예오옥온옹왕요용우운원위유육윤은음이인임자장저전점정제조종좌주준지진차창채천초최추"
    "탁탄태판패편평포표풍피필하학한함해허현형호홍화환황후흥]"
)
"""Korean surnames: those of two syllables, and of one (Statistics Korea, census of 2015)."""

_KOREAN = pattern(rf"(?=[가-힣]{{2,4}}\Z|[가-힣]{{1,2}} [가-힣]{{1,2}}\Z)(?:{_SURNAMES}) ?[가-힣]{{1,3}}")
_HANGUL = pattern(r"[가-힣]{2,4}|[가-힣] [가-힣]{1,2}")

_RANK = (
    "교수|변호사|작가|시인|소설가|평론가|연구원|연구위원|위원|원장|회장|대표|소장|부장|차장|국장|실장|팀장|주필|에디터|PD|피디|앵커|아나운서"
    "|의사|박사|감독"
)
_RANK_ALONE = pattern(_RANK)
_RANKED = pattern(rf"(?P<name>[가-힣]{{2,3}}|[가-힣] [가-힣]{{1,2}})(?: \S+)* \S*(?:{_RANK})")
_BRACKETED = pattern(r"(?P<name>[가-힣]{2,4}|[가-힣] [가-힣]{1,2})\s?\([^()]*[가-힣][^()]*\)")
_POOL = pattern(
    r"(?:\S+ )*\S*(?:취재단|취재팀|취재반|기자단|편집부|편집국|보도국|보도팀|뉴스팀|특별취재|공동취재|데스크"
    r"|[가-힣][부팀국실])"
)
_PLACE = pattern(
    r"서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|수원|성남|고양|용인|창원|청주|전주|천안|포항"
    r"|춘천|원주|강릉|목포|여수|순천|안동|구미|경주|진주|김해|군산|익산|국회|청와대|선양|광저우|타이베이|싱가포르|호찌민|로마|마드리드"
    r"|이스탄불|두바이|예루살렘|멕시코시티|상파울루|실리콘밸리|한겨레|[가-힣]{3,}[부팀국실]|[가-힣]+(?:지국|본부|총국|취재[팀반])"
)
"""Where who carries a title may work, beside the desks, outlets and cities of `NO_PERSON`.

A desk has four letters or more: those of three are named one by one, for names of three may end as they do.
"""

_TITLED = pattern(rf"(?P<name>\S(?:.*?\S)??)(?P<space>\s*)(?P<title>{TITLE})(?:\s겸\s{TITLE})*")
_AFTER_TITLE = pattern(rf"(?P<titled>.*\S\s?{TITLE})\s*(?:[(\[][^()\[\]]*[)\]]|[^가-힣A-Za-z]+)")
_BEFORE_TITLED = pattern(rf"[(\[][^()\[\]]*[)\]]\s*(?P<titled>\S.*?\s?{TITLE})")
"""Brackets beside a name with a title hold where its bearer works; without a letter, what follows is a number."""

_WRITERS = (
    "글쓴이|작성자|기자명|공동취재|취재|정리|기사|글|대담|진행|인터뷰|구성|번역|옮김|기획|집필|필자|지은이|저자|기고|씀"
)
_OTHERS = (
    "영상편집|영상취재|사진제공|사진촬영|일러스트|인포그래픽|그래픽|디자인|동영상|사진|영상|촬영|편집|삽화|그림|자료|제공|연출|녹음|제작"
    "|교열|교정|자막"
)
_ONE_LABEL = rf"(?:{_WRITERS}|{_OTHERS})"
_LABELS = rf"{_ONE_LABEL}(?:\s*[·ㆍ・‧/&,+]\s*{_ONE_LABEL}|\s+{_ONE_LABEL}(?=[\s=:：|])){{0,9}}"
"""Ten at most: any number of them, from every label on, would take time that grows with the square of their number."""
_AFTER_LABEL = rf"(?:\s*[=:：|/]\s*|\s*[·ㆍ・‧]\s*(?!{_ONE_LABEL})|\s+(?!(?:{POST})\b))(?=\S)"
_ALL_LABEL = pattern(_LABELS)
_LABEL = pattern(rf"(?P<label>{_LABELS}|기자){_AFTER_LABEL}(?P<rest>.+)")
_LABEL_BEHIND = pattern(rf"(?P<rest>.*?\S)\s+(?P<label>{_LABELS})")
_NEXT_LABEL = pattern(
    rf"(?<!\s)(?:\s*+[·ㆍ・‧/|]\s*+|\s++)(?={_LABELS}{_AFTER_LABEL})|(?:(?<=기자)|(?<=특파원))\s+(?={NAME}\s?{TITLE})"
)
_WRITER = pattern(rf"(?:{_WRITERS}|기자)(?:\Z|[\s·ㆍ・‧/&,+])")

_HEAD = pattern(r"[(\[【〔][^()\[\]【】〔〕]*=[^()\[\]【】〔〕]*[)\]】〕]\s*(?=\S)")
_WRAPPED = pattern(r"[(\[【〔〈《<]([^()\[\]【】〔〕〈〉《》<>]*)[)\]】〕〉》>]")
_OTHERS_TOO = pattern(r"\s+외\s?\d*\s?[명인]\Z")
_MIDDLE = pattern(r"\s*[·ㆍ・‧∙⋅•/&]\s*|\s+(?:및|그리고)\s+")
_PLACE_FIRST = pattern(rf"(?:(?:{_PLACE.pattern}|{NO_PERSON.pattern})\s*[/·ㆍ・‧]\s*)+(?=\S)")
_AND = pattern(r"\s*(?:및|그리고)\s+")
_BROKEN_EMAIL = pattern(r"[<(\[]?\s*([^\s<>()\[\],;=·/|]+[@＠][^\s<>()\[\],;|]*)\s*[>)\]]?")
_EMPTY_BRACKETS = pattern(r"\(\s*\)|<\s*>|\[\s*\]|\{\s*\}")
_BARS, _SEMICOLON, _COMMA = pattern("[ㅣ｜]"), pattern("[;；]"), pattern("[,，、]")
_LONGEST = 600
"""Characters of a line of authors; one that is longer is something else, and would take long to read."""

_EDGES = " \t,=|:：<>·/-"


class Signed(Struct, frozen=True, kw_only=True):
    """What a line says of authors.

    `left_out` are texts that name no author: who took the pictures, a number. `broken` are e-mail addresses that are
    none.
    """

    authors: tuple[Author, ...] = ()
    left_out: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


def signed_by(text: str, *, one: bool = False) -> Signed:
    """Return the authors whom a text names that stands where authors are named.

    It is split at semicolons, and at commas between Hangul names or titles, unless it is *one* member of a list; at
    middle dots where each part is a Korean name or carries a title. Whoever is no person with a Korean name keeps the
    name as it is written, but for the journalist's title at its end. No name holds an e-mail address.
    """
    if len(text) > _LONGEST:
        name, _, broken = without_emails(text)
        return Signed(authors=(Author(name=name),) if is_name(name) else (), broken=broken)
    if _is_one_name(text):
        return Signed(authors=(Author(name=text),))
    return _signed_by(text, one=one)


def _is_one_name(text: str) -> bool:
    """Whether a text is a few Hangul letters and no title at their end: there is nothing to take off, or to split at.

    Most are, and to compile the patterns that would say so takes as long as reading ten articles.
    """
    return 2 <= len(text) <= 4 and min(text) >= "가" and max(text) <= "힣" and not text.endswith(_TITLES)


@lru_cache(maxsize=1024)
def _signed_by(text: str, *, one: bool) -> Signed:
    """Return what a line says that is not too long: the same few people sign most of a newsroom's articles."""
    text = _BARS.sub("|", text)
    parts = [text] if one else [part for line in _SEMICOLON.split(text) for part in _at_commas(line)]
    made = [_part(piece) for part in parts for piece in _at_labels(part)]
    return Signed(
        authors=tuple(author for signed in made for author in signed.authors),
        left_out=tuple(text for signed in made for text in signed.left_out),
        broken=tuple(address for signed in made for address in signed.broken),
    )


def _at_commas(line: str) -> list[str]:
    """Return the parts of a line between commas that stand between persons; a comma within a name splits nothing."""
    parts: list[str] = []
    for piece in _COMMA.split(line):
        if parts and not (_is_person(parts[-1]) and _is_person(piece)):
            parts[-1] = f"{parts[-1]},{piece}"
        else:
            parts.append(piece)
    return parts


def _at_labels(part: str) -> Iterator[str]:
    """Yield the pieces of a text that each have one label, or one title, at most: `글 김하늘 사진 박솔아` has two."""
    pieces = _MIDDLE.split(part.strip())
    if len(pieces) > 1 and all(map(_is_labelled_behind, pieces)):
        yield from pieces
        return
    start = 0
    for cut in _NEXT_LABEL.finditer(part):
        before = part[start : cut.start()].strip(_EDGES)
        if before and not _ALL_LABEL.fullmatch(before):
            yield before
            start = cut.end()
    yield part[start:]


def _is_person(text: str) -> bool:
    """Whether a text certainly names somebody: by a Hangul name, a title, a label, an e-mail address, or as a pool."""
    rest = EMAIL.sub(" ", text)
    if rest != text or "=" in rest or _LABEL.fullmatch(rest.strip()):
        return True
    rest = _OTHERS_TOO.sub("", rest).strip()
    return _is_labelled_behind(rest) or bool(_titled(rest)) or all(map(_is_somebody, _MIDDLE.split(rest)))


def _is_labelled_behind(text: str) -> bool:
    """Whether a text names somebody, and behind that what they did: `박솔아 기자 사진`."""
    behind = None if _titled(text) else _LABEL_BEHIND.fullmatch(text)
    return behind is not None and all(map(_is_somebody, _MIDDLE.split(behind["rest"])))


def _is_somebody(name: str) -> bool:
    if _ALL_LABEL.fullmatch(name) or _RANK_ALONE.fullmatch(name):
        return False
    return bool(
        _HANGUL.fullmatch(name)
        or _titled(name)
        or _is_ranked(name)
        or _POOL.fullmatch(name)
        or NO_PERSON.fullmatch(name)
    )


def _part(text: str) -> Signed:
    """Return the authors of a text with one label at most."""
    rest, emails, broken = without_emails(text)
    rest = _unwrapped(rest)
    label = _LABEL.fullmatch(rest) or (None if _titled(rest) else _LABEL_BEHIND.fullmatch(rest))
    if label and not _WRITER.search(label["label"]):
        return Signed(left_out=(text.strip(),), broken=broken)
    names = [_name(name) for name in _names(_beside_places(label["rest"] if label else rest))]
    known = [name for name in names if is_name(name)]
    left_out = tuple(name for name in names if name and not is_name(name))
    return Signed(authors=given(known, emails), left_out=left_out, broken=broken)


def without_emails(text: str) -> tuple[str, list[str], tuple[str, ...]]:
    """Return a name without e-mail addresses, those that mail programs take without question, and the others."""
    rest = EMAIL.sub(" ", text)
    name = _EMPTY_BRACKETS.sub(" ", _BROKEN_EMAIL.sub(" ", rest))
    return " ".join(name.split()).strip(_EDGES), EMAIL.findall(text), tuple(_BROKEN_EMAIL.findall(rest))


def is_name(text: str) -> bool:
    """Whether a text may be a name: a number is none."""
    return any(map(str.isalpha, text))


def _unwrapped(text: str) -> str:
    """Return a text without the brackets around it, before it or behind its title."""
    text = _HEAD.sub("", text).strip(_EDGES)
    text = text[joined.end() :] if (joined := _AND.match(text)) else text
    wrapped = _WRAPPED.fullmatch(text)
    text = (wrapped[1] if wrapped else text).strip()
    for form in (_AFTER_TITLE, _BEFORE_TITLED):
        beside = form.fullmatch(text)
        text = beside["titled"] if beside else text
    return text


def _beside_places(text: str) -> str:
    """Return a text without the places or outlets on the other side of an equals sign, of a bar, or before a slash."""
    before, equals, after = (part.strip() for part in text.partition("="))
    if equals:
        return before if _titled(before) and not _titled(after) else after
    before, bar, after = (part.strip() for part in text.partition("|"))
    if bar and bool(_titled(before)) is not bool(_titled(after)):
        person, other = (before, after) if _titled(before) else (after, before)
        return f"{before}·{after}" if _is_full_name(other) else person
    return _PLACE_FIRST.sub("", text) if _titled(text) else text


def _is_full_name(text: str) -> bool:
    """Whether a text beside a bar is a Korean name of three letters: two are as likely a town."""
    return len(text) > 2 and bool(_KOREAN.fullmatch(text)) and not _are_places([text])


def _names(text: str) -> list[str]:
    """Return the names that stand between middle dots where each is certainly one, else the text itself."""
    text = _OTHERS_TOO.sub("", text)
    parts = _MIDDLE.split(text)
    if len(parts) > 1 and _titled(text):
        parts = [_without_place(part) for part in parts]
    return parts if all(_KOREAN.fullmatch(part) or _titled(part) or _is_ranked(part) for part in parts) else [text]


def _is_ranked(text: str) -> bool:
    """Whether a Korean name stands before another title than a journalist's: that stays part of what readers see."""
    match = _RANKED.fullmatch(text) or _BRACKETED.fullmatch(text)
    return bool(match and _KOREAN.fullmatch(match["name"]))


def _titled(text: str) -> re.Match[str] | None:
    """Return a name and the journalist's title at its end; None of a text without either."""
    match = _TITLED.fullmatch(text)
    if match and (match["space"] or (_KOREAN.fullmatch(match["name"]) and not NO_PERSON.fullmatch(match["name"]))):
        return match
    return None


def _name(text: str) -> str:
    """Return a name without the journalist's title at its end, and then without where its bearer works."""
    match = _titled(text)
    if match is None:
        return text
    return _without_place(match["name"]).strip(_EDGES)


def _without_place(text: str) -> str:
    """Return a Korean name without where its bearer works, before it or behind it; any other text as it is."""
    words = text.split()
    for cut in range(1, len(words)):
        front, back = " ".join(words[:cut]), " ".join(words[cut:])
        if _KOREAN.fullmatch(front) and _are_places(words[cut:]):
            return front
        if _KOREAN.fullmatch(back) and _are_places(words[:cut]):
            return back
    return text


def _are_places(words: list[str]) -> bool:
    return all(_PLACE.fullmatch(word) or NO_PERSON.fullmatch(word) for word in words)
