"""Invalid feed definitions in their last valid version: their feeds continue."""

import json
from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from sosik.config import Config
from sosik.edition.selection import slug, slug_anywhere
from sosik.edition.terms import key_of
from sosik.errors import Location
from sosik.model import ArchivePeriod, Content, Criteria, Criterion, DocumentKind, FeedDefinition, FormatName, Window
from sosik.model.digests import dump
from sosik.model.publication import ROOT
from sosik.store import AddressRow, Changes, Store

_META = "definitions"
_SLUGS = "slugs"


def with_standing_feeds(store: Store, config: Config) -> Config:
    """Return the configuration with the last good version of every definition that is held, and remember it.

    So what was withdrawn leaves those feeds too. One that was never good, or whose addresses another feed has by now,
    stays held.
    """
    feeds = list(config.feeds)
    if config.held:
        from sosik.config.claims import collisions  # definitions are seldom held

        known = _read(store.meta(_META))
        for name in config.held:
            if name in known and not collisions(config.publication, [*feeds, known[name]]):
                feeds.append(known[name])
    standing = {feed.name for feed in feeds}
    store.apply(Changes(meta={_META: _write(feeds)}))
    feeds.sort(key=lambda feed: (feed.name != ROOT, feed.name))
    return replace(config, feeds=tuple(feeds), held=tuple(name for name in config.held if name not in standing))


def with_standing_slugs(store: Store, config: Config, *, anew: bool) -> Config:
    """Return the configuration with the slugs by which values were published that now would have others.

    They are looked for once, and `anew` where the store has come to know of other documents.
    """
    record = "" if anew else store.meta(_SLUGS)
    if not record:
        record = dump(_standing_slugs(store.addresses()))
        store.apply(Changes(meta={_SLUGS: record}))
    slugs = json.loads(record)
    feeds = [replace(feed, slugs={**slugs.get(feed.name, {}), **feed.slugs}) for feed in config.feeds]
    return replace(config, feeds=tuple(feeds)) if slugs else config


def _standing_slugs(addresses: Iterable[AddressRow]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in addresses:
        name, value = key_of(row.feed)
        before, now = slug_anywhere(value), slug(value)
        is_before = before in row.path and not (now.endswith(before) and now in row.path)
        if row.kind is DocumentKind.FEED and before != now and is_before:
            found.setdefault(name, {})[value] = before
    return found


def _write(feeds: Iterable[FeedDefinition]) -> str:
    return dump([*feeds])


def _read(record: str) -> dict[str, FeedDefinition]:
    """Return the definitions of a record by their names; none where it was written by another version."""
    try:
        return {fields["name"]: _definition(fields) for fields in json.loads(record or "[]")}
    except (KeyError, TypeError, ValueError):
        return {}


def _definition(fields: dict[str, Any]) -> FeedDefinition:
    nested = {
        "location": Location(**fields["location"]),
        "select": Criteria(**{key: tuple(names) for key, names in fields["select"].items()}),
        "exclude": Criteria(**{key: tuple(names) for key, names in fields["exclude"].items()}),
        "window": Window(**fields["window"]),
        "content": Content(fields["content"]),
        "formats": tuple(map(FormatName, fields["formats"])),
        "archive": ArchivePeriod(fields["archive"]),
        "each": Criterion(fields["each"]) if fields["each"] else None,
        "aliases": tuple(fields["aliases"]),
    }
    return FeedDefinition(**{**fields, **nested})
