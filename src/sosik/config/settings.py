"""The values of one mapping of a configuration file, under a table of the keys that it may have."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from sosik.addresses import without_references
from sosik.errors import Problem
from sosik.model import RawList, RawMapping, RawText, RawValue
from sosik.source.comments import with_hashtags
from sosik.source.mapping import MAPPING, MappingReader, is_blank, nearest, one_line
from sosik.words import Message

PLAIN_TEXTS = frozenset({"title", "description", "copyright", "name"})
"""The keys whose values are texts that readers are shown."""

_WORDS = PLAIN_TEXTS | {"publisher", "section", "tag", "author", "foreign_keys"}
"""The keys whose values are words, so that what stands behind them as a comment may belong to them."""

Named = TypeVar("Named", bound=StrEnum)


class Settings(MappingReader):
    """A mapping whose keys are those of a table: every name of a key, and the key it means.

    Empty text counts as absent. `path` is the dotted key of the mapping in the file, empty for the file itself.
    """

    def __init__(
        self, mapping: RawMapping, keys: Mapping[str, str], problems: list[Problem] | None = None, path: str = ""
    ) -> None:
        values: dict[str, RawValue] = {}
        super().__init__(values, mapping.location, problems=problems, path=path)
        for name, value in mapping.items:
            key = keys.get(name.text.strip())
            if key is None:
                self.report(
                    Message("key-unknown.here", key=self.name(name.text)), name.location, _near(name.text, keys)
                )
            elif key in values:
                line = values[key].location.line
                message = Message("key-conflict.line", key=self.name(name.text), line=line)
                self.report(message, name.location, Message("key-conflict.line-hint"))
            elif not is_blank(value):
                values[key] = self._with_hashtags(key, value)

    def _with_hashtags(self, key: str, value: RawValue) -> RawValue:
        if key not in _WORDS:
            return value
        are_tags = key == "tag"
        if are_tags and isinstance(value, RawText):
            value = RawList(items=(value,), location=value.location)
        value, problems = with_hashtags(value, are_tags=are_tags)
        self.problems += problems
        return value

    def as_text(self, key: str, value: RawText) -> str:
        """Return a value as text on one line; markup in what readers are shown of it is a problem."""
        return one_line(self.without_markup(self.name(key), value) if key in PLAIN_TEXTS else value.text)

    def require(self, key: str, hint: Message) -> None:
        """Report a key that is not there."""
        if key not in self:
            self.report(Message("config-key.missing", key=self.name(key)), hint=hint)

    def items(self, key: str) -> tuple[RawText, ...]:
        """Return the texts of a list with their places, each text once; a single text counts as a list of one."""
        unique: dict[str, RawText] = {}
        for item in super().items(key):
            unique.setdefault(item.text, item)
        return tuple(unique.values())

    def refuse_empty(self, key: str, hint: Message) -> None:
        """Report a list or a mapping that holds nothing, where leaving the key out would say the same."""
        value = self.values.get(key)
        if isinstance(value, (RawList, RawMapping)) and all(map(is_blank, _members(value))):
            self.report(Message("value-invalid.empty", key=self.name(key)), value.location, hint)

    def address(self, key: str) -> str:
        """Return an address as it was written; `&amp;` in it, copied out of HTML, is `&` (a problem)."""
        text = self.text(key)
        meant = without_references(text)
        if meant != text:
            self.report(Message("address-repaired.here", key=self.name(key), url=meant), self.place(key))
        return meant

    def number(self, key: str, default: int, *, least: int, most: int) -> int:
        """Return a whole number within bounds."""
        text = self.text(key)
        if not text:
            return default
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1
        if least <= number <= most:
            return number
        hint = Message("value-invalid.number-hint", least=least, most=most)
        self.report(Message("value-invalid.is", key=self.name(key), text=text), self.place(key), hint)
        return default

    def section(self, key: str, keys: Mapping[str, str]) -> "Settings | None":
        """Return a mapping within this one, None where there is none."""
        value = self.values.get(key)
        if isinstance(value, RawMapping):
            return Settings(value, keys, self.problems, self.name(key))
        if value is not None:
            shown = tuple(f"{name}: …" for name in dict.fromkeys(keys.values()))
            self.refuse(key, value, MAPPING, Message("value-type.section-hint", key=key, members=shown))
        return None

    def pairs(self, key: str) -> dict[str, str]:
        """Return a mapping of texts to texts, whatever its keys are."""
        value = self.values.get(key)
        if isinstance(value, RawMapping):
            scalars = ((one_line(name.text), self.as_scalar(key, member)) for name, member in value.items)
            return {name: one_line(scalar.text) if scalar else "" for name, scalar in scalars}
        if value is not None:
            self.refuse(key, value, MAPPING, Message("value-type.pairs-hint", key=key))
        return {}


def named(values: type[Named]) -> dict[str, Named]:
    """Return the members of an enumeration by the words for them, as `Settings.choice` takes them."""
    return {value.value: value for value in values}


def _members(value: RawList | RawMapping) -> Iterable[RawValue]:
    return value.items if isinstance(value, RawList) else (member for _, member in value.items)


def _near(written: str, keys: Mapping[str, str]) -> Message:
    return nearest(written, keys) or Message("key-unknown.here-hint", keys=tuple(dict.fromkeys(keys.values())))
