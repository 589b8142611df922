"""Scans of content/ one after another, by one process that is told which files changed."""

from collections.abc import Callable, Collection
from pathlib import Path

from msgspec.structs import replace

from sosik.progress import Observer
from sosik.read.ignoring import Ignore
from sosik.read.scan import Scan, scan, scan_again

Look = Callable[[Path, Ignore, Observer], Scan]
"""A function that finds the files of a folder, without the ignored ones, and tells how many so far."""


class RepeatedScan:
    """The last scan, from which the next one starts. `settle` says that the store has everything that it found."""

    def __init__(self) -> None:
        self._last: Scan | None = None
        self._is_settled = False

    @property
    def is_known(self) -> bool:
        """Whether there is a scan from which the next one can start."""
        return self._last is not None

    def settle(self) -> None:
        """Note that a build with the last scan has been committed."""
        self._is_settled = True

    def after(self, changed: Collection[str] | None) -> Look:
        """Return the next scan, with the absolute paths of the `changed` files; None scans everything.

        Until it has run, nothing is known: a build that fails before starts from nothing again.
        """
        known, self._last = self._last, None
        is_settled, self._is_settled = self._is_settled, False

        def look(content: Path, ignore: Ignore, observer: Observer) -> Scan:
            if known is None or changed is None:
                self._last = scan(content, ignore, observer)
            else:
                self._last = scan_again(content, known, changed, ignore, observer)
            # The store lacks what a failed build found.
            return self._last if is_settled else replace(self._last, changed=None)

        return look
