"""Counters of requests, by worker and in total.

Each worker keeps its counters in a file below `.sosik/metrics/`. Reports are the sum of the files, so no sum ever
decreases: values outside the files are not reported. A worker locks its file, and the lock ends with the process; the
next worker continues in the same file. The files of prometheus_client are not used. They are mapped into memory, which
kills a worker if the disk is full, and there is one set for each process.
"""

import json
import logging
import os
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from itertools import count
from pathlib import Path
from threading import Lock

from sosik.publish.answers import Poll
from sosik.reasons import reason_of
from sosik.systems import OPENED, put_in_place, try_lock
from sosik.words import Message

log = logging.getLogger(__name__)

FOLDER = "metrics"

Sums = Counter[tuple[str, str, int]]
"""By figure ("polls", or bytes "sent" or "saved"), the name that polls are counted under, and status."""


class Counts:
    """The counts of one worker; `count` takes a poll. For any number of threads.

    The folder of the store need not be there, and need not be writable: then a worker tells what it counted itself.
    `save` is to be called every `INTERVAL` seconds, and at the end; who is killed loses what it counted since.
    """

    INTERVAL = 1.0

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._polls: list[Poll] = []
        # Nothing is cheaper that no thread can spoil for another.
        self.count = self._polls.append
        self._file: Path | None = None
        self._complaint = ""
        self.renew()

    def save(self) -> None:
        """Add up what was counted since the last time, and keep it."""
        with self._lock:
            self._add_up()
            # Before its first edition a store has no folder.
            if self._unsaved and self._folder.is_dir():
                self._write()

    def total(self) -> Sums:
        """Return the counts of all workers, those of this one up to now."""
        self.save()
        with self._lock:
            sums = _read((self._folder / FOLDER).glob("*.json"))
            if self._file is None:
                sums.update(self._sums)
            return sums

    def renew(self) -> None:
        """Begin anew, in a forked process: what was counted so far is its parent's, and so is the file."""
        self._lock = Lock()
        self._polls.clear()
        self.close()

    def close(self) -> None:
        """Let go of the file, for another worker to go on in, and of what was counted."""
        with self._lock:
            self._sums: Sums = Counter()
            self._unsaved = False
            if self._file is not None:
                os.close(self._held)
            self._file = None

    def _add_up(self) -> None:
        polls = self._polls[:]
        del self._polls[: len(polls)]
        for poll, times in Counter(polls).items():
            for figure, amount in (("polls", 1), ("sent", poll.sent), ("saved", poll.saved)):
                self._sums[figure, poll.name, poll.status] += times * amount
        self._unsaved |= bool(polls)

    def _write(self) -> None:
        try:
            if self._file is None:
                self._file = self._take_file()
            beside = self._file.with_suffix(".new")
            beside.write_text(json.dumps([[*key, amount] for key, amount in self._sums.items()]), encoding="utf-8")
            put_in_place(beside, self._file)
        except OSError as error:
            if str(error) != self._complaint:
                log.warning("%s", Message("serve.not-counted", reason=reason_of(error)))
            self._complaint = str(error)
        else:
            self._unsaved, self._complaint = False, ""

    def _take_file(self) -> Path:
        """Return the first file that no living worker holds, having taken over what it counts. Raises `OSError`."""
        (self._folder / FOLDER).mkdir(exist_ok=True)
        for number in count():
            path = self._folder / FOLDER / f"{number}.json"
            held = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | OPENED, 0o640)
            try:
                try_lock(held)
            except BlockingIOError:
                os.close(held)
            except OSError:
                os.close(held)
                raise
            else:
                self._held = held
                self._sums.update(_read([path]))
                return path
        raise AssertionError("there are always more numbers")


def clear_counts(folder: Path) -> None:
    """Let the workers of the store in `folder` count from nothing; none may be running.

    They go on from what cannot be removed: a counter may stand anywhere, only not go back.
    """
    for path in (folder / FOLDER).glob("*.json"):
        with suppress(OSError):
            path.unlink()


def _read(paths: Iterable[Path]) -> Sums:
    """Return the sum of what files count; one that is damaged counts nothing."""
    sums: Sums = Counter()
    for path in paths:
        try:
            rows = json.loads(path.read_text(encoding="utf-8"))
            sums.update({(figure, name, status): amount for figure, name, status, amount in rows})
        except (OSError, ValueError, TypeError):
            continue
    return sums
