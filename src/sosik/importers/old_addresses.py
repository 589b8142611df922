"""The address of an old feed: from the feed, the saved file, or the user."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from msgspec import Struct

from sosik.addresses import host_of, split_address
from sosik.config.feeds import alias_path
from sosik.importers.old_items import OldFeed
from sosik.patterns import pattern

_AGAIN = pattern(r"(?<=[a-z])\.\d{1,3}\Z")
"""What wget puts behind the name of a file that it saves a second time."""

_INDEX = pattern(r"index\.html?(?=\?|\Z)")
"""What wget calls the file of an address that ends in a slash."""

_IS_PAGE = pattern(r"\.[A-Za-z]{2,5}\Z|//|/\.\.?(?:/|\Z)")
"""The end of a path that is a page and no folder, and what no home page has in its path."""


class SavedFeed(Struct, frozen=True, kw_only=True):
    """An old feed, the file that it was saved in, and the address that a person gave it, if any.

    `known_paths` are those of its addresses that were found out elsewhere: of all that it had, saved one by one.
    """

    file: PurePath
    feed: OldFeed
    address: str = ""
    known_paths: tuple[str, ...] = ()

    @property
    def home(self) -> str:
        """The home page of the paper, as the feed has it; empty where it tells none.

        The feed of a board links to the board (gnuboard), another one to nothing: then it is the root of the host.
        """
        links = (self.feed.link, *(item.link for item in self.feed.items[:1]))
        link = next((link for link in links if host_of(link)), "")
        parts = split_address(link)
        if link and (link != self.feed.link or parts.query or parts.fragment or _IS_PAGE.search(parts.path)):
            return f"{parts.scheme}://{parts.netloc}/"
        return link

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of its old addresses, as `aliases:` has them: what a person said goes before all else."""
        if self.known_paths:
            return self.known_paths
        known = (self.address,) if self.address else (*self._saved_at(), *self._stated())
        parts = map(split_address, known)
        paths = (alias_path(f"{part.path or '/'}?{part.query}" if part.query else part.path) for part in parts)
        return tuple(dict.fromkeys(path for path in paths if path))

    def _stated(self) -> Iterator[str]:
        """Yield what the feed says of itself, unless that is on another host: a service that was put before it."""
        own = self.feed.self_link
        if host_of(own) and (not self.home or bare_host(own) == bare_host(self.home)):
            yield own

    def _saved_at(self) -> Iterator[str]:
        """Yield the address that the folders tell (`wget -x` makes one of the host, and those of the path in it)."""
        parts, host = self.file.parts, bare_host(self.home)
        hosts = [_bare(re.split(r"[:+]", part)[0]) for part in parts[:-1]]
        if host and host in hosts:
            path = "/".join(parts[len(hosts) - hosts[::-1].index(host) :])
            yield f"http://{host}/{_INDEX.sub('', _AGAIN.sub('', path))}"


def bare_host(address: str) -> str:
    """Return the host of an address without its `www.`, empty where there is none."""
    return _bare(host_of(address))


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
