"""Who edits: a desk that commits about once a second, and checkouts that pull."""

import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from secrets import token_hex
from threading import Event, Thread

from faults.soak.desk import Edit, Newsroom

_IDENTITY = ("-c", "user.name=desk", "-c", "user.email=desk@soak.example", "-c", "gc.auto=0")


def git(folder: Path, *arguments: str) -> int:
    """Run git in a folder and return its exit status."""
    told = subprocess.run(
        ["git", "-C", str(folder), *_IDENTITY, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return told.returncode


def founded(folder: Path, entries: int) -> Newsroom:
    """Return a publication, all of it committed."""
    made = Newsroom(folder, entries, "https://feeds.soak.example/")
    assert not git(folder, "init", "-q")
    _commit(folder)
    return made


def cloned(origin: Path, folder: Path) -> None:
    """Check the publication out anew, in the place of what was there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = (folder.with_name(f"{folder.name}.{name}.{token_hex(4)}") for name in ("fresh", "old"))
    assert not git(folder.parent, "clone", "-q", str(origin), str(fresh))
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)  # whoever pulls may still be at it


def _commit(folder: Path) -> None:
    assert not git(folder, "add", "-A", "content", "feeds")
    assert not git(folder, "commit", "-qm", "기사")


@dataclass(frozen=True)
class Saved:
    """An edit, when it was committed (the monotonic clock), and the numbers of its article and of itself."""

    edit: Edit
    at: float
    number: int
    turn: int


class Desk(Thread):
    """Edits until it is told that it is enough; `pause` is the mean of the seconds between two edits."""

    def __init__(self, newsroom: Newsroom, folder: Path, pause: float, seed: int, done: Event) -> None:
        super().__init__(name="desk")
        self.saved: list[Saved] = []
        self.done = done
        self._newsroom, self._folder, self._pause = newsroom, folder, pause
        self._random = Random(seed)  # noqa: S311  # not for secrets

    def run(self) -> None:
        """Edit."""
        while not self.done.is_set():
            second = time.monotonic()
            self.edit()
            self.done.wait(max(0.0, second + self._pause * self._random.uniform(0.5, 1.5) - time.monotonic()))

    def edit(self) -> Saved:
        """Edit once, and commit it."""
        edit = self._newsroom.edit()
        _commit(self._folder)
        number = int(edit.mark.strip("[]").partition(":")[0])
        self.saved.append(Saved(edit, time.monotonic(), number, len(self.saved) + 1))
        return self.saved[-1]


class Pulling(Thread):
    """Brings checkouts to what the desk has committed, again and again, each at times of its own."""

    def __init__(self, folder: Path, seed: int, done: Event) -> None:
        super().__init__(name=f"pulling-{folder.name}")
        self._folder, self._done = folder, done
        self._random = Random(seed)  # noqa: S311  # not for secrets

    def run(self) -> None:
        """Pull until there is nothing more to come."""
        while not self._done.wait(self._random.uniform(0.1, 0.8)):
            pull(self._folder)


def pull(folder: Path) -> None:
    """Bring a checkout to what the desk has committed."""
    if not git(folder, "fetch", "-q", "origin"):
        git(folder, "merge", "-q", "--ff-only", "FETCH_HEAD")


def pulling(folders: Sequence[Path], seed: int, done: Event) -> list[Thread]:
    """Return who pulls, for each checkout."""
    return [Pulling(folder, seed + number, done) for number, folder in enumerate(folders)]
