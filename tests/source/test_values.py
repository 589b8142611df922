"""Values come out as they were written, each with its line and column; nothing is resolved."""

import pytest

from sosik.errors import Location
from sosik.model import RawList, RawMapping, RawText, RawValue
from sosik.source import ParsedFile, parse, parse_json, parse_markdown, parse_yaml


def plain(value: RawValue | None) -> object:
    """Return a value without its places."""
    if isinstance(value, RawMapping):
        return {name.text: plain(member) for name, member in value.items}
    if isinstance(value, RawList):
        return [plain(item) for item in value.items]
    return value.text if value else None


def places(value: RawValue | None) -> dict[str, tuple[int, int]]:
    """Return where every text of a value stands."""
    if isinstance(value, RawText):
        return {value.text: (value.location.line, value.location.column)}
    found: dict[str, tuple[int, int]] = {}
    for item in value.items if value else ():
        for part in item if isinstance(item, tuple) else (item,):
            found |= places(part)
    return found


YAML = """\
# 메모
title: "🌊 강변 도서관"   # 따옴표
when: 15:15
list: [no, 0123, {a: 2024-01-16}]
nested:
  - key: |
      본문
    "other": ~
"""

JSON = """\
{
  "title": "🌊 강변",
  "list": [true, -1.50e3, null,
    {"a": 0}]
}
"""


def test_yaml_resolves_nothing() -> None:
    assert plain(parse_yaml(YAML, "a.yaml").value) == {
        "title": "🌊 강변 도서관",
        "when": "15:15",
        "list": ["no", "0123", {"a": "2024-01-16"}],
        "nested": [{"key": "본문\n", "other": "~"}],
    }


@pytest.mark.parametrize("file", ["a.yaml", "a.json"])
@pytest.mark.parametrize(
    ("escaped", "text", "removed"),
    [
        (r"앞\ud800뒤", "앞뒤", 1),
        (r"\ude8c", "", 1),
        (r"\ud83d\ude8c 버스", "🚌 버스", 0),
        (r"\uD83D \uDE8C", " ", 1),
        (r"\\ud800", r"\ud800", 0),
        (r"\ud800\\ud800", r"\ud800", 1),
    ],
)
def test_escapes_of_half_a_character_are_read_as_json_means_them(
    file: str, escaped: str, text: str, removed: int
) -> None:
    """Two halves are a character; one is none, and is removed with a problem."""
    parsed = parse(f'{{"title": "{escaped}"}}'.encode(), file, headlines=frozenset({"title"}))

    assert plain(parsed.value) == {"title": text}
    assert [problem.code for problem in parsed.problems] == ["characters-removed"] * removed


def test_yaml_places_count_characters_from_one() -> None:
    assert places(parse_yaml(YAML, "a.yaml").value) == {
        "title": (2, 1),
        "🌊 강변 도서관": (2, 8),
        "when": (3, 1),
        "15:15": (3, 7),
        "list": (4, 1),
        "no": (4, 8),
        "0123": (4, 12),
        "a": (4, 19),
        "2024-01-16": (4, 22),
        "nested": (5, 1),
        "key": (6, 5),
        "본문\n": (6, 10),
        "other": (8, 5),
        "~": (8, 14),
    }


def test_json_numbers_and_words_stay_as_written_and_null_is_empty() -> None:
    assert plain(parse_json(JSON, "a.json").value) == {
        "title": "🌊 강변",
        "list": ["true", "-1.50e3", "", {"a": "0"}],
    }


def test_json_places_count_characters_from_one() -> None:
    assert places(parse_json(JSON, "a.json").value) == {
        "title": (2, 3),
        "🌊 강변": (2, 12),
        "list": (3, 3),
        "true": (3, 12),
        "-1.50e3": (3, 18),
        "": (3, 27),
        "a": (4, 6),
        "0": (4, 11),
    }


def test_an_alias_is_the_value_that_it_names() -> None:
    value = parse_yaml("a: &x [가, 나]\nb: *x\nc: &y 다\nd: *y\n", "a.yaml").value

    assert plain(value) == {"a": ["가", "나"], "b": ["가", "나"], "c": "다", "d": "다"}


def test_markdown_is_its_front_matter_and_one_key_more() -> None:
    parsed = parse_markdown("---\ntitle: 강변\n---\n\n# 글\n\n---\n", "a.md")

    assert plain(parsed.value) == {"title": "강변", "body": "\n# 글\n\n---\n"}
    assert isinstance(parsed.value, RawMapping)
    assert parsed.value.items[-1][1].location == Location(file="a.md", line=4, column=1)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\r\ntitle: 강변\r\n---\r\n글\r\n", 4),
        ("---\rtitle: 강변\r---\r글\r", 4),
        ("\n \n---  \ntitle: 강변\n...\n글", 6),
        ("---\ntitle: 강변\n--- \n글", 4),
    ],
)
def test_front_matter_takes_every_line_end(text: str, line: int) -> None:
    parsed = parse_markdown(text, "a.md")

    assert isinstance(parsed.value, RawMapping)
    assert parsed.problems == ()
    (title, _), (_, body) = parsed.value.items
    assert (title.location.line, title.location.column) == (line - 2, 1)
    assert isinstance(body, RawText)
    assert (body.text.strip(), body.location.line) == ("글", line)


def test_a_markdown_file_may_end_with_its_front_matter() -> None:
    assert plain(parse_markdown("---\ntitle: 강변\n---", "a.md").value) == {"title": "강변"}


def texts(parsed: ParsedFile) -> list[str]:
    return [text for text in places(parsed.value) if text != "title"]


@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.md"])
def test_text_is_composed_and_freed_of_what_xml_forbids(name: str) -> None:
    """Hangul in parts (NFD), as some systems store it, becomes syllables; U+000B goes, and its place is told."""
    written = "\u1100\u1161\u11bc\u0007변"
    whole = {
        "a.yaml": f"title: {written}\n",
        "a.json": f'{{"title": "{written}"}}',
        "a.md": f"---\ntitle: {written}\n---\n",
    }
    parsed = parse(whole[name].encode(), name)

    assert texts(parsed) == ["강변"]
    assert [problem.code for problem in parsed.problems] == ["characters-removed"]


@pytest.mark.parametrize("separator", ["\u2028", "\u2029"])
def test_line_separators_do_not_break_yaml(separator: str) -> None:
    """YAML would end the body at one; editors show none."""
    parsed = parse_yaml(f"body: |\n  앞{separator}뒤\nsection: 지역\n", "a.yaml")

    assert plain(parsed.value) == {"body": "앞 뒤\n", "section": "지역"}
    assert parsed.problems == ()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp949", "euc-kr"]
)
def test_old_encodings_are_read(encoding: str) -> None:
    text = "title: 해누리시 강변 도서관\nbody: 문을 연다\n"
    parsed = parse(text.encode(encoding), "a.yaml")

    assert plain(parsed.value) == {"title": "해누리시 강변 도서관", "body": "문을 연다"}
    expected = [] if encoding.startswith("utf-8") else ["encoding-old"]
    assert [problem.code for problem in parsed.problems] == expected


def test_a_file_with_one_broken_byte_is_not_taken_for_an_old_encoding() -> None:
    """Read as CP949 it would come out as nonsense, without a word."""
    parsed = parse("title: 강변 도서관\nbody: 문을 연다\n".encode().replace("연".encode(), b"\xec\x97"), "a.yaml")

    assert [str(problem.location) for problem in parsed.problems] == ["a.yaml:2:10"]
    assert parsed.problems[0].code == "encoding-unknown"


def test_a_stray_nul_does_not_make_a_file_utf_16() -> None:
    parsed = parse("title: 강변\0 도서관\nauthor: 김하늘\n".encode(), "a.yaml")

    assert plain(parsed.value) == {"title": "강변 도서관", "author": "김하늘"}
    assert [problem.code for problem in parsed.problems] == ["characters-removed"]
