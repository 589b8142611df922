"""Who wrote an article: lines such as `홍길동 기자 hong@example.kr`, heads such as `(해누리=빛소식) 홍길동 기자 =`.

Only what names itself a reporter's name is taken for one; desks, outlets and administrators are not persons.
"""

import re

from msgspec import Struct

from sosik.patterns import pattern

LONGEST = 120
"""Characters that no byline has."""

EMAIL = pattern(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")

QUALIFIER = "선임|수석|인턴|수습|객원|[가-힣]{0,4}전문|시민|명예|사진|영상|편집|청소년|대학생"

POST = "대?기자|특파원|논설위원|칼럼니스트|편집위원|통신원|리포터"

TITLE = rf"(?:(?:{QUALIFIER})\s?)?(?:{POST})"

NAME = rf"(?!(?:{QUALIFIER})\s?기자|{POST})[가-힣]{{2,4}}"

LABEL = pattern(
    r"\A(?:기자명|글쓴이|작성자|글\s?[·,]\s?사진|글|취재|기자)\s*[=:：|]?\s+"
    r"|\A(?:글|취재|글\s?[·,]\s?사진)\s?[=:：]\s*"
)

PEOPLE = pattern(
    rf"(?P<names>(?:[가-힣]{{2,10}}[=/\s]\s*)?{NAME}(?:\s*[·ㆍ,/]\s*(?:[가-힣]{{2,4}}\s)?{NAME})*?)\s*{TITLE}"
)
"""Names, of which the last carries the title; a place or an outlet may stand before."""

HEADS = (
    # (해누리=빛소식) 박솔 기자 = …; [해누리=빛소식] 박솔 기자
    pattern(
        rf"[(\[【〔][^)\]】〕=]{{1,20}}[=ㅣ|｜][^)\]】〕]{{0,20}}[)\]】〕]\s*(?P<people>[^=]{{2,40}}?{TITLE})\s*[=|]?\s"
    ),
    # 【빛소식 해누리=박솔 기자】, [빛소식=박솔 기자]
    pattern(rf"[(\[【〔][^)\]】〕=]{{1,20}}[=ㅣ|｜]\s?(?P<people>[^)\]】〕]{{2,40}}?{TITLE})\s*[)\]】〕]"),
    # 빛소식 = 박솔 기자 |; 해누리=박솔 기자
    pattern(rf"[가-힣0-9A-Za-z]{{2,10}}\s?=\s?(?P<people>[가-힣·ㆍ,\s]{{2,30}}?{TITLE})\s*[|=]?\s"),
)
"""The heads of a first paragraph that name its reporter; they stay in the text, where the place stands too."""

NO_PERSON = pattern(
    r"(?:정치|경제|사회|문화|체육|국제|산업|전국|지역|사진|교육|환경|생활|과학|금융|증권|부동산|연예|스포츠|정보|디지털|기획|탐사)[부팀]"
    r"|.*(?:일보|신문|뉴스|방송|타임[스즈]|저널|미디어|닷컴|투데이|편집[부국]|취재[팀부]|보도[팀국]|뉴스팀|온라인팀|관리자|운영자|본지)"
    r"|온라인|디지털|시민|객원|수습|인턴|담당|취재|사진|전문|우리|특별취재"
    r"|베이징|상하이|홍콩|도쿄|오사카|워싱턴|뉴욕|로스앤젤레스|런던|파리|베를린|브뤼셀|제네바|모스크바|카이로|하노이|자카르타|방콕|뉴델리|시드니"
)
"""Words that stand where a name might: outlets, desks, and the cities of correspondents."""

TAIL = pattern(
    r"(?:외\s?+\d++\s?+명|다른\s?+기사\s?+(?:보기)?|구독(?:하기)?|(?:의\s?+)?기사\s?+더\s?+보기|댓글|좋아요|조회수?|\d|[\[\](){}|/=<>,·:：~-]|\s)+"
)
"""What may stand beside names on a line of theirs."""


class Author(Struct, frozen=True, kw_only=True):
    """A person who is named as an author; `email` is empty where none is."""

    name: str
    email: str = ""


def byline(text: str) -> tuple[Author, ...] | None:
    """Return the authors whom a line names, or None where the line is something else or more than that.

    A line such as `편집부 기자` or an e-mail address alone is a byline of nobody: an empty tuple.
    """
    if len(text) > LONGEST:
        return None
    emails = EMAIL.findall(text)
    rest = EMAIL.sub(" ", text).strip(" \t[](){}<>|/=,:·-")
    label = LABEL.match(rest)
    rest = LABEL.sub("", rest)
    if not rest:
        return () if emails else None
    people = list(PEOPLE.finditer(rest))
    if people and TAIL.fullmatch(PEOPLE.sub(" ", rest) or " "):
        return _authors([match["names"] for match in people], emails)
    if (label or emails) and re.fullmatch(rf"{NAME}(?:\s*[·ㆍ,/]\s*{NAME})*", rest):
        return _authors([rest], emails)
    return None


def head_authors(paragraph: str) -> tuple[Author, ...]:
    """Return the authors whom the head of a paragraph names; none where it has no such head."""
    for head in HEADS:
        match = head.match(paragraph)
        if match:
            words = re.sub(rf"\s*{TITLE}\Z", "", match["people"].strip()).split()
            return _authors([word for word in words if re.fullmatch(rf"{NAME}(?:[·ㆍ,]{NAME})*,?", word)], [])
    return ()


def _authors(groups: list[str], emails: list[str]) -> tuple[Author, ...]:
    """Return the persons of *groups* of names in order, with their addresses."""
    parts = [part.split() for group in groups for part in re.split(r"[·ㆍ,/=]", group)]
    words = [[word for word in part if not NO_PERSON.fullmatch(word)] for part in parts]
    return given(list(dict.fromkeys(part[-1] for part in words if part)), emails)


def given(names: list[str], emails: list[str]) -> tuple[Author, ...]:
    """Return the persons of these names; one gets the first address, several theirs if there are as many as persons."""
    if len(names) == 1:
        emails = emails[:1]
    if len(emails) != len(names):
        return tuple(Author(name=name) for name in names)
    return tuple(Author(name=name, email=email) for name, email in zip(names, emails, strict=True))
