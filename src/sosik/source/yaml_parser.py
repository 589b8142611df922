"""YAML as text, lists and mappings with their places: nothing is resolved, nothing constructed, nothing unbounded.

The events of PyYAML's parser are walked here. It is the part of PyYAML that neither recurses nor builds objects, and
the C one takes a tenth of the time of the loaders.
"""

from contextlib import suppress
from typing import Any
from unicodedata import normalize

import yaml
from msgspec import Struct

from sosik.errors import Location, Problem
from sosik.model import RawList, RawMapping, RawText, RawValue
from sosik.patterns import pattern
from sosik.source.characters import STAND_IN, clean
from sosik.source.headlines import Misread, misread_as, misread_problem, shortened
from sosik.source.limits import Budget, LimitError, check_depth
from sosik.source.places import duplicate, problem_of
from sosik.source.written import SourceText
from sosik.source.yaml_errors import NO_CHARACTER
from sosik.words import Message

_INDENT = pattern(r"(?:[ \t]*\r?\n)*( *)")

Event = Any
"""An event of PyYAML, whose types allow for events without marks; those of a parser always have both."""

try:
    from yaml.cyaml import CParser as EventParser  # type: ignore[attr-defined] # the stubs import it without exporting
except ImportError:  # PyYAML was built without libyaml: slower, and the rest is the same

    class EventParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):  # type: ignore[no-redef] # the C one
        """PyYAML's own parser, under the interface of the C one."""

        def __init__(self, stream: str) -> None:
            yaml.reader.Reader.__init__(self, stream)
            yaml.scanner.Scanner.__init__(self)
            yaml.parser.Parser.__init__(self)

        def get_event(self) -> Event:
            """Return the next event; an escape of what is no character is an error like any other."""
            try:
                event: Event = super().get_event()  # type: ignore[no-untyped-call] # the stubs leave it out
            except ValueError:
                raise yaml.scanner.ScannerError("quoted scalar", None, NO_CHARACTER, self.get_mark()) from None
            if getattr(event, "style", None) == '"':  # two halves of a character are that character
                event.value = event.value.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
            return event


class Attempt(Struct, frozen=True, kw_only=True):
    """What one reading of a text came to: a value, or the syntax error at which it ended; problems in either case."""

    value: RawValue | None = None
    problems: tuple[Problem, ...] = ()
    error: yaml.MarkedYAMLError | None = None


def attempt(text: str, file: str, *, headlines: frozenset[str], first_line: int) -> Attempt:
    """Read one YAML document.

    `headlines` are the keys, in lower case, whose values are texts that editors write without thinking of YAML;
    `first_line` is the line of the file on which the text begins.
    """
    reader = _EventReader(text, file, headlines, first_line)
    try:
        value = reader.document()
    except LimitError as error:
        return reader.refused(error)
    except yaml.MarkedYAMLError as error:
        return reader.refused_ahead(error) or Attempt(problems=tuple(reader.problems), error=error)
    return Attempt(value=value, problems=tuple(reader.problems))


class _EventReader:
    """Walks the events of one text."""

    def __init__(self, text: str, file: str, headlines: frozenset[str], first_line: int) -> None:
        self._text = text
        self._source = SourceText(text)
        self._file = file
        self._headlines = headlines
        self._first_line = first_line
        self._next = EventParser(text).get_event
        self._is_masked = STAND_IN in text
        self._has_comments = "#" in text
        self._event: Event = None
        self._budget = Budget()
        self._anchors: dict[str, tuple[RawValue, int]] = {}
        self._flow = 0
        self._last_line = 0
        self.problems: list[Problem] = []

    def document(self) -> RawValue | None:
        """Return the value of the only document, None (and a problem) when there is none."""
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            self.refuse(Message("yaml-invalid.empty"), Location(file=self._file), Message("yaml-invalid.empty-hint"))
            return None
        value = self._node(self._next(), 1)
        self._next()
        if not isinstance(event := self._next(), yaml.StreamEndEvent):
            hint = Message("yaml-invalid.second-document-hint")
            self.refuse(Message("yaml-invalid.second-document"), self._place(event), hint)
        return value

    def refuse(self, message: Message, location: Location, hint: Message) -> None:
        """Add a problem of the syntax."""
        self.problems.append(problem_of(message, location, hint))

    def refused(self, error: LimitError) -> Attempt:
        """Return what a text comes to that goes beyond a limit at the value that was counted last."""
        location = self._place(self._event) if self._event else Location(file=self._file)
        limit = Problem(code="yaml-limit", message=error.message, location=location, hint=Message("limit.hint"))
        return Attempt(problems=(*self.problems, limit))

    def refused_ahead(self, error: yaml.MarkedYAMLError) -> Attempt | None:
        """Return the refusal of a text that is nested too deep where the parser looked ahead and broke off.

        Brackets may begin a key, so it looks further before it tells of the first of them, and some versions have a
        depth of their own at which they give up. What it had looked at is counted here as if the text ended there.
        """
        seen = self._event.start_mark.index if self._event else 0
        stopped = error.problem_mark.index - 1 if error.problem_mark else 0
        if all(self._text.find(bracket, seen, stopped) < 0 for bracket in "[{"):
            return None
        before = _EventReader(self._text[:stopped], self._file, self._headlines, self._first_line)
        with suppress(yaml.MarkedYAMLError):
            try:
                before.document()
            except LimitError as limit:
                return before.refused(limit)
        return None

    def _place(self, event: Event) -> Location:
        mark = event.start_mark
        return Location(file=self._file, line=mark.line + self._first_line, column=mark.column + 1)

    def _node(self, event: Event, depth: int, *, headline: str = "") -> RawValue:
        """Return the value that begins with an event, and remember it when it has an anchor.

        `headline` is the key of a text that editors write without thinking of YAML, empty for another value.
        """
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, silent=bool(headline))
        spent = self._budget.spent
        if isinstance(event, yaml.ScalarEvent):
            value: RawValue = self._scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(event, depth, headline=headline)
        else:
            value = self._mapping(event, depth)
        if event.tag is not None and not headline:
            self._refuse_tag(event.tag, value.location)
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, self._budget.spent - spent)
        return value

    def _scalar(self, event: Event) -> RawText:
        text = event.value
        self._spend(event, 1 + len(text) // 1000)
        location = self._place(event)
        if text:
            self._last_line = event.end_mark.line
        if self._is_masked or event.style == '"':  # elsewhere the text holds no escapes, and was looked at as a whole
            text, problems = clean(text, location)
            self.problems += problems
        begins = self._first_line_of_block(event) if event.style == "|" else None
        comment = self._comment(event) if text and event.style not in ("|", ">") else ""
        return RawText(text=normalize("NFC", text), location=location, begins=begins, comment=comment)

    def _comment(self, event: Event) -> str:
        if not self._has_comments:
            return ""
        text, _ = clean(self._source.comment(event, in_flow=bool(self._flow)), self._place(event))
        return text

    def _first_line_of_block(self, event: Event) -> Location:
        """Return the place of the first character of a block whose lines are kept as they are."""
        mark = event.start_mark
        below = self._text.find("\n", mark.index) + 1
        written, read = _INDENT.match(self._text, below), _INDENT.match(event.value)
        indent = len(written[1]) - len(read[1]) if written and read else 0
        return Location(file=self._file, line=mark.line + 1 + self._first_line, column=indent + 1)

    def _alias(self, event: Event, *, silent: bool) -> RawValue:
        """Return the very value that the alias names: repeating it costs no memory, yet counts as what it holds."""
        location = self._place(event)
        self._last_line = event.end_mark.line
        if event.anchor in self._anchors:
            value, spent = self._anchors[event.anchor]
            self._spend(event, spent)
            return value
        if not silent:
            hint = Message("yaml-invalid.alias-hint", alias=event.anchor)
            self.refuse(Message("yaml-invalid.alias", alias=event.anchor), location, hint)
        return RawText(text="", location=location)

    def _sequence(self, start: Event, depth: int, *, headline: str) -> RawList:
        location = self._enter(start, depth)
        flow = bool(start.flow_style)
        self._flow += flow
        items: list[RawValue] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            begun = len(self.problems)
            value = self._node(event, depth + 1, headline=headline)
            if headline or self._is_hashtag(event):
                value = self._headline(event, value, "", begun, headline)
            items.append(value)
        self._flow -= flow
        return RawList(items=tuple(items), location=location, comment=self._comment(event) if flow else "")

    def _mapping(self, start: Event, depth: int) -> RawMapping:
        location = self._enter(start, depth)
        flow = bool(start.flow_style)
        self._flow += flow
        items: dict[str, tuple[RawText, RawValue]] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, depth)
            headline = key.text if key is not None and key.text.lower() in self._headlines else ""
            begun = len(self.problems)
            event = self._next()
            value = self._node(event, depth + 1, headline=headline)
            if key is None:
                continue
            if headline or self._is_hashtag(event):
                value = self._headline(event, value, key.text, begun, headline)
            if key.text in items:
                self.problems.append(duplicate(key, items[key.text][0].location))
            else:
                items[key.text] = (key, value)
        self._flow -= flow
        return RawMapping(items=tuple(items.values()), location=location)

    def _enter(self, event: Event, depth: int) -> Location:
        self._spend(event, 1)
        self._last_line = event.start_mark.line
        check_depth(depth)
        return self._place(event)

    def _spend(self, event: Event, values: int) -> None:
        self._event = event
        self._budget.spend(values)

    def _key(self, event: Event, depth: int) -> RawText | None:
        key = self._node(event, depth + 1)
        if isinstance(key, RawText):
            return key
        self.refuse(Message("yaml-invalid.key"), key.location, Message("value-type.key-value-hint"))
        return None

    def _is_hashtag(self, event: Event) -> bool:
        """Whether a value is empty because its text begins with #, which YAML takes for a comment."""
        return isinstance(event, yaml.ScalarEvent) and not event.value and self._source.has_hashtag(event)

    def _headline(self, event: Event, value: RawValue, key: str, begun: int, headline: str) -> RawValue:
        """Return the value of a headline key, or its text as written, with a problem, where YAML misreads it."""
        if not self._is_misread(event, value, in_list=not key):
            return value
        del self.problems[begun:]
        written = self._source.written(event, in_flow=bool(self._flow))
        head = self._source.head(event, in_flow=bool(self._flow)) or (f"{key}:" if key else "-")
        location = self._place(event)
        misread = Misread(head=head, written=written, location=location)
        self.problems.append(misread_problem(misread, misread_as(headline)))
        text, _ = clean(written, location)
        return RawText(text=text, location=location)

    def _is_misread(self, event: Event, value: RawValue, *, in_list: bool) -> bool:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None) or getattr(event, "anchor", None):
            return True
        if isinstance(event, yaml.ScalarEvent):
            return not event.style and self._source.has_comment(event)
        if self._last_line != event.start_mark.line:
            return False
        if isinstance(value, RawList) and not in_list:
            return (
                bool(getattr(event, "flow_style", False))
                and len(value.items) == 1
                and not self._source.is_quoted(event)
            )
        return True

    def _refuse_tag(self, tag: str, location: Location) -> None:
        shown = shortened(tag.replace("tag:yaml.org,2002:", "!!"))
        self.refuse(Message("yaml-invalid.tag", tag=shown), location, Message("yaml-invalid.tag-hint"))
