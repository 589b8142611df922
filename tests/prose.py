"""Korean newspaper prose, made up of a seed: numbers, names, notices, lists and tables as newsrooms write them.

`ordinary` is what a body usually is, `hostile` mixes what nobody writes.
"""

import random
from collections.abc import Callable

PICTURE = "https://haenuri.example/a.jpg"

Random = random.Random
Kind = Callable[[Random], str]

CITY = ["해누리시", "도담군", "빛가람구", "솔뫼읍", "아라동", "다온시"]
NAMES = ["홍길동", "김하늘", "이도윤", "박솔아", "최가온", "정다온", "한누리", "서이든", "남궁솔", "허 준"]
OFFICES = ["기획국장", "건설국장", "총무과장", "안전정책관", "문화체육과장", "보건소장", "도서관장", "상수도사업소장"]
THINGS = [
    "새 다리",
    "시립 도서관",
    "자율주행 버스",
    "공영 주차장",
    "자전거 길",
    "어린이 병원",
    "전통 시장",
    "빗물 터널",
]
PLACES = ["시청 대회의실", "해오름광장", "도담산 들머리", "솔뫼 문화회관", "아라천 둔치", "빛가람 체육관"]
DOES = ["열었다", "마쳤다", "미뤘다", "다시 짓는다", "넓힌다", "시작한다고 밝혔다", "내년으로 넘겼다", "예산에 올렸다"]
PICTURE = "https://haenuri.example/a.jpg"
UNITS = ["명", "원", "%", "도", "㎜", "㎞", "건", "곳", "시간", "배", "t", "kg", "GWh", "개", "세대", "㎡"]


def number(r: Random) -> str:
    return r.choice(
        [
            str(r.randint(1, 99)),
            f"{r.randint(1, 999):,}",
            f"{r.randint(1000, 9_999_999):,}",
            f"{r.randint(0, 99)}.{r.randint(0, 9)}",
            f"{r.randint(1, 9)}만 {r.randint(1, 9)}천",
            f"-{r.randint(1, 20)}",
            f"{r.randint(1, 9)}조 {r.randint(1000, 9999)}억",
        ]
    )


def amount(r: Random) -> str:
    return f"{number(r)}{r.choice(['', ' '])}{r.choice(UNITS)}"


def rng(r: Random) -> str:
    low = r.randint(1, 40)
    tilde = r.choice(["~", "~", "~", "∼", "-", " ~ "])
    unit = r.choice(UNITS)
    return r.choice(
        [
            f"{low}{tilde}{low + r.randint(1, 30)}{unit}",
            f"{low}{unit}{tilde}{low + 5}{unit}",
            f"{r.randint(1, 12)}월 {r.randint(1, 28)}일{tilde}{r.randint(1, 12)}월 {r.randint(1, 28)}일",
            f"오전 {r.randint(6, 11)}시{tilde}오후 {r.randint(1, 9)}시 30분",
            f"{r.randint(1, 9)}~{r.randint(10, 20)}일",
        ]
    )


def date(r: Random) -> str:
    y, m, d = r.randint(2001, 2030), r.randint(1, 12), r.randint(1, 28)
    return r.choice(
        [
            f"{y}. {m}. {d}.",
            f"{y}.{m:02}.{d:02}",
            f"{y}년 {m}월 {d}일",
            f"{m}. {d}.",
            f"{y}-{m:02}-{d:02}",
            f"’{y % 100}. {m}. {d}.",
            f"{m}월 {d}일(화)",
            f"{y}. {m}.",
            f"{m}·{d}",
        ]
    )


def masked(r: Random) -> str:
    name = r.choice(NAMES).replace(" ", "")
    return r.choice(
        [
            f"{name[0]}*{name[-1]}",
            f"{name[0]}**",
            f"{name[0]}○○",
            f"{name[0]}모",
            f"{name[0]}**씨",
            f"{name[0]}* 씨",
            f"{name[:2]}*",
            f"{name[0]}X{name[-1]}",
            f"{name[0]}OO",
            "***",
        ]
    )


def phone(r: Random) -> str:
    return r.choice(
        [
            f"0{r.randint(2, 64)}-{r.randint(100, 999)}-{r.randint(1000, 9999)}",
            "010-****-5678",
            "02-***-1234",
            f"☎{r.randint(200, 999)}-{r.randint(1000, 9999)}",
            f"(0{r.randint(31, 64)}){r.randint(100, 999)}-{r.randint(1000, 9999)}",
            f"1588-{r.randint(1000, 9999)}",
            "010-12**-34**",
            "119",
        ]
    )


def address(r: Random) -> str:
    path = r.choice(
        [
            "",
            "/",
            f"/a/{r.randint(1, 999)}",
            f"/view.php?idx={r.randint(1, 99)}&page=2",
            "/board/a_b_c",
            "/~hong/",
            "/2024/01/새-다리",
        ]
    )
    host = f"https://{r.choice(['www.', '', 'news.'])}haenuri.example{path}"
    return r.choice([host, f"www.haenuri.example{path}", "hong@haenuri.example", f"haenuri.example{path}", host])


def sentence(r: Random) -> str:
    n, who = r.choice(NAMES), r.choice(NAMES)
    n1, n2 = r.randint(2, 9), r.randint(2, 9)
    return r.choice(
        [
            f"{r.choice(CITY)}는 {date(r)} {r.choice(PLACES)}에서 {r.choice(THINGS)} 사업을 {r.choice(DOES)}.",
            f"{r.choice(THINGS)}에는 {rng(r)} 동안 {amount(r)}이 들어간다.",
            f"기온은 {rng(r)}, 비는 {rng(r)} 내릴 것으로 보인다.",
            f"경찰은 {masked(r)}({r.randint(20, 80)}) 씨와 {masked(r)}({r.randint(20, 80)}) 씨를 불렀다.",
            f"문의는 {phone(r)}, {phone(r)}로 하면 된다.",
            f"자세한 내용은 {address(r)}에서 볼 수 있다.",
            f"누리집({address(r)})에서 신청하고 {address(r)}을 본다.",
            f"{n} {r.choice(OFFICES)}은 “{r.choice(THINGS)}를 {amount(r)} 더 늘리겠다”고 말했다.",
            f"'{r.choice(THINGS)}'라는 이름은 {amount(r)}이 골랐다.",
            f"<{r.choice(['KBS', '속보', 'AI', '사진', '표 1', 'The Road', '해누리의 봄', 'B'])}> 보도가 나왔다.",
            f"지난해보다 {number(r)}%p 올라 {amount(r)}({number(r)}{r.choice(UNITS)})에 이르렀다.",
            f"경기는 {r.randint(0, 9)}-{r.randint(0, 9)}(전반 {r.randint(0, 4)}:{r.randint(0, 4)})로 끝났다.",
            f"계산은 {n1}*{n2}={n1 * n2}, {n1}×{n2}이고 {n2}*{n1}={n1 * n2}다.",
            f"값은 \\{r.randint(1, 99)},000이고 ₩{number(r)}도 있다.",
            f"사진은 D:\\보도\\{r.choice(CITY)}\\*.jpg, 표 \\[{n1}\\]의 \\({n2}\\)와 {n1}\\~{n2}, {n1}\\.{n2}이다.",
            f"\\*{r.choice(THINGS)}\\*, \\_밑줄\\_, \\`{n1}\\`, \\\\서버\\{n2}, \\[시청\\](https://haenuri.example/a)다.",
            f"A&B와 R&D, Q&A, {number(r)} < {number(r)} > 0이고 a_b_c.txt와 __init__ 파일이다.",
            f"[{r.choice(['속보', '단독', '종합', '포토'])}] {r.choice(CITY)} {r.choice(THINGS)} {r.choice(DOES)}.",
            f"({r.choice(CITY)}=해누리통신) {who} 기자 = {r.choice(CITY)}가 {r.choice(THINGS)}를 {r.choice(DOES)}.",
            f"#해누리 #{r.choice(THINGS).replace(' ', '')} 꼬리표가 {amount(r)} 쓰였다.",
            f"환율은 1,{r.randint(300, 399)}.{n1}원({r.choice('+-△▲▼')}{n1}.{n2}{n1})이다.",
            f"법 제{n1 * n2}조 제{n1}항·제{n2}호와 시행령 {n1}조의{n2}에 따른다.",
            f"*이 기사는 {r.choice(CITY)}의 도움을 받았다.",
            f"※ {date(r)} 기준, 1인당 {amount(r)}. * 표는 어림값이다.",
            f"50대 남성 {masked(r)}와 {masked(r)}가 {rng(r)} 만에 {r.choice(PLACES)}에서 {amount(r)}을 찾았다.",
            f"{n}·{who} 기자 hong@haenuri.example",
            f"“{r.choice(THINGS)}는 끝이 아니라 시작이다.” {who} 씨의 말이다!",
            f"1/{n1}, {n2}^2, 5'7\", 3:4, 100%, $5, C++, C#, @haenuri, 24/7, 가/나, `역따옴표`도 쓴다.",
        ]
    )


def paragraph(r: Random) -> str:
    return " ".join(sentence(r) for _ in range(r.randint(1, 4)))


def prose(r: Random) -> str:
    return "\n\n".join(paragraph(r) for _ in range(r.randint(1, 5)))


def lines_of_prose(r: Random) -> str:
    return "\n".join(sentence(r) for _ in range(r.randint(2, 6)))


def dates(r: Random) -> str:
    return f"{sentence(r)}\n\n" + "\n".join(
        f"{date(r)} {r.choice(THINGS)} {r.choice(DOES)}" for _ in range(r.randint(1, 4))
    )


def appointments(r: Random) -> str:
    mark = r.choice("▲△▷◆◇■□●○◎※")
    names = "\n".join(
        f"{mark}{r.choice(['', ' '])}{r.choice(OFFICES)} {r.choice(NAMES)}" for _ in range(r.randint(2, 6))
    )
    return r.choice(
        [f"◇ {r.choice(CITY)}\n\n{names}", f"<{r.choice(CITY)}>\n{names}", names, f"{sentence(r)}\n{names}"]
    )


def appointments_in_one_line(r: Random) -> str:
    return f"◇{r.choice(CITY)} " + " ".join(f"▲{r.choice(OFFICES)} {r.choice(NAMES)}" for _ in range(r.randint(2, 6)))


def numbered(r: Random) -> str:
    style = r.choice(["{}.", "{})", "({})", "{}-1.", "제{}조", "{}:", "{} ."])
    first, step = r.choice([(1, 1), (1, 1), (1, 1), (2, 1), (1, 2), (3, -1), (2021, 1), (2021, 2), (7, 1)])
    return f"{sentence(r)}\n\n" + "\n".join(
        f"{style.format(first + step * n)} {r.choice(THINGS)} {r.choice(DOES)}" for n in range(r.randint(1, 4))
    )


def lettered(r: Random) -> str:
    return "\n".join(f"{letter}. {r.choice(THINGS)} {r.choice(DOES)}" for letter in "가나다라"[: r.randint(2, 4)])


def circled(r: Random) -> str:
    return "\n".join(f"{mark} {r.choice(THINGS)} {amount(r)}" for mark in "①②③④"[: r.randint(2, 4)])


def bullets(r: Random) -> str:
    mark = r.choice(["-", "-", "*", "·", "ㅇ", "+", "–", "•"])
    what: Callable[[], str] = r.choice(
        [
            lambda: f"{r.choice(THINGS)} {amount(r)}",
            lambda: f"{amount(r)} {r.choice(DOES)}",
            lambda: f"{date(r)} {r.choice(THINGS)}",
        ]
    )
    listed = "\n".join(f"{mark} {what()}" for _ in range(r.randint(1, 4)))
    return f"{sentence(r)}\n\n{listed}\n\n{sentence(r)}"


def weather(r: Random) -> str:
    degrees = r.randint(1, 9)
    return f"오늘 기온이다.\n\n- {degrees}도까지 내려간다.\n\n+ {degrees}도까지 오른다.\n\n{sentence(r)}"


def notice(r: Random) -> str:
    head = r.choice(
        ["[문의]: {}", "문의: {}", "[알림] {}", "▣ 문의 {}", "* 문의: {}", "※문의 {}", "[문의] {}", "- 문의: {}"]
    )
    when = f"{r.choice(['일시', '■ 일시', '[일시]'])}: {date(r)} {rng(r)}"
    return f"{sentence(r)}\n\n{head.format(phone(r))}\n{when}\n장소: {r.choice(PLACES)}"


def quotation(r: Random) -> str:
    return f"> {sentence(r)}\n> {sentence(r)}\n\n{paragraph(r)}"


def ruled(r: Random) -> str:
    rule = r.choice(["---", "***", "===", "- - -", "_____", "━━━", "* * *", "-----", "~~~"])
    return f"{sentence(r)}\n{r.choice(['', chr(10)])}{rule}\n{r.choice(['', chr(10)])}{sentence(r)}"


def table(r: Random) -> str:
    columns = r.randint(2, 4)
    rows = [
        [r.choice([amount(r), r.choice(CITY), date(r), masked(r), rng(r), ""]) for _ in range(columns)]
        for _ in range(r.randint(1, 3))
    ]
    rows.insert(0, [r.choice(["구분", "날짜", "사람", "값"]) for _ in range(columns)])
    written = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([f"{sentence(r)}\n", written[0], f"|{'---|' * columns}", *written[1:], "", sentence(r)])


def emphasised(r: Random) -> str:
    heading = f"## {r.choice(THINGS)} {r.choice(['', '##', '(종합)', '1. 2.'])}"
    marked = r.choice(["**‘해오름교’**로", "*기울인* 말이고", "~~지운~~ 말이고", "`코드`이고"])
    linked = f"[{r.choice(THINGS)}](https://haenuri.example/a_b*c)를 본다. ![그림](https://haenuri.example/a.jpg)"
    return f"{heading}\n\n**{r.choice(THINGS)}**는 {marked} {sentence(r)}\n\n{linked}\n\n{sentence(r)}"


def noted(r: Random) -> str:
    return f"{r.choice(THINGS)}[^1]는 {amount(r)}이다. {sentence(r)}\n\n{sentence(r)}\n\n[^1]: {sentence(r)}\n"


def indented(r: Random) -> str:
    indent = r.choice(["    ", "\t", "　", "  ", "     "])
    return (
        "\n\n".join(f"{indent}{sentence(r)}" for _ in range(r.randint(1, 3)))
        + f"\n\n{sentence(r)}\n{indent}{sentence(r)}"
    )


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def html(r: Random) -> str:
    def words() -> str:
        return escaped(sentence(r))

    blocks: list[Callable[[], str]] = [
        lambda: f"<p>{words()}</p>",
        lambda: f'<p style="text-align: justify;"><span style="font-size:12pt">{words()}&nbsp;</span></p>',
        lambda: f"<div>{words()}<br><br>{words()}</div>",
        lambda: f"{words()}<br />\n<br />\n",
        lambda: f'<p><b>{r.choice(THINGS)}</b> <font color="#ff0000">{words()}</font></p>',
        lambda: f'<figure><img src="{PICTURE}" alt="{r.choice(THINGS)}"><figcaption>▲ {words()}</figcaption></figure>',
        lambda: f"<table><tr><td>{amount(r)}</td></tr><tr><td colspan=2>{date(r)}</td></tr></table>",
        lambda: f"<ul><li>{words()}</li><li>{words()}</li></ul>",
        lambda: f"<blockquote><p>{words()}</p></blockquote>",
        lambda: f'<p>{words()} <a href="/a?b=1&amp;c=2" target="_blank">{r.choice(THINGS)}</a> {words()}</p>',
        lambda: '<iframe src="https://www.youtube.com/embed/abcdEFGH123" width="560"></iframe>',
        lambda: f"<!-- {r.choice(THINGS)} --><p>&ldquo;{r.choice(THINGS)}&rdquo;&middot;&hellip;</p>",
        lambda: f"<h3>{r.choice(THINGS)}</h3>",
        lambda: f"<P ALIGN=center>{words()}</P>",
        lambda: f"<p>{words()}\n{words()}</p>\n",
        lambda: f'<div class="article_view"><strong>{words()}</strong>{words()}</div>',
        lambda: f"<p><strike>{amount(r)}</strike> {amount(r)}, H<sub>2</sub>O, ㎡</p>",
    ]
    return r.choice(["", "\n"]).join(r.choice(blocks)() for _ in range(r.randint(1, 7)))


def html_after_text(r: Random) -> str:
    return f"{escaped(sentence(r))}<br>\n<br>\n{escaped(sentence(r))}\n<p>{escaped(sentence(r))}</p>"


def mixed(r: Random) -> str:
    cells = f"<table><tr><td>{r.choice(CITY)}</td><td>{number(r)}</td></tr></table>"
    return f"{paragraph(r)}\n\n{cells}\n\n## {r.choice(THINGS)}\n\n{paragraph(r)}"


KINDS: tuple[Kind, ...] = (
    prose,
    prose,
    lines_of_prose,
    dates,
    appointments,
    appointments_in_one_line,
    numbered,
    lettered,
    circled,
    bullets,
    weather,
    notice,
    quotation,
    ruled,
    table,
    emphasised,
    noted,
    indented,
    html,
    html,
    html_after_text,
    mixed,
)

HOSTILE = [
    *"*_~`#>|[]()<>\\&!-+=.:;0123 \n\n",
    "**",
    "***",
    "~~",
    "```",
    "\n\n",
    "\n- ",
    "\n1. ",
    "\n> ",
    "\n    ",
    "\t",
    "가",
    "나다",
    "홍길동",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<KBS>",
    "<!--",
    "-->",
    "&amp;",
    "&lt;",
    "&#49;",
    "[^1]",
    "\n[^1]: 각주",
    "[가](https://a.example/)",
    "![나](나.jpg)",
    "\n[가]: https://a.example/",
    "https://a.example/가",
    "| 가 | 나 |\n|---|---|\n",
    "<script>x</script>",
    "<table>",
    "<td>",
    "{{< youtube abcdEFGH123 >}}",
    "▲",
    "가. ",
    "①",
    "​",
]


def ordinary(r: Random) -> tuple[str, str]:
    """Return the name of a kind, and a body of it."""
    kind = r.choice(KINDS)
    return kind.__name__, kind(r)


def hostile(r: Random) -> str:
    return "".join(r.choice(HOSTILE) for _ in range(r.randint(1, 40)))
