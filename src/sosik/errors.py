"""The errors sosik raises and the problems it finds.

An exception means that a whole operation cannot go on; its text is written for the person at the keyboard. What is
wrong with one file is no exception but a value, a `Problem`: the run collects all of them, and only the command line
prints them. Every code that a problem may have is a row of `CODES`; docs/problems.md is checked against it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class SosikError(Exception):
    """The root of everything sosik raises on purpose."""


class ConfigError(SosikError):
    """The publication's definition in `feeds/` cannot be used; `problems` says why, all mistakes at once."""

    def __init__(self, problems: Iterable["Problem"]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class StoreError(SosikError):
    """The store cannot be opened, is of another version, or is being written by another process."""


class EditionRefusedError(SosikError):
    """The edition would harm subscribers, so nothing was changed; `problems` says why and what allows it."""

    def __init__(self, problems: Iterable["Problem"]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PreviousError(SosikError):
    """The edition before cannot be taken from the published feeds; the text names the document and what is wrong."""


class RenderError(SosikError):
    """One entry or one feed could not be rendered; the text names it."""


class ImportingError(SosikError):
    """An old article cannot be imported; the text names the file and what is missing."""


class UnwritableError(SosikError):
    """An entry file has a shape that cannot be changed safely; the text names what to write by hand."""


class Severity(StrEnum):
    """What a problem does: an error holds the entry (or the run) back, a warning only tells."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True, slots=True)
class Location:
    """A place in a file: its path as the user would write it, line and column counted from 1 (0: the whole file)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.file, *(str(part) for part in (self.line, self.column) if part)])


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """Something found in a file: what (code and message), where, and what to write instead (hint)."""

    code: str
    message: str
    location: Location
    hint: str = ""

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"{self.code!r} is no row of sosik.errors.CODES")

    @property
    def severity(self) -> Severity:
        """The severity that belongs to the code."""
        return CODES[self.code].severity

    def __str__(self) -> str:
        text = f"{self.location}: {self.code}: {self.message}"
        return f"{text}\n    hint: {self.hint}" if self.hint else text


@dataclass(frozen=True, slots=True)
class Code:
    """A row of `CODES`: the severity of a problem and what it means, in one sentence."""

    severity: Severity
    meaning: str


def _error(meaning: str) -> Code:
    return Code(Severity.ERROR, meaning)


def _warning(meaning: str) -> Code:
    return Code(Severity.WARNING, meaning)


CODES: dict[str, Code] = {
    # files
    "file-unreadable": _error("The file cannot be opened or read."),
    "file-too-large": _error("The file is larger than an article can be."),
    "file-outside": _error("The path leaves its folder, or is a symbolic link out of it."),
    "file-name": _error("Two files have the same name once their Hangul is composed (NFC)."),
    "name-unreadable": _error("The name of a file is not UTF-8 or holds control characters."),
    "file-type": _warning("A file in content/ is neither an entry nor a picture."),
    "encoding-unknown": _error("The bytes are neither UTF-8, UTF-16 nor CP949 text."),
    "encoding-old": _warning("The file is not UTF-8; it was read, and should be converted."),
    "characters-removed": _warning("Characters that XML forbids, or that are invisible leftovers, were removed."),
    # YAML and JSON
    "yaml-invalid": _error("The file is not valid YAML."),
    "yaml-limit": _error("The YAML is nested too deep, repeats itself too often or holds too many values."),
    "json-invalid": _error("The file is not valid JSON."),
    "headline-quote": _error("YAML misreads this headline; it must be quoted."),
    "key-duplicate": _error("A key stands twice."),
    "key-unknown": _error("The key is not one of sosik's."),
    "key-ignored": _warning("The key belongs to another program and is ignored."),
    "key-conflict": _error("The same thing is said twice, by two names of one key."),
    "value-type": _error("The value is not of the kind that the key takes."),
    "value-invalid": _error("The value is not one that the key takes."),
    "front-matter-missing": _error("A Markdown file does not begin with front matter between lines of ---."),
    # entries
    "title-missing": _error("The entry has no title."),
    "published-missing": _error("The entry does not say when it was published."),
    "date-unreadable": _error("The date is none, or could mean several instants."),
    "date-note": _warning("The date was read, but something about it looks wrong."),
    "date-role": _error("The stamp speaks of another time than its key."),
    "updated-before-published": _warning("The edit stamp lies before publication; publication counts."),
    "updated-in-future": _warning("The edit stamp lies in the future; it counts from then on."),
    "published-far-ahead": _warning("Publication is more than 60 days ahead: is the year right?"),
    "unconfirmed": _warning("An importer inferred the value; a person should confirm it."),
    "import-unsure": _warning("The importer had to decide, or had no place for something; a person should look."),
    "id-invalid": _error("The id is empty, too long or holds white space."),
    "id-long": _warning("The id is longer than 245 bytes; some readers cut it."),
    "id-not-pinned": _warning("The id is derived from the file's path; `sosik pin` writes it into the file."),
    "link-invalid": _error("The link is not an absolute http or https address."),
    "link-shared": _warning("Two published entries have the same link; whoever goes by it takes them for one."),
    "link-foreign": _warning("The link leads to a host that is not the publication's."),
    "picture-missing": _warning("The picture is not there, or is no picture; the entry goes out without it."),
    "picture-relative": _warning("The picture does not lie beside the entry; its address is read from the home page."),
    "picture-invalid": _warning("The picture's address cannot be published; the entry goes out without it."),
    "picture-changed": _error("The picture is no longer the one that its article was read with."),
    "html-removed": _warning("Markup that may not be published was removed."),
    "entity-literal": _warning("A text holds a character reference, such as &amp;, which readers see as it stands."),
    "note-missing": _warning("A correction does not say what it corrects."),
    "body-missing": _warning("The entry has no body."),
    "relation-unknown": _warning("What the entry replaces or is related to is no entry that can be seen."),
    "email-invalid": _warning("The e-mail address is none; it is left out."),
    "author-url-invalid": _warning("The author's address is no http or https address; it is left out."),
    # what becomes of entries
    "id-duplicate": _error("Two files have the same id."),
    "id-changed": _error("The entry was published under another id."),
    "entry-copied": _error("The file is a copy of one that was published."),
    "entry-repeated": _warning("The entry says what another one said, under an id of its own: readers get it again."),
    "page-taken": _error("The page of the entry would have the address of another entry's page."),
    "published-moved": _error("The time of publication differs from the one published."),
    "authority-changed": _error("The authority of ids differs from the one that entries were published under."),
    "timezone-changed": _error("In another time zone, dates without an offset mean other instants."),
    "store-missing": _warning("The memory of what was published is not there: every entry counts as new."),
    "clock-back": _error("The machine's clock stands more than a day before the last build."),
    "withdrawn-many": _error("So many entries would vanish at once that it is probably a mistake."),
    "content-missing": _error("The folder content/ is not there."),
    "edit-without-stamp": _warning("The text changed without an edit stamp; it goes out as a minor edit."),
    "updated-back": _warning("An edit stamp that readers have seen is earlier now, or gone."),
    "edit-large": _warning("More than half of the text changed at the same address."),
    "render-failed": _error("The entry cannot be rendered."),
    "document-invalid": _error("A document would not be well-formed."),
    # feeds
    "config-missing": _error("feeds/publication.yaml is not there."),
    "config-key": _error("A key that the publication needs is missing."),
    "feed-name": _error("The name of the feed cannot be part of an address."),
    "feed-path": _error("The path of the feed leaves its folder."),
    "feed-collision": _error("Two feeds claim the same address."),
    "feed-empty": _warning("The feed selects no entry."),
    "entry-too-large": _error("Even without its text the entry is too large for a feed; it stands in none."),
    "feed-large": _warning("A document of the feed is so large that readers feel it."),
    "feed-gone": _warning("A feed that people could subscribe to ends with this edition."),
    "slug-collision": _error("Two values of a family have the same slug."),
}
"""Every code a problem may have."""
