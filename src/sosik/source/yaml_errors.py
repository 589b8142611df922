"""What PyYAML's parser says, in words for people who do not write parsers."""

from dataclasses import dataclass

import yaml

from sosik.errors import Problem
from sosik.source.places import Places


@dataclass(frozen=True, slots=True)
class _Words:
    """What to say for a message of the parser that holds `sign`; `{line}` is where what it read began.

    `at_start`: the place to look at is where it began, not where the parser stopped.
    """

    sign: str
    message: str
    hint: str
    at_start: bool = False


_WORDS = (
    _Words(
        "found a tab character",
        "a tab stands where only spaces may",
        "indent with spaces: two for each level",
    ),
    _Words(
        "quoted scalar: found unexpected",
        "the quotation mark opened in line {line} is not closed",
        "close it at the end of the text, in the same line",
        at_start=True,
    ),
    _Words(
        "did not find expected ',' or ']'",
        "the bracket [ opened in line {line} is not closed, or a comma is missing in the list",
        'write ["one", "two"]; a text that begins with [ goes into quotation marks',
        at_start=True,
    ),
    _Words(
        "did not find expected ',' or '}'",
        "the bracket { opened in line {line} is not closed, or a comma is missing within it",
        "write {name: 홍길동, email: name@example.kr}; a text that holds a comma or a colon goes into quotation marks",
        at_start=True,
    ),
    _Words(
        "invalid Unicode character",
        "an escape in double quotation marks stands for no character",
        "write the character itself, or delete the escape",
    ),
    _Words(
        "escape",
        "a backslash stands in double quotation marks, where it begins an escape",
        "use single quotation marks, or write two backslashes",
    ),
    _Words(
        "hexadecimal",
        "a backslash stands in double quotation marks, where it begins an escape",
        "use single quotation marks, or write two backslashes",
    ),
    _Words(
        "could not find expected ':'",
        "this line has no key",
        "write key: text; the further lines of a text are indented below its key",
        at_start=True,
    ),
    _Words(
        "mapping values are not allowed",
        "a colon before a space makes a key of the words before it, and no key may stand here",
        'put the whole text in quotation marks: key: "text: more text"; or indent this line like the one above',
    ),
    _Words(
        "did not find expected key",
        "this does not belong to the line above: the indentation differs, or text follows a closing mark",
        'give all keys of a level the same indentation; put a text with marks in it in quotation marks: key: "text"',
    ),
    _Words(
        "did not find expected '-' indicator",
        "this line is not an item of the list above it",
        "begin every item with a dash and a space, all with the same indentation",
    ),
    _Words(
        "block sequence entries are not allowed",
        "an item of a list begins where none may stand",
        "put the first dash on a line of its own, or the text in quotation marks",
    ),
    _Words(
        "comment or line break",
        "text follows > or | on the same line",
        "begin the text on the next line, indented; or put it in quotation marks",
    ),
    _Words(
        "cannot start any token",
        "YAML keeps this character for itself",
        'put the text in quotation marks: key: "text"',
    ),
    _Words(
        "expected <document start>",
        "nothing may stand beside the keys of the file",
        "write the whole file as key: value, the text of the article under body: |",
    ),
)
_OTHER = _Words("", "this cannot be read as YAML", 'put texts in quotation marks: key: "text"; indent with spaces')


_TAB = _WORDS[0]
_HASH = _Words(
    "",
    "a # begins a comment, which hides the end of the list that began in line {line}",
    'put the texts in quotation marks: tags: ["#하나", "#둘"]',
    at_start=True,
)
_OPEN = _Words(
    "",
    "the bracket opened in line {line} is not closed",
    "close it, or put the text in quotation marks if the bracket belongs to it",
    at_start=True,
)


def explain(error: yaml.MarkedYAMLError, text: str, file: str, first_line: int) -> Problem:
    """Return the problem for a syntax error in a text that begins on a line of the file."""
    places = Places(text, file, first_line=first_line)
    stopped = error.problem_mark.index if error.problem_mark else 0
    start = error.context_mark.index if error.context_mark else stopped
    raw = f"{error.context or ''}: {error.problem or ''}"
    words = next((row for row in _WORDS if row.sign in raw), _OTHER)
    if text[stopped : stopped + 1] == "\t":
        words = _TAB
    elif "flow" in raw:
        words, start = _in_brackets(words, text[:stopped], start, ended=not text[stopped:].strip())
    message = words.message.replace("{line}", str(places.location(start).line))
    location = places.location(start if words.at_start else stopped)
    return Problem(code="yaml-invalid", message=message, location=location, hint=words.hint)


def _in_brackets(words: _Words, before: str, start: int, *, ended: bool) -> tuple[_Words, int]:
    """Return better words, and where to look, for an error within brackets that a comment or nothing at all closes."""
    bracket = max(before.rfind("["), before.rfind("{"))
    if bracket >= 0 and "#" in before[bracket:]:
        return _HASH, bracket
    return (_OPEN, bracket) if ended and bracket >= 0 else (words, start)
