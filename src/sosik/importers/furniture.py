"""Tables of text around the article on Korean pages that is not part of it.

Each table has one alternative a line. A line of a page must match completely, unless the table says otherwise. The
systems are NDSoft, Dada Media, the sub_read.html family, gnuboard, Rhymix, and small systems.
"""

import re

from sosik.patterns import pattern


def _whole(alternatives: str) -> re.Pattern[str]:
    """A pattern that matches a whole line: one alternative in each line of *alternatives*."""
    return re.compile("|".join(line.strip() for line in alternatives.strip().splitlines()), re.IGNORECASE)


ANYWHERE = _whole(
    r"""
    [•·∙]?\s*[\d,]{1,9}
    [-=_*·•\s]+
    가|가가|가\s*가|[+-]|A|x|×|닫기|목록|전체\s?기사|광고|AD|Advertisement|ADVERTISEMENT|인쇄|프린트|스크랩|공유|공유하기|기사공유|글씨|글자\s?크기.{0,15}|폰트.{0,15}
    홈|HOME|로그인.{0,15}|회원가입.{0,15}|전체\s?메뉴.{0,15}|전체보기|메뉴.{0,15}|검색.{0,15}|구독.{0,15}|후원.{0,15}|PC\s?버전|모바일\s?버전|뉴스레터.{0,15}
    (?:홈|HOME)?\s*(?:[>›»<]\s*+\S[^\s>›»<]*+\s*+)+[>›»<]?+\s*+
    (?:SNS|페이스북|트위터|엑스|X|카카오(?:톡|스토리)?|네이버\s?(?:블로그|밴드)?|밴드|구글|핀터레스트|링크|URL|메일|이메일|인스타그램|텔레그램|라인)\s?(?:\(으\)로)?\s?(?:기사\s?보내기|공유(?:하기)?|복사(?:하기)?|보내기)?(?:\(으\)로)?\s?(?:기사\s?보내기)?
    다른\s공유\s찾기|기사\s?스크랩(?:하기)?|본문\s?글씨\s?(?:줄이기|키우기|크게|작게).{0,15}|이\s기사를?\s공유.{0,15}|기사\s?듣기.{0,15}|음성으로\s듣기.{0,15}|번역.{0,15}설정
    (?:(?:좋아요|조회(?:\s?수)?|추천(?:\s?수)?|댓글(?:\s?수)?|공감|싫어요|스크랩|공유)\s*+[:：]?\s*+[\d,]*+\s*+)+
    (?:(?:정치|경제|사회|문화|생활|스포츠|연예|국제|세계|지역|전국|오피니언|사설|칼럼|교육|의료|건강|기획|특집|포토|영상|IT|과학|인물|사람들|종합|뉴스|행정|의회|자치|농업|환경|종교|여행|부동산)(?:\s*+[|·/ㅣ]\s*+|\s++|$)){2,}
    (?:기사\s?)?(?:원문|바로\s?가기).{0,15}
    """
)
"""Furniture that may stand anywhere, also between headline and text; it says nothing of where the article ends."""

IMPRINT = pattern(
    r"등록번호|등록일자|발행인|편집인|인쇄인|청소년보호책임자|사업자\s?등록|통신판매|대표전화|제호\s?[:：]|창간일"
    r"|개인정보\s?(?:처리|취급)방침|이용약관|All rights reserved",
    re.IGNORECASE,
)
"""Words that stand in a newspaper's imprint; a line with one of them is furniture unless it is a sentence."""

COPYRIGHT = pattern(
    r"[<〈\[(【\"\s]*(?:[ⓒ©]|\(c\)|(?:저작권자|Copyrights?)\s*(?:[ⓒ©]|\(c\))).*"
    r"|[<〈\[(【\"]\s*(?:저작권자|Copyrights?).*"
    r"|[^.]{0,30}무단\s?전재[^.]{0,30}금지.{0,20}"
    r"|(?:※|▶|☞|■)\s?(?:제보|기사\s?제보|본\s?기사|이\s?기사).*"
    r"|.{0,20}제보는 카카오톡.*|☞.*",
    re.IGNORECASE,
)
"""A line that begins the notice after the text: the article's text is over, but its reporter may follow."""

COPYRIGHT_TAIL = pattern(
    r"\s{0,8}[<〈\[(【ⓒ©]\s*(?:저작권자|Copyrights?\b|[ⓒ©]?[^<>]{1,20}무단\s?전재)[^<]*\Z", re.IGNORECASE
)
"""The same notice at the end of the last paragraph, from its opening mark; the words alone occur in ordinary text."""

TAGS_LABEL = pattern(r"(?:\#\s?)?(?:태그|Tags?|키워드)\s*[:：]?", re.IGNORECASE)

TAGS = pattern(r"(?:\#[^\s#,]+[\s,]*)+")
"""A line of nothing but tags."""

STOP = _whole(
    r"""
    (?:\#\s?)?(?:태그|Tags?|키워드)\s*+[:：]?(?:\s*\#.*)?
    (?:전체|기사|총|최신)?\s?댓글\s?(?:쓰기|달기|입력|등록|보기|접기|펼치기|삭제|목록|수정|정렬)?\s*+[\[(]?\d*+[\])]?\s*+(?:개|건)?
    (?:독자|네티즌|한\s?줄)\s?의견.*|의견\s?쓰기.*|삭제한\s댓글은.*|비회원.*|내\s댓글.*|댓글을\s?(?:입력|남겨).*
    (?:관련|다른|주요|인기|최신|추천|이전|다음|많이\s?본|실시간|핫|헤드라인|섹션별|이\s?시각)\s?(?:기사|뉴스|글|이슈)\s?(?:더?\s?보기)?.*
    .{0,12}기자의?\s다른\s?(?:기사|뉴스).*|다른\s?기사\s?보기.*|오늘의\s?(?:주요|핫).*|많이\s?본\s?(?:기사|뉴스)?.*
    메일보내기(?:\s?닫기)?|기사제목.*|비밀번호\s*[:：]?.*|보내는\s?분.*|받는\s?분.*|자동등록방지.*|보안문자.*|스팸방지.*
    목록으로.*|이전글.*|다음글.*|맨\s?위로.*|TOP|위로
    """
)
"""A line with which the page's furniture after the article begins; nothing of the article follows."""

END_MARK = pattern(r"\s{0,8}(?:[<〈＜\[(【]\s*+(?:끝|完|終)?\s*+[>〉＞\])】]|[▣■]\s?끝?|//)\s{0,8}\Z")
"""The mark after the last word of an article, also when its word was lost on the way: `<끝>`, `<>`, `(끝)`, `▣`."""

SENTENCE_END = pattern(r"\.[\"'”’」』)\]>〉]*\Z")
VERB_END = pattern(r"(?:다|요|까)[?!]?[\"'”’」』)]*\Z")

TITLE_TAG = pattern(r"(?P<title>.+?)\s<\s(?P<section>[^<]+)\s<\s+기사본문(?:\s+-\s(?P<outlet>.+))?")
"""The page title of NDSoft's system: headline, section, outlet."""

SUFFIXES = pattern(
    r"\s<\s[^<]+<\s+기사본문.*|(?<!\s)\s*:\s*뉴스\s*:[^:]+\Z|\s[|ㅣ]\s+[^|]{2,20}\Z|-[가-힣]{2,4}ㅣ[^ㅣ]{2,20}\Z"
    r"|\s[-–—:]\s+[가-힣A-Za-z0-9]{1,15}(?:일보|신문|뉴스|방송|타임[스즈]|저널|미디어|닷컴|투데이|경제|통신|헤럴드|매거진|TV)\Z"
)
"""What page titles carry after the headline: section and outlet."""


def is_furniture(text: str) -> bool:
    """Whether a line is furniture wherever it stands, be it a bar of several: `댓글 0 | 프린트 | 공유`."""
    if is_sentence(text):
        return False
    bar = all(ANYWHERE.fullmatch(part.strip()) for part in text.split("|"))
    return bool(bar or ANYWHERE.fullmatch(text) or IMPRINT.search(text))


def is_stop(text: str) -> bool:
    """Whether the furniture after the article begins with the line."""
    return not is_sentence(text) and bool(STOP.fullmatch(text))


def is_sentence(text: str) -> bool:
    """Whether a line is running text: it ends as a sentence, or is longer than any headline.

    Headlines end in a verb too (`… 만든다`), so that tells only of lines that are long for one.
    """
    text = END_MARK.sub("", text)
    return bool(SENTENCE_END.search(text)) or len(text) > LONGEST or (len(text) > LONG and bool(VERB_END.search(text)))


LONG = 60
"""Characters that few headlines have."""

LONGEST = 120
"""Characters that no headline has."""


def without_suffix(title: str) -> str:
    """Return a page title without the section and the outlet that follow the headline."""
    return SUFFIXES.sub("", title).strip()
