"""The files of feeds/ to the values that they define, with all errors of all files."""

from sosik.config.claims import collisions
from sosik.config.configuration import Config
from sosik.config.feeds import FEED_KEYS, is_feed_name, read_feed
from sosik.config.files import PUBLICATION, DefinitionFiles, file_of
from sosik.config.publication import PUBLICATION_KEYS, read_publication
from sosik.config.settings import PLAIN_TEXTS, Settings
from sosik.errors import Location, Problem, Severity
from sosik.model import FeedDefinition, Publication, RawMapping
from sosik.model.publication import ROOT
from sosik.source import parse, problem_of
from sosik.words import Message


def loaded(files: DefinitionFiles) -> Config:
    """Return what files define. Faults become problems; never raises for them."""
    loader = _Loader(files)
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
        digest=files.digest,
    )


class _Loader:
    """Parses files, each once."""

    def __init__(self, files: DefinitionFiles) -> None:
        self.problems = [*files.problems]
        self.held = {*files.held}
        self._bodies = files.bodies

    def publication(self) -> Publication | None:
        data = self._bodies.get(PUBLICATION)
        if data is None:
            if PUBLICATION not in self.held:
                location = Location(file=file_of(PUBLICATION))
                self._report(Message("config-missing.file"), location, Message("config-missing.file-hint"))
            return None
        settings = self._settings(PUBLICATION, data, PUBLICATION_KEYS)
        if settings is None:
            return None
        publication = read_publication(settings)
        return publication if self._is_sound(settings) else None

    def feeds(self) -> list[FeedDefinition]:
        """Return the feeds without an error, the root feed first."""
        feeds = []
        for name in sorted(self._bodies.keys() - {PUBLICATION}, key=lambda name: (name != ROOT, name)):
            feed = self._feed(name, self._bodies[name])
            if feed is None:
                self.held.add(name)
            else:
                feeds.append(feed)
        return feeds

    def _feed(self, name: str, data: bytes) -> FeedDefinition | None:
        location = Location(file=file_of(name))
        if not is_feed_name(name):
            self._report(Message("feed-name.file", name=name), location, Message("feed-name.file-hint"))
        settings = self._settings(name, data, FEED_KEYS)
        if settings is None:
            return None
        feed = read_feed(settings, name, location)
        return feed if self._is_sound(settings) and is_feed_name(name) else None

    def _settings(self, name: str, data: bytes, keys: dict[str, str]) -> Settings | None:
        """Return the values of a file, None when it holds none."""
        parsed = parse(data, file_of(name), headlines=PLAIN_TEXTS)
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

    def _report(self, message: Message, location: Location, hint: Message | None = None) -> None:
        self.problems.append(problem_of(message, location, hint))


def _place(problem: Problem) -> tuple[bool, str, int, int]:
    location = problem.location
    return location.file != file_of(PUBLICATION), location.file, location.line, location.column
