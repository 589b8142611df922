"""Typed access to the values of a mapping, by key; collects the problems."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

from sosik.errors import Location, Problem
from sosik.model import RawList, RawMapping, RawText, RawValue
from sosik.source.places import problem_of
from sosik.source.tags import character_reference, strip_markup
from sosik.words import Message

Choice = TypeVar("Choice", bound=str)
Default = TypeVar("Default")

TEXT, LIST, MAPPING = Message("source.text"), Message("source.list"), Message("source.mapping")
TEXT_OR_MAPPING = Message("source.text-or-mapping")
"""What a value is, or is to be."""

_KINDS = {RawText: TEXT, RawList: LIST, RawMapping: MAPPING}

TRUTH = {"true": True, "yes": True, "on": True, "예": True, "false": False, "no": False, "off": False, "아니오": False}
"""What stands for true and for false, in small letters."""


class MappingReader:
    """The values of a file, or of a mapping in it, by their keys.

    `problems` is the list of the whole file; `location` the mapping's own place, `path` its dotted key in the file,
    empty for the file itself and wherever the key alone is told.
    """

    def __init__(
        self,
        values: Mapping[str, RawValue],
        location: Location,
        *,
        problems: list[Problem] | None = None,
        path: str = "",
    ) -> None:
        self.values = values
        self.location = location
        self.problems: list[Problem] = [] if problems is None else problems
        self._path = path

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def name(self, key: str) -> str:
        """Return a key as messages name it: dotted, below that of the mapping."""
        return f"{self._path}.{key}" if self._path else key

    def place(self, key: str) -> Location:
        """Return where the value of a key stands; of an absent one, where the mapping does."""
        value = self.values.get(key)
        return value.location if value is not None else self.location

    def report(self, message: Message, location: Location | None = None, hint: Message | None = None) -> None:
        """Add a problem, at a place or at that of the mapping; the message's identifier begins with its code."""
        self.problems.append(problem_of(message, location or self.location, hint))

    def is_blank(self, key: str) -> bool:
        """Whether a key is absent or has empty text for a value."""
        value = self.values.get(key)
        return value is None or is_blank(value)

    def scalar(self, key: str) -> RawText | None:
        """Return the value of a key as it was written; None where it is absent, empty or no text (a problem)."""
        value = self.values.get(key)
        return None if value is None else self.as_scalar(key, value)

    def as_scalar(self, key: str, value: RawValue | None) -> RawText | None:
        """Return a value, of a key or a member of it, as `scalar` does."""
        if value is None:
            return None
        if not isinstance(value, RawText):
            self.refuse(key, value, TEXT, Message("value-type.text-hint", key=key))
            return None
        return None if is_blank(value) else value

    def text(self, key: str, default: str = "") -> str:
        """Return the value of a key as text on one line."""
        value = self.scalar(key)
        return (value and self.as_text(key, value)) or default

    def as_text(self, key: str, value: RawText) -> str:  # noqa: ARG002 - readers of certain files report by the key
        """Return a value, of a key or a member of it, as `text` does."""
        return one_line(value.text)

    def without_markup(self, key: str, value: RawText) -> str:
        """Return a value that is plain text without the HTML in it, which is a problem."""
        text, tags = strip_markup(value.text)
        if tags:
            message = Message("html-removed.plain-text", key=key, tags=" ".join(f"<{tag}>" for tag in tags))
            self.report(message, value.location, Message("html-removed.plain-text-hint"))
        if entity := character_reference(text):
            from html import unescape  # brings all names of characters, and few texts hold one

            message = Message("entity-literal.plain-text", key=key, entity=entity)
            hint = Message("entity-literal.plain-text-hint", entity=entity, character=unescape(entity))
            self.report(message, value.location, hint)
        return text

    def members(self, key: str) -> tuple[RawValue, ...]:
        """Return the members of a list; a single value counts as a list of one."""
        value = self.values.get(key)
        if value is None:
            return ()
        return value.items if isinstance(value, RawList) else (value,)

    def items(self, key: str) -> tuple[RawText, ...]:
        """Return the members of a list of texts, each on one line and with its place, empty ones left out."""
        if key not in self.values:
            return ()
        members = (self.as_scalar(key, member) for member in self.members(key))
        items = (RawText(text=self.as_text(key, value), location=value.location) for value in members if value)
        return tuple(item for item in items if item.text)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the members of a list as `items` does, without their places."""
        return tuple(item.text for item in self.items(key))

    def choice(self, key: str, default: Default, names: Mapping[str, Choice]) -> Choice | Default:
        """Return what one of a few words means, in capitals or not; the default for any other one (a problem)."""
        value = self.values.get(key)
        if value is None:
            return default
        words = tuple(dict.fromkeys(map(str, names.values())))
        if not isinstance(value, RawText):
            self.refuse(key, value, TEXT, Message("value-invalid.choice-hint", names=words))
            return default
        word = value.text.strip().casefold()
        if word not in names:
            hint = Message("value-invalid.choice-hint", names=self.offered(key, word, words))
            self.report(Message("value-invalid.choice", key=self.name(key), word=word), value.location, hint)
        return names.get(word, default)

    def offered(self, key: str, written: str, words: tuple[str, ...]) -> tuple[str, ...]:  # noqa: ARG002 - see `as_text`
        """Return the words to offer in the place of one that a key does not take."""
        return words

    def flag(self, key: str) -> bool:
        """Return the value of a key as true or false; absent is false, anything else a problem."""
        value = self.scalar(key)
        if value is None:
            return False
        word = value.text.strip()
        truth = TRUTH.get(word.casefold())
        if truth is None:
            message = Message("value-invalid.flag", key=self.name(key), word=word)
            self.report(message, value.location, Message("value-invalid.flag-hint"))
        return bool(truth)

    def refuse(self, key: str, value: RawValue, wanted: Message, hint: Message) -> None:
        """Report a value of a key that is of another kind than wanted."""
        message = Message("value-type.takes", key=self.name(key), wanted=wanted, given=_KINDS[type(value)])
        self.report(message, value.location, hint)


def is_blank(value: RawValue) -> bool:
    """Whether a value is text without anything in it."""
    return isinstance(value, RawText) and (not value.text or value.text.isspace())


def one_line(text: str) -> str:
    """Return text in NFC with its white space folded to single spaces."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def nearest(written: str, names: Iterable[str]) -> Message | None:
    """Return a hint at the one of the names that a name was probably meant to be, None where it is like none of them.

    Hangul is compared letter by letter, so that a slip in one of them leaves the others equal.
    """
    from difflib import get_close_matches  # only for who mistyped a key

    spelled = {unicodedata.normalize("NFD", name): name for name in names}
    close = get_close_matches(unicodedata.normalize("NFD", written.strip().lower()), spelled, n=1)
    return Message("key-unknown.near-hint", name=spelled[close[0]]) if close else None
