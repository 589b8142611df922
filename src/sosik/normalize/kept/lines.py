"""Markup at the start of a line of Markdown: headings, quotations, lists, fences, rules."""

import re

from sosik.normalize.kept.beside import Beside
from sosik.normalize.kept.shown import Mark
from sosik.normalize.kept.table import (
    ADDRESS,
    DEFINITION,
    FENCE,
    LINE_SIGN,
    NUMBER,
    NUMBER_AND_UNIT,
    PREFIX,
    QUOTE,
    RULE,
)

HEADINGS = tuple(f"h{level}" for level in range(1, 7))
HEADING_ENDS = tuple(f"/{name}" for name in HEADINGS)


def line_start(body: Beside) -> None:
    """Go on to the first text of a line, over all that the published HTML was made of."""
    is_numbered = False
    if LINE_SIGN.match(body.text, body.at, body.end):
        body.pass_put_in_before(body.at)
    while LINE_SIGN.match(body.text, body.at, body.end):
        if _fence(body) or _rule(body) or _definition(body):
            return
        prefix = PREFIX.match(body.text, body.at, body.end)
        if not prefix or not _is_markup(body, prefix, is_numbered=is_numbered):
            return
        is_numbered = is_numbered or bool(prefix["number"])
        body.at = prefix.end()


def _is_markup(body: Beside, prefix: re.Match[str], *, is_numbered: bool) -> bool:
    if prefix["heading"]:
        return body.use(*HEADINGS) is not None
    if prefix["quote"]:
        return body.out.is_quoted(body.seen)
    item = next((mark for mark in body.here() if mark.name == "li"), None)
    if item is None:
        return False
    if prefix["number"]:
        item.used = not is_numbered and _is_number(body, prefix, item)
    else:
        item.used = _is_bullet(body, prefix, item)
    return item.used


def _is_number(body: Beside, prefix: re.Match[str], item: Mark) -> bool:
    """Whether the number of a line is the number that readers see: not a date, and in a list of its own accord."""
    if str(item.number) != prefix["number"] or NUMBER.match(body.text, prefix.end(), body.end):
        return False
    return not body.is_auto or (prefix["stop"] == "." and not item.is_alone)


def _is_bullet(body: Beside, prefix: re.Match[str], item: Mark) -> bool:
    """Whether a sign is a bullet, and not a minus."""
    if item.number is not None:
        return False
    is_minus = NUMBER_AND_UNIT.match(body.text, prefix.end(), body.end)
    return not body.is_auto or (not is_minus and not item.is_alone)


def _fence(body: Beside) -> bool:
    """Read a fence with all that it holds."""
    fence = FENCE.match(body.text, body.at, body.end)
    if not fence:
        return False
    closing = _closing(body, fence)
    if (body.is_auto and not closing) or not body.use("pre"):
        return False
    end = closing.start() if closing else body.end
    signs = body.text[body.text.rfind("\n", 0, body.at) + 1 : body.at].count(">")
    body.at = fence.end()
    while signs and body.at < end:  # every line of code in a quotation has the sign of it
        line_end = body.text.find("\n", body.at, end) + 1 or end
        body.read(body.at, line_end)
        body.at = line_end
        for _ in range(signs):
            quote = QUOTE.match(body.text, body.at, end)
            body.at = quote.end() if quote else body.at
    body.read(body.at, end)
    body.at = closing.end() if closing else body.end
    return True


def _closing(body: Beside, fence: re.Match[str]) -> re.Match[str] | None:
    if fence[1] in body.never_again:
        return None
    pattern = re.compile(rf"^[ \t>]*{fence[1][0]}{{{len(fence[1])},}}[ \t]*$", re.MULTILINE)
    closing = pattern.search(body.text, fence.end(), body.end)
    if closing is None:
        body.never_again.add(fence[1])
    return closing


def _rule(body: Beside) -> bool:
    """Read a line of signs alone: a rule, the line below the head of a table, in `.md` one below a heading."""
    rule = RULE.match(body.text, body.at, body.end)
    if not rule:
        return False
    signs = set("".join(rule[0].split()))
    is_row = "-" in signs and bool(signs & {"|", ":"}) and any(mark.name == "/tr" for mark in body.here())
    is_heading = not body.is_auto and signs in ({"="}, {"-"}) and body.use(*HEADING_ENDS)
    is_break = len(signs) == 1 and rule[0].count(min(signs)) > 2 and signs <= set("-*_") and body.use("hr")
    if is_row or is_heading or is_break:
        body.at = rule.end()
        return True
    return False


def _definition(body: Beside) -> bool:
    """Read where a link leads, written on a line of its own: it is not seen where something refers to it."""
    definition = DEFINITION.match(body.text, body.at, body.end)
    if not definition or body.labels[definition[1].casefold()] < 2 or not ADDRESS.search(definition[2]):
        return False
    body.sees(definition[0])
    body.at = definition.end()
    return True
