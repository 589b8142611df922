"""A headline is read as it was written, or refused with the line to paste. YAML gets no say in it."""

import re
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sosik.errors import Severity
from sosik.model import RawList, RawMapping, RawText, RawValue
from sosik.source import ParsedFile, parse, parse_yaml, quoted

HEADLINES = frozenset({"title", "제목", "subtitles", "caption"})

MISREAD = {
    "[단독] 해누리시장 사퇴": '"[단독] 해누리시장 사퇴"',
    "[속보]": '"[속보]"',
    "[속보": '"[속보"',
    '"해오름강" 문학상 수상': "'\"해오름강\" 문학상 수상'",
    "'작은' 따옴표 제목": "\"'작은' 따옴표 제목\"",
    "'큰' 것과 \"작은\" 것": '"\'큰\' 것과 \\"작은\\" 것"',
    "속보: 지진 발생": '"속보: 지진 발생"',
    "속보:": '"속보:"',
    "[단독] 속보: 지진": '"[단독] 속보: 지진"',
    "3: 2로 이긴 해누리": '"3: 2로 이긴 해누리"',
    "지수 상승 #속보 전국": '"지수 상승 #속보 전국"',
    "#속보": '"#속보"',
    "! 주의": '"! 주의"',
    "!주의": '"!주의"',
    "!! 주의": '"!! 주의"',
    "*별표 제목": '"*별표 제목"',
    "*star": '"*star"',
    "&앤드 제목": '"&앤드 제목"',
    "&and 제목": '"&and 제목"',
    "%": '"%"',
    "%로 본 한 해": '"%로 본 한 해"',
    "@골뱅이": '"@골뱅이"',
    "`백틱`": '"`백틱`"',
    "- 대시": '"- 대시"',
    "-": '"-"',
    "> 인용": '"> 인용"',
    "| 세로": '"| 세로"',
    "{중괄호} 제목": '"{중괄호} 제목"',
    "{중괄호}": '"{중괄호}"',
    "? 물음": '"? 물음"',
    "? 물음: 답": '"? 물음: 답"',
    ", 쉼표": '", 쉼표"',
    "] 닫는 괄호": '"] 닫는 괄호"',
}
"""A value as an editor writes it, and as YAML needs it."""

UNDERSTOOD = {
    '해누리 "문학의 밤" 열려': '해누리 "문학의 밤" 열려',
    "시장 '사퇴'…후임은": "시장 '사퇴'…후임은",
    "C# 배우는 아이들": "C# 배우는 아이들",
    "10:30에 만난 사람": "10:30에 만난 사람",
    "50% 할인 [종합]": "50% 할인 [종합]",
    "비 오는 날 - 해오름강": "비 오는 날 - 해오름강",
    "왜? 누가?": "왜? 누가?",
    "-5도 한파": "-5도 한파",
    "no": "no",
    "15:15": "15:15",
    "0123": "0123",
    "2024-01-16": "2024-01-16",
    "~": "~",
    '"[단독] 시장 사퇴"': "[단독] 시장 사퇴",
    '"따옴표" # 데스크 메모': "따옴표",
    "'It''s'": "It's",
    "가나\n  다라\n  마바": "가나 다라 마바",
    ">-\n  접은\n  글": "접은 글",
    "|-\n  [단독] 그대로": "[단독] 그대로",
    '"두 줄\n  제목"': "두 줄 제목",
}
"""A value that YAML reads as it is meant, and the text that it is."""


def value(parsed: ParsedFile, key: str) -> RawValue:
    assert isinstance(parsed.value, RawMapping)
    return {name.text: member for name, member in parsed.value.items}[key]


@pytest.mark.parametrize("rest", ["", "section: 지역\nbody: |\n  본문: [글]\n"])
@pytest.mark.parametrize(("written", "needed"), MISREAD.items())
def test_a_misread_headline_is_answered_with_the_line_to_paste(written: str, needed: str, rest: str) -> None:
    parsed = parse_yaml(f"id: 1\ntitle: {written}\n{rest}", "a.yaml", headlines=HEADLINES)

    (problem,) = parsed.problems
    assert (problem.code, problem.location.line) == ("headline-quote", 2)
    assert str(problem.hint) == f"title: {needed}"
    assert value(parsed, "title") == RawText(text=written, location=problem.location)


@pytest.mark.parametrize(("written", "needed"), MISREAD.items())
def test_the_same_holds_for_the_items_of_a_list(written: str, needed: str) -> None:
    text = f"subtitles:\n  - 첫 부제\n  - {written}\n  - 셋째 부제\n"
    parsed = parse_yaml(text, "a.yaml", headlines=HEADLINES)

    assert [(problem.code, str(problem.hint)) for problem in parsed.problems] == [("headline-quote", f"- {needed}")]
    subtitles = value(parsed, "subtitles")
    assert isinstance(subtitles, RawList)
    assert [item.text for item in subtitles.items if isinstance(item, RawText)] == ["첫 부제", written, "셋째 부제"]


@pytest.mark.parametrize(("written", "needed"), MISREAD.items())
def test_the_same_holds_below_other_keys(written: str, needed: str) -> None:
    text = f"images:\n  - url: a.jpg\n    caption: {written}\n  - caption: {written}\n    url: b.jpg\n"
    parsed = parse_yaml(text, "a.yaml", headlines=HEADLINES)

    hints = [str(problem.hint) for problem in parsed.problems]
    assert hints == [f"caption: {needed}", f"- caption: {needed}"]


@pytest.mark.parametrize(("written", "meant"), UNDERSTOOD.items())
def test_a_headline_that_yaml_understands_is_left_alone(written: str, meant: str) -> None:
    parsed = parse_yaml(f"title: {written}\nsection: 지역\n", "a.yaml", headlines=HEADLINES)

    assert parsed.problems == ()
    title = value(parsed, "title")
    assert isinstance(title, RawText)
    assert title.text == meant


@pytest.mark.parametrize("key", ["제목", '"title"', "title ", "  Title".strip()])
def test_every_spelling_of_the_key_counts(key: str) -> None:
    parsed = parse_yaml(f"{key}: [단독] 사퇴\n", "a.yaml", headlines=HEADLINES)

    assert [(problem.code, str(problem.hint)) for problem in parsed.problems] == [
        ("headline-quote", f'{key}: "[단독] 사퇴"')
    ]


def test_lists_that_are_meant_stay_lists() -> None:
    """Two subtitles on one line, or one in quotation marks, are a list; a tag in brackets is one, too."""
    text = 'subtitles: [가, 나]\ncaption: ["다"]\ntags: [라]\n'
    parsed = parse_yaml(text, "a.yaml", headlines=HEADLINES)

    assert parsed.problems == ()
    assert all(isinstance(value(parsed, key), RawList) for key in ("subtitles", "caption", "tags"))


@pytest.mark.parametrize(
    ("text", "hint"), [("tags:\n  - #해누리\n  - 강\n", '- "#해누리"'), ("section: #강\n", 'section: "#강"')]
)
def test_hashtags_are_told_under_any_key(text: str, hint: str) -> None:
    parsed = parse_yaml(text, "a.yaml", headlines=HEADLINES)

    assert [str(problem.hint) for problem in parsed.problems] == [hint]


def test_comments_are_told_from_hashtags_by_the_space() -> None:
    text = "tags: # 아직 없음\nlist:\n  - # 비었음\n  - 강 # 메모\nsection: 지역 #메모\n#title: 옛 제목\n"

    assert parse_yaml(text, "a.yaml", headlines=HEADLINES).problems == ()


# Characters that mean something to YAML, alone and where they do the most harm.
pieces = st.sampled_from([*"[]{}\"'!*&#%@`>|-?:,\\ 가나ab1~=<.…\t", ": ", " #", "- ", "? ", '" ', "' ", "] ", "} "])
lines = st.lists(pieces, min_size=1, max_size=12).map("".join).map(str.strip).filter(bool)


@given(lines, st.booleans())
def test_no_headline_is_ever_changed_in_silence(headline: str, more: bool) -> None:
    """Without an error a title on one line is the text that was written, or no text at all."""
    assume(headline[0] not in "\"'>|")
    rest = "section: 지역\nbody: |\n  본문\n" if more else ""
    parsed = parse_yaml(f"title: {headline}\n{rest}", "a.yaml", headlines=HEADLINES)

    if not any(problem.severity is Severity.ERROR for problem in parsed.problems):
        title = value(parsed, "title")
        assert not isinstance(title, RawText) or title.text == headline


@given(lines)
def test_the_hint_is_a_line_that_reads_as_the_headline(headline: str) -> None:
    """As it was written, or as what stood within its quotation marks."""
    parsed = parse_yaml(f"title: {headline}\n", "a.yaml", headlines=HEADLINES)

    for problem in parsed.problems:
        if problem.code == "headline-quote":
            pasted = parse_yaml(str(problem.hint), "a.yaml", headlines=HEADLINES)
            title = value(pasted, "title")
            assert pasted.problems == ()
            assert isinstance(title, RawText)
            inner = headline[1:-1]
            assert title.text.split() in (headline.split(), inner.split(), inner.replace('\\"', '"').split())


words = st.builds("가{}나".format, st.text(st.sampled_from("가1[]{}:#,!%·…"), max_size=4))
quotations = st.builds(str.format, st.sampled_from(['"{}"', '["{}"]', "'{}'", "[{}]", "{}: ", "#{}"]), words)
quoting_headlines = st.lists(quotations, min_size=2, max_size=5).map(" ".join).map(str.strip)
AROUND = {
    "a.yaml": "id: 1\n{}\nsection: 지역\n",
    "a.md": "---\nid: 1\n{}\nsection: 지역\n---\n글\n",
    "a.json": '{{"id": "1",\n{},\n"section": "지역"}}\n',
}


@pytest.mark.parametrize(
    ("file", "line"),
    [
        *((file, line) for file in ("a.yaml", "a.md") for line in ("title: {}", 'title: "{}"', 'title:"{}"')),
        ("a.json", '"title": "{}"'),
    ],
)
@given(headline=quoting_headlines)
def test_the_hint_in_the_place_of_the_line_gives_the_headline(file: str, line: str, headline: str) -> None:
    """Written bare or in quotation marks, with a space or without: no mark is published that is not the headline's.

    A text in quotation marks with a hashtag behind it is one with a comment, and told of by whoever reads the entry.
    """
    assume(not re.match(r"""\[?("[^"]*"|'[^']*')\]? #""", headline) and (": " in line or ": " not in headline))
    written = line.format(headline)
    parsed = parse(AROUND[file].format(written).encode(), file, headlines=HEADLINES)
    hints = [str(problem.hint) for problem in parsed.problems if problem.severity is Severity.ERROR]

    assert len(hints) <= 1
    pasted = parse(AROUND[file].format(*[hint.removesuffix(",") for hint in hints] or [written]).encode(), file)
    title = value(pasted, "title")
    assert isinstance(title, RawText)
    assert title.text.split() == headline.split()


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1).map(str.strip).filter(bool))
def test_a_quoted_text_is_read_as_it_was(text: str) -> None:
    parsed = parse_yaml(f"alt: {quoted(text)}\n", "a.yaml")

    read = value(parsed, "alt")
    assert isinstance(read, RawText)
    assert read.text == unicodedata.normalize("NFC", text)
