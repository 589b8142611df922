"""What a link is: it leads somewhere. `[단독](종합)` and `[문의]: 062-123-4567` are words and brackets of the prose.

Of each bracket the end is looked for to the end of its paragraph, so brackets that nothing closes cost the square of
them. They are counted, and end the reading where there are thousands in one paragraph.
"""

from collections import Counter

from markdown_it.common.utils import normalizeReference
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_inline import StateInline

from sosik.errors import SosikError
from sosik.patterns import pattern
from sosik.words import Message

STEPS = "steps"
"""The key of the environment under which it is counted how much was looked through."""

_MOST_STEPS = 1_500_000
"""Words and signs that are looked through for the ends of brackets: some half a second."""


class TooManyBracketsError(SosikError):
    """Brackets of a text would take too long to read. It never leaves `sosik.normalize` and the importers."""


_ADDRESS = pattern(
    r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|\.{1,2}/|[#?].|www\."  # a scheme, a path, a place of this page
    r"|[^\s/]*\.[A-Za-z][A-Za-z0-9]{1,9}(?:[/?#]|\Z)"  # a host or a file
    r"|(?=[0-9_~.-]*[A-Za-z])[A-Za-z0-9_~.-]++/|[^\s/]+/[^\s]*\.[A-Za-z][A-Za-z0-9]{1,4}\Z"  # a path from here
    r"|[a-z0-9]+(?:[-_][a-z0-9]+)+\Z|\{[{%]"  # the last part of one; what other programs put there
)
_DEFINITION = pattern(r"\[((?:[^\[\]\\]|\\.){1,300})\]:[ \t]*<?([^\s<>]+)")
_LABEL = pattern(r"\[([^\[\]\n]{1,300})\](?!:)")


def leads_somewhere(target: str) -> bool:
    """Whether the target of a link, a picture or a definition looks like an address, absolute or relative."""
    return bool(_ADDRESS.match(target))


class Helpers:
    """What the parser's rules of links ask for."""

    parseLinkDestination = staticmethod(parseLinkDestination)  # noqa: N815 - the library's names
    parseLinkTitle = staticmethod(parseLinkTitle)  # noqa: N815

    @staticmethod
    def parseLinkLabel(state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: N802, N803
        """Return where the label ends that a bracket begins, -1 where it does not, as the library's own function does.

        Raises TooManyBracketsError where too much was looked through.
        """
        before, level, found = state.pos, 1, -1
        steps = 0
        state.pos = start + 1
        while state.pos < state.posMax:
            at = state.pos
            sign = state.src[at]
            level -= sign == "]"
            if not level:
                found = at
                break
            known = state.cache.get(at)
            if known is None:
                state.md.inline.skipToken(state)
            else:
                state.pos = known
            steps += 1
            if sign == "[":
                if state.pos == at + 1:
                    level += 1  # no part of any token
                elif disableNested:
                    break
        state.pos = before
        _count(state, steps)
        return found


def _count(state: StateInline, steps: int) -> None:
    counted: Counter[str] = state.env.setdefault(STEPS, Counter())
    counted[STEPS] += steps
    if counted[STEPS] > _MOST_STEPS:
        raise TooManyBracketsError(Message("body-limit.open-brackets"))


def used_definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the definition of a link that something refers to, each label once; a rule of the parser."""
    place = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("[", place):
        return False
    definition = _DEFINITION.match(state.src, place, state.eMarks[start])
    if not definition or not leads_somewhere(definition[2]):
        return False
    label = normalizeReference(definition[1])
    known = state.env.get("references", {})
    if label in known or label not in _labels(state):
        return False
    return reference(state, start, end, silent)


def _labels(state: StateBlock) -> Counter[str]:
    """Return the labels in brackets that anything in the text may refer by."""
    if "labels" not in state.env:
        state.env["labels"] = Counter(normalizeReference(label) for label in _LABEL.findall(state.src))
    labels: Counter[str] = state.env["labels"]
    return labels
