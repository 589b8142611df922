"""Bodies as large as they are accepted: random mixtures of markup, references, Korean, deep nesting, long lines."""

from collections.abc import Callable
from pathlib import Path

from prose import Random, ordinary
from sosik.model import BodyFormat
from sosik.normalize.limits import MOST_CHARACTERS, too_much

_FILE = Path(__file__).parent / "data" / "normalize" / "pieces.txt"
_MARKDOWN = r"""
- |1. |> |# |## |    |\t|*|**|_|__|~~|`|``|```|~~~|[|](|]|![|)|[^1]|[^1]: |[가]: |<|>|&
&amp;|&#44;|&lt|\\|\*|\<b>|\||||---|***|===
|---|:--|| 가 | 나 ||<https://a.kr>|https://a.kr/1을|www.a.kr|a@b.kr|$$
{{|}}|{%|%}|[[|]]|[caption]|{: .a}|▲|①|가. |~|10~15일|홍*동
"""
_UNITS = [
    *_FILE.read_text("utf-8").splitlines(),
    *_MARKDOWN.replace("\n", "|").split("|"),
    *("<div>", "<span hidden>", "<b style='display:none'>", "<table><tr><td>", "<p class=caption>", "<img src=a.jpg>"),
    *('<img src="http://[" alt="', "<a href='", "<!--", "<![CDATA[", "</", "<x-y>", "</b>", "<math><mi>", "</math>"),
    *(
        "가나다",
        "한 문장이다. ",
        "a",
        "1",
        "0",
        ".",
        "-",
        "=",
        '"',
        "'",
        "“",
        "”",
        " ",
        "\n",
        "\n\n",
        "  \n",
        "\u200b",
        "\u0338",
    ),
    *("&#x110000;", "&nbsp;", "\xa0", "\u3000", "😀", "\r\n", "(사진=해누리시)", "(해누리=한빛통신) 홍길동 기자 = "),
]


def whole_body(r: Random) -> tuple[str, BodyFormat]:
    """Return a body that is not held back for its size, half of them as large as that, and what it is written in."""
    body_format = r.choice(list(BodyFormat))
    parts = [r.choice(_TEXTURES)(r) for _ in range(r.randint(1, 4))]
    most = MOST_CHARACTERS // len(parts)
    counts = [max(1, most // max(1, len("".join(part)))) for part in parts]
    scale = 1.0 if r.random() < 0.5 else r.random() ** 3
    text = _written(parts, counts, scale)
    while too_much(text, body_format):
        scale *= 0.7
        text = _written(parts, counts, scale)
    return text, body_format


_Part = tuple[str, str, str]
"""What repeats in front, what stands between once, and what repeats behind."""


def _written(parts: list[_Part], counts: list[int], scale: float) -> str:
    return "".join(
        before * int(count * scale) + between + after * int(count * scale)
        for (before, between, after), count in zip(parts, counts, strict=True)
    )


def _repeated(r: Random) -> _Part:
    return "".join(r.choice(_UNITS) for _ in range(r.randint(1, 8))), "", ""


def _nested(r: Random) -> _Part:
    unit = "".join(r.choice(_UNITS) for _ in range(r.randint(1, 3)))
    return unit, r.choice(["", "가", "\n\n가\n\n"]), "".join(r.choice(_UNITS) for _ in range(r.randint(1, 3)))


def _mixed(r: Random) -> _Part:
    return "".join(r.choice(_UNITS) for _ in range(r.randint(50, 2_000))), "", ""


def _prose(r: Random) -> _Part:
    return f"{ordinary(r)[1]}\n\n", "", ""


def _long_line(r: Random) -> _Part:
    return ordinary(r)[1].replace("\n", r.choice(["", " "])), "", ""


_TEXTURES: list[Callable[[Random], _Part]] = [_repeated, _nested, _mixed, _prose, _long_line]
