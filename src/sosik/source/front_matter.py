"""Markdown with front matter: YAML between two lines of ---, then the body."""

import re
import unicodedata

from sosik.errors import Location, Problem
from sosik.model import RawMapping, RawText
from sosik.patterns import pattern
from sosik.source.characters import STAND_IN
from sosik.source.places import LINE_BREAK, ParsedFile, problem_of
from sosik.source.yaml_text import parse_yaml
from sosik.words import Message

_OPENING = pattern(r"(?:[ \t]*+(?:\r\n?+|\n))*---[ \t]*(?:\r\n|\r|\n)")
_CLOSING = pattern(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.MULTILINE)


def parse_markdown(text: str, file: str, *, headlines: frozenset[str] = frozenset()) -> ParsedFile:
    """Return the front matter with the text below it as the value of one more key, `body`.

    The place of the body is its first line. `headlines` as in `parse_yaml`; forbidden characters must have been masked.
    """
    opening = _OPENING.match(text)
    lines = text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text
    closing = _CLOSING.search(lines, opening.end()) if opening else None
    if opening is None or closing is None:
        return ParsedFile(problems=(_missing(text, file, opened=opening is not None),))
    first_line = 1 + _lines(text[: opening.end()])
    written = text[opening.end() : closing.start()]
    matter = parse_yaml(written, file, headlines=headlines, first_line=first_line)
    place = Location(file=file, line=first_line + _lines(text[opening.end() : closing.end()]), column=1)
    body = unicodedata.normalize("NFC", text[closing.end() :].replace(STAND_IN, ""))
    if not isinstance(matter.value, RawMapping) or not body.strip():
        return matter
    member = (RawText(text="body", location=place), RawText(text=body, location=place, begins=place))
    value = RawMapping(items=(*matter.value.items, member), location=matter.value.location)
    return ParsedFile(value=value, problems=matter.problems)


def _lines(text: str) -> int:
    return len(LINE_BREAK.findall(text)) if "\r" in text else text.count("\n")


def _missing(text: str, file: str, *, opened: bool) -> Problem:
    message, hint = Message("front-matter-missing.none"), Message("front-matter-missing.none-hint")
    if opened:
        message, hint = Message("front-matter-missing.open"), Message("front-matter-missing.open-hint")
    elif text.lstrip().startswith("+++"):
        message, hint = Message("front-matter-missing.toml"), Message("front-matter-missing.toml-hint")
    return problem_of(message, Location(file=file, line=1, column=1), hint)
