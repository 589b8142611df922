"""The exceptions of sosik, and the problems in files.

An exception means that an operation cannot continue; its text is for the user. A fault in one file is a value, a
`Problem`: a run collects all of them, and only the command line prints them. Every code of a problem is a row of
`CODES`; docs/problems.md is generated from it.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from sosik.words import Message
from sosik.words.message import naming


class SosikError(Exception):
    """The base class of all intended exceptions. `message` has the reason; `str()` returns its text."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message)


class OlderContentError(SosikError):
    """The files are older than what was published from another machine."""


class ProblemsError(SosikError):
    """An operation cannot go on because of `problems`; `str` of it is all of them."""

    def __init__(self, problems: Iterable["Problem"]) -> None:
        self.problems = tuple(problems)
        super().__init__(Message("errors.problems", count=len(self.problems)))

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class ConfigError(ProblemsError):
    """The configuration in `feeds/` cannot be used. `problems` has all its errors."""


class StoreError(SosikError):
    """The store cannot be opened, has another version, or another process is writing to it."""


class StoreFaultError(StoreError):
    """The machine does not let the store be read or written: a full disk, a folder that may not be written."""


class PictureError(StoreError):
    """The published copy of a picture is damaged or away."""


class StoreDamagedError(StoreError):
    """What lies in the place of the store is none, or is damaged; the text says what puts it right."""


class UnlikeError(StoreDamagedError):
    """What a document is put together of does not give the bytes that it was composed with: it is to be made anew."""


class NewerStoreError(StoreError):
    """The store was brought to a version that only a newer sosik reads, by one that was started meanwhile."""


class EditionRefusedError(ProblemsError):
    """The edition would harm subscribers and was not built. `problems` has the reasons and the options to allow it."""


class PreviousError(SosikError):
    """The previous edition cannot be read from the published feeds. The text names the document and the fault."""


class PublishError(SosikError):
    """A file of the output cannot be written. The text has its path."""


class SharedWorkError(PublishError):
    """Another process publishes the same edition to the same bucket."""


class RenderError(SosikError):
    """One entry or one feed could not be rendered; the text names it."""


class ImportingError(SosikError):
    """An old article cannot be imported; the text names the file and what is missing."""


class UnwritableError(SosikError):
    """An entry file has a shape that cannot be changed safely; the text names what to write by hand."""


class Severity(StrEnum):
    """The effect of a problem: an error holds back the entry, the feed or the run; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Location(Struct, frozen=True, kw_only=True):
    """A position in a file: the path as users write it, line and column from 1 (0: the whole file)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.file, *(str(part) for part in (self.line, self.column) if part)])


class Problem(Struct, frozen=True, kw_only=True):
    """A fault in a file: code and message, position, and a hint with the correction.

    >>> Site("my-paper").check().problems
    []
    >>> print(Problem(code="title-missing", message=Message("title-missing.entry"), location=Location(file="a.yaml")))
    a.yaml: error: title-missing: missing title
    """

    code: str
    message: Message
    location: Location
    hint: Message | None = None

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"{self.code!r} is no row of sosik.errors.CODES")

    @property
    def severity(self) -> Severity:
        """The severity of the code."""
        return CODES[self.code]

    @property
    def told(self) -> Message:
        """The whole problem as one message: position, severity, code, message, and the hint on a separate line."""
        return at_place(self.location, self.severity, self.code, self.message, self.hint)

    def __str__(self) -> str:
        return str(self.told)


def as_written(problem: Problem, names: Mapping[str, str]) -> Problem:
    """Return a problem with keys called as its file calls them, which `names` gives by their canonical names."""
    if not names:
        return problem
    hint = naming(problem.hint, names) if problem.hint is not None else None
    return replace(problem, message=naming(problem.message, names), hint=hint)


def at_place(location: Location, severity: Severity, code: str, message: Message, hint: Message | None) -> Message:
    """Return what is wrong at a place as one message."""
    word = Message(f"errors.{severity}")
    if hint is not None:
        return Message(
            "errors.at-place-hint", place=str(location), severity=word, code=code, message=message, hint=hint
        )
    return Message("errors.at-place", place=str(location), severity=word, code=code, message=message)


CODES: dict[str, Severity] = {
    # files
    "file-unreadable": Severity.ERROR,
    "file-missing": Severity.WARNING,
    "file-unfinished": Severity.WARNING,
    "file-too-large": Severity.ERROR,
    "reading-stopped": Severity.ERROR,
    "file-outside": Severity.ERROR,
    "file-name": Severity.ERROR,
    "name-unreadable": Severity.ERROR,
    "name-old": Severity.WARNING,
    "file-evicted": Severity.WARNING,
    "entry-ignored": Severity.WARNING,
    "file-type": Severity.WARNING,
    "encoding-unknown": Severity.ERROR,
    "encoding-old": Severity.WARNING,
    "merge-marks": Severity.ERROR,
    "characters-removed": Severity.WARNING,
    # YAML and JSON
    "yaml-invalid": Severity.ERROR,
    "yaml-limit": Severity.ERROR,
    "json-limit": Severity.ERROR,
    "json-invalid": Severity.ERROR,
    "headline-quote": Severity.ERROR,
    "text-quote": Severity.ERROR,
    "comment-ignored": Severity.WARNING,
    "key-duplicate": Severity.ERROR,
    "key-unknown": Severity.ERROR,
    "key-ignored": Severity.WARNING,
    "key-conflict": Severity.ERROR,
    "value-type": Severity.ERROR,
    "value-invalid": Severity.ERROR,
    "front-matter-missing": Severity.ERROR,
    # entries
    "title-missing": Severity.ERROR,
    "published-missing": Severity.ERROR,
    "date-unreadable": Severity.ERROR,
    "date-note": Severity.WARNING,
    "date-role": Severity.ERROR,
    "updated-before-published": Severity.WARNING,
    "updated-in-future": Severity.WARNING,
    "published-far-ahead": Severity.WARNING,
    "published-year-ahead": Severity.ERROR,
    "published-day": Severity.WARNING,
    "embargo-words": Severity.WARNING,
    "draft": Severity.WARNING,
    "draft-published": Severity.WARNING,
    "expired": Severity.WARNING,
    "unconfirmed": Severity.WARNING,
    "import-unsure": Severity.WARNING,
    "item-refused": Severity.ERROR,
    "id-invalid": Severity.ERROR,
    "id-long": Severity.WARNING,
    "id-not-pinned": Severity.WARNING,
    "link-invalid": Severity.ERROR,
    "link-shared": Severity.WARNING,
    "link-foreign": Severity.WARNING,
    "address-repaired": Severity.WARNING,
    "address-lost": Severity.WARNING,
    "address-unsure": Severity.WARNING,
    "shortcode": Severity.WARNING,
    "picture-missing": Severity.WARNING,
    "picture-relative": Severity.WARNING,
    "picture-invalid": Severity.WARNING,
    "picture-changed": Severity.ERROR,
    "picture-lost": Severity.ERROR,
    "picture-large": Severity.WARNING,
    "html-removed": Severity.WARNING,
    "emphasis-unsure": Severity.WARNING,
    "body-limit": Severity.ERROR,
    "format-ignored": Severity.WARNING,
    "text-changed": Severity.WARNING,
    "entity-literal": Severity.WARNING,
    "note-missing": Severity.WARNING,
    "body-missing": Severity.WARNING,
    "relation-unknown": Severity.WARNING,
    "author-left-out": Severity.WARNING,
    "name-similar": Severity.WARNING,
    "email-invalid": Severity.WARNING,
    "author-url-invalid": Severity.WARNING,
    # what becomes of entries
    "id-duplicate": Severity.ERROR,
    "copy-left-out": Severity.WARNING,
    "id-changed": Severity.ERROR,
    "entry-copied": Severity.ERROR,
    "entry-repeated": Severity.WARNING,
    "page-taken": Severity.ERROR,
    "published-moved": Severity.ERROR,
    "authority-changed": Severity.ERROR,
    "timezone-changed": Severity.ERROR,
    "store-missing": Severity.WARNING,
    "file-foreign": Severity.ERROR,
    "file-unnamed": Severity.ERROR,
    "clock-back": Severity.ERROR,
    "withdrawn-many": Severity.ERROR,
    "content-missing": Severity.ERROR,
    "edit-without-stamp": Severity.WARNING,
    "lost-member": Severity.WARNING,
    "updated-back": Severity.WARNING,
    "edit-large": Severity.WARNING,
    "render-failed": Severity.ERROR,
    "document-invalid": Severity.ERROR,
    # feeds
    "config-missing": Severity.ERROR,
    "config-key": Severity.ERROR,
    "definition-name": Severity.ERROR,
    "feed-name": Severity.ERROR,
    "feed-path": Severity.ERROR,
    "feed-collision": Severity.ERROR,
    "placeholder": Severity.WARNING,
    "address-moved": Severity.WARNING,
    "feed-empty": Severity.WARNING,
    "entry-too-large": Severity.ERROR,
    "feed-large": Severity.WARNING,
    "feed-overfull": Severity.WARNING,
    "entry-unshown": Severity.WARNING,
    "alias-type": Severity.WARNING,
    "alias-query": Severity.WARNING,
    "max-age-long": Severity.WARNING,
    "feed-undefined": Severity.WARNING,
    "retire-defined": Severity.WARNING,
    "slug-collision": Severity.ERROR,
}
"""Every code a problem may have, and what such a problem does; `meaning` says what it means."""


TOLD_ONCE = frozenset(
    {
        *(
            "entry-unshown",
            "feed-overfull",
            "feed-large",
            "picture-large",
            "alias-type",
            "alias-query",
            "published-day",
        ),
        *(
            "address-moved",
            "draft-published",
            "embargo-words",
            "name-similar",
            "lost-member",
            "edit-without-stamp",
            "updated-back",
            "edit-large",
            "entry-repeated",
        ),
    }
)
"""The codes of warnings that only the build tells which sees what they tell of; later it is as it was before."""

_STANDING = frozenset({"file-missing", "file-evicted", "entry-ignored", "name-old", "copy-left-out"})


def is_standing(problem: Problem) -> bool:
    """Tell whether a problem is that a file is not read as it stands, though nothing else is wrong with it.

    Its entry stays as it was published, which whoever looks should know.
    """
    return problem.code in _STANDING or problem.message.key.startswith("file-type.no-")


def meaning(code: str) -> Message:
    """Return what a code means, in one sentence."""
    return Message(f"code.{code}")
