"""New entry files: what is written reads back as exactly what was given."""

import json
import re
from collections.abc import Mapping
from datetime import date
from unicodedata import normalize

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from sosik.model import RawList, RawText, RawValue
from sosik.read.keys import ENTRY_KEYS, headlines, names_of
from sosik.source import parse
from sosik.write import file_name, format_entry, new_entry
from sosik.write.entry import KEYS, PLAIN_KEYS

TEXTS = st.text()


def entries(texts: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, object]]:
    """Entries of any shape, made of *texts*."""
    optional: Mapping[str, st.SearchStrategy[object]] = {
        "id": texts,
        "subtitles": st.lists(texts),
        "tags": st.lists(texts),
        "authors": st.lists(st.fixed_dictionaries({"name": texts}, optional={"email": texts, "이메일공개": texts})),
        "images": st.lists(st.fixed_dictionaries({"url": texts}, optional={"caption": texts, "credit": texts})),
        "body": texts,
        "edits": st.lists(st.fixed_dictionaries({"at": texts, "kind": texts, "note": texts})),
        "unconfirmed": st.lists(texts),
    }
    return st.fixed_dictionaries({"title": texts}, optional=dict(optional))


ENTRIES = entries(TEXTS)
ALLOWED = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]) | st.sampled_from("\t\n"))
ENTRIES_WITHOUT_CONTROLS = entries(ALLOWED)


def read(text: str) -> object:
    return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - the base loader makes text, lists and mappings only


def plain(value: RawValue) -> object:
    """A raw value as text, lists and mappings."""
    if isinstance(value, RawText):
        return value.text
    if isinstance(value, RawList):
        return [plain(member) for member in value.items]
    return {key.text: plain(member) for key, member in value.items}


@given(
    st.builds(
        lambda fields: json.loads(normalize("NFC", json.dumps(fields, ensure_ascii=False))), ENTRIES_WITHOUT_CONTROLS
    )
)
def test_our_own_reader_reads_what_was_written(fields: dict[str, object]) -> None:
    """In NFC and without what XML forbids, which the reader takes out of any file."""
    parsed = parse(format_entry(fields).encode(), "entry.yaml", headlines=headlines())

    assert parsed.problems == ()
    assert parsed.value is not None
    assert plain(parsed.value) == fields


def test_every_key_is_one_that_the_reader_knows() -> None:
    assert set(KEYS) | PLAIN_KEYS <= set(names_of(ENTRY_KEYS)) | {
        name for key in ENTRY_KEYS for name in names_of(key.members)
    }


@given(ENTRIES)
def test_any_entry_reads_back_as_it_was(fields: dict[str, object]) -> None:
    assert read(format_entry(fields)) == fields


@given(TEXTS)
@example("[단독] 시장 사퇴")
@example("속보: 지진")
@example('"한강" 노벨상…')
@example("코스피 상승 #속보 전국")
@example("! 주의")
@example("- 줄표")
@example("끝의 빈칸  ")
@example("탭\t과 \r 그리고 \x85 \u2028 \u2029 \ufeff \x9f \x00")
@example("👩‍👩‍👧 가족")
@example("\\u0041 그대로")
@example("하나\n둘\n")
@example("하나\n\n\n둘")
@example("하나\n  \n둘")
@example("  들여쓴 첫 줄\n둘")
@example("\n앞의 빈 줄")
@example("뒤의 빈 줄\n\n\n")
@example("하나\r\n둘\r\n")
@example("---\n...\n# 본문\n%TAG")
@example("하나\n\t탭으로 시작")
def test_any_text_reads_back_from_a_line_and_from_a_body(text: str) -> None:
    assert read(format_entry({"title": text, "body": text})) == {"title": text, "body": text}


def test_a_file_is_laid_out_for_people() -> None:
    """Keys in one order, Hangul readable, the body as a block, short lists on a line."""
    written = format_entry(
        {
            "body": "첫 문단.\n\n둘째 \\문단\\.\n",
            "unconfirmed": ["published"],
            "images": [{"url": "다리.jpg", "caption": "새 다리", "credit": "해누리시 제공"}],
            "authors": [{"name": "김하늘", "email": "sky@example.kr"}],
            "tags": ["다리", "예산"],
            "published": "2026-03-02",
            "subtitles": ["첫째", "둘째"],
            "title": '[단독] 시장 "사퇴"',
            "id": "tag:news.example.kr,2010:k7m2q9x4t1zb",
        }
    )

    assert written == (
        'id: "tag:news.example.kr,2010:k7m2q9x4t1zb"\n'
        'title: "[단독] 시장 \\"사퇴\\""\n'
        "subtitles:\n"
        '  - "첫째"\n'
        '  - "둘째"\n'
        'tags: ["다리", "예산"]\n'
        'authors:\n  - {name: "김하늘", email: "sky@example.kr"}\n'
        'published: "2026-03-02"\n'
        "images:\n"
        '  - url: "다리.jpg"\n'
        '    caption: "새 다리"\n'
        '    credit: "해누리시 제공"\n'
        "body: |\n"
        "  첫 문단.\n"
        "\n"
        "  둘째 \\문단\\.\n"
        'unconfirmed: ["published"]\n'
    )


@pytest.mark.parametrize(
    ("text", "shown"), [("보이지\u200b않는", "\\u200B"), ("줄\u2028끝", "\\u2028"), ("\xa0", "\\_")]
)
def test_what_nobody_sees_is_written_as_an_escape(text: str, shown: str) -> None:
    assert shown in format_entry({"title": text})


def test_a_key_or_value_that_no_entry_has_is_refused() -> None:
    with pytest.raises(ValueError, match="titel"):
        format_entry({"titel": "제목"})
    with pytest.raises(TypeError, match="int"):
        format_entry({"title": 3})


@pytest.mark.rule(23)
@given(title=TEXTS, section=TEXTS, author=TEXTS)
def test_a_new_entry_reads_back(title: str, section: str, author: str) -> None:
    """It is a draft, and has no text that could go out by mistake."""
    id_ = "tag:news.example.kr,2010:k7m2q9x4t1zb"
    made = read(new_entry(title, id_, section, author))

    expected = {"id": id_, "제목": title, "입력": "", "상태": "초안", "본문": ""}
    if section:
        expected["분류"] = section
    if author:
        expected["기자"] = author
    assert made == expected


@pytest.mark.parametrize(
    ("korean", "keys", "picture"),
    [
        (True, "부제 분류 태그 기자 사진 요약", {"주소": "images/사진.jpg", "설명": "사진 설명", "제공": "사진 제공"}),
        (
            False,
            "subtitles section tags author images summary",
            {"url": "images/photo.jpg", "caption": "Caption", "credit": "Credit"},
        ),
    ],
)
def test_the_comments_of_a_new_entry_are_yaml_when_uncommented(
    korean: bool, keys: str, picture: dict[str, str]
) -> None:
    """Taking the `# ` off every line that shows a key gives a file that reads."""
    lines = new_entry("News", "tag:news.example.kr,2010:k7m2q9x4t1zb", korean=korean).splitlines()
    shown = [line.removeprefix("# ") if ":" in line or '- "' in line else line for line in lines if "https" not in line]

    assert bool(re.search("[가-힣]", "".join(lines))) is korean

    assert isinstance(made := read("\n".join(shown)), dict)
    assert set(keys.split()) <= set(made)
    assert made["사진" if korean else "images"] == [picture]


DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("해누리시, 새 다리 놓는다", "2026-11-22-해누리시-새-다리-놓는다.yaml"),
        ("[단독] 50% 할인? A/B #1", "2026-11-22-단독-50-할인-A-B-1.yaml"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", "2026-11-22-한글.yaml"),
        ("../../etc/passwd", "2026-11-22-..-..-etc-passwd.yaml"),
        ("끝에 점...", "2026-11-22-끝에-점.yaml"),
        ("\t\n", "2026-11-22.yaml"),
        ("", "2026-11-22.yaml"),
    ],
)
def test_a_file_name_is_made_of_the_day_and_the_title(title: str, name: str) -> None:
    assert file_name(title, DAY) == name


@given(TEXTS)
def test_a_file_name_is_safe_whatever_the_title(title: str) -> None:
    name = file_name(title, DAY)
    stem = name.removesuffix(".yaml")

    assert name.startswith("2026-11-22")
    assert len(stem.encode()) <= 80
    assert all(letter.isalnum() or letter in "-_." for letter in stem)
    assert not stem.endswith(".")
