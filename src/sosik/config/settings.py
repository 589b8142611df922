"""The values of one mapping of a configuration file, asked for by key; what is wrong with them is collected."""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from sosik.errors import Location, Problem
from sosik.model import RawList, RawMapping, RawText, RawValue

Choice = TypeVar("Choice", bound=str)
Default = TypeVar("Default")
Named = TypeVar("Named", bound=StrEnum)

_KINDS = {RawText: "text", RawList: "a list", RawMapping: "a mapping"}


class Settings:
    """A mapping under a table of the keys that it may have: every name of a key, and the key it means.

    `problems` is the list of the whole file; `path` the dotted key of the mapping in it, empty for the file itself.
    """

    def __init__(
        self, mapping: RawMapping, keys: Mapping[str, str], problems: list[Problem] | None = None, path: str = ""
    ) -> None:
        self.problems: list[Problem] = [] if problems is None else problems
        self._path = path
        self._location = mapping.location
        self._values: dict[str, RawValue] = {}
        for name, value in mapping.items:
            self._take(name, value, keys)

    def _take(self, name: RawText, value: RawValue, keys: Mapping[str, str]) -> None:
        key = keys.get(name.text.strip())
        if key is None:
            self._add(
                "key-unknown", f"{self._name(name.text)} is no key here", name.location, _nearest(name.text, keys)
            )
        elif key in self._values:
            message = f"{self._name(name.text)} says what line {self._values[key].location.line} says already"
            self._add("key-conflict", message, name.location, "keep one of them")
        elif not _is_blank(value):
            self._values[key] = value

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def place(self, key: str) -> Location:
        """Return where the value of a key stands; of an absent one, where its mapping begins."""
        value = self._values.get(key)
        return value.location if value else self._location

    def report(self, code: str, key: str, message: str, hint: str = "", location: Location | None = None) -> None:
        """Add a problem about a key, at its value unless told where; the message begins with its dotted name."""
        self._add(code, f"{self._name(key)} {message}", location or self.place(key), hint)

    def require(self, key: str, hint: str) -> None:
        """Report a key that is not there."""
        if key not in self._values:
            self._add("config-key", f"{self._name(key)} is missing", self._location, hint)

    def text(self, key: str, default: str = "") -> str:
        """Return a value as text on one line."""
        value = self._values.get(key)
        return default if value is None else self._text(key, value) or default

    def items(self, key: str) -> tuple[RawText, ...]:
        """Return the texts of a list with their places, each text once; a single text counts as a list of one."""
        value = self._values.get(key)
        if value is None:
            return ()
        members: Iterable[RawValue] = value.items if isinstance(value, RawList) else (value,)
        found: dict[str, RawText] = {}
        for member in members:
            if text := self._text(key, member):
                found.setdefault(text, RawText(text=text, location=member.location))
        return tuple(found.values())

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list as `items` does."""
        return tuple(item.text for item in self.items(key))

    def refuse_empty(self, key: str, hint: str) -> None:
        """Report a list or a mapping that holds nothing, where leaving the key out would say the same."""
        value = self._values.get(key)
        if isinstance(value, (RawList, RawMapping)) and all(map(_is_blank, _members(value))):
            self.report("value-invalid", key, "is empty", hint)

    def number(self, key: str, default: int, *, least: int, most: int) -> int:
        """Return a whole number within bounds."""
        text = self.text(key)
        if not text:
            return default
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1
        if least <= number <= most:
            return number
        self.report("value-invalid", key, f"is {text!r}", f"write a whole number from {least} to {most}")
        return default

    def choice(self, key: str, default: Default, names: Mapping[str, Choice]) -> Choice | Default:
        """Return what one of a few words means."""
        text = self.text(key)
        if not text or text in names:
            return names.get(text, default)
        self.report("value-invalid", key, f"is {text!r}", f"write one of {', '.join(dict.fromkeys(names.values()))}")
        return default

    def section(self, key: str, keys: Mapping[str, str]) -> "Settings | None":
        """Return a mapping within this one, None where there is none."""
        value = self._values.get(key)
        if value is None:
            return None
        if isinstance(value, RawMapping):
            return Settings(value, keys, self.problems, self._name(key))
        self.report("value-type", key, f"takes a mapping, not {_KINDS[type(value)]}", _mapping_hint(key, keys))
        return None

    def pairs(self, key: str) -> dict[str, str]:
        """Return a mapping of texts to texts, whatever its keys are."""
        value = self._values.get(key)
        if value is None:
            return {}
        if isinstance(value, RawMapping):
            return {_one_line(name.text): self._text(key, member) for name, member in value.items}
        self.report("value-type", key, f"takes a mapping, not {_KINDS[type(value)]}", f"{key}: {{지역: local}}")
        return {}

    def is_text(self, key: str) -> bool:
        """Whether a key has text for a value."""
        return isinstance(self._values.get(key), RawText)

    def _text(self, key: str, value: RawValue) -> str:
        if isinstance(value, RawText):
            return _one_line(value.text)
        message = f"{self._name(key)} takes text, not {_KINDS[type(value)]}"
        self._add("value-type", message, value.location, f'write {key}: "…"')
        return ""

    def _name(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def _add(self, code: str, message: str, location: Location, hint: str = "") -> None:
        self.problems.append(Problem(code=code, message=message, location=location, hint=hint))


def named(values: type[Named]) -> dict[str, Named]:
    """Return the members of an enumeration by the words for them, as `Settings.choice` takes them."""
    return {value.value: value for value in values}


def _members(value: RawList | RawMapping) -> Iterable[RawValue]:
    return value.items if isinstance(value, RawList) else (member for _, member in value.items)


def _is_blank(value: RawValue) -> bool:
    return isinstance(value, RawText) and not value.text.strip()


def _nearest(written: str, keys: Mapping[str, str]) -> str:
    close = difflib.get_close_matches(written.strip().lower(), keys, n=1)
    return f"did you mean {close[0]}?" if close else f"the keys here are {', '.join(dict.fromkeys(keys.values()))}"


def _one_line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _mapping_hint(key: str, keys: Mapping[str, str]) -> str:
    shown = ", ".join(f"{name}: …" for name in dict.fromkeys(keys.values()))
    return f"write {key}: {{{shown}}}"
