"""The parser: markdown-it-py with some of its rules replaced by those of this package."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct

from sosik.normalize.markdown import blocks, emphasis, ends, inline, lists
from sosik.normalize.markdown.escapes import use_escapes
from sosik.normalize.markdown.links import STEPS, Helpers, leads_somewhere, used_definition
from sosik.normalize.markdown.notes import use_notes

_MARK_NAMES = """
heading_open bullet_list_open ordered_list_open blockquote_open fence code_block hr table_open strong_open em_open
s_open link_open image code_inline footnote_ref
"""
_MARKS = frozenset(_MARK_NAMES.split())
_BEFORE_PARAGRAPHS = ["paragraph", "reference", "blockquote"]
_BEFORE_ALL = [*_BEFORE_PARAGRAPHS, "list"]


class Made(Struct, frozen=True, kw_only=True):
    """What a text came to: HTML, in it raw HTML as it was; whether anything in it is Markdown.

    `unsure` are places where stars stay, though they may be emphasis, `doubted` those where they are it, but may be
    masking.
    """

    html: str
    is_marked: bool
    unsure: tuple[str, ...]
    doubted: tuple[str, ...]


def markdown(text: str, *, is_auto: bool = False) -> Made:
    """Return Markdown as HTML: CommonMark with tables, strikethrough and footnotes, raw HTML passed on as it is.

    *is_auto*: nobody said that it is Markdown, so what is more often prose is prose. Raises TooManyBracketsError.
    """
    parser = _parser(is_auto)
    env: dict[str, Any] = {STEPS: Counter()}
    tokens = parser.parse(text, env)
    return Made(
        html=parser.renderer.render(tokens, parser.options, env),
        is_marked=_is_marked(tokens),
        unsure=tuple(dict.fromkeys(env.get(emphasis.UNSURE, ()))),
        doubted=tuple(dict.fromkeys(env.get(emphasis.DOUBTED, ()))),
    )


def _is_marked(tokens: Iterable[Token]) -> bool:
    return any(token.type in _MARKS or any(child.type in _MARKS for child in token.children or ()) for token in tokens)


class _Parser(MarkdownIt):
    """A parser for which a link is what leads somewhere; addresses are made absolute and safe after it."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return leads_somewhere(url)

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        return url


@cache
def _parser(is_auto: bool) -> MarkdownIt:
    parser = _with_rules(is_auto=is_auto)
    use_escapes(parser, trial=_with_rules(is_auto=is_auto))
    return parser


def _with_rules(*, is_auto: bool) -> MarkdownIt:
    parser = _Parser("commonmark", {"maxNesting": 100, "xhtmlOut": False})
    parser.helpers = Helpers()  # type: ignore[assignment] # its rules ask for three functions, whatever holds them
    parser.enable("strikethrough")
    block, line = parser.block.ruler, parser.inline.ruler
    block.at("blockquote", blocks.quotation, {"alt": _BEFORE_ALL})
    block.at("fence", blocks.closed_fence, {"alt": _BEFORE_ALL})
    block.at("heading", blocks.heading_with_text, {"alt": _BEFORE_PARAGRAPHS})
    block.at("html_block", blocks.known_html, {"alt": _BEFORE_PARAGRAPHS})
    block.at("reference", used_definition)
    block.before("code", "korean_table", blocks.table, {"alt": ["paragraph", "reference"]})
    block.before("list", "list_stop", lists.list_stop, {"alt": ["list"]})
    line.at("emphasis", emphasis.delimiters)
    line.at("strikethrough", emphasis.strikethrough)
    parser.inline.ruler2.after("balance_pairs", "doubted", emphasis.tell_doubted)
    if is_auto:
        parser.disable(["code", "lheading"])
        block.at("blockquote", blocks.auto_quotation, {"alt": _BEFORE_ALL})
        block.at("list", lists.auto_list, {"alt": _BEFORE_PARAGRAPHS})
        block.before("paragraph", "list_end", lists.list_end, {"alt": ["paragraph"]})
        line.at("newline", inline.line_end)
    else:
        block.at("code", blocks.code_but_prose)
        block.at("list", lists.markdown_list, {"alt": _BEFORE_PARAGRAPHS})
        line.before("escape", "hard_break", inline.hard_break)
    use_notes(parser)
    parser.core.ruler.after("block", "keep_numbers", lists.keep_numbers)
    parser.core.ruler.after("inline", "keep_ends", ends.keep_ends)
    for name, html in (("s_open", "<del>"), ("s_close", "</del>")):
        parser.add_render_rule(name, lambda *_, html=html: html)
    return parser
