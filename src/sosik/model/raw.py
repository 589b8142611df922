"""The content of an entry file as written: texts with their positions."""

from collections.abc import Mapping
from enum import StrEnum

from sosik.errors import Location
from sosik.values import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class RawText:
    """A scalar as it was written, never interpreted, with its place in the file.

    `begins` is the place of its first character where each of its lines is a line of the file. `comment` is what stands
    behind it on its line and the file's format takes for a comment, though it may be a part of the value.
    """

    text: str
    location: Location
    comment: str = field(default="", compare=False)
    begins: Location | None = field(default=None, compare=False)

    def place(self, offset: int) -> Location:
        """Return the place of a character of the text, as near as it is known."""
        if self.begins is None:
            return self.location
        line, column = self.text.count("\n", 0, offset), offset - self.text.rfind("\n", 0, offset) - 1
        return Location(file=self.begins.file, line=self.begins.line + line, column=self.begins.column + column)


@dataclass(frozen=True, kw_only=True, slots=True)
class RawList:
    """A sequence with its place in the file, and what may be a comment behind it, as in `RawText`."""

    items: tuple["RawValue", ...]
    location: Location
    comment: str = field(default="", compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class RawMapping:
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


@dataclass(frozen=True, kw_only=True, slots=True)
class RawEntry:
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
