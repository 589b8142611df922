"""The store as a worker holds it open."""

import selectors
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Lock
from typing import TypeVar

from sosik.errors import StoreError, UnlikeError
from sosik.serve.bell import Bell
from sosik.store import Snapshot, ask_leader_to_make_anew, ask_to_make_anew, open_snapshot, place_of
from sosik.words import Message

T = TypeVar("T")

DAMAGED = "damaged"
"""The file that says that this machine met a damaged document of a database; who builds there may be another one."""

_INTERVAL = 0.02
"""Seconds between two looks at a store on this machine, where nothing told of a commit before: a few microseconds."""

_INTERVAL_FAR = 1.0
"""The same of a database that others ask, too, where nothing told of a commit before."""

_LONGEST_ANSWER = 5.0
"""Seconds after which a database that does not answer a statement is taken for gone."""


_AGAIN = 10.0
"""Seconds after which who builds is asked again; nobody may have been there before."""
_TOLD = 2 * _AGAIN
"""Seconds for which damage is told of that nobody meets any more: it was met while all was made anew, say."""


def has_met_damage(folder: Path) -> bool:
    """Tell whether a server with this folder has met a damaged document lately, in a store that others share."""
    with suppress(OSError):
        return time.time() - (folder / DAMAGED).stat().st_mtime < _TOLD
    return False


class Connection:
    """The store, opened when it is first needed and again when another file has taken its place; one thread at a time.

    `generation` counts how often it was opened; `is_file` says that it lies on this machine. The `bell`, if there is
    one, tells who waits of a commit.
    """

    def __init__(self, folder: Path, bell: Bell | None = None) -> None:
        self._bell = bell
        self.lock = Lock()
        self.generation = 0
        self._folder = folder
        self._place = place_of(folder)
        self.is_file = isinstance(self._place, Path)
        self._snapshot: Snapshot | None = None
        self._inode = 0

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Lend the store. Raises `StoreError` for whatever goes wrong with it.

        Where a document is not what it was composed as, the next build is asked to make it anew.
        """
        with self._asking_anew(), self.lock, self._lent() as snapshot:
            yield snapshot

    def ask(self, question: Callable[[Snapshot], T]) -> T:
        """Return what a question of the store comes to. Raises as `snapshot` does.

        It is asked once more of a database that was open before: that ends connections, by a restart for instance, and
        is there again for the next one.
        """
        with self._asking_anew(), self.lock:
            if self.is_open and not self.is_file:
                with suppress(StoreError), self._lent() as snapshot:
                    return question(snapshot)
            with self._lent() as snapshot:
                return question(snapshot)

    @contextmanager
    def _asking_anew(self) -> Iterator[None]:
        try:
            yield
        except UnlikeError:
            self._ask_to_make_anew()
            raise

    @contextmanager
    def _lent(self) -> Iterator[Snapshot]:
        """Lend the store to who holds the lock."""
        try:
            yield self._opened()
        except StoreError:
            self.forget()
            raise
        except OSError as error:
            self.forget()
            raise StoreError(Message("store.text", text=str(error))) from error

    def _ask_to_make_anew(self) -> None:
        if isinstance(self._place, Path):
            ask_to_make_anew(self._folder)
            return
        mark = self._folder / DAMAGED
        with suppress(OSError, StoreError):
            if not mark.exists() or time.time() - mark.stat().st_mtime > _AGAIN:
                mark.touch()
                ask_leader_to_make_anew(self._place)

    def forget_damage(self) -> None:
        """Say no more of damage: who asks for the document of a newer edition finds out."""
        (self._folder / DAMAGED).unlink(missing_ok=True)

    @property
    def is_open(self) -> bool:
        """Whether the store was opened and has not failed since."""
        return self._snapshot is not None

    def _opened(self) -> Snapshot:
        inode = self._present_inode()
        if self._snapshot is None or inode not in (0, self._inode):
            self.forget()
            self._snapshot = open_snapshot(self._place, shared=True)
            self._inode = inode
            self.generation += 1
        return self._snapshot

    def _present_inode(self) -> int:
        """Return what tells one file from another in the same place; 0 where there is none, or a database."""
        if not isinstance(self._place, Path):
            return 0
        try:
            return (self._folder / "site.db").stat().st_ino
        except FileNotFoundError:
            return 0

    def wait(self, stop: Event) -> None:
        """Return when it is time to look whether the store has changed, or to `stop`."""
        if self.is_file:
            wait = self._bell.wait if self._bell is not None else Event.wait
            wait(stop, _INTERVAL)
            return
        with self.lock:
            descriptor = self._snapshot.fileno() if self._snapshot else None
        # Not under the lock: requests need it. Who closes the socket meanwhile only ends the waiting.
        if descriptor is None or not _is_told(descriptor):
            stop.wait(_INTERVAL_FAR)

    def give_up(self) -> None:
        """Let what waits too long for the database fail; from another thread than waits."""
        snapshot = self._snapshot
        if snapshot is not None:
            snapshot.give_up(_LONGEST_ANSWER)

    def close(self) -> None:
        """Close the store once nobody reads it."""
        with self.lock:
            self.forget()

    def forget(self) -> None:
        """Close the store; the caller holds the lock."""
        if self._snapshot is not None:
            self._snapshot.close()
            self._snapshot = None


def _is_told(descriptor: int) -> bool:
    """Wait until something arrives at a socket, at most so long as ever; return False where it is none any more."""
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, selectors.EVENT_READ)
            selector.select(_INTERVAL_FAR)
    except (OSError, ValueError, KeyError):
        return False
    return True
