"""Both roads lead to the same: a body that is plainly prose comes out as the parser and the sanitizer would make it.

``SOSIK_PLAIN=100000 pytest tests/normalize/test_straight.py`` tries as many bodies; without it some hundreds are tried.
"""

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import plain_prose
import prose_count
from prose import Random
from sosik.model import BodyFormat, RawText
from sosik.normalize.limits import MOST_CHARACTERS
from sosik.normalize.straight import straight
from sosik.normalize.straight.signs import SAFE
from sosik.read import read_bytes

COUNT = int(os.environ.get("SOSIK_PLAIN", "600"))
ROOT = Path(__file__).parents[2]
MARKDOWN = (BodyFormat.AUTO, BodyFormat.MARKDOWN)
HTML = (BodyFormat.AUTO, BodyFormat.HTML)


def same(body: str, body_format: BodyFormat) -> bool:
    """Whether HTML, summary, problems and all else come out as they do by the long road."""
    return prose_count.normalized(body, body_format) == plain_prose.by_the_long_road(body, body_format)


def test_both_roads_lead_to_the_same() -> None:
    r = Random(16)
    drawn = [plain_prose.drawn(r) for _ in range(COUNT)]

    assert [(body, body_format) for body, body_format in drawn if not same(body, body_format)] == []
    assert sum(straight(*one) is not None for one in drawn) > COUNT / 3


def bodies_of_the_repository() -> Iterator[str]:
    for path in sorted([*(ROOT / "content").rglob("*.*"), *(ROOT / "tests" / "data").rglob("*.*")]):
        raw = read_bytes(path.read_bytes(), path.name).raw if path.suffix in (".md", ".yaml", ".json") else None
        body = raw.fields.get("body") if raw else None
        if isinstance(body, RawText) and len(body.text) < MOST_CHARACTERS:
            yield body.text
    for case in yaml.safe_load((ROOT / "tests" / "data" / "normalize" / "korean.yaml").read_text("utf-8")):
        yield case["body"]


@pytest.mark.parametrize("body_format", list(BodyFormat))
def test_bodies_of_the_repository(body_format: BodyFormat) -> None:
    bodies = list(bodies_of_the_repository())

    assert len(bodies) > 100
    assert [body for body in bodies if not same(body, body_format)] == []


PLAIN = {
    "새 다리를 열었다.\n\n“끝이 아니다.” 홍*동 씨의 말이다.\n둘째 줄이다.\n": MARKDOWN,
    "## 길이 3㎞\n\n**새 다리**는 *올해* [누리집](https://haenuri.example/a?b=1&c=2)에 실렸다.": MARKDOWN,
    "[단독] 해누리시\n\n▲ 모습\n\n▲ 10~15일 hong@haenuri.example, R&D": MARKDOWN,
    "\u3000인사다.\n▲ 국장 홍길동\n가. 과장  \n \n1. 첫째\n2. 둘째\n\n<속보> 5 < 7, ⛄\ufe0f": MARKDOWN,
    "- 첫째\n- 둘째\n\n> “말”이다.\n> 그렇다.\n\n끝": MARKDOWN,
    "<p>첫 문단<br />둘째 줄</p>\n<p>&nbsp;</p>\n\n<h2>제목</h2><ul><li>가</li></ul>": (
        BodyFormat.AUTO,
        BodyFormat.HTML,
    ),
    '<blockquote><p><b>가</b> <a href="https://haenuri.example/a?b=1&amp;c=2">나</a></p></blockquote>': (
        BodyFormat.HTML,
    ),
    "![새 다리](https://haenuri.example/a.jpg)\n\n열렸다.": MARKDOWN,
    '<p style="text-align: justify;"><span style="font-size:12pt">&ldquo;가&rdquo;</span></p>\n<div>나</div>': HTML,
    '<p class="바탕글">가</p>\n<p align="center">나<br>다</p>': HTML,
    '<p><img src="https://haenuri.example/a.jpg" alt="새 다리"></p>\n<p>가</p>': HTML,
    "<p>다리를 <b> 새로</b> 놓았다.</p>": HTML,
    "1. 가\n    <나> & `다`\n\n**라**\n▲ www.haenuri.kr": (BodyFormat.TEXT,),
}


@pytest.mark.parametrize(("body", "body_formats"), PLAIN.items())
def test_what_takes_the_straight_road(body: str, body_formats: tuple[BodyFormat, ...]) -> None:
    assert [body_format for body_format in body_formats if straight(body, body_format) is None] == []
    assert all(same(body, body_format) for body_format in body_formats)


IN_DOUBT = [
    *(
        "가 *나",
        "가 **나",
        "가 **나**다**",
        "박**씨와 최**씨",
        "**김**이",
        "**와 나라** 가",
        "이름**은 긴**",
        "_가_",
        "~~가~~",
        "`가`",
    ),
    *(
        "[가]: https://haenuri.example/",
        "[가](나)",
        "[가][나]",
        "[^1]",
        "![가](나.jpg)",
        "[youtube a=b]",
        "[[가]]",
        "가](",
    ),
    *(
        "    가",
        "가 \n나",
        "\t가",
        "가\n    나",
        "1. 가",
        "2024. 3. 5.",
        "- 가",
        "- 5도\n- 6도",
        "> > 가",
        "=\n",
        "가\n---",
    ),
    *("| 가 |\n|---|", ":::", "{{가}}", "<b>가</b>", "<KBS>", "&copy;", "&#49;", "가\\나", "가<b"),
    *("https://haenuri.example/새-다리를", "https://haenuri.10/", "가\u0301", "가\xa0나", "\u200b가", "# 가 #", "#"),
    *(
        "- 가\n- 나\n\n- 다\n- 라",
        "- 가\n- 나\n\n  다",
        "이다\n가.  ",
        "1. 가\n3. 나",
        "",
        "\n",
        "[" * 51,
        "가" * 20_001,
    ),
]


@pytest.mark.parametrize("body", IN_DOUBT, ids=lambda body: repr(body)[:30])
def test_what_is_in_doubt_goes_the_long_way(body: str) -> None:
    assert [body_format for body_format in MARKDOWN if straight(body, body_format)] == []


def test_signs_that_are_safe_are_neither_composed_nor_white_space() -> None:
    safe = [chr(code) for code in range(0x110000) if re.fullmatch(f"[{SAFE}]", chr(code))]

    assert [sign for sign in safe if sign != " " and sign.isspace()] == []
    assert [sign for sign in safe if unicodedata.normalize("NFC", f"가{sign}a") != f"가{sign}a"] == []
    assert [sign for sign in safe if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Mn", "Mc")] == []
