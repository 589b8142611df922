"""Signs of Korean text that rules look at: quotation marks, brackets, list marks, particles, surnames."""

from sosik.patterns import pattern

OPENING = frozenset("([{<（［｛〔【〈《「『“‘«‹〝")
"""Brackets and quotation marks that open."""

CLOSING = frozenset(")]}>）］｝〕】〉》」』”’»›〞")
"""Brackets and quotation marks that close."""

STRAIGHT_QUOTES = frozenset("\"'＂＇")
"""Quotation marks that open or close, as what stands before them says."""

LIST_SIGNS = "▲△▴▵▶▷▸▹◆◇◈■□▣▪▫◼◻●○◎◉◦•∙·ㆍ‧※☎☏☞★☆▼▽→✔✓①-⑳⑴-⒇ⓐ-ⓩ㉠-㉻❶-❿➀-➓"
"""The list marks of Korean papers, as a class of a regular expression holds them."""

_SYLLABLES = "가나다라마바사아자차카타파하ㄱ-ㅎ"

LIST_LINE = pattern(
    rf"[ \t]*(?:[{LIST_SIGNS}]|[{_SYLLABLES}][.)][ \t]|\([{_SYLLABLES}]\)|\(\d{{1,2}}\)|\d{{1,4}}[.)][ \t]|[-+*][ \t]"
    r"|[Ⅰ-Ⅻⅰ-ⅻ][.)]?[ \t])"
)
"""The beginning of a line that begins a new line in a paper, too."""

LIST_SIGN = pattern(f"[{LIST_SIGNS}]")

_PARTICLES = """
은 는 이 가 을 를 의 에 도 만 와 과 로 으로 랑 나 이나 라 이라 고 이고 며 이며 엔 에는 에도 에서 에서는 에게 께
께서 까지 부터 보다 처럼 마다 조차 라도 라고 이라고 라며 이라며 라는 이라는 라면 이라면 란 이란 인 이다 였다 이었다
입니다 와의 과의 로의 으로의 에의 로는 으로는 로도 으로도 로서 으로서 로써 으로써 하고 한 했다 하다 한다 뿐 뿐만 밖에
에만
"""
PARTICLES = frozenset(_PARTICLES.split())
"""What follows a word in Korean without a space."""

SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마"
    "길연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부"
)
"""Surnames of one syllable: alone before stars, such a syllable is a name of which the rest is masked."""


def is_hangul(character: str) -> bool:
    """Whether a character is a syllable of Hangul."""
    return "가" <= character <= "힣"
