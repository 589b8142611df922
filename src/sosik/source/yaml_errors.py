"""Plain messages for each error message of PyYAML."""

from typing import TYPE_CHECKING

from msgspec import Struct

from sosik.errors import Problem
from sosik.source.places import Places, problem_of
from sosik.words import Message

if TYPE_CHECKING:
    import yaml

_LONGEST_KEY = 20
"""Characters that a key has at most; what stands before a full-width colon further on is prose."""

NO_CHARACTER = "invalid Unicode character"
"""What the parser says of an escape that stands for none."""


class _Diagnosis(Struct, frozen=True):
    """What to say for a message of the parser that holds `sign`, and the hint, as identifiers.

    `at_start`: the place to look at is where it began, not where the parser stopped.
    """

    sign: str
    message: str
    hint: str
    at_start: bool = False


_DIAGNOSES = (
    _Diagnosis("found a tab character", "yaml-invalid.tab", "yaml-invalid.tab-hint"),
    _Diagnosis("quoted scalar: found unexpected", "yaml-invalid.quote", "yaml-invalid.quote-hint", at_start=True),
    _Diagnosis("did not find expected ',' or ']'", "yaml-invalid.bracket", "yaml-invalid.bracket-hint", at_start=True),
    _Diagnosis("did not find expected ',' or '}'", "yaml-invalid.brace", "yaml-invalid.brace-hint", at_start=True),
    _Diagnosis(NO_CHARACTER, "yaml-invalid.escape", "yaml-invalid.escape-hint"),
    _Diagnosis("escape", "yaml-invalid.backslash", "yaml-invalid.backslash-hint"),
    _Diagnosis("hexadecimal", "yaml-invalid.backslash", "yaml-invalid.backslash-hint"),
    _Diagnosis("could not find expected ':'", "yaml-invalid.no-key", "yaml-invalid.no-key-hint", at_start=True),
    _Diagnosis("mapping values are not allowed", "yaml-invalid.colon", "yaml-invalid.colon-hint"),
    _Diagnosis("did not find expected key", "yaml-invalid.indent", "yaml-invalid.indent-hint"),
    _Diagnosis("did not find expected '-' indicator", "yaml-invalid.dash", "yaml-invalid.dash-hint"),
    _Diagnosis("block sequence entries are not allowed", "yaml-invalid.item", "yaml-invalid.item-hint"),
    _Diagnosis("comment or line break", "yaml-invalid.block", "yaml-invalid.block-hint"),
    _Diagnosis("cannot start any token", "yaml-invalid.character", "yaml-invalid.character-hint"),
    _Diagnosis("expected <document start>", "yaml-invalid.beside", "yaml-invalid.beside-hint"),
)
_OTHER = _Diagnosis("", "yaml-invalid.other", "yaml-invalid.other-hint")


_TAB = _DIAGNOSES[0]
_WIDE_COLON = _Diagnosis("", "yaml-invalid.wide-colon", "yaml-invalid.wide-colon-hint", at_start=True)
_HASH = _Diagnosis("", "yaml-invalid.comment", "yaml-invalid.comment-hint", at_start=True)
_OPEN = _Diagnosis("", "yaml-invalid.open", "yaml-invalid.open-hint", at_start=True)


def explain(error: "yaml.MarkedYAMLError", text: str, file: str, first_line: int) -> Problem:
    """Return the problem for a syntax error in a text that begins on a line of the file."""
    places = Places(text, file, first_line=first_line)
    stopped = error.problem_mark.index if error.problem_mark else 0
    start = error.context_mark.index if error.context_mark else stopped
    raw = f"{error.context or ''}: {error.problem or ''}"
    diagnosis = next((known for known in _DIAGNOSES if known.sign in raw), _OTHER)
    if text[stopped : stopped + 1] == "\t":
        diagnosis = _TAB
    elif "flow" in raw:
        diagnosis, start = _in_brackets(diagnosis, text[:stopped], start, ended=not text[stopped:].strip())
    elif has_wide_colon(text[start:]):
        diagnosis = _WIDE_COLON
    message = Message(diagnosis.message, line=places.location(start).line)
    location = places.location(start if diagnosis.at_start else stopped)
    return problem_of(message, location, Message(diagnosis.hint))


def has_wide_colon(text: str) -> bool:
    """Tell whether the first line of a text has the colon of a Korean keyboard's full-width mode behind its key."""
    head, colon, _ = text.partition("\n")[0].partition("：")
    return bool(colon) and len(head) <= _LONGEST_KEY and ":" not in head


def _in_brackets(diagnosis: _Diagnosis, before: str, start: int, *, ended: bool) -> tuple[_Diagnosis, int]:
    """Return a better diagnosis, and where to look, of brackets that a comment or nothing at all closes."""
    bracket = max(before.rfind("["), before.rfind("{"))
    if bracket >= 0 and "#" in before[bracket:]:
        return _HASH, bracket
    return (_OPEN, bracket) if ended and bracket >= 0 else (diagnosis, start)
