"""Bodies as most are, of plain paragraphs and the simplest markup, and the same with a sign or two put in anywhere.

``python tests/plain_prose.py 100000 7`` reads as many bodies of a seed by both roads, and prints those that differ.
"""

import sys
from collections.abc import Callable

import pytest

import prose_count
from prose import Random, escaped, ordinary
from sosik.model import BodyFormat, Normalized
from sosik.normalize.straight import straight

_SENTENCES = [
    "해누리시는 16일 새 다리를 열었다.",
    "“끝이 아니라 시작이다.” 홍길동 씨의 말이다.",
    "지난해보다 3.5% 오른 1,234명이 10~15일 찾았다.",
    "[단독] 해누리시가 예산을 늘린다",
    "▲ 새 다리의 모습.",
    "경찰은 홍*동(45) 씨를 불렀다.",
    "**새 다리**는 길이 3㎞다.",
    "승점 61로 **2위**를 했다.",
    "*누리콜 버스*가 다닌다.",
    "*(2025년 1월 1일 자)*",
    "앞서 [새 다리](https://haenuri.example/a/1)가 열렸다.",
    "홍길동 기자 hong@haenuri.example",
    "(해누리=한빛통신) 홍길동 기자 = 해누리시가 버스를 늘린다.",
    "A&B와 Q&A를 썼다!",
    "누리집(https://haenuri.example/b)에서 신청한다.",
    "사진=해누리시 제공",
    "2024. 3. 5. 시작한다.",
    "이름은 ‘해오름’이다. 👏🏻",
    "👨\u200d👩\u200d👧 눈사람 ⛄\ufe0f 완성!",
    "<속보> 물값이 5 < 7로 뛰었다.",
    "**물레동**: 공연장과 전시실(820㎡)",
    "다. 값이 5만원(₩50,000)이다. 법 제3조의2에 따른다. 둘째 문장이다. 셋째 문장이다. " * 4 + "끝이다.",
]
_PICTURES = [*["https://haenuri.example/a.jpg"] * 8, "https://doubleclick.net/a.png", "a.jpg"]
_BELOW = [
    "",
    "",
    "\n\n새 다리",
    "\n\n새 다리의 모습",
    "\n\n**새 다리**",
    "\n\n## 다리\n\n해누리시",
    "\n\n- 새 다리\n- 헌 다리",
]
_BELOW += ["\n\n다리를 연다.\n\n(사진=해누리시)", "\n\n다리를 연다.\n\n> (사진=해누리시)"]
_SIGNS = [
    *"*_~`#>|[]()<>\\&!-+=.:;0123456789,\"'?/@%^${}  \n\n\n가을를은는씨와김이※▲①ⓒㅇ…“”‘’「」·•漢㎡½Ω℃→😀",
    *"\xa0\u3000\u200b\ufe0f",
    *(
        "**",
        "***",
        "~~",
        "\n\n",
        "\n- ",
        "\n1. ",
        "\n> ",
        "\n## ",
        "# ",
        " \n",
        "  \n",
        "\n ",
        "\n▲ ",
        "\n가. ",
        "(1) ",
    ),
    *(
        "**가**",
        "**나다**",
        " **해오름**은 ",
        "**김**",
        "홍*동",
        "박**씨",
        "*가*",
        " *",
        "* ",
        "3*4",
        "a_b",
        "_a_",
        "~가~",
    ),
    *(
        "](",
        "[가]",
        "[속보] ",
        "[^1]",
        "\n[^1]: 가",
        "]: ",
        "\n[가]: https://a.example/",
        "[[",
        "]]",
        "[youtube](https://a.kr/)",
    ),
    *("[가나](https://haenuri.example/a_b?x=1&y=2)", "![나다](https://haenuri.example/a.jpg)", "a.md", "한.글", "x.y"),
    *("https://haenuri.example/a/1", "www.haenuri.kr", "hong@haenuri.example", "https://haenuri.10/", "10~15"),
    *(
        "&amp;",
        "&nbsp;",
        "&ldquo;",
        "&#39;",
        "&middot;",
        "&lsquo",
        "&quot;",
        "&copy",
        "&#49;",
        "R&D",
        "#해시",
        "{{",
        "{:.a}",
        ":::",
        "가\u0301",
    ),
    *(
        "<p>",
        "</p>",
        "<p></p>",
        "<br>",
        "<br/>",
        "<b>",
        "</b>",
        "<strong>",
        "</strong>",
        "<KBS>",
        "</blockquote>",
        "<li>",
    ),
    *("(사진=해누리시)", "(해누리=한빛통신) 홍길동 기자 = ", "사진=", "제공", "년 3월 1일", "한다."),
    *('<a href="https://haenuri.kr/?a=1&amp;b=2">나</a>', '<a href="https://haenuri.kr/?a=1&amp;amp;b=2">나</a>'),
    *('<a href="https://haenuri.kr/"> </a>', '<a href="/a">나</a>', "&amp;amp;", "https://haenuri.kr/?a=1&amp;b=2"),
    *(
        "<span>",
        "</span>",
        '<span style="color:red">',
        "<div>",
        "</div>",
        '<p style="display:none">',
        '<p class="caption">',
    ),
    *('<img src="https://haenuri.example/a.jpg">', '<img src="https://haenuri.example/a.jpg" alt="" />', "<img>"),
    *('class="ad"', 'id="fn-1"', "data-src", "font-weight", "display:none", 'src="https://haenuri.example/a.jpg"'),
]


def plain(r: Random, body_format: BodyFormat) -> str:
    """Return a body of one to five blocks."""
    blocks = [_block(r) for _ in range(r.randint(1, 5))]
    if body_format is BodyFormat.HTML or r.random() < 0.15:
        return r.choice(["\n", "", "\n\n"]).join(_as_html(r, block) for block in blocks)
    return r.choice(["\n\n", "\n\n", "\n \n", "\n\n\n"]).join(blocks) + r.choice(["", "\n"])


def nearly_plain(r: Random, body_format: BodyFormat) -> str:
    """Return such a body with up to three signs put in, some in the place of a letter."""
    body = plain(r, body_format)
    for _ in range(r.choice([0, 1, 1, 1, 2, 3])):
        at = r.randint(0, len(body))
        body = body[:at] + r.choice(_SIGNS) + body[at + r.choice([0, 0, 0, 1]) :]
    return body


def _block(r: Random) -> str:
    kind = r.random()
    if kind < 0.06:
        return f"![{r.choice(['새 다리', '새 다리의 모습', ''])}]({r.choice(_PICTURES)}){r.choice(_BELOW)}"
    if kind < 0.16:
        mark, count = r.choice(["- ", "* ", "1", "1", "▲ ", "가. "]), r.randint(1, 4)
        marks = [f"{number}. " for number in range(1, 1 + count)] if mark == "1" else [mark] * count
        return "\n".join(f"{mark}{r.choice(_SENTENCES)}" for mark in marks)
    paragraph = " ".join(r.choice(_SENTENCES) for _ in range(r.randint(1, 4)))
    paragraph = paragraph.replace(". ", ".\n", 1) if r.random() < 0.2 else paragraph
    if kind < 0.22:
        return "\n".join(f"> {line}" for line in paragraph.split("\n"))
    if kind < 0.45:
        return r.choice(["## ", "### ", "# ", "\u3000", "  ", " \u3000", "    "]) + paragraph
    return paragraph + r.choice(["", "", "", " ", "  "])


def _as_html(r: Random, block: str) -> str:
    words = escaped(block).replace("**새 다리**", "<strong>새 다리</strong>")
    words = words.replace("[새 다리](https://haenuri.example/a/1)", '<a href="https://haenuri.example/a/1">새 다리</a>')
    words = words.replace(" ", "<br>", 1) if r.random() < 0.3 else words
    picture = '<img src="https://haenuri.example/사진/1.jpg" alt="새 다리">'.replace(
        "사진", r.choice(["a", "사진", "ad/blank"])
    )
    look = r.choice(
        [' style="text-align: justify;"', ' class="바탕글"', ' align="center"', ' style="color:#f00; font-weight:bold"']
    )
    shapes: list[Callable[[], str]] = [
        lambda: f"<p{look}>{words}</p>",
        lambda: f'<p{look}><span style="font-size:12pt">{words}</span></p>',
        lambda: f"<p>{picture}</p>",
        lambda: f"<p>{picture}<br>{words}</p>",
        lambda: f"<div>{words}</div>",
        *[lambda: f"<p>{words}</p>"] * 6,
        lambda: f"<h2>{words}</h2>",
        lambda: f"<ul>\n<li>{words}</li>\n<li>둘</li>\n</ul>",
        lambda: f"<blockquote><p>{words}</p></blockquote>",
        lambda: f"<table>\n<thead><tr><th>가</th></tr></thead>\n<tbody><tr><td>{words}</td></tr></tbody>\n</table>",
    ]
    return r.choice(shapes)()


def by_the_long_road(body: str, body_format: BodyFormat) -> Normalized:
    """Return what a body comes to where the straight road is closed."""
    with pytest.MonkeyPatch.context() as closed:
        closed.setattr("sosik.normalize.body.straight", lambda *_: None)
        closed.setattr("sosik.normalize.summary.opening", lambda *_: None)
        return prose_count.normalized(body, body_format)


def drawn(r: Random) -> tuple[str, BodyFormat]:
    """Return a body that is plain or nearly so, and what it is written in."""
    body_format = r.choice(list(BodyFormat))
    return (ordinary(r)[1] if r.random() < 0.2 else nearly_plain(r, body_format)), body_format


def main(count: int, seed: int) -> None:
    r = Random(seed)
    taken = 0
    for _ in range(count):
        body, body_format = drawn(r)
        taken += straight(body, body_format) is not None
        made, long = prose_count.normalized(body, body_format), by_the_long_road(body, body_format)
        if made != long:
            sys.stdout.write(f"{body_format} {body!r}\n  {made}\n  {long}\n")
    sys.stdout.write(f"{taken} of {count} took the straight road\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
