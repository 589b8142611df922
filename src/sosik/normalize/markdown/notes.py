"""Footnotes: the plugin's, but none is lost that nothing refers to, and with nothing around them but the jumps."""

from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import index as plugin

from sosik.patterns import pattern

_DEFINITION = pattern(r"\[\^([^\[\]\s]{1,100})\]:")
_REFERENCE = pattern(r"\[\^([^\[\]\s]{1,100})\](?!:)")


def use_notes(parser: MarkdownIt) -> None:
    """Let a parser read footnotes."""
    parser.block.ruler.before("reference", "footnote_def", _used_note, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.after("image", "footnote_ref", plugin.footnote_ref)
    parser.core.ruler.after("inline", "footnote_tail", _all_notes)
    parser.add_render_rule("footnote_ref", _render_reference)
    parser.add_render_rule("footnote_open", _render_note)
    parser.add_render_rule("footnote_anchor", _render_way_back)
    for name, html in _HTML.items():
        parser.add_render_rule(name, _renders(html))


def _used_note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a note that something refers to, each label once."""
    place = state.bMarks[start] + state.tShift[start]
    note = _DEFINITION.match(state.src, place) if state.src.startswith("[^", place) else None
    if not note:
        return False
    if "notes" not in state.env:
        state.env["notes"] = frozenset(_REFERENCE.findall(state.src))
    known = state.env.get("footnotes", {}).get("refs", {})
    if note[1] not in state.env["notes"] or f":{note[1]}" in known:
        return False
    return plugin.footnote_def(state, start, end, silent)


def _all_notes(state: StateCore) -> None:
    """Put the notes at the end, also those that turned out to be named only in code."""
    notes = state.env.get("footnotes")
    if notes is None:
        return
    for label, number in notes["refs"].items():
        if number < 0:
            notes["refs"][label] = len(notes["list"])
            notes["list"][len(notes["list"])] = {"label": label[1:], "count": 0}
    plugin.footnote_tail(state)


_HTML = {
    "footnote_block_open": "<section>\n<ol>\n",
    "footnote_block_close": "</ol>\n</section>\n",
    "footnote_close": "</li>\n",
}


def _renders(html: str) -> Callable[..., str]:
    return lambda *_: html


def _render_reference(
    _self: RendererProtocol, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    meta = tokens[index].meta
    number = meta["id"] + 1
    return f'<sup><a href="#fn-{number}" id="fnref-{number}-{meta["subId"]}">[{number}]</a></sup>'


def _render_note(
    _self: RendererProtocol, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    return f'<li id="fn-{tokens[index].meta["id"] + 1}">\n'


def _render_way_back(
    _self: RendererProtocol, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    meta = tokens[index].meta
    return f' <a href="#fnref-{meta["id"] + 1}-{meta["subId"]}">↩</a>'
