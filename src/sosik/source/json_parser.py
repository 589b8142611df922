"""JSON to texts, lists and mappings with positions; numbers and literals stay as written."""

import re

from sosik.errors import Problem
from sosik.model import RawList, RawMapping, RawText, RawValue
from sosik.patterns import pattern
from sosik.source.characters import STAND_IN, clean
from sosik.source.json_scanner import JsonSyntaxError, scan_json
from sosik.source.limits import Budget, LimitError, check_depth
from sosik.source.places import ParsedFile, Places, duplicate, in_order, problem_of
from sosik.words import Message

_LONGEST = 1000
_MEMBER = pattern(r'(?P<head>[\s{]*"[^"\\]*"\s*:)\s*"(?P<text>.*)"(?P<tail>[\s,}\]]*)')
_NEXT = pattern(r'"\s*[,:]\s*["\[{\dtfn-]')
"""The end of a text and the beginning of the next: such a line has more than one."""


def parse_json(text: str, file: str) -> ParsedFile:
    """Return the value of a JSON text; `null` is empty text. Never raises for what is in the text."""
    values = _RawValues(text, file)
    value: RawValue | None = None
    try:
        value = scan_json(text, values, blank=STAND_IN)
    except JsonSyntaxError as error:
        values.report(error.message, error.offset, _line_to_paste(text, error.offset) or error.hint)
    except LimitError as error:
        values.refuse(error)
    return ParsedFile(value=value, problems=in_order(values.problems))


def _line_to_paste(text: str, offset: int) -> Message | None:
    """Return how a line is to be written that has a text with quotation marks in it, where it is a member's line."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    line = re.split("[\r\n]", text[start : start + _LONGEST], maxsplit=1)[0]
    member = _MEMBER.fullmatch(line) if len(line) < _LONGEST else None
    if member is None or _NEXT.search(member["text"]) or not re.search(r'(?<!\\)"', member["text"]):
        return None
    escaped = re.sub(r'\\.|"', lambda mark: '\\"' if mark[0] == '"' else mark[0], member["text"])
    return Message("headline-quote.line-hint", line=f'{member["head"].strip()} "{escaped}"{member["tail"].strip()}')


class _RawValues:
    """Makes raw values, counts them, and refuses keys that stand twice; `offset` is that of the last value."""

    def __init__(self, text: str, file: str) -> None:
        self._places = Places(text, file)
        self._budget = Budget()
        self.offset = 0
        self.problems: list[Problem] = []

    def report(self, message: Message, offset: int, hint: Message | None) -> None:
        self.problems.append(problem_of(message, self._places.location(offset), hint))

    def refuse(self, error: LimitError) -> None:
        place = self._places.location(self.offset)
        self.problems.append(
            Problem(code="json-limit", message=error.message, location=place, hint=Message("limit.hint"))
        )

    def opened(self, start: int, depth: int) -> None:
        self.offset = start
        check_depth(depth)
        self._budget.spend(1)

    def key(self, text: str, start: int, end: int) -> RawText:
        return self.text(text, start, end)

    def text(self, text: str, start: int, end: int) -> RawText:
        self.offset = end
        self._budget.spend(1 + len(text) // 1000)
        location = self._places.location(start)
        cleaned, problems = clean(text, location)
        self.problems += problems
        return RawText(text=cleaned, location=location)

    def word(self, written: str, start: int, end: int) -> RawText:
        return self.text("" if written == "null" else written, start, end)

    def array(self, items: list[RawValue], start: int, end: int) -> RawList:  # noqa: ARG002 - nobody asks for its end
        return RawList(items=tuple(items), location=self._places.location(start))

    def object(self, members: list[tuple[RawText, RawValue]], start: int, end: int) -> RawMapping:  # noqa: ARG002 - same
        items: dict[str, tuple[RawText, RawValue]] = {}
        for key, value in members:
            first = items.setdefault(key.text, (key, value))[0]
            if first is not key:
                self.problems.append(duplicate(key, first.location))
        return RawMapping(items=tuple(items.values()), location=self._places.location(start))
