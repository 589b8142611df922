"""A message as a value, and the one function that makes text of it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module

VARIABLE = "SOSIK_LANG"
"""The variable of the environment that tells in which language a process, and those that it starts, speak."""

_KEYS = frozenset({"key", "inner"})
"""Values that are keys of a file."""

_FILES = {
    "cli": ("cli", "labels"),
    "errors": ("codes",),
    **{room: (room,) for room in ("announce", "doctor", "previous", "serve", "system")},
}
"""The files in which most texts stand whose identifiers begin so: whoever prints a line or two reads no others."""

_OF_FILES = ("ledger", "normalize", "read", "source", "edition")
"""The files that tell of the newsroom's: most of what a build tells stands in one of them."""

_ALL_FILES = (
    "announce",
    "audience",
    "cli",
    "codes",
    "config",
    "conformance",
    "dates",
    "doctor",
    "edition",
    "importers",
    "labels",
    "ledger",
    "normalize",
    "previous",
    "publish",
    "read",
    "render",
    "rules",
    "serve",
    "site",
    "source",
    "starter",
    "store",
    "system",
    "web",
    "write",
)
"""The modules of each language, one for each package that says something."""

_spoken = "ko" if os.environ.get(VARIABLE, "").lower().startswith("ko") else "en"


def speak(language: str) -> None:
    """Have messages said in a language (`ko`, `en`) where none is named: once, where a process begins."""
    global _spoken  # as a locale, it is the process's
    _spoken = language


@cache
def messages_in(language: str) -> Mapping[str, str]:
    """Return all texts of a language (`ko`, `en`) by the identifiers of messages; its modules are imported for that."""
    return {identifier: text for file in _ALL_FILES for identifier, text in _texts_in(language, file).items()}


def _text(language: str, identifier: str) -> str | None:
    """Return the text of a message, None where there is none."""
    for file in (*_FILES.get(identifier.partition(".")[0], ()), *_OF_FILES, *_ALL_FILES):
        text = _texts_in(language, file).get(identifier)
        if text is not None:
            return text
    return None


@cache
def _texts_in(language: str, file: str) -> Mapping[str, str]:
    texts: Mapping[str, str] = import_module(f"sosik.words.{language}.{file}").TEXTS
    return texts


class Message:
    """A text for users: the identifier of the text, and the values in it, sorted by name.

    `str()` returns the text in the language of the process. `names` has the names of keys in a file, by canonical name,
    if they differ.
    """

    __slots__ = ("key", "names", "values")

    key: str
    values: tuple[tuple[str, object], ...]
    names: tuple[tuple[str, str], ...]

    def __init__(self, key: str, /, **values: object) -> None:
        self.key = key
        self.values = tuple(sorted(values.items()))
        self.names = ()

    def __repr__(self) -> str:
        return f"Message(key={self.key!r}, values={self.values!r}, names={self.names!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Message):
            return NotImplemented
        return (self.key, self.values, self.names) == (other.key, other.values, other.names)

    def __hash__(self) -> int:
        return hash((self.key, self.values, self.names))

    def __str__(self) -> str:
        return say(self)


def say(message: Message, language: str = "") -> str:
    """Return the text of a message in a language (`ko`, `en`; else the one that the process speaks).

    Its own messages among the values are said in the same. A message that is in no table, kept by another version of
    sosik, is shown by its identifier and its values.
    """
    from sosik.words.grammar import fill

    language = language or _spoken
    values = {name: _shown(value, language) for name, value in message.values}
    values |= {f"@{key}": name for key, name in message.names}
    text = _text(language, message.key)
    if text is None:
        return ": ".join([message.key, *map(str, values.values())])
    return fill(text, values)


def naming(message: Message, names: Mapping[str, str]) -> Message:
    """Return a message with keys called as a file calls them, which `names` gives by their canonical names.

    These are the keys that its text names (`{@published}`), those that its values `key` and `inner` are, and all of the
    messages among its values.
    """
    if not names:
        return message
    named = Message(message.key, **{name: _named(name, value, names) for name, value in message.values})
    return with_names(named, {key: names[key] for key in _keys_in(message.key) if key in names})


def with_names(message: Message, names: Mapping[str, str]) -> Message:
    """Return a message with these `names`, its values as they are."""
    named = Message(message.key, **dict(message.values))
    named.names = tuple(names.items())
    return named


@cache
def _keys_in(identifier: str) -> tuple[str, ...]:
    """The keys of files that the text of a message names; they are the same in every language."""
    return tuple(sorted(set(re.findall(r"\{@(\w+)", _text("en", identifier) or ""))))


def _named(name: str, value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, Message):
        return naming(value, names)
    return names.get(str(value), value) if name in _KEYS else value


def _shown(value: object, language: str) -> object:
    if isinstance(value, Message):
        return say(value, language)
    if isinstance(value, tuple):
        return ", ".join(str(_shown(member, language)) for member in value)
    return value
