"""The straight road reads a text of YAML just as the parser does, places and all, or leaves it to the parser."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosik.model import RawMapping
from sosik.read.keys import headlines
from sosik.source.straight import read_straight
from sosik.source.yaml_parser import attempt

ENTRY = """\
# 메모
id: tag:bench.kr,2010:1
제목: 시장 "사퇴"…C# 배우는 10:30
tags: [예산, "심사, 국회", '비 - 눈' ]
빈 값:
subtitles:
- 하나
-   "둘"
edits:
  - at: 2026-11-28 09:30
    kind: minor

  # 메모
  - at: 2026-11-29
author:
    name: 김하늘
    url: https://bench.kr/a?b=1#c
body: |

  첫 문단 # 둘: 셋

    들여 쓴 줄
  끝
summary: '요약: 줄'
window: {entries: 50, 이름: "김: 하늘", c-d: 'x' , e: a@b.kr}
"""
"""A text with everything of the plain subset in it."""

WORDS = (
    *(
        "예산",
        "심사",
        "제목",
        "a",
        "b-c",
        "10:30",
        "C#",
        "e.g.",
        "1. 2.",
        "-5",
        "속보",
        "[단독]",
        "“큰”",
        "'90년대",
        "a, b",
    ),
    *("http://a.kr/b", "~", "null", "2026-11-01", "가 나", "#속보", "...", "---", "é", "\u3000", "\u00a0", "%", "@a"),
    *("!", "&a", "*b", "? ", "=", "<<", "x" * 90),
)
KEYS = (
    *(
        "id",
        "title",
        "제목",
        "tags",
        "authors",
        "subtitles",
        "summary",
        "body",
        "images",
        "edits",
        "at",
        "note",
        "caption",
    ),
    *("x y", "한 글", "_k", "a.b", "a-b", "1a", "", '"q"', "? a", "- b", "가", "k" * 101),
)
ODD = (
    *"|>\"'[]",
    "|-",
    "|+",
    "|2",
    "{}",
    "{a: b}",
    "[]",
    "[ ]",
    "&x a",
    "*x",
    "!!str a",
    "",
    "# c",
    "- a",
    "a # c",
    " a",
)
SIGNS = (
    *" \n\t:-#[]{},'\"|>&*!?%@`\\\r가",
    *("\n\n", "  ", " #", ": ", "- ", "\ufeff", "\u1100", "e\u0301", "\U0001f600", "\ufdd0", "\r\n", "...\n", "--- "),
)


class Writer:
    """Writes texts that look like entry files, most of them in the plain subset or a sign away from it."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._one = random.choice

    def text(self) -> str:
        """Return a text."""
        random = self._random
        lines = [*(["---"] if random.random() < 0.05 else []), *self._mapping(self._one([0] * 12 + [1, 2]), 1)]
        text = "\n".join(lines) + self._one(["\n"] * 4 + ["", "\n\n", " \n"])
        if random.random() < 0.1:
            text = text.replace("\n", "\r\n")
        for _ in range(self._one([0, 0, 0, 1, 1, 2])):
            at = random.randint(0, len(text))
            text = text[:at] + (self._one(SIGNS) if random.random() < 0.6 else "") + text[at + random.randint(0, 1) :]
        return text

    def _plain(self) -> str:
        return " ".join(self._one(WORDS) for _ in range(self._random.randint(0, 3)))

    def _scalar(self) -> str:
        kind = self._random.random()
        if kind < 0.7:
            return self._plain()
        return f'"{self._plain()}"' if kind < 0.85 else f"'{self._plain()}'" if kind < 0.92 else self._one(ODD)

    def _list(self) -> str:
        words = (
            self._scalar() if self._random.random() < 0.3 else self._one(WORDS) for _ in range(self._one((0, 1, 2, 3)))
        )
        return "[" + self._one([", ", ",", " , "]).join(words) + self._one(["]"] * 6 + ["", ",]", "] # c", "]a"])

    def _pairs(self) -> str:
        words = (
            self._one(KEYS) + self._one([": "] * 6 + [":", " : "]) + self._scalar() for _ in range(self._one((0, 1, 2)))
        )
        return "{" + self._one([", ", ",", " , "]).join(words) + self._one(["}"] * 6 + ["", ",}", "} # c", "}a"])

    def _block(self, indent: int) -> list[str]:
        lines = []
        for _ in range(self._random.randint(1, 5)):
            kind, pad = self._random.random(), " " * indent
            odd = self._one([pad, f"{pad}  ", "  ", f"\t{self._plain()}", f"{pad}\ta", "# c", f"{pad}# c"])
            text = " " * (indent + self._one([0, 0, 0, 0, 1, 2])) + self._plain()
            lines.append("" if kind < 0.2 else text if kind < 0.9 else odd)
        return lines

    def _mapping(self, indent: int, depth: int) -> list[str]:
        lines = []
        for _ in range(self._random.randint(1, 4)):
            head = " " * indent + self._one(KEYS) + self._one([":"] * 12 + [" :", "", ":  "])
            kind = self._random.random()
            if kind < 0.45:
                lines.append(f"{head} {self._scalar()}")
            elif kind < 0.55:
                lines.append(f"{head} {self._list() if kind < 0.52 else self._pairs()}")
            elif kind < 0.7:
                mark = self._one(["|"] * 4 + ["|-", "|+", ">"])
                lines += [f"{head} {mark}", *self._block(indent + self._one([1, 2, 2, 2, 4]))]
            elif kind < 0.85:
                lines += [head, *self._items(indent + self._one([0, 0, 2, 2, 1]), depth)]
            else:
                inner = self._mapping(indent + self._one([2, 2, 4, 1]), depth + 1) if depth < 6 and kind < 0.95 else []
                lines += [head, *inner]
            if self._random.random() < 0.12:
                lines.append(self._one(["", " ", "   ", "# c", "  # c", "#c", "\t", "...", "---"]))
        return lines

    def _items(self, indent: int, depth: int) -> list[str]:
        lines = []
        for _ in range(self._random.randint(1, 3)):
            dash = " " * indent + "-" + self._one([" "] * 8 + ["  ", ""])
            if self._random.random() < 0.4 and depth < 5:
                first, *rest = self._mapping(len(dash), depth + 1)
                lines += [dash + first[len(dash) :], *rest]
            else:
                lines.append(dash + self._scalar())
        return lines


def straight(text: str) -> RawMapping | None:
    return read_straight(text, "content/a.yaml", headlines=headlines(), first_line=3)


def assert_the_same(text: str) -> bool:
    """Fail where the straight road reads a text otherwise than the parser; tell whether it reads it."""
    value = straight(text)
    if value is None:
        return False
    long = attempt(text, "content/a.yaml", headlines=headlines(), first_line=3)

    assert (long.error, long.problems) == (None, ())
    assert repr(value) == repr(long.value)  # what does not count as a difference is to be the same, too
    return True


@settings(max_examples=3000)
@given(st.integers(min_value=0, max_value=2**40))
def test_any_text_is_read_as_the_parser_reads_it_or_not_at_all(seed: int) -> None:
    assert_the_same(Writer(Random(seed)).text())  # noqa: S311  # not for secrets


def test_a_fair_part_of_these_texts_takes_the_straight_road() -> None:
    texts = (Writer(Random(seed)).text() for seed in range(2000))  # noqa: S311  # not for secrets

    assert sum(map(assert_the_same, texts)) > 100


def test_the_whole_of_the_plain_subset_is_read() -> None:
    assert assert_the_same(ENTRY)
    assert assert_the_same(ENTRY.replace("\n", "\r\n"))
    assert assert_the_same(f"---\n{ENTRY}")
    assert assert_the_same(ENTRY.replace("body: |", "body: |-"))
    assert assert_the_same(ENTRY.removesuffix("summary: '요약: 줄'\n").rstrip("\n"))


@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
def test_a_sign_more_anywhere_is_read_as_the_parser_reads_it_or_not_at_all(sign: str) -> None:
    for at in range(len(ENTRY) + 1):
        assert_the_same(ENTRY[:at] + sign + ENTRY[at:])


def test_a_sign_less_anywhere_is_read_as_the_parser_reads_it_or_not_at_all() -> None:
    for at in range(len(ENTRY)):
        assert_the_same(ENTRY[:at] + ENTRY[at + 1 :])


@pytest.mark.parametrize(
    "text", ["", "\n", "# 메모\n", "가\n", "- a\n", "a: 1\na: 2\n", f"a: {'가' * 20_000}\n"], ids=ascii
)
def test_what_is_no_mapping_or_too_much_is_left_to_the_parser(text: str) -> None:
    assert straight(text) is None


@pytest.mark.parametrize("text", ["title:\n  a: b\n", "title:\n- a: b\n", "title: [가]\n", "subtitles:\n- [가]\n"])
def test_a_headline_that_yaml_may_misread_is_left_to_the_parser(text: str) -> None:
    assert straight(text) is None


def test_no_text_within_the_limits_of_the_road_is_beyond_those_of_a_file() -> None:
    """Nobody counts values there: as many as such a text can hold are allowed in a file."""
    assert assert_the_same("".join(f"k{number}:\n" for number in range(1700)))
    assert assert_the_same(f"a: [{','.join('b' * 5990)}]\n")
    assert assert_the_same("a:\n" + "- b\n" * 2990)
