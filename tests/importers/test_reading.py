"""What the importer makes of single lines, and the choices it makes where a page is doubtful."""

import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sosik.errors import ImportingError
from sosik.importers import Imported, read_page
from sosik.importers.captions import split_caption
from sosik.importers.markdown import markdown
from sosik.model import BodyFormat
from sosik.normalize.bylines import byline, head_authors
from sosik.normalize.reading import read_body

PAGE = """\
• 최종편집 {masthead}
해누리시, 새 다리 놓는다
- 세 해 걸려 잇는 강 양쪽
{picture}
해누리시장이 첫 삽을 뜨고 있다./해누리시 제공
해누리시가 16일 새 다리를 놓기 시작했다.
"""


def page(text: str, masthead: str = "unconfirmed", name: str = "page.txt") -> Imported:
    return read_page(text, name, authority="news.example.kr,2010", new_id="tag:{}:a".format, masthead=masthead)


def bridge(
    masthead: str = "2026-03-25(수)", picture: str = "260316 새 다리.jpg", mode: str = "unconfirmed"
) -> Imported:
    return page(PAGE.format(masthead=masthead, picture=picture), mode)


@pytest.mark.parametrize(
    ("mode", "updated", "unconfirmed"),
    [
        ("unconfirmed", "2026-03-25", ("published", "updated")),
        ("use", "2026-03-25", ("published",)),
        ("ignore", None, ("published",)),
    ],
)
def test_what_becomes_of_the_stamp_in_the_masthead(
    mode: str, updated: str | None, unconfirmed: tuple[str, ...]
) -> None:
    article = bridge(mode=mode)

    assert article.fields.get("updated") == updated
    assert article.unconfirmed == unconfirmed
    assert tuple(article.fields["unconfirmed"]) == unconfirmed  # type: ignore[arg-type]  # fields hold objects


def test_a_masthead_older_than_the_article_is_no_edit_of_it() -> None:
    text = "최종편집 2026-03-01(일)\n해누리시, 새 다리 놓는다\n입력 2026.03.16 10:00\n해누리시가 새 다리를 놓는다.\n"

    assert "updated" not in page(text).fields
    assert "updated" not in page(text, "use").fields


@pytest.mark.parametrize(
    ("picture", "masthead", "day"),
    [
        ("260316 새 다리.jpg", "2026-03-25(수)", "2026-03-16"),
        ("20260316_DSC0001.JPG", "2026-03-25(수)", "2026-03-16"),
        ("https://news.example.kr/data/260316-1.png", "2026-03-25(수)", "2026-03-16"),
        ("260317 새 다리.jpg", "2026-03-25(수)", None),  # the text speaks of another day
        ("261316 새 다리.jpg", "2026-03-25(수)", None),  # no date
        ("새 다리.jpg", "2026-03-25(수)", None),
        ("2603161 새 다리.jpg", "2026-03-25(수)", None),  # a number, not a date
        ("260316 새 다리.jpg", "2026-03-10(화)", None),  # after the page itself
    ],
)
def test_a_day_is_inferred_only_from_evidence_that_agrees(picture: str, masthead: str, day: str | None) -> None:
    article = bridge(masthead, picture, "ignore")

    assert article.fields.get("published") == day
    assert article.unconfirmed == (("published",) if day else ())
    assert [problem.code for problem in article.problems] == ["unconfirmed" if day else "published-missing"]


@pytest.mark.parametrize("text", ["지난 16일", "오는 16일", "16일간", "16~18일", "4월 16일", "지난달 16일", "16일까지"])
def test_a_day_that_is_not_the_articles_own_is_no_evidence(text: str) -> None:
    told = PAGE.format(masthead="2026-03-25", picture="260316 새 다리.jpg").replace("16일 새", f"{text} 새")

    assert "published" not in page(told).fields


def test_several_days_that_agree_are_none() -> None:
    text = PAGE.format(masthead="2026-03-25", picture="260316 가.jpg\n260216 나.jpg")

    assert "published" not in page(text).fields


def test_a_date_that_cannot_be_read_is_told_and_not_guessed() -> None:
    article = page("해누리시, 새 다리 놓는다\n입력 3시간 전\n해누리시가 새 다리를 놓는다.\n")

    assert "published" not in article.fields
    assert [problem.code for problem in article.problems] == ["date-unreadable", "published-missing"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("박솔 기자 sol@news.example", "박솔 sol@news.example"),
        ("sol@news.example 박솔 기자", "박솔 sol@news.example"),
        ("[ 박솔 기자 / sol@news.example ]", "박솔 sol@news.example"),
        ("박솔 sol@news.example", "박솔 sol@news.example"),
        ("박솔·한가람 기자", "박솔, 한가람"),
        ("가온 박솔·다솜 한가람 기자", "박솔, 한가람"),
        ("박솔 기자, 한가람 인턴기자", "박솔, 한가람"),
        ("도쿄/박솔 특파원", "박솔"),
        ("박솔 베이징 특파원", "박솔"),
        ("해누리일보 박솔 기자", "박솔"),
        ("기자명 박솔", "박솔"),
        ("박솔 선임기자", "박솔"),
        ("박솔 기자 외 1명", "박솔"),
        ("글·사진=박솔 기자", "박솔"),
        ("박솔 기자  다른기사 보기", "박솔"),
        ("편집부 기자", ""),
        ("관리자 기자", ""),
        ("sol@news.example", ""),
        ("박솔 시장", None),
        ("박솔 기자가 강을 따라 걸었다.", None),
        ("새 다리 놓는다", None),
    ],
)
def test_who_signed_a_line(text: str, expected: str | None) -> None:
    found = byline(text)

    names = None if found is None else ", ".join(f"{author.name} {author.email}".strip() for author in found)
    assert names == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("(해누리=빛소식) 박솔 기자 = 해누리시가", ["박솔"]),
        ("(해누리=빛소식) 박솔 한가람 기자 = 해누리시가", ["박솔", "한가람"]),
        ("[해누리=빛소식] 박솔 베이징 특파원= 해누리시가", ["박솔"]),
        ("【빛소식 해누리=박솔 기자】 해누리시가", ["박솔"]),
        ("[빛소식ㅣ해누리=박솔기자] 해누리시가", ["박솔"]),
        ("빛소식 = 박솔 기자 | 해누리시가", ["박솔"]),
        ("[단독 | 분석] 박솔 기자가", []),
        ("해누리시가 16일", []),
    ],
)
def test_who_signed_the_head_of_a_text(text: str, names: list[str]) -> None:
    assert [author.name for author in head_authors(text)] == names


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("시장이 인사하고 있다./해누리시 제공", "시장이 인사하고 있다.", "해누리시 제공"),
        ("시장이 인사하고 있다. 해누리시 제공", "시장이 인사하고 있다.", "해누리시 제공"),
        ("시장이 인사하고 있다. 연합뉴스", "시장이 인사하고 있다.", "연합뉴스"),
        ("시장이 인사하고 있다. (해누리시 제공)", "시장이 인사하고 있다.", "해누리시 제공"),
        ("▲ 새 다리 © 박솔 기자", "새 다리", "박솔 기자"),
        ("(사진=해누리시)", "", "해누리시"),
        ("새 다리 [사진 출처 = 해누리시]", "새 다리", "해누리시"),
        ("새 다리 <사진=해누리시 제공>", "새 다리", "해누리시 제공"),
        ("새 다리. 사진=연합뉴스", "새 다리.", "연합뉴스"),
        ("새 다리. /가온=박솔기자", "새 다리.", "가온=박솔기자"),
        ("새 다리. 2026.3.3/뉴스1 ⓒ News1 박솔 기자", "새 다리. 2026.3.3", "뉴스1 ⓒ News1 박솔 기자"),
        ("새 다리 [해누리시 제공. 재판매 및 DB 금지]", "새 다리", "해누리시 제공. 재판매 및 DB 금지"),
        ("새 다리 모습 해누리시 제공", "새 다리 모습", "해누리시 제공"),
        ("시장이 1/3 지점에서 인사하고 있다.", "시장이 1/3 지점에서 인사하고 있다.", ""),
        ("예산을 제공한 시민들", "예산을 제공한 시민들", ""),
    ],
)
def test_caption_and_credit(text: str, caption: str, credit: str) -> None:
    assert split_caption(text) == (caption, credit)


@pytest.mark.parametrize("bar", ["댓글 0 | 글자 크기 | 프린트 | SNS 공유", "정치 | 경제 | 사회", "목록|스크랩"])
def test_a_bar_of_buttons_is_no_subtitle(bar: str) -> None:
    text = f"해누리시, 새 다리 놓는다\n국비 120억 확보\n입력 2026.03.16 10:00\n{bar}\n다리를 놓기로 했다.\n"

    assert page(text).fields["subtitles"] == ["국비 120억 확보"]


def test_words_of_furniture_in_running_text_stay() -> None:
    """무단, 재배포, 관련 기사, 검색 and 태그 are ordinary words too."""
    paragraphs = [
        "무단 주차와 안내문의 재배포가 문제로 꼽혔다.",
        "관련 기사를 본 시민들이 시청을 찾았다.",
        "검색대에 걸린 짐은 모두 열어 보았다.",
        "저작권자 단체는 새 법을 반겼다.",
        "구독료는 그대로 둔다.",
    ]
    text = "해누리시, 새 다리 놓는다\n입력 2026.03.16 10:00\n" + "\n".join(paragraphs)

    assert page(text).fields["body"] == "\n\n".join(paragraphs) + "\n"


@pytest.mark.parametrize("mark", ["<끝>", "<>", "(끝)", "[끝]", "▣", "■", "〈끝〉", "끝."])
def test_what_stands_after_the_end_mark_is_no_text(mark: str) -> None:
    text = f"해누리시, 새 다리 놓는다\n다리는 강을 잇는다. {mark}\n푸른나무 좋은 소식입니다.\n"
    kept = mark == "끝."  # as words of a sentence it is no mark

    assert (page(text).fields["body"] == "다리는 강을 잇는다.\n") is not kept


@pytest.mark.parametrize("text", ["", "\n \n", "로그인\n회원가입\n", "<html><body></body></html>"])
def test_a_page_without_a_headline_is_refused_by_name(text: str) -> None:
    with pytest.raises(ImportingError, match=r"빈 쪽\.txt: no headline"):
        page(text, name="빈 쪽.txt")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("버스가 는다\n" + "해누리시는 16일 버스를 늘린다고 밝혔다.\n" * 100_000, "2,000,000 characters"),
        ("버스가 는다\n" + "버스가 는다고 밝혔다.\n" * 100_000, "3,000 lines"),
        ("버스가 는다\n" + "\n".join(f"{n}. 홍*동 씨와 [가]" for n in range(100_000)), "3,000 lines"),
        (
            f"<html><body><h1>버스가 는다</h1><article>{'<p>버스가 는다.</p>' * 3_001}</article></body></html>",
            "3,000 lines",
        ),
        (f"<html><body><h1>버스가 는다</h1><article>{'<b>가</b>' * 30_000}</article></body></html>", "50,000 tags"),
        ("버스가 는다\n\n" + ("버스가 는다고 밝혔다. " * 80 + "\n") * 700, "500,000 characters"),
        ("버스가 는다\n\n버스가 는다고 16일 밝혔다." + "[가 *나 " * 4_900, "brackets"),
    ],
)
def test_a_page_that_is_longer_than_any_is_refused_with_the_limit(text: str, told: str) -> None:
    with pytest.raises(ImportingError, match=f"page.txt: .*{told}"):
        page(text)


def test_text_that_was_read_in_a_wrong_encoding_is_refused() -> None:
    damaged = "해누리시가 새 다리를 놓는다. 강을 건너는 길이 생긴다.".encode("cp949").decode("latin-1")

    with pytest.raises(ImportingError, match="wrong encoding"):
        page(damaged)
    with pytest.raises(ImportingError, match=r"page\.txt"):
        page(b"\xff\xff\xff")  # type: ignore[arg-type]  # the page helper is written for text


def test_a_page_without_text_still_gives_its_headline() -> None:
    article = page("해누리시, 새 다리 놓는다\n입력 2026.03.16 10:00\n")

    assert article.fields["title"] == "해누리시, 새 다리 놓는다"
    assert "body" not in article.fields
    assert [problem.code for problem in article.problems] == ["body-missing"]


@pytest.mark.parametrize(
    ("title", "top", "expected"),
    [
        ('"새 다리" 놓는다 | 해누리일보', "•\n새 다리\n놓는다", '"새 다리" 놓는다'),
        ("새 다리 놓는다 - 해누리일보", '"새 다리"\n놓는다', '"새 다리" 놓는다'),
        ("새 다리 놓는다(종합) &lt; 지역 &lt; 기사본문 - 해누리일보", "새 다리\n놓는다(종합)", "새 다리 놓는다(종합)"),
        ("[단독] 새 다리 놓는다", "[단독]\n새 다리 놓는다", "[단독] 새 다리 놓는다"),
        ("…", "새 다리 놓는다", "새 다리 놓는다"),
        ("", "새 다리 놓는다", "새 다리 놓는다"),
        ("전혀 다른 제목", "새 다리 놓는다", "새 다리 놓는다"),
    ],
)
def test_a_headline_is_the_one_that_kept_most(title: str, top: str, expected: str) -> None:
    """The mail form has it on one line, the top of the page may have kept the quotation marks."""
    article = f"{top}\n- 세 해 걸린다\n해누리시가 세 해에 걸쳐 새 다리를 놓는다고 밝혔다.\n전체댓글 0\n"

    assert page(f"{article}기사제목\n{title}\n받는 분\n").fields["title"] == expected


HEAD = "해누리시, 새 다리 놓는다\n입력 2026.03.16 10:00\n"


def test_a_caption_whose_picture_is_lost_is_no_text_and_is_told() -> None:
    caption = "시장이 첫 삽을 뜨고 있다./해누리시 제공"
    article = page(f"{HEAD}{caption}\n해누리시가 새 다리를 놓는다.\n")

    assert article.fields["body"] == "해누리시가 새 다리를 놓는다.\n"
    assert "images" not in article.fields
    assert [(problem.code, problem.location.line) for problem in article.problems] == [("import-unsure", 3)]
    assert caption in str(article.problems[0].message)


def test_a_first_paragraph_that_reads_like_a_caption_stays_text_without_a_picture() -> None:
    assert page(f"{HEAD}해누리시가 새 다리를 놓고 있다.\n강은 넓다.\n").fields["body"] == (
        "해누리시가 새 다리를 놓고 있다.\n\n강은 넓다.\n"
    )


def test_a_line_that_only_reads_like_a_caption_is_told() -> None:
    article = page(f"{HEAD}다리.jpg\n시장이 첫 삽을 뜨고 있다.\n해누리시가 새 다리를 놓는다.\n")

    assert article.fields["images"] == [{"url": "다리.jpg", "caption": "시장이 첫 삽을 뜨고 있다."}]
    assert [(problem.code, problem.location.line) for problem in article.problems] == [("import-unsure", 4)]


def test_a_first_paragraph_that_reads_like_a_caption_stays_text_below_a_caption() -> None:
    text = (
        f"{HEAD}가.jpg\n나.jpg\n시장이 첫 삽을 뜨고 있다./해누리시 제공\n해누리시가 새 다리를 놓고 있다.\n강은 넓다.\n"
    )

    assert page(text).fields["body"] == "해누리시가 새 다리를 놓고 있다.\n\n강은 넓다.\n"
    assert page(text).problems == ()


def test_captions_go_to_their_pictures() -> None:
    """Each caption to its picture where there are as many; one for two, to the first."""
    credit = "해누리시 제공"
    first = f"가.jpg\n나.jpg\n하나/{credit}\n둘/{credit}\n다리가 선다.\n"
    second = f"다.jpg\n라.jpg\n셋/{credit}\n길이 선다.\n"

    images = page(HEAD + first + second).fields["images"]
    assert images == [
        {"url": "가.jpg", "caption": "하나", "credit": credit},
        {"url": "나.jpg", "caption": "둘", "credit": credit},
        {"url": "다.jpg", "caption": "셋", "credit": credit},
        {"url": "라.jpg"},
    ]


PARAGRAPHS = st.text(
    st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" *_-#>[]()<&;`~1.!\\+=|"), min_size=1
)


@given(
    st.lists(PARAGRAPHS.map(str.strip).filter(lambda text: text and "www." not in text and "@" not in text), min_size=1)
)
@example(["16~18일, 20~22일"])
@example(["1. 하나"])
@example(["1. 하나", "2. 둘"])
@example(["*하나*", "5 * 3", "C:\\\\*.txt", "\\\\*하나\\\\*"])
@example(["- 줄", "---", "# 제목", "> 말", "==="])
@example(["**굵게** _기울임_ `코드` [글](주소) <b> &amp;"])
@example(["http://news.example.kr/~sol/a_b_c?x=1&y=2"])
def test_paragraphs_as_markdown_show_exactly_their_text(paragraphs: list[str]) -> None:
    html = read_body(markdown(paragraphs), BodyFormat.AUTO).html
    shown = [unescape(re.sub(r"<[^>]*>", "", part)) for part in html.strip().split("</p>\n<p>")]

    assert html.startswith("<p>")
    assert shown == paragraphs


@given(st.text() | st.text("<>/apdivhtmlbody=&;#끝• -\n.다").map("<html>".__add__))
@example("<!doctype html>")
@example("<html><!-- -->")
@example("<html><script type='application/ld+json'>" + "[" * 10_000 + "</script><h1>제목")
@example("<html>" + "<div>" * 10_000 + "제목")
def test_no_page_makes_the_importer_fail_otherwise(text: str) -> None:
    """Whatever stands in the file, it becomes an article or a refusal that names it."""
    try:
        assert page(text).fields["title"]
    except ImportingError as refusal:
        assert "page.txt" in str(refusal)  # noqa: PT017 - both ends are fine
