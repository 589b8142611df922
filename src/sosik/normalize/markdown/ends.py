"""End tags without a start tag are text, if they are inside a line or their content is text."""

from collections import Counter

from markdown_it.rules_core import StateCore

from sosik.normalize.tags import needs_end, tags_in
from sosik.patterns import pattern

_NAME = pattern(r"[A-Za-z][^\s<>/&]*")


def keep_ends(state: StateCore) -> None:
    """Make text of tags that end nothing, as in `\\<b>굵게</b>`; a rule of the parser, before escapes join the text."""
    ends = _Ends()
    for token in state.tokens:
        if token.type == "html_block" and "<" in token.content:
            token.content = ends.kept(token.content)
        is_escaped = False
        for child in token.children or ():
            if child.type == "html_inline" and ends.kept(child.content) != child.content:
                child.type = "text"
            elif is_escaped and (name := _NAME.match(child.content)):
                ends.escaped.add(name[0].lower())
            is_escaped = child.type == "text_special" and child.content == "<"


class _Ends:
    """The elements that are open on the way through a text, and the names of tags that were escaped."""

    def __init__(self) -> None:
        self.escaped: set[str] = set()
        self._opened: Counter[str] = Counter()

    def kept(self, html: str) -> str:
        """Return a piece of HTML in which tags that end nothing are text."""
        parts, position = [], 0
        for tag in tags_in(html):
            name = (tag[2] or "").lower()
            if not tag[1]:
                self._opened[name] += 1
            elif self._opened[name]:
                self._opened[name] -= 1
            elif name in self.escaped or needs_end(tag[2]):
                parts += [html[position : tag.start()], "&lt;", html[tag.start() + 1 : tag.end()].replace(">", "&gt;")]
                position = tag.end()
        return "".join([*parts, html[position:]])
