"""Who wrote an article, as one line says it: several persons where it certainly names several, every name whole."""

from collections.abc import Callable
from typing import Any

import pytest

Normalize = Callable[..., Any]

LINES = """
윤가람; 도하늘 → 윤가람 | 도하늘
윤가람；도하늘 → 윤가람 | 도하늘
허 진 기자, 구 산 기자 → 허 진 | 구 산
해누리·새별=윤가람·도하늘 기자, 시청공동취재단 → 윤가람 | 도하늘 | 시청공동취재단
새별=윤가람 기자, 해누리=도하늘 기자 → 윤가람 | 도하늘
정리=도하늘 → 도하늘
정리 도하늘 기자 → 도하늘
취재=윤가람·도하늘, 정리=서이안 → 윤가람 | 도하늘 | 서이안
글·사진 윤가람 기자 → 윤가람
글, 사진 윤가람 → 윤가람
윤가람 글·사진 → 윤가람
Yun, Garam → Yun, Garam
Garam Yun; Haneul Do → Garam Yun | Haneul Do
Garam Yun and Haneul Do → Garam Yun and Haneul Do
빈첸초 노빌레·윤가람 기자 → 빈첸초 노빌레·윤가람
장·클로드 → 장·클로드
윤가람ㆍ도하늘ㆍ서이안 기자 → 윤가람 | 도하늘 | 서이안
윤가람/도하늘 기자 → 윤가람 | 도하늘
윤가람 및 도하늘 기자 → 윤가람 | 도하늘
남궁별 기자·황보람 수습기자 → 남궁별 | 황보람
제갈윤·선우진 기자 → 제갈윤 | 선우진
윤가람, 도하늘 기자 → 윤가람 | 도하늘
윤가람 기자 도하늘 기자 → 윤가람 | 도하늘
윤가람기자 → 윤가람
윤가람 선임기자 겸 논설위원 → 윤가람
윤가람 기자 외 2명 → 윤가람
윤가람 로마 특파원 → 윤가람
마르크 노빌레 특파원 → 마르크 노빌레
부산/윤가람 기자 → 윤가람
부산 | 윤가람 기자 → 윤가람
윤가람 기자 ㅣ 빛소식 → 윤가람
윤가람 기자(부산) → 윤가람
(부산) 윤가람 기자 → 윤가람
윤가람(尹가람) 기자 → 윤가람(尹가람)
윤가람 기자 061-555-0134 → 윤가람
윤가람 기자·도하늘 PD → 윤가람 | 도하늘 PD
윤가람, 도하늘 그리고 서이안 기자 → 윤가람 | 도하늘 | 서이안
기획·취재 윤가람 → 윤가람
윤가람 씀 → 윤가람
〈윤가람 기자〉 → 윤가람
해누리=윤가람 특파원 → 윤가람
윤가람 특파원=해누리 → 윤가람
사회부 윤가람 기자 → 윤가람
해누리일보 윤가람 기자 → 윤가람
새별 윤가람 기자 → 새별 윤가람
[해누리=빛소식] 윤가람 기자 → 윤가람
(해누리=빛소식) 윤가람·도하늘 기자 = → 윤가람 | 도하늘
【빛소식 해누리=윤솔 기자】 → 윤솔
시청 공동취재단, 윤가람 기자 → 시청 공동취재단 | 윤가람
사진공동취재단 → 사진공동취재단
특별취재팀 → 특별취재팀
시민기자 → 시민기자
윤가람 사진기자 → 윤가람
윤가람, 해누리대 교수 → 윤가람, 해누리대 교수
윤가람 해누리대 교수, 도하늘 변호사 → 윤가람 해누리대 교수 | 도하늘 변호사
도하늘, Garam Yun → 도하늘, Garam Yun
윤가람|도하늘 기자 → 윤가람 | 도하늘
고흥|윤가람 기자 → 윤가람
윤가람(시인), 도하늘(해누리대 교수) → 윤가람(시인) | 도하늘(해누리대 교수)
문화부 윤가람·도하늘 기자 → 윤가람 | 도하늘
특별취재팀 윤가람·도하늘 기자 → 윤가람 | 도하늘
런던 윤가람·파리 도하늘 특파원 → 윤가람 | 도하늘
강원·경기 윤가람 기자 → 윤가람
윤은실/도하늘 기자 → 윤은실 | 도하늘
체육부 윤은실 기자 → 윤은실
윤가람, 그리고 도하늘 기자 → 윤가람 | 도하늘
글·윤가람 → 윤가람
"""


@pytest.mark.parametrize("line", LINES.strip().splitlines())
def test_a_line_names_its_authors(normalized: Normalize, line: str) -> None:
    written, names = line.split(" → ")
    made = normalized(authors=written)

    assert [person.name for person in made.entry.authors] == names.split(" | ")
    assert made.problems == ()


@pytest.mark.parametrize(
    ("written", "names", "told"),
    [
        ("글=윤가람, 사진=박단비", ["윤가람"], "사진=박단비"),
        ("글 윤가람 사진 박단비", ["윤가람"], "사진 박단비"),
        ("그래픽/박단비", [], "그래픽/박단비"),
        ("글ㅣ윤가람 사진ㅣ박단비", ["윤가람"], "사진|박단비"),
        ("글·윤가람 사진·박단비", ["윤가람"], "사진·박단비"),
        ("글 : 윤가람 / 사진 : 박단비", ["윤가람"], "사진 : 박단비"),
        ("취재 윤가람 정리 도하늘 그래픽 박단비", ["윤가람", "도하늘"], "그래픽 박단비"),
        ("윤가람 기자, 영상=박단비", ["윤가람"], "영상=박단비"),
        ("윤가람 기자 글·박단비 기자 사진", ["윤가람"], "박단비 기자 사진"),
        ("윤가람 기자 글, 박단비 기자 사진", ["윤가람"], "박단비 기자 사진"),
        ("윤가람 취재 / 박단비 영상", ["윤가람"], "박단비 영상"),
        ("박단비 사진", [], "박단비 사진"),
        ("윤가람; 7", ["윤가람"], "7"),
    ],
)
def test_who_is_no_author_is_left_out_and_told(
    normalized: Normalize, written: str, names: list[str], told: str
) -> None:
    made = normalized(authors=written)

    assert [person.name for person in made.entry.authors] == names
    assert [(problem.code, dict(problem.message.values)["text"]) for problem in made.problems] == [
        ("author-left-out", told)
    ]


@pytest.mark.parametrize("written", ["7", ["7", "윤가람"], {"name": "7"}, [["7"]]])
def test_a_number_is_nobodys_name(normalized: Normalize, written: object) -> None:
    made = normalized(authors=written)

    assert [problem.code for problem in made.problems] == ["value-invalid"]
    assert made.entry is None


@pytest.mark.parametrize(
    "written", ["윤가람 기자 <garam@desk>", "윤가람 <가람@해누리.예시>", {"name": "윤가람 (garam@desk)"}]
)
def test_what_looks_like_an_address_is_never_part_of_a_name_and_told(normalized: Normalize, written: object) -> None:
    made = normalized(authors=written)

    assert [person.name for person in made.entry.authors] == ["윤가람"]
    assert [problem.code for problem in made.problems] == ["email-invalid"]


def test_the_address_of_each_author_in_one_line(normalized: Normalize) -> None:
    line = "윤가람 기자 garam@haenuri.example, 도하늘 기자 haneul@haenuri.example"

    plain, public = normalized(authors=line), normalized(authors=line, publish_email="true")

    assert [(who.name, who.email) for who in plain.entry.authors] == [("윤가람", None), ("도하늘", None)]
    assert [who.email for who in public.entry.authors] == ["garam@haenuri.example", "haneul@haenuri.example"]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (["윤가람; 도하늘"], ["윤가람; 도하늘"]),
        (["윤가람, 도하늘 기자"], ["윤가람, 도하늘"]),
        (["윤가람·도하늘 기자", "서이안"], ["윤가람", "도하늘", "서이안"]),
        ([["윤가람", ["도하늘 기자"]], "서이안"], ["윤가람", "도하늘", "서이안"]),
    ],
)
def test_members_of_a_list_are_never_split_and_lists_in_it_count_as_one(
    normalized: Normalize, written: object, names: list[str]
) -> None:
    assert [person.name for person in normalized(authors=written).entry.authors] == names


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("예산, 심사, 의회", ["예산", "심사", "의회"]),
        ("예산; 심사", ["예산", "심사"]),
        ("예산，심사、의회", ["예산", "심사", "의회"]),
        ("#예산 #심사", ["예산", "심사"]),
        ("#예산#심사", ["예산", "심사"]),
        ("＃예산 ＃심사", ["예산", "심사"]),
        ("예산 #심사", ["예산", "심사"]),
        ("#예산, #심사", ["예산", "심사"]),
        ("C#, F#", ["C#", "F#"]),
        ("C# #자바", ["C#", "자바"]),
        ("1,000원 축제, 예산", ["1,000원 축제", "예산"]),
        ("해누리(새별, 단비), 예산", ["해누리(새별, 단비)", "예산"]),
        ("예산/심사·의회", ["예산/심사·의회"]),
        ("예산, 예산,, ", ["예산"]),
        ([["예산", "심사"]], ["예산", "심사"]),
        (["예산", ["심사", ["의회"]]], ["예산", "심사", "의회"]),
        (["예산, 심사", "#의회"], ["예산, 심사", "#의회"]),
    ],
)
def test_tags_in_one_line(normalized: Normalize, written: object, tags: list[str]) -> None:
    made = normalized(tags=written)

    assert list(made.entry.tags) == tags
    assert made.problems == ()
