"""The configuration in feeds/: the publication and its feeds, with all errors of all files."""

import hashlib
import unicodedata
from pathlib import Path

from msgspec import Struct

from sosik.config.claims import collisions
from sosik.config.feeds import FEED_KEYS, ROOT, is_feed_name, read_feed
from sosik.config.publication import PUBLICATION_KEYS, read_publication
from sosik.config.settings import PLAIN_TEXTS, Settings
from sosik.errors import Location, Problem, Severity
from sosik.file_names import name_of
from sosik.model import FeedDefinition, Publication, RawMapping
from sosik.reasons import reason_of
from sosik.source import MAX_BYTES, parse, problem_of
from sosik.words import Message

__all__ = ["Config", "load_publication", "load_unless_known"]

_FOLDER = "feeds"
_PUBLICATION = "publication"
_SUFFIX = ".yaml"
_TAKEN_FOR_ONE = frozenset({".yaml", ".yml"})
"""What the name of a definition may end in by mistake, in any case: then it is told, and not read."""


class Config(Struct, frozen=True, kw_only=True):
    """The configuration in feeds/.

    `publication` is `None` if its file has an error; then no build is possible. `feeds` are the valid definitions: the
    root feed first, the others by name. `held` are the names of the invalid ones, which a build uses in their last good
    version. `digest` is the SHA-256 of all files together, in hexadecimal.
    """

    publication: Publication | None
    feeds: tuple[FeedDefinition, ...] = ()
    held: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    digest: str = ""


def load_publication(root: Path) -> Config:
    """Read the configuration in the folder feeds/ below `root`. Faults become problems; never raises for them."""
    return load_unless_known(root, None)


def load_unless_known(root: Path, known: Config | None) -> Config:
    """Return what `load_publication` does; what is `known` of the same bytes is returned as it is."""
    loader = _Loader(root / _FOLDER)
    if known is not None and known.digest == loader.digest and loader.is_clean:
        return known
    publication = loader.publication()
    feeds = loader.feeds()
    clashes = collisions(publication, feeds)
    broken = {problem.location.file for problem in clashes}
    held = {feed.name for feed in feeds if feed.location.file in broken}
    return Config(
        publication=publication,
        feeds=tuple(feed for feed in feeds if feed.name not in held),
        held=tuple(sorted(held | loader.held)),
        problems=tuple(sorted((*loader.problems, *clashes), key=_place)),
        digest=loader.digest,
    )


class _Loader:
    """Reads the files of one folder, each once."""

    def __init__(self, folder: Path) -> None:
        self.problems: list[Problem] = []
        self.held: set[str] = set()
        self._files: dict[str, bytes] = {}
        self._list(folder)
        parts = (part for name, data in sorted(self._files.items()) for part in (name.encode(), data))
        self.digest = hashlib.sha256(b"".join(len(part).to_bytes(8) + part for part in parts)).hexdigest()

    @property
    def is_clean(self) -> bool:
        """Whether nothing had to be told of the files before they were read."""
        return not (self.problems or self.held)

    def publication(self) -> Publication | None:
        data = self._files.pop(_PUBLICATION, None)
        if data is None:
            if _PUBLICATION not in self.held:
                location = Location(file=_file(_PUBLICATION))
                self._report(Message("config-missing.file"), location, Message("config-missing.file-hint"))
            return None
        settings = self._settings(_PUBLICATION, data, PUBLICATION_KEYS)
        if settings is None:
            return None
        publication = read_publication(settings)
        return publication if self._is_sound(settings) else None

    def feeds(self) -> list[FeedDefinition]:
        """Return the feeds without an error, the root feed first."""
        feeds = []
        for name in sorted(self._files, key=lambda name: (name != ROOT, name)):
            feed = self._feed(name, self._files[name])
            if feed is None:
                self.held.add(name)
            else:
                feeds.append(feed)
        return feeds

    def _feed(self, name: str, data: bytes) -> FeedDefinition | None:
        location = Location(file=_file(name))
        if not is_feed_name(name):
            self._report(Message("feed-name.file", name=name), location, Message("feed-name.file-hint"))
        settings = self._settings(name, data, FEED_KEYS)
        if settings is None:
            return None
        feed = read_feed(settings, name, location)
        return feed if self._is_sound(settings) and is_feed_name(name) else None

    def _list(self, folder: Path) -> None:
        try:
            paths = sorted(folder.iterdir()) if folder.is_dir() else []
        except OSError as error:
            self._refuse_to_read(Location(file=_FOLDER), error)
            return
        for path in paths:
            if path.suffix.lower() in _TAKEN_FOR_ONE and not path.name.startswith("."):
                self._read(path)

    def _read(self, path: Path) -> None:
        name = unicodedata.normalize("NFC", name_of(path.stem))
        location = Location(file=_file(name))
        if path.suffix != _SUFFIX:
            hint = Message("definition-name.suffix-hint", name=f"{name}{_SUFFIX}")
            self._report(Message("definition-name.suffix"), Location(file=f"{_FOLDER}/{name_of(path.name)}"), hint)
            if name not in self._files:
                self.held.add(name)
            return
        if name in self._files:
            self._report(
                Message("file-name.second", name=name_of(path.name)), location, Message("file-name.second-hint")
            )
            self.held.add(name)
            return
        try:
            with path.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        except OSError as error:
            self._refuse_to_read(location, error)
            self.held.add(name)
            return
        if len(data) > MAX_BYTES:
            self._report(Message("file-too-large.config", most=MAX_BYTES), location)
            self.held.add(name)
            return
        self._files[name] = data

    def _settings(self, name: str, data: bytes, keys: dict[str, str]) -> Settings | None:
        """Return the values of a file, None when it holds none."""
        parsed = parse(data, _file(name), headlines=PLAIN_TEXTS)
        if isinstance(parsed.value, RawMapping):
            return Settings(parsed.value, keys, list(parsed.problems))
        self.problems += parsed.problems
        if parsed.value is not None:
            self._report(Message("value-type.no-keys"), parsed.value.location, Message("value-type.key-value-hint"))
        return None

    def _is_sound(self, settings: Settings) -> bool:
        """Take over the problems of a file, and tell whether none of them is an error."""
        self.problems += settings.problems
        return all(problem.severity is not Severity.ERROR for problem in settings.problems)

    def _refuse_to_read(self, location: Location, error: OSError) -> None:
        reason = reason_of(error)
        self._report(Message("file-unreadable.system", reason=reason), location)

    def _report(self, message: Message, location: Location, hint: Message | None = None) -> None:
        self.problems.append(problem_of(message, location, hint))


def _place(problem: Problem) -> tuple[bool, str, int, int]:
    location = problem.location
    return location.file != _file(_PUBLICATION), location.file, location.line, location.column


def _file(name: str) -> str:
    return f"{_FOLDER}/{name}{_SUFFIX}"
