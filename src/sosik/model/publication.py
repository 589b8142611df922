"""What feeds/ defines: the publication and its feeds."""

from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from urllib.parse import quote

from msgspec import Struct, field

from sosik.addresses import host_of, is_made_up
from sosik.dates.model import Role
from sosik.dates.profile import SourceProfile, YearLast
from sosik.errors import Location
from sosik.model.entry import Person
from sosik.model.feed import Content, FormatName
from sosik.model.raw import BodyFormat
from sosik.model.values import DocumentPath


class IndexNow(Struct, frozen=True, kw_only=True):
    """Search engines that are told of changed articles (indexnow.org): the key that proves whose articles they are."""

    key: str
    endpoints: tuple[str, ...]

    @property
    def path(self) -> DocumentPath:
        """The path of the document that holds the key."""
        return DocumentPath(f"/{self.key}.txt")


class DateHabits(Struct, frozen=True, kw_only=True):
    """How dates in the files of a publication are to be taken where they do not mean what they say (`dates:`)."""

    false_offsets: tuple[str, ...] = ()
    day_only_times: tuple[time, ...] = ()
    year_last: YearLast | None = None
    labels: tuple[tuple[str, Role], ...] = ()

    @property
    def profile(self) -> SourceProfile | None:
        """The habits as `sosik.dates` takes them; None where dates are taken at their word."""
        if self == AT_THEIR_WORD:
            return None
        return SourceProfile(
            false_offsets=frozenset(self.false_offsets),
            day_only_times=frozenset(self.day_only_times),
            year_last=self.year_last,
            labels=dict(self.labels),
        )


AT_THEIR_WORD = DateHabits()
"""Dates mean what they say."""


ROOT = "all"
"""The name of the feed whose documents lie in no folder."""

MOST_ENTRIES = 300
"""Entries of one feed document: beyond this, readers cut it."""

PAGES = "/feeds/"
"""Where the start page and the subscribe pages are unless a publication moves them."""


class Publication(Struct, frozen=True, kw_only=True):
    """The values of feeds/publication.yaml.

    `url` and `feeds_url` end with a slash; `pages` begins and ends with one. `max_age` and `withdraw_after` are in
    seconds; the latter is the wait before the entry of a missing file is withdrawn. `format` is the default format of
    bodies, except in Markdown files. `foreign_keys` are keys of other programs in entry files. `ignore` has patterns of
    gitignore for content/. `retire` has the paths of ended feeds, with `*` for any text. A `sample` may have
    placeholder addresses.
    """

    title: str
    url: str
    authority: str
    feeds_url: str
    pages: str = PAGES
    language: str = "ko"
    timezone: str = "Asia/Seoul"
    dates: DateHabits = AT_THEIR_WORD
    description: str = ""
    publisher: Person
    icon: str = ""
    logo: str = ""
    copyright: str = ""
    hubs: tuple[str, ...] = ()
    indexnow: IndexNow | None = None
    format: BodyFormat = BodyFormat.AUTO
    max_age: int = 300
    tombstones: bool = False
    withdraw_after: int = 60
    foreign_keys: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    retire: tuple[str, ...] = ()
    sample: bool = False

    @property
    def is_made_up(self) -> bool:
        """Whether all addresses are placeholders, so that subscribers cannot exist yet."""
        return all(is_made_up(host_of(address)) for address in (self.url, self.feeds_url))

    def address(self, path: str) -> str:
        """The absolute, percent-encoded address of a document below `feeds_url`: `/section/정치/rss.xml`."""
        return self.feeds_url + quote(path.removeprefix("/"))


class Criterion(StrEnum):
    """What entries are chosen by, and what the feeds of a family go by."""

    SECTION = "section"
    TAG = "tag"
    AUTHOR = "author"


class ArchivePeriod(StrEnum):
    """How long a time each document of a feed's archive covers; `NONE`: the feed keeps no archive."""

    NONE = "none"
    MONTH = "month"


class Criteria(Struct, frozen=True, kw_only=True):
    """Which entries a feed takes or leaves out: AND between keys, OR within one; empty says nothing."""

    section: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    author: tuple[str, ...] = ()


class Window(Struct, frozen=True, kw_only=True):
    """How much of a feed its current document shows.

    At least `entries`, all of the `hours` before the newest, never more than `at_most`.
    """

    entries: int = 30
    hours: int = 48
    at_most: int = 100


class FeedDefinition(Struct, frozen=True, kw_only=True):
    """A feed, as defined in feeds/NAME.yaml.

    `path` is the folder of its documents, without slashes at its ends; empty for the root feed. A family (one feed for
    each value of a criterion) has `each`, and `{value}` or `{slug}` in title, description and path. `minimum` is the
    number of entries that a value needs for a feed. `slugs` are the paths of single values.
    """

    name: str
    title: str
    path: str
    location: Location
    description: str = ""
    id: str = ""
    select: Criteria = Criteria()
    exclude: Criteria = Criteria()
    window: Window = Window()
    content: Content = Content.FULL
    formats: tuple[FormatName, ...] = tuple(FormatName)
    archive: ArchivePeriod = ArchivePeriod.NONE
    aliases: tuple[str, ...] = ()
    each: Criterion | None = None
    minimum: int = 1
    slugs: Mapping[str, str] = field(default_factory=dict)
