"""Looks that spare a pattern: what they decline, the pattern declines too."""

from random import Random

import pytest

from sosik.normalize import captions, signatures

PIECES = (
    *"가나자원트터 =|ㅣ｜:：/·,.ⓒ©()[]<>【】〈〉《》（）\n1",
    *("사진", "그래픽", "이미지", "일러스트", "삽화", "그림", "도표", "자료", "영상", "제공", "갈무리", "캡처", "DB"),
    *(
        "재판매 및 DB 금지",
        "홍길동",
        "김하늘",
        "기자",
        "대기자",
        "특파원",
        "논설위원",
        "리포터",
        "칼럼니스트",
        "통신원",
    ),
    *("해누리", "한빛통신", "설명", "사진설명", "사진 1.", "글", "편집위원", "서울"),
)


def texts(seed: int) -> list[str]:
    """Return texts in which a dateline, a credit, a caption or a signature may stand."""
    random = Random(seed)  # noqa: S311  # no secret is made of it
    return ["".join(random.choices(PIECES, k=random.randint(1, 7))) for _ in range(4_000)]


@pytest.mark.parametrize("seed", range(5))
def test_what_a_look_declines_the_pattern_declines(seed: int) -> None:
    known = {name: vars(captions)[name] for name in ("DATELINE", "_SAID", "_CREDIT")}
    looks = {name: vars(captions)[name] for name in ("dateline", "_calls_itself_one", "_has_credit")}
    found = dict.fromkeys(known, 0)
    for text in texts(seed):
        for pattern, look, method in (
            ("DATELINE", "dateline", "match"),
            ("_SAID", "_calls_itself_one", "match"),
            ("_CREDIT", "_has_credit", "search"),
        ):
            is_found = getattr(known[pattern], method)(text) is not None
            assert bool(looks[look](text)) is is_found, text
            found[pattern] += is_found
        stripped = text.strip("([<〈《【/ ")
        is_credit = bool(known["_CREDIT"].match(stripped) or known["_SAID"].match(text))
        assert captions.is_credit(text) is is_credit, text
    assert min(found.values()) > 5


@pytest.mark.parametrize("seed", range(5))
def test_a_name_without_anything_to_take_off_is_read_as_any_other(seed: int) -> None:
    long_way = vars(signatures)["_signed_by"]
    random = Random(seed)  # noqa: S311  # no secret is made of it
    letters = "홍길동김하늘자원트터기특파논설위칼럼니스통신리포사진글편집서울남궁"
    names = ["".join(random.choices(letters, k=random.randint(1, 5))) for _ in range(3_000)]
    names += [*signatures._TITLES, "홍길동기자", "김기자", "박지원", "사진", "글", "작성자", "기자명", "남궁 민", "Kim"]

    for name in names:
        for one in (False, True):
            assert signatures.signed_by(name, one=one) == long_way(name, one=one), name
