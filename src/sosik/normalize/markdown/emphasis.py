"""Emphasis and strikethrough: decides which runs of `*`, `_` and `~` are markup and which are prose.

CommonMark opens emphasis inside a word, and so misreads masked names (`홍*동`, `박**씨와 최**씨`), numbers
(`010-****-5678`) and sums (`2*3`). It does not close one between a quotation mark and a particle (`**‘해오름교’**로`).
Here a run opens only at the start of a word. A pair of `**` inside a word (`신임**홍길동**은`) is emphasis if it cannot
be masking. In doubt, the stars stay, and their position is kept for a warning.
"""

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from sosik.normalize.markdown.signs import (
    CLOSING,
    LIST_SIGN,
    OPENING,
    PARTICLES,
    STRAIGHT_QUOTES,
    SURNAMES,
    is_hangul,
)
from sosik.patterns import pattern

UNSURE = "unsure"
"""The key of the environment under which stars are kept that stay, though they may be emphasis."""
DOUBTED = "doubted"
"""The same for stars that are emphasis, though they may be masking."""

_RUN = pattern(r"\*+|_+|~+")
_HANGUL_RUN = pattern("[가-힣]+")
_LONGEST = 3
_LOOK_BACK = 6

# Between these, a run is part of a number, an address or a file's name.
_JOINING = frozenset("-@/=")
_NOT_FIRST = frozenset(CLOSING | set(",;:?!"))
_NO_WORD = frozenset("^_-.=~+/|*")  # faces (`*^^*`), names of files (`*.jpg`)
# What follows the stars of a name that is masked from its first syllable on: `***와`, `***(52)`, `**씨는`. Words may
# begin with the other particles (`**이 다리**`).
_BEHIND_NAME = pattern(r"(?:와|는|을|를|에게|에서|씨[는가와를의도])(?![가-힣])")
_BEHIND_WHOLE_NAME = pattern(r"(?:과|은|이|가|도|의|씨)(?![가-힣])|\(\d\d\)")

_PAIR = pattern(r"\*\*([^*\n]{1,80})\*\*(?!\*)")
_QUOTES = STRAIGHT_QUOTES | frozenset("“”‘’「」『』《》〈〉")
_LINKING = frozenset(":：=→·,.…!?%|/") | CLOSING | STRAIGHT_QUOTES
_SENTENCE = pattern(r"[,.!?;:]\s")
_MOST_WORDS = 4
_MOST_DOUBTED = 3
_TOKENS = 30
_NAME_LAST = pattern(r"[가-힣)][\s,·][^*]{0,80}(?<![가-힣])[김박최윤권황송홍이]\*+\Z")
_MASKED_NEXT = pattern(r"\(\d|[·,] ?[가-힣]\*| (?:모 ?)?씨")


def delimiters(state: StateInline, silent: bool) -> bool:
    """Read a run of stars or underscores; a rule of the parser."""
    if silent or state.src[state.pos] not in "*_":
        return False
    run = _run(state)
    length = len(run)
    opens, closes = (False, False) if length > _LONGEST else _flanks(state, run)
    for _ in run:
        state.push("text", "", 0).content = run[0]
        if opens or closes:
            _add(state, run[0], length, opens, closes)
    state.pos += length
    return True


def tell_doubted(state: StateInline) -> None:
    """Keep pairs of stars for which others of their kind found no partner, or behind a syllable that names somebody."""
    stars = [(at, mark) for at, mark in enumerate(state.delimiters) if mark.marker == ord("*")]
    partners = {mark.end for _, mark in stars if mark.end >= 0}
    alone = {mark.length for at, mark in stars if mark.open and mark.end < 0 and at not in partners}
    doubted: list[str] = state.env.setdefault(DOUBTED, [])
    outer = -1
    for _, mark in stars:
        is_second = mark.end == outer - 1  # of two stars that begin and end together
        outer = mark.end
        if mark.end >= 0 and not is_second and len(doubted) < _MOST_DOUBTED:
            tokens = state.tokens[mark.token : state.delimiters[mark.end].token + 1]
            text = "".join(token.content for token in tokens[:_TOKENS])
            if mark.length in alone or (len(tokens) <= _TOKENS and _NAME_LAST.search(text)):
                doubted.append(text)


def strikethrough(state: StateInline, silent: bool) -> bool:
    """Read a run of tildes, of which only two strike out; a rule of the parser."""
    if silent or state.src[state.pos] != "~":
        return False
    run = _run(state)
    state.push("text", "", 0).content = run
    if run == "~~":
        opens, closes = _flanks(state, run)
        _add(state, "~", 0, opens, closes)
    state.pos += len(run)
    return True


def _run(state: StateInline) -> str:
    match = _RUN.match(state.src, state.pos, state.posMax)
    return match[0] if match else ""


def _add(state: StateInline, marker: str, length: int, opens: bool, closes: bool) -> None:
    token = len(state.tokens) - 1
    state.delimiters.append(Delimiter(marker=ord(marker), length=length, token=token, end=-1, open=opens, close=closes))


def _flanks(state: StateInline, run: str) -> tuple[bool, bool]:
    """Return whether a run may begin and may end emphasis."""
    src, start = state.src, state.pos
    end = start + len(run)
    before = src[start - 1] if start else " "
    after = src[end] if end < state.posMax else " "
    if before.isdigit() and after.isdigit():
        return False, False
    opens = not after.isspace() and (_opens(src, start, run, after) or (run == "**" and _opens_in_word(state)))
    closes = not before.isspace() and _closes(src, start, end, after)
    return opens, closes


def _opens(src: str, start: int, run: str, after: str) -> bool:
    if after in _NOT_FIRST or (len(run) == 1 and after in _NO_WORD):
        return False
    end = start + len(run)
    if _BEHIND_NAME.match(src, end) or (len(run) == _LONGEST and _BEHIND_WHOLE_NAME.match(src, end)):
        return False
    return _begins_word(src, start)


def _begins_word(src: str, place: int) -> bool:
    """Whether a word begins at a place: after white space, what opens, a list mark or a tag."""
    first = max(0, place - _LOOK_BACK)
    while place > first and src[place - 1] in "*_~":
        place -= 1
    before = src[place - 1] if place else " "
    if before in STRAIGHT_QUOTES:
        return place < 2 or src[place - 2].isspace() or src[place - 2] in OPENING
    return before.isspace() or before in OPENING or before == ">" or bool(LIST_SIGN.match(before))


def _closes(src: str, start: int, end: int, after: str) -> bool:
    before, mark = src[start - 1], src[start]
    if before in OPENING or LIST_SIGN.match(before) or (before in STRAIGHT_QUOTES and _begins_word(src, start)):
        return False
    if after == "@" or (before in _JOINING and not after.isspace() and after not in CLOSING):
        return False
    if before == "-" and src[start - 2 : start - 1].isdigit():  # `010-1234-****`
        return False
    if (before == "," and after.isalnum()) or (mark == "_" and after == "." and src[end + 1 : end + 2].isalnum()):
        return False
    if before.isascii() and before.isalnum() and after.isascii() and after.isalnum():
        return mark == "~"
    return not _is_masked(src, start, end)


def _is_masked(src: str, start: int, end: int) -> bool:
    """Whether a run stands for the rest of a name: `김**씨`, `홍*동`, `김**(45)`, `김**·이**`; `두 배**로` does not."""
    if src[start - 1] not in SURNAMES or (start > 1 and (src[start - 2].isalnum() or src[start - 2] in "*_~")):
        return False
    following = _HANGUL_RUN.match(src, end)
    return following[0] not in PARTICLES if following else bool(_MASKED_NEXT.match(src, end))


def _opens_in_word(state: StateInline) -> bool:
    """Whether `**` inside a word begins emphasis: it has a partner, and the two cannot stand for what is masked."""
    src, start = state.src, state.pos
    pair = _PAIR.match(src, start, state.posMax)
    if not pair:
        return False
    if pair[1][0] in _QUOTES and pair[1][-1] in _QUOTES:  # nobody masks what is in quotation marks
        return True
    if not _may_lead(src, start):
        return False
    inner, following = pair[1], src[pair.end() : pair.end() + 1]
    first, last = inner[0], inner[-1]
    if (
        last.isspace()
        or last in OPENING
        or last in ",·-/"
        or not (first.isalnum() or first in OPENING | STRAIGHT_QUOTES)
    ):
        return False
    words = inner.split()
    if words[0] in PARTICLES or words[0][0] in "씨들님" or (is_hangul(first) and first == following):
        return False
    if len(words) > 1 and (words[0][:1] in "와과은는을를" or _is_masked(src, pair.end() - 2, pair.end())):
        return False
    if _SENTENCE.search(inner) or len(words) > _MOST_WORDS:
        state.env.setdefault(UNSURE, []).append(src[max(0, start - 8) : pair.end()])
        return False
    return True


def _may_lead(src: str, start: int) -> bool:
    """Whether what stands before `**` is a word, or a mark between words, and not the one syllable of a masked name."""
    before, two = src[start - 1 : start], src[max(0, start - 2) : start]
    if before in _LINKING and not (before in "·,./" and " " in two):
        return True
    return len(two) == 2 and two.isalnum() and not before.isdigit()
