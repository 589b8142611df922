"""Published paths that feeds/ no longer defines: they keep responding until they are retired.

A deleted format, alias or folder continues with its feed. A feed without a definition, or of a value without entries,
is frozen: it has the entries it last showed, without the withdrawn ones.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from msgspec import Struct, field

from sosik.model import FILENAMES, Content, DocumentKind, Feed, FormatName
from sosik.model.digests import dump
from sosik.model.instants import instant
from sosik.model.values import DocumentPath, Seconds
from sosik.store import AddressRow, Store

META = "kept"
"""Where it is remembered."""

_MARK = "/archive/"
_FORMATS = {filename: name for name, filename in FILENAMES.items()}


class OldArchive(NamedTuple):
    """Documents of an archive: those of some `labels`, in some formats, below a folder."""

    folder: str
    labels: tuple[str, ...]
    formats: tuple[FormatName, ...]

    def path(self, label: str, name: FormatName) -> DocumentPath:
        """Return where one of its documents is."""
        return document_path(f"{self.folder}{_MARK}{label}".strip("/"), name)


class Kept(Struct, frozen=True, kw_only=True):
    """What one feed goes on with: `formats` in its own folder, other addresses with the format of each, archives.

    `feed` is what it was, where nothing makes it any more: it stands still, in the formats that it had. One without a
    name are documents of a definition that was never read well.
    """

    feed: Feed | None = None
    formats: tuple[FormatName, ...] = ()
    aliases: Mapping[DocumentPath, FormatName] = field(default_factory=dict)
    archives: tuple[OldArchive, ...] = ()
    owner: str = ""


NOTHING = Kept()
"""What a feed goes on with whose every address is defined."""


class Address(Struct, frozen=True):
    """Where a document of a feed is; `label` is that of its archive, empty where it is current."""

    path: DocumentPath
    kind: DocumentKind
    feed: str
    label: str
    format: FormatName
    owner: str = ""


def document_path(folder: str, name: FormatName) -> DocumentPath:
    """Return the path of a feed's document in a folder."""
    return DocumentPath(f"/{folder}/{FILENAMES[name]}" if folder else f"/{FILENAMES[name]}")


def addresses(rows: Iterable[AddressRow]) -> Iterator[Address]:
    """Yield where the documents of feeds are that the store holds."""
    for path, kind, owner, feed, name in rows:
        base, _, label = feed.rpartition(_MARK) if kind is DocumentKind.ARCHIVE else (feed, "", "")
        yield Address(path, kind, base, label, FormatName(name) if name else FormatName.RSS, owner)


def kept_addresses(name: str, kept: Kept, living: Feed | None = None) -> Iterator[Address]:
    """Yield everything that a feed goes on with; `living` is the feed that a definition makes, if one does."""
    owner, feed = kept.owner, kept.feed or living
    if feed is not None:
        for form in kept.formats if kept.feed is None else kept.feed.formats:
            yield Address(document_path(feed.path, form), DocumentKind.FEED, name, "", form, owner)
    for path, form in kept.aliases.items():
        yield Address(path, DocumentKind.ALIAS, name, "", form, owner)
    for old in kept.archives:
        for label in old.labels:
            for form in old.formats:
                yield Address(old.path(label, form), DocumentKind.ARCHIVE, name, label, form, owner)


def keep(
    known: Iterable[Address],
    defined: Collection[str],
    living: Mapping[str, Feed],
    describe: Callable[[str, Sequence[Address]], Feed],
) -> dict[str, Kept]:
    """Return what each feed goes on with, by its name: the `known` addresses that are not `defined` by now.

    `living` are the feeds that definitions make, `describe` gives what another one was.
    """
    groups: dict[str, list[Address]] = {}
    for path, one in sorted({one.path: one for one in known}.items()):
        if path not in defined:
            groups.setdefault(one.feed, []).append(one)
    return {name: _kept(living.get(name), group, partial(describe, name)) for name, group in sorted(groups.items())}


def _kept(living: Feed | None, group: Sequence[Address], describe: Callable[[Sequence[Address]], Feed]) -> Kept:
    owner = group[0].owner
    if not group[0].feed:
        return Kept(aliases={one.path: one.format for one in group}, owner=owner)
    feed = living or describe(group)
    own = {document_path(feed.path, name) for name in FormatName}
    formats = {one.format for one in group if one.kind is DocumentKind.FEED and one.path in own}
    current = [one for one in group if not one.label and not (one.kind is DocumentKind.FEED and one.path in own)]
    return Kept(
        feed=None if living is not None else _as_it_was(feed, formats),
        formats=_in_order(formats) if living is not None else (),
        aliases={one.path: one.format for one in current},
        archives=tuple(_archives(group)),
        owner=owner,
    )


def stopped(feed: Feed, labels: Sequence[str], before: Kept) -> Kept:
    """Return what becomes of a feed that has just come to stand still, with the `labels` of its archive."""
    formats = _in_order({*feed.formats, *before.formats})
    own = OldArchive(feed.path, tuple(labels), formats)
    archives = [one for one in before.archives if one.folder != feed.path]
    return Kept(
        feed=_as_it_was(feed, formats),
        aliases=before.aliases,
        archives=tuple(sorted([*archives, own] if labels else archives)),
        owner=feed.definition,
    )


def _archives(group: Iterable[Address]) -> Iterator[OldArchive]:
    folders: dict[str, list[Address]] = {}
    for one in group:
        if one.label:
            folder = one.path.rpartition(f"{_MARK}{one.label}/")[0].strip("/")
            folders.setdefault(folder, []).append(one)
    for folder, found in sorted(folders.items()):
        labels = sorted({one.label for one in found}, key=in_time)
        yield OldArchive(folder, tuple(labels), _in_order({one.format for one in found}))


def in_time(label: str) -> tuple[int, ...]:
    """Return what labels of an archive are ordered by: year, month, and number in it."""
    return tuple(map(int, label.split("-")))


def _in_order(formats: Collection[FormatName]) -> tuple[FormatName, ...]:
    return tuple(name for name in FormatName if name in formats)


def _as_it_was(feed: Feed, formats: Collection[FormatName]) -> Feed:
    return Feed(
        name=feed.name,
        title=feed.title,
        path=feed.path,
        id=feed.id,
        updated=instant(Seconds(0)),
        description=feed.description,
        content=feed.content,
        formats=_in_order(formats),
        definition=feed.definition,
    )


# --- what was ended on purpose


def is_retired(path: str, patterns: tuple[str, ...]) -> bool:
    """Tell whether a path was ended on purpose; `*` in a pattern is any text."""
    return bool(patterns) and _pattern(patterns).fullmatch(path) is not None


@lru_cache(maxsize=8)
def _pattern(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(".*".join(map(re.escape, one.split("*"))) for one in patterns), re.DOTALL)


# --- as it is remembered


def read_kept(store: Store) -> dict[str, Kept]:
    """Return what the edition before left."""
    return {name: _read(one) for name, one in json.loads(store.meta(META) or "{}").items()}


def written_kept(kept: Mapping[str, Kept]) -> dict[str, str]:
    """Return what is to be remembered."""
    return {META: dump({name: _written(one) for name, one in kept.items()})}


def _written(kept: Kept) -> dict[str, object]:
    feed = kept.feed
    return {
        "feed": feed and [feed.name, feed.title, feed.path, feed.id, feed.description, feed.content, feed.definition],
        "formats": kept.formats if feed is None else feed.formats,
        "aliases": kept.aliases,
        "archives": kept.archives,
        "owner": kept.owner,
    }


def _read(given: dict[str, Any]) -> Kept:
    formats = tuple(FormatName(name) for name in given["formats"])
    feed = None
    if given["feed"]:
        name, title, path, id_, description, content, definition = given["feed"]
        feed = Feed(
            name=name,
            title=title,
            path=path,
            id=id_,
            updated=instant(Seconds(0)),
            description=description,
            content=Content(content),
            formats=formats,
            definition=definition,
        )
    aliases = {DocumentPath(path): FormatName(name) for path, name in given["aliases"].items()}
    archives = (
        OldArchive(folder, tuple(labels), tuple(map(FormatName, names))) for folder, labels, names in given["archives"]
    )
    return Kept(
        feed=feed,
        formats=() if feed is not None else formats,
        aliases=aliases,
        archives=tuple(archives),
        owner=given["owner"],
    )
