"""Summaries: whole sentences of the body, when the file gives none."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from sosik.normalize.summary import LIMIT

# Any: a test knows whether there is an entry.
Normalize = Callable[..., Any]

SCENE = "새 버스가 차고지를 나서고 있다."
PICTURE = "<img src='/a.jpg'>"
CAPTIONED = [
    *(
        f"<p>{PICTURE}</p><{name} class='{class_}'>{SCENE}</{name}>"
        for name in ("p", "div", "span", "em", "h6", "small")
        for class_ in (
            "caption",
            "photo_desc",
            "img_desc",
            "사진설명",
            "wp-caption-text",
            "view photo-credit",
            "imgDesc",
        )
    ),
    f"<div class='photo_caption'>{PICTURE}<p>{SCENE}</p></div>",
    f"<div class='photo'>{PICTURE}<span class='caption'>{SCENE}</span></div>",
    f"<p>{PICTURE}</p><p><em>{SCENE}</em></p>",
    f"<p>{PICTURE}<br><i>{SCENE}</i></p>",
    f"<p><img src='/a.jpg' alt='{SCENE}'></p><p>{SCENE}</p>",
    f"<p>{PICTURE}</p><p>▲ {SCENE}</p>",
    f"<p>{PICTURE}</p><p>&lt;사진=해누리시가 내준 새 버스다.&gt;</p>",
    f"<p>[사진설명] {SCENE}</p>",
    f"<p><em>{PICTURE}</em></p><p><em>{SCENE}</em></p>",
    f"<p>{PICTURE}</p><p><small>{SCENE}</small></p>",
    f"<p>[사진=홍길동 기자] {SCENE}</p>",
    f"<p>사진 설명: {SCENE}</p>",
]
CAPTIONED_BEFORE_AN_ARTICLE = [
    *(
        f"<p>{PICTURE}</p><{name}>{SCENE}</{name}>"
        for name in ("b", "strong", "u", "cite", "sub", "code", "blockquote", "label class=caption")
    ),
    f"<p>{PICTURE}</p><p><b><i>{SCENE}</i></b></p>",
    f"<p>{PICTURE}<br><b>{SCENE}</b></p>",
    f"<p>{PICTURE}<br>{SCENE}</p>",
    f"<center>{PICTURE}<br>{SCENE}</center>",
    f"<p align='center'>{PICTURE}</p><p align='center'>{SCENE}</p>",
    f"<p>{PICTURE}</p><p style='text-align:center'>{SCENE}</p>",
    f"<p>{PICTURE}</p><p><span style='font-size:10pt;color:#888'>{SCENE}</span></p>",
    f"<p>{PICTURE}</p><p><font color='gray'>{SCENE}</font></p>",
    f"<div>{PICTURE}<div>{SCENE}</div></div>",
    f"<dl><dt>{PICTURE}</dt><dd>{SCENE}</dd></dl>",
    f"<div class='photo_box'>{PICTURE}<p>{SCENE}</p></div>",
    f"<div class='imageBox'>{PICTURE}<p>{SCENE}</p></div>",
    f"<p class='photo'>{PICTURE}<br>{SCENE}</p>",
    f"<p>{PICTURE}</p><p class='legend'>{SCENE}</p>",
    f"<table><tr><td>{PICTURE}</td></tr><tr><td>{SCENE}</td></tr></table>",
    f"<p>{PICTURE}</p><p>{SCENE}</p><p>(사진=해누리시)</p>",
    f"<p>{PICTURE}</p><p>(사진=해누리시 제공)</p>",
    f"<p><img src='/a.jpg' title='{SCENE}'></p><p>{SCENE}</p>",
    *(f"<p>{PICTURE}</p><p>{sign} {SCENE}</p>" for sign in ("↑", "◇", "■", "그림 1.", "[사진 2]")),
    *(f"<p>{PICTURE}</p><p>{marks[0]}{SCENE}{marks[1]}</p>" for marks in ("()", "[]", "〈〉")),
]
CAPTIONED_MARKDOWN = [
    f"![](/a.jpg)\n**{SCENE}**",
    f"![](/a.jpg)\n\n**{SCENE}**",
    f"![](/a.jpg)\n{SCENE}",
    f"![](/a.jpg)  \n{SCENE}",
    f"![](/a.jpg) **{SCENE}**",
    f"![](/a.jpg)\n\n> {SCENE}",
    f"| ![](/a.jpg) |\n|:--:|\n| {SCENE} |",
    f"![](/a.jpg)\n*{SCENE}*",
    f"![](/a.jpg)\n\n_{SCENE}_",
    f"![](/a.jpg)\n▲ {SCENE}",
    f"![](/a.jpg)\n△ {SCENE} 사진=해누리시",
    f"{SCENE} <사진=해누리시 제공>",
    f"{SCENE} 사진/해누리시",
    "[사진=해누리시]",
    "<사진=홍길동 기자>",
    f"![](/a.jpg)\n<span class='caption'>{SCENE}</span>",
]
CAPTION_AND_ARTICLE = [
    f"![](/a.jpg)\n*{SCENE}*\n버스가 는다.",
    f"![](/a.jpg)\n▲ {SCENE}\n버스가 는다.",
    f"{PICTURE}<br>▲ {SCENE}<br>버스가 는다.",
    f"<p>▲ {SCENE}<br>버스가 는다.</p>",
    "<p>[사진=해누리시] 홍길동 기자 = 버스가 는다.</p>",
    f"<p>{PICTURE}<br>{SCENE} 사진=해누리시<br>버스가 는다.</p>",
    f"<p>{PICTURE}<span class='caption'>{SCENE}</span> 버스가 는다.</p>",
]

LONG = "해누리시는 " + "아주 " * 200 + "길게 말했다."


@pytest.mark.parametrize(
    ("body", "summary"),
    [
        ("버스가 는다. 요금은 그대로다.\n\n내일부터다.", "버스가 는다. 요금은 그대로다. 내일부터다."),
        ("(해누리=한빛통신) 홍길동 기자 = 버스가 는다.", "버스가 는다."),
        ("[해누리=한빛통신] 홍길동 특파원= 버스가 는다.", "버스가 는다."),
        ("【해누리=홍길동 기자】 버스가 는다.", "버스가 는다."),
        ("[해누리ㅣ한빛=홍길동기자]버스가 는다.", "버스가 는다."),
        ("한빛통신 = 홍길동 기자 | 버스가 는다.", "버스가 는다."),
        ("홍길동 선임기자 = 버스가 는다.", "버스가 는다."),
        ("홍길동 기자는 버스를 탔다.", "홍길동 기자는 버스를 탔다."),
        ("[단독] 버스가 는다.", "[단독] 버스가 는다."),
        ("2024. 1. 16. 오후에 시작한다. 끝.", "2024. 1. 16. 오후에 시작한다. 끝."),
        ("버스가 3대[^1] 는다.\n\n[^1]: 마을버스.", "버스가 3대 는다."),
        ("버스가 3.2km를 간다. 그렇다.", "버스가 3.2km를 간다. 그렇다."),
        ("## 제목\n\n버스가 는다.\n\n▲ 사진 설명이다.\n\n홍길동 기자", "버스가 는다."),
        ("<figure><img src='/a.jpg'><figcaption>설명이다.</figcaption></figure><p>버스가<br>는다.</p>", "버스가 는다."),
        ("<div>버스가 는다.</div><div>요금은 &lt;무료&gt;다.</div>", "버스가 는다. 요금은 <무료>다."),
        ("문장 부호가 없는 글", "문장 부호가 없는 글"),
        (
            "<table><tr><td>동네</td><td><table><tr><td>버스</td></tr></table></td></tr>"
            "<tr><td>합계 12대다.</td></tr></table>"
            "<p>버스가 는다.</p>",
            "버스가 는다.",
        ),
        ("<ul><li>하나다.<ul><li>둘이다.</li></ul>셋이다.</li></ul><p>버스가 는다.</p>", "버스가 는다."),
        ("<p><img src='/a.jpg'></p><p>새 버스의 모습. 사진=해누리시</p><p>버스가 는다.</p>", "버스가 는다."),
        ("<figure><img src='/a.jpg'></figure><p>새 버스의 모습</p><p>버스가 는다.</p>", "버스가 는다."),
        ("<p>버스가 는다.</p><p>차고지에 선 버스. ⓒ해누리일보</p><p>내일부터다.</p>", "버스가 는다. 내일부터다."),
        ("<p>버스가 는다.</p><p>시가 자료를 제공한다.</p>", "버스가 는다. 시가 자료를 제공한다."),
        *((f"{body}<p>버스가 는다.</p>", "버스가 는다.") for body in (*CAPTIONED, *CAPTIONED_BEFORE_AN_ARTICLE)),
        (
            f"<table><tr><td><table><tr><td>{PICTURE}</td></tr><tr><td>{SCENE}</td></tr></table>"
            "<p>버스가 는다.</p><p>내일부터다.</p></td></tr></table>",
            "버스가 는다. 내일부터다.",
        ),
        *((f"{body}\n\n버스가 는다.", "버스가 는다.") for body in CAPTIONED_MARKDOWN),
        *((body, "버스가 는다.") for body in CAPTION_AND_ARTICLE),
        ("<video src='/v.mp4'></video><p>버스가 는다.</p>", "버스가 는다."),
        ("https://news.haenuri.example/v/1\n\n버스가 는다.", "버스가 는다."),
        ("1. 버스가 는다.\n2. 요금은 그대로다.", "1. 버스가 는다. 2. 요금은 그대로다."),
        ("3. 버스 노선\n4. 버스 요금", "3. 버스 노선 4. 버스 요금"),
        ("버스가 는다.\n\n1. 노선이 는다.\n2. 요금은 그대로다.", "버스가 는다."),
        ("가. 노선은 열 개로 한다.\n나. 요금은 없다.", "가. 노선은 열 개로 한다. 나. 요금은 없다."),
        ("▲교통국장 홍길동\n▲건설국장 김하늘", "▲교통국장 홍길동 ▲건설국장 김하늘"),
        ("[한빛일보 홍길동 기자] 버스가 는다.", "버스가 는다."),
        ("[홍길동 기자] 버스가 는다.", "버스가 는다."),
        ("해누리 | 홍길동 기자 버스가 는다.", "버스가 는다."),
        ("[앵커] 버스가 는다.", "[앵커] 버스가 는다."),
        ("ㄱ. 첫째 노선이다.\n\nㄴ. 둘째 노선이다.", "ㄱ. 첫째 노선이다. ㄴ. 둘째 노선이다."),
        ("Ⅰ. 노선\n\nⅡ. 요금", "Ⅰ. 노선 Ⅱ. 요금"),
        ("<ol type='a'><li>노선</li><li>요금</li></ol>", "a. 노선 b. 요금"),
        ("<p>넓이는 10<sup>2</sup>m<sup>2</sup>, CO<sub>2</sub>다.</p>", "넓이는 10²m², CO₂다."),
        ("1면. 새 다리\n2면. 새 버스", "1면. 새 다리 2면. 새 버스"),
        ("<table><tr><td><p>버스가 는다.</p><p>내일부터다.</p></td></tr></table>", "버스가 는다. 내일부터다."),
        *((body, "") for body in CAPTIONED),
        ("| 노선 | 대수 |\n|--|--|\n| 1번 | 12 |", ""),
        ("![x](/a.jpg)", ""),
    ],
)
def test_the_first_sentences_of_the_body(normalized: Normalize, body: str, summary: str) -> None:
    assert normalized(body=body).entry.summary == summary


def test_a_summary_ends_with_a_sentence(normalized: Normalize) -> None:
    sentence = "해누리시는 올해 버스 노선을 두 배로 늘리고 요금을 받지 않기로 했다고 밝혔다."
    summary = normalized(body=" ".join([sentence] * 40)).entry.summary

    assert LIMIT - len(sentence) < len(summary) <= LIMIT
    assert summary == " ".join([sentence] * summary.count("밝혔다."))


def test_a_quotation_that_goes_on_is_not_cut(normalized: Normalize) -> None:
    quoted = '시장은 "버스를 늘리겠다." 라고 말했다.'
    summary = normalized(body=" ".join([quoted] * 30)).entry.summary

    assert summary.endswith("라고 말했다.")
    assert len(summary) <= LIMIT


def test_a_first_sentence_that_is_too_long_is_cut_between_words(normalized: Normalize) -> None:
    summary = normalized(body=LONG).entry.summary

    assert summary.endswith("아주…")
    assert len(summary) <= LIMIT


def test_a_written_summary_is_kept(normalized: Normalize) -> None:
    assert normalized(summary="버스가 <는다> & 온다", body=LONG).entry.summary == "버스가 <는다> & 온다"


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{PICTURE}</p><p>{SCENE}</p>",
        f"<p>{PICTURE}</p><p><em>새 버스</em>가 차고지를 나서고 있다.</p>",
        f"<p class='article'>{SCENE}</p>",
        f"<div class='photo-news'>{PICTURE}<p>{SCENE}</p></div>",
        f"<p>{PICTURE}</p><p>{SCENE}</p><p>버스가 는다.</p>",
        f"<p style='color:#000'>{PICTURE}</p><p style='color:#000'>{SCENE}</p><p style='color:#000'>버스가 는다.</p>",
        f"<p>{PICTURE}</p><p style='line-height:1.8'>{SCENE}</p><p>버스가 는다.</p>",
        f"<p>{PICTURE}</p><p><b>(해누리=한빛통신) 홍길동 기자 =</b> {SCENE}</p><p>버스가 는다.</p>",
        f"<p><em>{SCENE}</em></p>",
        f"<div class='caption'>{SCENE}{'요금은 그대로다. ' * 40}</div>",
    ],
)
def test_a_sentence_that_is_no_caption_is_kept(normalized: Normalize, body: str) -> None:
    assert normalized(body=body).entry.summary.startswith(SCENE)


@pytest.mark.parametrize("body", CAPTIONED)
def test_a_caption_stays_in_the_body(normalized: Normalize, body: str) -> None:
    assert re.search("새 버스가 차고지를 나서고 있다|새 버스다", normalized(body=body).entry.body)


def test_a_caption_that_the_file_says_is_none_of_the_articles_sentences(normalized: Normalize) -> None:
    images = [{"url": "https://haenuri.example/a.jpg", "caption": SCENE}]
    made = normalized(images=images, body=f"<p>{PICTURE}</p><p>{SCENE}</p><p>버스가 는다.</p>")

    assert made.entry.summary == "버스가 는다."
