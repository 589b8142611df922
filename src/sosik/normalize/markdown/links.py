"""What a link is: it leads somewhere. `[단독](종합)` and `[문의]: 062-123-4567` are words and brackets of the prose."""

import re
from collections import Counter

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock, reference

_ADDRESS = re.compile(
    r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|\.{1,2}/|[#?].|www\."  # a scheme, a path, a place of this page
    r"|[^\s/]*\.[A-Za-z][A-Za-z0-9]{1,9}(?:[/?#]|\Z)"  # a host or a file
    r"|(?=[0-9_~.-]*[A-Za-z])[A-Za-z0-9_~.-]++/|[^\s/]+/[^\s]*\.[A-Za-z][A-Za-z0-9]{1,4}\Z"  # a path from here
    r"|[a-z0-9]+(?:[-_][a-z0-9]+)+\Z|\{[{%]"  # the last part of one; what other programs put there
)
_DEFINITION = re.compile(r"\[((?:[^\[\]\\]|\\.){1,300})\]:[ \t]*<?([^\s<>]+)")
_LABEL = re.compile(r"\[([^\[\]\n]{1,300})\](?!:)")


def leads_somewhere(target: str) -> bool:
    """Whether the target of a link, a picture or a definition looks like an address, absolute or relative."""
    return bool(_ADDRESS.match(target))


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
