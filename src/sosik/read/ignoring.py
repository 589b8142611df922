"""The patterns of `ignore:` in content/, with the syntax and meaning of gitignore.

They are applied from the top down, as in git: an ignored folder is not searched. Git compares bytes; here characters
are compared, so `?` is one syllable.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from msgspec import Struct

from sosik.patterns import pattern

DEFAULTS = (
    "README*",
    "LICENSE*",
    "package*.json",
    "node_modules/",
    "_index.md",
    "_templates/",
    "_layouts/",
    "_includes/",
    "_site/",
)
"""What other programs keep beside articles; a pattern of the publication's own may take it in again."""

_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": " \\t",
    "digit": "0-9",
    "lower": "a-z",
    "punct": "!-/:-@\\[-`{-~",
    "space": "\\s",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}

_PART = pattern(
    r"(?P<deep>(?:^|(?<=/))\*{2,}/)"
    r"|(?P<below>(?:^|(?<=/))\*{2,}$)"
    r"|(?P<any>\*+)"
    r"|(?P<one>\?)"
    r"|\[(?P<no>[!^]?)(?P<set>(?:\]|\\.|\[:[a-z]+:\]|[^\]\\])(?:\\.|\[:[a-z]+:\]|[^\]\\])*)\]"
    r"|(?P<nothing>\[.*)"  # it ends nowhere, and with it the pattern
    r"|\\(?P<meant>.)"
    r"|(?P<rest>.)",
    re.DOTALL,
)
_MEMBER = pattern(r"\[:(?P<name>[a-z]+):\]|(?P<first>\\.|[^\\])-(?P<last>\\.|[^\\])|(?P<one>\\.|[^\\])", re.DOTALL)


class Rule(Struct, frozen=True):
    """A pattern: its text as it was written, the paths it matches, or names, and whether it is one of folders alone.

    One that `takes_in` makes good what another passes over.
    """

    text: str
    matches: re.Pattern[str]
    is_path: bool
    only_folders: bool
    takes_in: bool

    def speaks_of(self, source: str, *, is_folder: bool) -> bool:
        """Tell whether a file or folder is one that the pattern speaks of."""
        subject = source if self.is_path else source.rpartition("/")[2]
        return (is_folder or not self.only_folders) and self.matches.fullmatch(subject) is not None


class Ignore:
    """The patterns of a publication, the later ones first to be heard."""

    def __init__(self, lines: Iterable[str] = DEFAULTS) -> None:
        self.lines = tuple(lines)

    @cached_property
    def _rules(self) -> tuple[Rule, ...]:
        return tuple(rule for line in reversed(self.lines) if (rule := _rule(line)))

    @cached_property
    def any(self) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
        """What matches names, and paths, that any pattern does; most files match none. Few patterns are of paths."""
        names, paths = (
            [rule.matches.pattern for rule in self._rules if rule.is_path is kind] for kind in (False, True)
        )
        return _either(names), _either(paths) if paths else None

    def passes_over(self, source: str, *, is_folder: bool = False) -> str:
        """Return the pattern by which a path below content/ is passed over, empty where it is not.

        The folders that it lies in are known not to be.
        """
        names, paths = self.any
        if not (names.fullmatch(source.rpartition("/")[2]) or (paths is not None and paths.fullmatch(source))):
            return ""
        rule = next((rule for rule in self._rules if rule.speaks_of(source, is_folder=is_folder)), None)
        return rule.text if rule and not rule.takes_in else ""

    def hides(self, source: str) -> bool:
        """Tell whether a file is passed over, by itself or with a folder that it lies in."""
        folders = (source[:at] for at, letter in enumerate(source) if letter == "/")
        return any(self.passes_over(folder, is_folder=True) for folder in folders) or bool(self.passes_over(source))


@lru_cache(maxsize=8)
def ignore_of(patterns: tuple[str, ...]) -> Ignore:
    """Return what a publication with these patterns of its own passes over."""
    return Ignore((*DEFAULTS, *patterns))


def _rule(line: str) -> Rule | None:
    """Return what one line asks for; None for a blank one, a comment, and what can match nothing."""
    line = unicodedata.normalize("NFC", line.rstrip("\r\n"))
    text = _without_trailing(line)
    takes_in = text.startswith("!")
    pattern = text[takes_in:]
    only_folders = pattern.endswith("/")
    pattern = pattern.removesuffix("/")
    if not pattern or text.startswith("#"):
        return None
    is_path = "/" in pattern
    parts = [*_parts(pattern.removeprefix("/"))]
    if "" in parts:
        return None
    return Rule(text, re.compile("".join(parts), re.DOTALL), is_path, only_folders, takes_in)


def _without_trailing(line: str) -> str:
    """Return a line without the blanks at its end; one behind a backslash is meant."""
    text = line.rstrip(" \t")
    is_meant = (len(text) - len(text.rstrip("\\"))) % 2 == 1
    return line[: len(text) + 1] if is_meant else text


def _either(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or "(?!)", re.DOTALL)


def _parts(pattern: str) -> Iterator[str]:
    """Yield a pattern as parts of a regular expression; an empty one where it can match nothing."""
    for part in _PART.finditer(pattern):
        if part["deep"]:
            yield "(?:.*/)?"
        elif part["below"]:
            yield ".+"
        elif part["any"]:
            yield "[^/]*"
        elif part["one"]:
            yield "[^/]"
        elif part["set"]:
            yield _set(part["set"], outside=bool(part["no"]))
        elif part["nothing"] or part["rest"] == "\\":
            yield ""
        else:
            yield re.escape(part["meant"] or part["rest"])


def _set(members: str, *, outside: bool) -> str:
    """Return what one character of a set, or `outside` of it, matches; no set holds the slash."""
    found = []
    for member in _MEMBER.finditer(members):
        first = (member["first"] or member["one"] or "")[-1:]
        last = (member["last"] or first)[-1:]
        if member["name"]:
            found.append(_CLASSES.get(member["name"], ""))
        else:
            found.append(f"{re.escape(first)}-{re.escape(last)}" if first <= last else re.escape(first))
    return f"(?!/)[{'^' if outside else ''}{''.join(found)}]" if any(found) else "[^/]" if outside else "(?!)"
