"""Repairs YAML that only lacks quotation marks: reports the error, adds the marks and continues.

So one run finds all problems of a file, and the editor sees the corrected line instead of an error of the parser.
"""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

import yaml
from msgspec import Struct
from msgspec.structs import replace

from sosik.errors import Location, Problem
from sosik.patterns import pattern
from sosik.source.escapes import is_refused, resolved
from sosik.source.headlines import Misread, meant, misread_as, misread_problem, quoted, shortened
from sosik.source.places import ParsedFile, Places, in_order, problem_of
from sosik.source.yaml_errors import explain
from sosik.source.yaml_parser import Attempt, attempt
from sosik.words import Message

_MOST_REPAIRS = 30
_LINES_ABOVE = 200

# Characters of a line that is looked at: the patterns below take the square of them in the worst case.
_LONGEST = 1000

# Whoever closes a quotation mark that goes on over several lines only moves the error on by a line or two.
_FURTHER = 2

# A key, or the dash of an item, and a value on the same line.
_LINE = pattern(
    r"""
    (?P<head> \s* (?:-\s+)*
      (?: (?P<key> "[^"]*" | '[^']*' | [^\s\-?:,\[\]{}\#&*!|>'"%@`][^:]*? ) \s*: | - )
      \s+ )
    (?P<value> \S.*? ) \s*
    """,
    re.VERBOSE,
)
_NO_SPACE = pattern(r"(?P<head>\s*(?:-\s+)*[^\W\d]\w*:)(?P<value>[^\s/].*?)\s*")
_PARENT = pattern(r"\s*(?:-\s+)*(?P<key>[^\s:#]+)\s*:\s*(?:#.*)?")
_MARKS = "\"' "
_YEAR = pattern(r"'\d\d(?!\d)")


class _Fix(Struct, frozen=True, kw_only=True):
    """A line as it should be, and the problem that it was; `closes`: only its closing quotation mark was missing."""

    line: str
    problem: Problem
    closes: bool = False


class _Repair(Struct, frozen=True, kw_only=True):
    """A text with one line quoted or one value's escapes resolved, its reading, and the problem that there was."""

    text: str
    attempt: Attempt
    problems: tuple[Problem, ...]


def read_and_repair(text: str, file: str, *, headlines: frozenset[str], first_line: int) -> ParsedFile:
    """Return the one value of a YAML text, with every problem that one run can find. The arguments: see `attempt`."""
    reading = attempt(text, file, headlines=headlines, first_line=first_line)
    if reading.error is None:
        return ParsedFile(value=reading.value, problems=reading.problems)
    repairer = _Repairer(file, headlines, first_line)
    repaired: list[Problem] = []
    for _ in range(_MOST_REPAIRS):
        repair = repairer.repair(text, reading.error) if reading.error else None
        if repair is None:
            break
        text, reading = repair.text, repair.attempt
        repaired += repair.problems
    problems = [*repaired, *reading.problems]
    if reading.error:
        problems.append(explain(reading.error, text, file, first_line))
    return ParsedFile(value=reading.value, problems=in_order(problems))


class _Repairer:
    """Quotes lines of one file, and resolves its escapes."""

    def __init__(self, file: str, headlines: frozenset[str], first_line: int) -> None:
        self._file = file
        self._headlines = headlines
        self._first_line = first_line

    def repair(self, text: str, error: yaml.MarkedYAMLError) -> _Repair | None:
        """Return the text with the line quoted that is to blame: with it the reading comes further than before."""
        if is_refused(text, start := _escape(error)):
            return self._resolve(text, start)
        lines = text.splitlines(keepends=True)
        for index in _candidates(error, lines):
            fix = self._fix(lines, index)
            if fix is None:
                continue
            changed = "".join([*lines[:index], fix.line, *lines[index + 1 :]])
            reading = self._attempt(changed)
            if reading.error is None or _is_progress(fix, index, error, reading.error):
                return _Repair(text=changed, attempt=reading, problems=(fix.problem,))
        return self._spaced(lines, _line(error))

    def _spaced(self, lines: list[str], stopped: int) -> _Repair | None:
        """Return the text with the space put in that each of the lines above lacks; one alone leads no further."""
        above = range(min(stopped, len(lines)) - 1, -1, -1)
        glued = takewhile(lambda index: _NO_SPACE.fullmatch(lines[index].rstrip("\r\n")), above)
        fixes = {index: fix for index in glued if (fix := self._fix(lines, index))}
        changed = "".join(fixes[index].line if index in fixes else line for index, line in enumerate(lines))
        reading = self._attempt(changed)
        if not fixes or (reading.error is not None and _line(reading.error) <= stopped):
            return None
        return _Repair(text=changed, attempt=reading, problems=tuple(fix.problem for fix in fixes.values()))

    def _attempt(self, text: str) -> Attempt:
        return attempt(text, self._file, headlines=self._headlines, first_line=self._first_line)

    def _resolve(self, text: str, start: int) -> _Repair | None:
        """Return the text with the escapes resolved of a value, from the one on at which the parser stopped."""
        changed, problems = resolved(text, start, Places(text, self._file, first_line=self._first_line))
        return _Repair(text=changed, attempt=self._attempt(changed), problems=problems) if changed != text else None

    def _fix(self, lines: list[str], index: int) -> _Fix | None:
        """Return a line as it should be; None where it reads well, or what is wrong with it is not its text."""
        line = lines[index].rstrip("\r\n")
        end = lines[index][len(line) :]
        if len(line) > _LONGEST:
            return None
        if glued := _NO_SPACE.fullmatch(line):
            misread = self._misread(glued, index)
            headline = misread.head.rstrip(":").removeprefix("- ").strip().lower() in self._headlines
            value = misread.written
            if not self._reads_well(value, headline=headline, in_list=False):
                value = _closed(value) if _is_unclosed(value) else quoted(meant(value))
            return _Fix(line=f"{glued['head']} {value}{end}", problem=_glued(misread, value))
        match = _LINE.fullmatch(line)
        if match is None:
            return None
        key, value = (match["key"] or "").strip(_MARKS), match["value"]
        key_above = key or _parent(lines, index)
        headline = key_above.lower() in self._headlines
        if self._reads_well(value, headline=headline, in_list=not key):
            return None
        misread = self._misread(match, index)
        if _is_unclosed(value):
            return _Fix(line=f"{match['head']}{_closed(value)}{end}", problem=_unclosed(misread), closes=True)
        if _is_escaped(value):
            misread = replace(misread, written=value[1:-1], reason=Message("source.misread-backslash"))
        problem = misread_problem(misread, misread_as(key_above) if headline else "yaml-invalid.text")
        return _Fix(line=f"{match['head']}{quoted(meant(misread.written))}{end}", problem=problem)

    def _misread(self, match: re.Match[str], index: int) -> Misread:
        place = Location(file=self._file, line=index + self._first_line, column=len(match["head"]) + 1)
        return Misread(head=match["head"].strip(), written=match["value"], location=place)

    def _reads_well(self, value: str, *, headline: bool, in_list: bool) -> bool:
        """Whether a value that stood alone would be read as it is, or is the beginning of a list that is meant."""
        if not headline and value[0] in "[{" and not _has_text_behind(value):
            return True
        alone = f"k:\n- {value}\n" if in_list else f"k: {value}\n"
        reading = attempt(alone, self._file, headlines=frozenset("k" if headline else ()), first_line=1)
        return reading.error is None and not reading.problems


def _has_text_behind(value: str) -> bool:
    """Whether text follows the bracket that closes at the beginning of a value: that bracket is no list."""
    _, closed, behind = value.partition({"[": "]", "{": "}"}[value[0]])
    return bool(closed and behind.strip(" \t,]}")) and not behind.lstrip().startswith(("#", ",", "]", "}", ":"))


def _candidates(error: yaml.MarkedYAMLError, lines: list[str]) -> Iterator[int]:
    """Yield the lines that may be to blame: where the parser stopped, where what it read began, then those above."""
    last = len(lines) - 1
    stopped = min(_line(error), last)
    began = min(error.context_mark.line, last) if error.context_mark else stopped
    if last < 0:
        return
    yield stopped
    if began != stopped:
        yield began
    yield from (index for index in range(stopped - 1, max(-1, stopped - _LINES_ABOVE), -1) if index != began)


def _is_progress(fix: _Fix, index: int, before: yaml.MarkedYAMLError, after: yaml.MarkedYAMLError) -> bool:
    """Whether the reading comes further with the line fixed; at the same place it must at least stumble otherwise."""
    if fix.closes:
        return _line(after) > max(_line(before), index + _FURTHER)
    if index == _line(before):
        return _line(after) > index
    place, began = _position(after.problem_mark), _position(after.context_mark)
    known = (before.problem, _position(before.context_mark))
    return place >= _position(before.problem_mark) and (after.problem, began) != known


def _position(mark: Any) -> tuple[int, int]:
    return (mark.line, mark.column) if mark else (0, 0)


def _line(error: yaml.MarkedYAMLError) -> int:
    return error.problem_mark.line if error.problem_mark else 0


def _escape(error: yaml.MarkedYAMLError) -> int:
    """Return where an escape begins at which the parser stopped: it does so behind \\u or \\U."""
    return error.problem_mark.index - 2 if error.problem_mark and error.problem_mark.index >= 2 else 0


def _parent(lines: list[str], index: int) -> str:
    """Return the key of the list that an item belongs to."""
    indent = _indent(lines[index])
    for line in reversed(lines[max(0, index - _LINES_ABOVE) : index]):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if _indent(line) < indent or (_indent(line) == indent and not line.lstrip().startswith("- ")):
            parent = _PARENT.fullmatch(line.rstrip())
            return parent["key"].strip(_MARKS) if parent else ""
    return ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_unclosed(value: str) -> bool:
    return value[0] in "'\"" and value.count(value[0]) == 1


def _is_escaped(value: str) -> bool:
    """Whether a value is well quoted but for a backslash in it."""
    return value[0] == value[-1] == '"' and value.count('"') == 2 and "\\" in value


def _glued(misread: Misread, value: str) -> Problem:
    """Return the problem of a value without a space before it, and how it is to be written."""
    hint = Message("headline-quote.long-hint")
    if len(misread.written) <= _LONGEST:
        hint = Message("headline-quote.line-hint", line=f"{misread.head} {value}")
    return problem_of(Message("yaml-invalid.space", key=shortened(misread.head)), misread.location, hint)


def _unclosed(misread: Misread) -> Problem:
    hint = Message("yaml-invalid.quote-hint")
    if len(misread.written) <= _LONGEST:
        hint = Message("headline-quote.line-hint", line=f"{misread.head} {_closed(misread.written)}")
    return problem_of(Message("yaml-invalid.quote", line=misread.location.line), misread.location, hint)


def _closed(value: str) -> str:
    """Return a value with its other quotation mark; the apostrophe of a year (`'90년대`) has none, and is text."""
    return quoted(value) if _YEAR.match(value) else f"{value}{value[0]}"
