"""When it is time to build: what changed in content/ and feeds/, as the system tells it, and what falls due."""

import logging
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from threading import Event

from watchfiles import DefaultFilter, watch

from sosik.reasons import reason_of
from sosik.serve.mounts import mounts, without_notices
from sosik.store import ANEW
from sosik.words import Message

log = logging.getLogger("sosik.builder")

WATCHED = ("content", "feeds")

_STEP = 4
"""Milliseconds without a further change after which the changes so far are built, and between two looks for any."""
_GROUP = 1_000
"""Milliseconds after which changes are built though more keep coming."""
_TICK = 500
"""Milliseconds between two looks at the clock and at the folders themselves."""
_POLL = 1_000
"""Milliseconds between two looks at all files where the system does not tell which change."""
_QUIET = 2.0
"""Seconds without a change after which all files are looked at, whatever the watcher said."""
_BELIEVED = 60.0
"""Seconds after which they are looked at though changes keep coming, or though nothing may tell of changes."""


def occasions(
    root: Path,
    store: Path,
    is_due: Callable[[], bool],
    stop: Event,
    *,
    onquiet: Callable[[], object] = lambda: None,
) -> Iterator[Collection[str] | None]:
    """Yield whenever it is time to build: the files that changed, or None where all are to be looked at.

    `onquiet` is called now and then when it is not.

    A folder that is replaced (a deployment, a disk mounted again) is a change too; the watch on the old one would see
    nothing more, so it is begun anew. So is a `store` that is replaced: a backup may know less than readers do; and one
    of which documents are to be made anew.
    """
    seen: object = None
    trust = _Trust()
    is_told = False
    watched = [root / name for name in WATCHED]
    while not stop.is_set():
        places = [path for path in watched if path.is_dir()]
        silent = without_notices(places, mounts())
        trust = _Trust(never=bool(silent))
        if silent and not is_told:
            place = min(silent)
            log.info("%s", Message("serve.mount-silent", place=place, type=silent[place]))
            is_told = True
        present = _present(watched, store)
        for changed in _changes(places, stop):
            # The first time always: something may have changed before the watch began.
            if seen != present or trust.has_ended(quiet=not changed):
                seen = present
                trust = _Trust(never=bool(silent))
                yield None
            elif changed or is_due():
                trust.take(changed)
                yield changed
            else:
                onquiet()
            if _present(watched, store) != present:
                break


class _Trust:
    """For how long the watcher is believed to have named every file that changed: it can miss some.

    So all files are looked at once it is quiet again, and now and then when it never is; or now and then in any case,
    where it is to be believed `never`.
    """

    def __init__(self, *, never: bool = False) -> None:
        self._since = time.monotonic() if never else None
        self._last = 0.0

    def take(self, changed: Collection[str]) -> None:
        """Believe the watcher once more."""
        if changed:
            self._last = time.monotonic()
            self._since = self._since or self._last

    def has_ended(self, *, quiet: bool) -> bool:
        """Tell whether it is time to look at everything; `quiet` where nothing has changed just now."""
        if self._since is None:
            return False
        now = time.monotonic()
        return (quiet and 0 < self._last < now - _QUIET) or now - self._since > _BELIEVED


def _changes(places: list[Path], stop: Event) -> Iterator[Collection[str]]:
    """Yield the absolute paths of the files that changed, at least once a tick; none if none did."""
    if not places:
        while not stop.wait(_TICK / 1000):
            yield ()
        return
    try:
        yield from _watched(places, stop)
    except FileNotFoundError:
        # A folder went before it was watched; who asked finds out which are there now.
        stop.wait(_TICK / 1000)
    except (OSError, RuntimeError) as error:
        # The limits of such notices are the machine's, and other programs may have used them up.
        log.warning("%s", Message("serve.not-watched", reason=reason_of(error)))
        missed = set(map(str, places))
        for changed in _watched(places, stop, polling=True):
            yield changed | missed
            missed = set()


def _watched(places: list[Path], stop: Event, *, polling: bool | None = None) -> Iterator[set[str]]:
    """Yield what `_changes` does as watchfiles tells it. Raises `OSError` or `RuntimeError` when it cannot."""
    for changes in watch(
        *places,
        watch_filter=DefaultFilter(),
        debounce=_GROUP,
        step=_STEP,
        rust_timeout=_TICK,
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=False,
        force_polling=polling,
        poll_delay_ms=_POLL,
    ):
        yield {path for _, path in changes}


def _present(watched: list[Path], store: Path) -> object:
    """Return which folders and which store are there, and when documents were last to be made anew.

    A file that was asked for again may have the number of the one before.
    """
    try:
        asked = store.with_name(ANEW).stat().st_mtime_ns
    except OSError:
        asked = None
    return _identities([*watched, store]), asked


def _identities(paths: Iterable[Path]) -> list[tuple[int, int] | None]:
    """Return what tells folders and files from others of the same names; None for one that is not there."""
    identities: list[tuple[int, int] | None] = []
    for path in paths:
        try:
            state = path.stat()
        except OSError:
            identities.append(None)
        else:
            identities.append((state.st_dev, state.st_ino))
    return identities
