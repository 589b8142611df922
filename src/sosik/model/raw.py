"""The content of an entry file as written: texts with their positions."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from sosik.errors import Location


class RawText(Struct, frozen=True, kw_only=True):
    """A scalar as it was written, never interpreted, with its place in the file.

    `begins` is the place of its first character where each of its lines is a line of the file. `comment` is what stands
    behind it on its line and the file's format takes for a comment, though it may be a part of the value.
    """

    text: str
    location: Location
    comment: str = ""
    begins: Location | None = None

    def __eq__(self, other: object) -> bool:
        """Tell whether the same is written at the same place, whatever may be a comment behind it."""
        return isinstance(other, RawText) and (self.text, self.location) == (other.text, other.location)

    def __hash__(self) -> int:
        return hash((self.text, self.location))

    def place(self, offset: int) -> Location:
        """Return the place of a character of the text, as near as it is known."""
        if self.begins is None:
            return self.location
        line, column = self.text.count("\n", 0, offset), offset - self.text.rfind("\n", 0, offset) - 1
        return Location(file=self.begins.file, line=self.begins.line + line, column=self.begins.column + column)


class RawList(Struct, frozen=True, kw_only=True):
    """A sequence with its place in the file, and what may be a comment behind it, as in `RawText`."""

    items: tuple["RawValue", ...]
    location: Location
    comment: str = ""

    def __eq__(self, other: object) -> bool:
        """Tell whether the same is written at the same place, whatever may be a comment behind it."""
        return isinstance(other, RawList) and (self.items, self.location) == (other.items, other.location)

    def __hash__(self) -> int:
        return hash((self.items, self.location))


class RawMapping(Struct, frozen=True, kw_only=True):
    """A mapping with its place in the file; keys keep their order and their places."""

    items: tuple[tuple[RawText, "RawValue"], ...]
    location: Location


RawValue = RawText | RawList | RawMapping


class BodyFormat(StrEnum):
    """What the body of a file is written in; `AUTO`: nobody said, so its text tells whether it is HTML or Markdown."""

    AUTO = "auto"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"


class RawEntry(Struct, frozen=True, kw_only=True):
    """A file of content/ as written.

    `source` is its NFC path below content/, with slashes. `fields` maps the canonical English key (`title`,
    `published`, …; see sosik.read.keys) to the value as written. `location` is where its keys begin. `unknown` are the
    members under keys that nobody knows. `names` are what the file calls the keys that it calls otherwise
    than `fields`; where it is written in Korean, the Korean names of those, too, that it lacks.
    """

    source: str
    fields: Mapping[str, RawValue]
    body_format: BodyFormat
    location: Location
    unknown: tuple[tuple[RawText, "RawValue"], ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
