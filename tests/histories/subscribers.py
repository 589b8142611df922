"""Subscribers of a publication in a folder who never forget an id, and what must never happen to them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple

import reader
from lxml import etree

from histories.stories import mark_of

_EVER = datetime.min.replace(tzinfo=UTC)
_ATOM = "{http://www.w3.org/2005/Atom}"


class Item(NamedTuple):
    """What every format says of an article."""

    id: str
    published: datetime
    title: str


class Shown(NamedTuple):
    """An article as a JSON feed shows it."""

    item: Item
    mark: str
    text: str


@dataclass
class _File:
    """A document as it was last seen."""

    body: bytes
    modified: float
    shown: list[Shown] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    updated: datetime = _EVER


class Subscriber:
    """A reader of every document in a folder, who keys on the id; what it must not see fails.

    `ids` and `published` tell what was ever seen, `visible` what was at the last poll. The ids in `redated` may show
    another date than before.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[Path, _File] = {}
        self._marks: dict[str, str] = {}
        self.ids: dict[str, str] = {}
        self.published: dict[str, datetime] = {}
        self.redated: set[str] = set()
        self.visible: dict[str, list[Shown]] = {}

    def poll(self) -> None:
        """Read every document, and compare it with what it was."""
        files = (path for path in self._folder.rglob("*") if path.is_file())
        here = {path for path in files if path.name != "published.json"}  # which is for another machine
        for path in sorted(here):
            self._look(path)
        self.visible = {}
        for path in sorted(here):
            for shown in self._files[path].shown:
                self._take(shown)
            if path.name == "feed.json":
                self._compare(path, here)
        self.redated.clear()

    def forget_what_is_gone(self) -> None:
        """Forget the documents that are not there any more: so does a newsroom that loses its store."""
        self._files = {path: file for path, file in self._files.items() if path.exists()}

    def forget_times(self) -> None:
        """Forget every Last-Modified: an old backup may hold the very bytes that were replaced since."""
        for file in self._files.values():
            file.modified = 0

    def forget_the_clock(self) -> None:
        """Forget all that a clock said which was put right since."""
        for file in self._files.values():
            file.modified, file.updated = 0, _EVER

    def _look(self, path: Path) -> None:
        body, modified, old = path.read_bytes(), path.stat().st_mtime, self._files.get(path)
        if old is not None and old.body == body:
            assert modified >= old.modified, f"{path}: Last-Modified goes back"
            old.modified = modified
            return
        new = _read(path, body, modified)
        if old is not None:
            assert modified > old.modified, f"{path}: changed, and Last-Modified does not grow"
            assert new.updated >= old.updated, f"{path}: updated goes back from {old.updated} to {new.updated}"
        self._files[path] = new

    def _take(self, shown: Shown) -> None:
        item, mark = shown.item, shown.mark
        assert "다른 가지" not in shown.text, f"{mark}: both versions of a merge"
        known = self.published.setdefault(item.id, item.published)
        if item.id in self.redated:
            self.published[item.id] = known = item.published
        assert known == item.published, f"{mark}: published moves from {known} to {item.published}"
        assert self.ids.setdefault(mark, item.id) == item.id, f"{mark}: posted again"
        assert self._marks.setdefault(item.id, mark) == mark, f"{mark}: under the id of {self._marks[item.id]}"
        self.visible.setdefault(mark, []).append(shown)

    def _compare(self, path: Path, here: set[Path]) -> None:
        """A feed holds the same in each of its formats, and nothing twice."""
        items = [shown.item for shown in self._files[path].shown]
        assert len({item.id for item in items}) == len(items), f"{path}: an article twice"
        for other in (path.with_name("rss.xml"), path.with_name("atom.xml")):
            if other in here:
                assert self._files[other].items == items, f"{other} differs from {path}"


def _read(path: Path, body: bytes, modified: float) -> _File:
    if path.name == "feed.json":
        return _File(body, modified, shown=list(_json(body)))
    if path.name == "atom.xml":
        feed = etree.fromstring(body)
        return _File(body, modified, items=list(_atom(feed)), updated=_moment(feed.findtext(f"{_ATOM}updated")))
    if path.name == "rss.xml":
        channel = etree.fromstring(body).find("channel")
        updated = parsedate_to_datetime(channel.findtext("lastBuildDate"))
        return _File(body, modified, items=list(_rss(channel)), updated=updated)
    return _File(body, modified)


def _json(body: bytes) -> Iterator[Shown]:
    for item in json.loads(body)["items"]:
        mark = mark_of(" ".join(author["name"] for author in item["authors"]))
        text = item.get("content_html") or item.get("content_text", "")
        yield Shown(Item(item["id"], _moment(item["date_published"]), item["title"]), mark, text)


def _atom(feed: etree._Element) -> Iterator[Item]:
    for entry in feed.iterfind(f"{_ATOM}entry"):
        yield Item(
            entry.findtext(f"{_ATOM}id"),
            _moment(entry.findtext(f"{_ATOM}published")),
            entry.findtext(f"{_ATOM}title"),
        )


def _rss(channel: etree._Element) -> Iterator[Item]:
    for item in channel.iterfind("item"):
        yield Item(item.findtext("guid"), parsedate_to_datetime(item.findtext("pubDate")), item.findtext("title"))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


class Library:
    """The `reader` package, subscribed to the root feed of a folder in two formats."""

    FEEDS = ("atom.xml", "rss.xml")

    def __init__(self, folder: Path) -> None:
        self._reader = reader.make_reader(":memory:", feed_root=str(folder))

    def subscribe(self) -> None:
        """Add the feeds, once they are there."""
        for feed in self.FEEDS:
            self._reader.add_feed(feed)

    def poll(self, stories: int) -> None:
        """Fetch the feeds; of the *stories* there ever were none may stand there twice."""
        results = list(self._reader.update_feeds_iter())
        assert not [one for one in results if isinstance(one.value, Exception)]
        for feed in self.FEEDS:
            marks = [mark_of(entry.authors_str or "") for entry in self._reader.get_entries(feed=feed)]
            assert len(marks) <= stories
            assert len(set(marks)) == len(marks), f"{feed}: twice in {sorted(marks)}"

    def close(self) -> None:
        """Close the database."""
        self._reader.close()
