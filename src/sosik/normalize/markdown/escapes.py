"""Finds the backslashes that are escapes: without them, the text would have another meaning.

A backslash is also the ₩ of Korean keyboards, and part of paths and formulas. So a text with backslashes is parsed once
more without them, first its blocks and then its lines. If the parser then reads the next sign as markup, the backslash
was an escape. All others are letters.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, MutableMapping
from itertools import islice
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, autolink, backtick, entity, html_inline, image, link
from markdown_it.token import Token
from mdit_py_plugins.footnote import index as footnotes
from msgspec import Struct

from sosik.normalize.markdown import emphasis
from sosik.normalize.markdown.blocks import bare_heads
from sosik.normalize.markdown.links import STEPS
from sosik.normalize.tags import word_starts
from sosik.patterns import pattern

_MARKUP, _LINKS, _RUNS, _WORDS = "markup", "links", "runs", "words"
"""Keys of the environment of a reading on trial: where markup and links stand, the signs of emphasis, and the words
that look like tags."""

_ESCAPES = "escapes"
"""The key under which the escapes of each text are kept that has some."""

_SLASHES = pattern(r"(?P<ticks>`+)|(?P<slashes>\\+)(?P<sign>[!-/:-@\[\]^-`{-~\n])?")
_NO_SIGN = "\\"
"""Stands in a reading on trial for a sign that is to be a letter there."""

_CONTAINERS = r"[ \t>]*+(?:(?:[-+*]|\d{1,9}+[.)])[ \t]++)*+"
_AT_START = pattern(rf"^({_CONTAINERS})(\d{{0,9}})\\(?=([-#+=*_>~|:.)`\[]))", re.MULTILINE)
_SIGNS_OF_RULES = "-*_=~`|:"
_EVERYWHERE = (_SIGNS_OF_RULES, "|")
_ONLY_SIGNS = pattern(rf"^{_CONTAINERS}[-*_=~`|: \t]*+\\[-*_=~`|: \t\\]*+$", re.MULTILINE)
_ADDRESS = pattern(
    r"(?:https?://|www\.)[\w./~?=&%#:+-]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII | re.IGNORECASE
)
_CLOSING = pattern(r"[ \t](?:\\?#)+[ \t]*\Z")

_Rule = Callable[[StateInline, bool], bool]


class _Run(Struct, frozen=True):
    """Backslashes before a sign: where they begin, where the sign stands, and where in the bare text (-1: a tick)."""

    start: int
    sign: int
    bare: int


def use_escapes(parser: MarkdownIt, trial: MarkdownIt) -> None:
    """Let a parser tell escapes from letters; *trial* is another one with the same rules, for reading on trial."""
    trial.disable(["escape", "hard_break"], True)
    line = trial.inline.ruler
    rules: dict[str, _Rule] = {"backticks": backtick, "autolink": autolink, "entity": entity}
    for name, rule in {**rules, "footnote_ref": footnotes.footnote_ref, "html_inline": _tag}.items():
        line.at(name, _noted(rule))
    line.at("image", _noted_label(image, opening=2))
    line.at("link", _noted_label(link, opening=1))
    line.at("emphasis", _noted_run(emphasis.delimiters))
    line.at("strikethrough", _noted_run(emphasis.strikethrough))
    trial.inline.ruler2.before("fragments_join", "runs", _note_emphasis)
    parser.core.ruler.before("inline", "escapes", _find_escapes(trial))
    parser.inline.ruler.at("escape", _escape(trial))


def _escape(trial: MarkdownIt) -> _Rule:
    def escape(state: StateInline, silent: bool) -> bool:
        """Read backslashes before a sign; a rule of the parser."""
        src = state.src
        run = _SLASHES.match(src, state.pos, state.posMax) if src[state.pos] == "\\" else None
        if run is None or run["sign"] in (None, "\n"):
            return False
        known: dict[str, frozenset[int]] = state.env.setdefault(_ESCAPES, {})
        if src not in known:  # the text in the place of a picture
            known[src] = _in_line(src, trial, state.env)
        is_escape, count = state.pos in known[src], len(run["slashes"])
        is_bare = is_escape and count % 2 == 0
        if not silent:
            state.pending += "\\" * (count // 2 if is_escape else count)
            if not is_bare:
                token = state.push("text_special", "", 0)
                token.content, token.markup, token.info = run["sign"], f"\\{run['sign']}", "escape"
        state.pos = run.end() - is_bare
        return True

    return escape


def _find_escapes(trial: MarkdownIt) -> Callable[[StateCore], None]:
    def find_escapes(state: StateCore) -> None:
        """Find the escapes of every text of a document; a rule of the parser."""
        if "\\" not in state.src:
            return
        starts = _block_signs(state.src, trial)
        known: dict[str, frozenset[int]] = state.env.setdefault(_ESCAPES, {})
        for before, token in zip([None, *state.tokens], state.tokens, strict=False):
            if token.type == "inline" and "\\" in token.content:
                escapes = {*_in_line(token.content, trial, state.env), *_in_blocks(token, starts)}
                if before and before.type == "heading_open" and (closing := _CLOSING.search(token.content)):
                    escapes |= {at for at in range(*closing.span()) if token.content[at] == "\\"}
                known[token.content] = known.get(token.content, frozenset()) | escapes

    return find_escapes


def _block_signs(src: str, trial: MarkdownIt) -> dict[int, str]:
    """Return the lines of a document whose first sign has a backslash before it and would begin a block without it.

    The value are the signs that are markup wherever they stand in the line: those of a rule, those between cells.
    """
    bare = _ONLY_SIGNS.sub(lambda line: line[0].replace("\\", ""), _AT_START.sub(r"\1\2", src))
    bare, heads = bare_heads(bare)
    tokens: list[Token] = []
    trial.block.parse(bare, trial, {}, tokens)
    text: dict[int, str] = {}
    tables: set[int] = set()
    for token in tokens:
        if token.type == "inline" and token.map:
            text |= enumerate(map(str.strip, token.content.split("\n")), token.map[0])
        elif token.type == "table_open" and token.map and token.map[0] in heads:
            tables |= set(range(*token.map))
    marked = dict.fromkeys(tables, "|")
    for number, (line, bare_line) in enumerate(zip(src.split("\n"), bare.split("\n"), strict=True)):
        start = _AT_START.match(line)
        if start and not 0 <= _begins(bare_line, text.get(number)) <= start.end(2):
            marked[number] = marked.get(number, _SIGNS_OF_RULES if _ONLY_SIGNS.match(line) else start[3])
    return marked


def _begins(line: str, text: str | None) -> int:
    """Return where the text of a line begins in it, -1 where it has none."""
    return line.find(text) if text else -1


def _in_blocks(token: Token, marked: dict[int, str]) -> Iterator[int]:
    """Yield where escapes begin in a text at the beginning of its lines."""
    offset, first = 0, token.map[0] if token.map else 0
    for number, line in enumerate(token.content.split("\n"), first):
        if signs := marked.get(number):
            slashes = (at for at in range(len(line) - 1) if line[at] == "\\" and line[at + 1] in signs)
            yield from (offset + at for at in (slashes if signs in _EVERYWHERE else islice(slashes, 1)))
        offset += len(line) + 1


def _in_line(src: str, trial: MarkdownIt, env: MutableMapping[str, Any]) -> frozenset[int]:
    """Return where the escapes of a text begin, as far as its lines tell.

    In an address there is no backslash. A sign may also have been escaped lest it spoil what stands around it: a
    bracket the label of a link, a star the run of stars beside it.
    """
    bare, runs, escapes = _bare(src)
    if not runs:
        return escapes
    words = word_starts(bare) if "<" in bare else frozenset()
    reading: dict[str, Any] = {_MARKUP: [], _LINKS: [], _RUNS: [], _WORDS: words}
    reading |= {key: env[key] for key in ("references", "footnotes", STEPS) if key in env}
    trial.inline.parse(bare, trial, reading, [])
    found = {run.start for run in _within(runs, reading[_MARKUP])}
    addresses = [match.span() for match in _ADDRESS.finditer(bare)]
    found |= {run.start for run in _within(runs, addresses) if bare[run.bare] in "_~"}
    others = [run for run in runs if bare[run.bare] in "[]*_~" and run.start not in found]
    if others:
        links, markup = {*reading[_LINKS]}, {*reading[_MARKUP]}
        reading |= {_MARKUP: [], _LINKS: [], _RUNS: []}
        trial.inline.parse(_without(bare, others), trial, reading, [])
        found |= {run.start for run in _within(others, [*{*reading[_LINKS]} - links]) if bare[run.bare] in "[]"}
        edges = {place for span in {*reading[_MARKUP]} - markup for place in span}
        found |= {run.start for run in _beside(others, edges, bare)}
    return frozenset(found | escapes)


def _within(runs: list[_Run], places: list[tuple[int, int]]) -> Iterator[_Run]:
    """Yield the runs whose sign stands in one of some places, of which none is in another."""
    places = sorted(places)
    starts = [start for start, _ in places]
    for run in runs:
        at = bisect_left(starts, run.bare + 1) - 1
        if at >= 0 and places[at][1] > run.bare:
            yield run


def _beside(runs: list[_Run], edges: set[int], bare: str) -> Iterator[_Run]:
    """Yield the runs whose sign stands at one of some edges, with nothing but its like between."""
    alike: list[_Run] = []
    for run in [*runs, None]:
        if not (run and alike and run.bare == alike[-1].bare + 1 and bare[run.bare] == bare[alike[-1].bare]):
            if alike and bare[alike[0].bare] not in "[]" and {alike[0].bare, alike[-1].bare + 1} & edges:
                yield from alike
            alike = []
        if run:
            alike.append(run)


def _without(bare: str, runs: list[_Run]) -> str:
    letters = list(bare)
    for run in runs:
        letters[run.bare] = _NO_SIGN
    return "".join(letters)


def _bare(src: str) -> tuple[str, list[_Run], frozenset[int]]:
    """Return a text with bare signs, the runs of backslashes before them, and where those before backticks begin.

    Code keeps its backslashes. Of several before a sign, each two are one that stays.
    """
    text = _BareText(src)
    while match := _SLASHES.search(src, text.done):
        text.put(src[text.done : match.start()], match.start())
        if match["ticks"]:
            end = text.code_end(match.start(), len(match[0])) or match.end()
            text.put(src[match.start() : end], end)
        elif match["sign"] in (None, "\n"):
            text.put(match[0], match.end())
        elif match["sign"] == "`":
            text.put_tick(match)
        else:
            text.put_sign(match)
    text.put(src[text.done :], len(src))
    return "".join(text.parts), text.runs, frozenset(text.escapes)


class _BareText:
    """A bare text on the way through the written one, which is `done` up to an offset."""

    def __init__(self, src: str) -> None:
        self.parts: list[str] = []
        self.runs: list[_Run] = []
        self.escapes: set[int] = set()
        self.done = self._length = 0
        self._sizes = {match.start(): len(match[0]) for match in re.finditer("`+", src)}
        self._ticks: dict[int, list[int]] = {}
        for place, size in self._sizes.items():
            self._ticks.setdefault(size, []).append(place)
        self._closing: set[int] = set()

    def put(self, text: str, done: int) -> None:
        """Add to the bare text, up to an offset of the written one."""
        self.parts.append(text)
        self._length += len(text)
        self.done = done

    def put_sign(self, match: re.Match[str]) -> None:
        """Add a sign bare, and note the backslashes before it."""
        self.put("\\" * (len(match["slashes"]) // 2), match.end() - 1)
        self.runs.append(_Run(match.start(), match.end() - 1, self._length))
        self.put(match["sign"], match.end())

    def put_tick(self, match: re.Match[str]) -> None:
        """Add a backtick behind backslashes: an escape where it would begin code, or end what begins with an escape."""
        count, at = len(match["slashes"]), match.end() - 1
        size = self._sizes[at]
        end = self.code_end(at, size)
        spoils = (
            size > 1 and count % 2 and self.code_end(at + size, size - 1)
        )  # it makes another run of those behind it
        if end or at in self._closing or spoils:
            self.escapes.add(match.start())
            self._closing |= {end - size} if end and count % 2 else set()
            count //= 2
        self.put("\\" * count, at)
        if len(match["slashes"]) % 2 or not end:
            self.put(_NO_SIGN, at + 1)

    def code_end(self, start: int, size: int) -> int:
        """Return where the code ends that so many backticks begin, 0 where they begin none."""
        places = self._ticks.get(size, [])
        at = bisect_left(places, start + 1)
        return places[at] + size if at < len(places) else 0


def _noted(rule: _Rule) -> _Rule:
    def noted(state: StateInline, silent: bool) -> bool:
        """Note that all that a rule takes is markup; a rule of the parser on trial."""
        start = state.pos
        if not rule(state, True):
            return False
        if not silent:
            state.env[_MARKUP].append((start, state.pos))
        return True

    return noted


def _tag(state: StateInline, silent: bool) -> bool:
    return state.pos not in state.env[_WORDS] and html_inline(state, silent)


def _noted_label(rule: _Rule, *, opening: int) -> _Rule:
    def noted(state: StateInline, silent: bool) -> bool:
        """Note what stands around the label of a link or picture; a rule of the parser on trial."""
        start = state.pos
        if not rule(state, silent or opening > 1):
            return False
        if not silent:
            end, state.pos = state.pos, start
            label = state.md.helpers.parseLinkLabel(state, start + opening - 1, opening == 1)
            state.pos = end
            state.env[_MARKUP] += [(start, start + opening), (label, end)]
            state.env[_LINKS].append((start, end))
        return True

    return noted


def _noted_run(rule: _Rule) -> _Rule:
    def noted(state: StateInline, silent: bool) -> bool:
        """Note the tokens of a run of signs; a rule of the parser on trial."""
        start = state.pos
        if not rule(state, silent):
            return False
        count = state.pos - start if state.src[start] != "~" else 1
        size = (state.pos - start) // count
        for number, token in enumerate(state.tokens[-count:]):
            state.env[_RUNS].append((token, start + number * size, start + (number + 1) * size))
        return True

    return noted


def _note_emphasis(state: StateInline) -> None:
    """Note the signs that turned out to be emphasis; a rule of the parser on trial."""
    taken = ((start, end) for token, start, end in state.env[_RUNS] if token.type != "text" or not token.content)
    state.env[_MARKUP] += taken
