"""The values of a file by their keys, read as text or lists of text; what is not of its kind becomes a problem."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape

from sosik.errors import Location, Problem
from sosik.model import RawList, RawMapping, RawText, RawValue
from sosik.normalize.text import character_reference, plain_text, strip_markup

_KINDS = {RawText: "text", RawList: "a list", RawMapping: "a mapping"}

_TRUTH = {"true": True, "yes": True, "on": True, "예": True, "false": False, "no": False, "off": False, "아니오": False}


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryFields:
    """The values of a file, or of a mapping in it, and the list that collects the problems of the whole file.

    `location` is the file's or the mapping's own place.
    """

    values: Mapping[str, RawValue]
    location: Location
    problems: list[Problem] = field(default_factory=list)

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def report(self, code: str, message: str, location: Location | None = None, hint: str = "") -> None:
        """Add a problem, at *location* or at the place of these fields."""
        self.problems.append(Problem(code=code, message=message, location=location or self.location, hint=hint))

    def is_blank(self, key: str) -> bool:
        """Whether *key* is absent or has empty text for a value."""
        value = self.values.get(key)
        return value is None or (isinstance(value, RawText) and not value.text.strip())

    def place(self, key: str) -> Location:
        """Return where the value of *key* stands; without one, the place of these fields."""
        value = self.values.get(key)
        return value.location if value is not None else self.location

    def scalar(self, key: str) -> RawText | None:
        """Return the value of *key* as it was written; None where it is absent, empty or no text (a problem)."""
        return self.as_scalar(key, self.values.get(key))

    def as_scalar(self, key: str, value: RawValue | None) -> RawText | None:
        """Return *value*, of *key* or a member of it, as `scalar` does."""
        if value is None:
            return None
        if not isinstance(value, RawText):
            self._refuse(key, "text", value, f'write {key}: "…"')
            return None
        return value if value.text.strip() else None

    def text(self, key: str) -> str:
        """Return the value of *key* as plain text, empty where there is none; markup in it is a problem."""
        return self.as_text(key, self.scalar(key))

    def as_text(self, key: str, value: RawText | None) -> str:
        """Return *value*, of *key* or a member of it, as `text` does."""
        if value is None:
            return ""
        text, tags = strip_markup(value.text)
        if tags:
            shown = " ".join(f"<{tag}>" for tag in tags)
            hint = "write plain text here, markup belongs in the body"
            self.report("html-removed", f"{key} is plain text; {shown} was removed", value.location, hint)
        if entity := character_reference(text):
            hint = f"write {unescape(entity)} itself, unless readers are to see {entity}"
            message = f"{key} is plain text; readers see {entity} as it stands"
            self.report("entity-literal", message, value.location, hint)
        return plain_text(text)

    def members(self, key: str) -> tuple[RawValue, ...]:
        """Return the members of a list; a single value counts as a list of one."""
        value = self.values.get(key)
        if value is None:
            return ()
        return value.items if isinstance(value, RawList) else (value,)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the members of a list of plain texts, empty ones left out."""
        found = (self.as_text(key, self.as_scalar(key, member)) for member in self.members(key))
        return tuple(text for text in found if text)

    def nested(self, key: str, member: RawValue, text_key: str) -> "EntryFields | None":
        """Return a member of *key* that is a mapping as fields of its own.

        A member that is text alone counts as a mapping of *text_key* to it; None for a list (a problem).
        """
        if isinstance(member, RawText):
            values: dict[str, RawValue] = {text_key: member}
        elif isinstance(member, RawMapping):
            values = {name.text: value for name, value in member.items}
        else:
            self._refuse(key, "text or a mapping", member, f"write {key}: {{{text_key}: …}}")
            return None
        return EntryFields(values=values, location=member.location, problems=self.problems)

    def choice(self, key: str, names: Iterable[str]) -> str | None:
        """Return the value of *key*, which is one of *names*, in lower case; None where it is none (a problem)."""
        value = self.values[key]
        if not isinstance(value, RawText):
            self._refuse(key, "text", value, f"write one of {', '.join(names)}")
            return None
        name = value.text.strip().casefold()
        if name in names:
            return name
        self.report("value-invalid", f"{key} cannot be {name!r}", value.location, f"write one of {', '.join(names)}")
        return None

    def flag(self, key: str) -> bool:
        """Return the value of *key* as true or false; absent is false, anything else a problem."""
        value = self.scalar(key)
        if value is None:
            return False
        truth = _TRUTH.get(value.text.strip().casefold())
        if truth is None:
            message = f"{key} is {value.text.strip()!r}, which is neither true nor false"
            self.report("value-invalid", message, value.location, "write true or false")
        return bool(truth)

    def _refuse(self, key: str, wanted: str, value: RawValue, hint: str) -> None:
        self.report("value-type", f"{key} takes {wanted}, not {_KINDS[type(value)]}", value.location, hint)
