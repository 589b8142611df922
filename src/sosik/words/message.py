"""A message as a value, and the one function that makes text of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    """The texts of every language, by the identifiers of messages; imported when the first is said."""
    from sosik.words.en import ENGLISH

    return {"en": ENGLISH}


@dataclass(frozen=True, slots=True, init=False)
class Message:
    """Something to be said: the identifier of its text, and the values that stand in it, in the order of their names.

    `str` of it is its English text.
    """

    key: str
    values: tuple[tuple[str, object], ...]

    def __init__(self, key: str, /, **values: object) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "values", tuple(sorted(values.items())))

    def __str__(self) -> str:
        return say(self)


def say(message: Message, language: str = "en") -> str:
    """Return the text of a message in a language (`en`), its own messages among the values in the same.

    A message that is in no table, kept by another version of sosik, is shown by its identifier and its values.
    """
    from sosik.words.grammar import fill

    values = {name: _shown(value, language) for name, value in message.values}
    text = _tables().get(language, _tables()["en"]).get(message.key)
    if text is None:
        return ": ".join([message.key, *map(str, values.values())])
    return fill(text, values)


def _shown(value: object, language: str) -> object:
    if isinstance(value, Message):
        return say(value, language)
    if isinstance(value, tuple):
        return ", ".join(str(_shown(member, language)) for member in value)
    return value
