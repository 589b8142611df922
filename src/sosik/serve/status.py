"""The results of the last build and of publishing to a bucket, in files beside the store for /healthz.

Where others serve from the store, they are there, too.

Without the texts of problems: they contain file names and unpublished content, for the log of the server and `sosik
check`.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from sosik.errors import CODES, Severity, StoreError
from sosik.store import Place, StoreAddress, leave_note
from sosik.systems import put_in_place

NAME = "build.json"
NOTE = "last-build"
BUCKET_NOTE = "last-bucket"
"""What these are remembered as in a store that several machines share."""

LEADER = "leader"
STANDBY = "standby"

BUCKET = "bucket.json"

BUILD_FAILED = "build-failed"
"""The code of what is no problem of a file."""
BUCKET_FAILED = "bucket-failed"
"""The bucket has no newer edition than one before: see the log."""
CONTENT_OLD = "content-old"
"""The files here are older than what another machine published."""
STORE_UNREADABLE = "store-unreadable"
STORE_DAMAGED = "store-damaged"
"""The store is damaged, or a document of it, which is not served before it is made anew."""
STORE_BEHIND = "store-behind"
"""The database that is read has an older edition than is known: a replica that lags."""
STORE_NEWER = "store-newer"
"""A newer sosik has brought the store along, and this process serves what it has until it is started anew."""


TOLD_BY_HEALTH = frozenset({"feed-undefined"})
"""The codes of warnings that whoever watches over a server is told of: they concern everyone who subscribes."""


class BuildStatus(Struct, frozen=True, kw_only=True):
    """Whether the last build made an edition (or found nothing to do), when in seconds since 1970-01-01 UTC, and how
    many problems of each code it found. Of several that may build, `role` says which this one is.
    """

    succeeded: bool = True
    at: int = 0
    problems: Mapping[str, int] = field(default_factory=dict)
    role: str = ""

    @property
    def errors(self) -> dict[str, int]:
        """Those of the problems that hold something back."""
        return {code: number for code, number in self.problems.items() if severity(code) is Severity.ERROR}

    @property
    def told(self) -> dict[str, int]:
        """Those of the problems that health tells of."""
        return {code: number for code, number in self.problems.items() if code in self.errors or code in TOLD_BY_HEALTH}


def severity(code: str) -> Severity:
    """Return the severity of a code; what is no problem of a file is an error."""
    return CODES.get(code, Severity.ERROR)


def write_status(folder: Path, status: BuildStatus, name: str = NAME) -> None:
    """Leave an outcome under its name in the store's folder; it replaces the one before whole. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    text = text_of(status).encode()
    beside = folder / f".{name}.new"
    try:
        beside.write_bytes(text)
        put_in_place(beside, folder / name)
    except OSError:
        # A full disk is what is to be told: there is still the room that the outcome before takes.
        with (folder / name).open("r+b") as before:
            before.write(text)
            before.truncate()


def forget_status(folder: Path, name: str) -> None:
    """Leave no outcome under a name: nobody works at that any more. Who may not delete it may not build, either."""
    with suppress(OSError):
        (folder / name).unlink()


def read_status(folder: Path, name: str = NAME) -> BuildStatus:
    """Return the last outcome under a name; a success where nobody left one."""
    try:
        return status_of((folder / name).read_text(encoding="utf-8"))
    except (OSError, UnicodeError):
        return BuildStatus()


def text_of(status: BuildStatus) -> str:
    """Return an outcome as text."""
    return json.dumps(asdict(status), ensure_ascii=False)


def status_of(text: str) -> BuildStatus:
    """Return the outcome that a text is; a success where it is none."""
    try:
        kept = json.loads(text)
        problems, role = _numbers(kept["problems"]), str(kept.get("role", ""))
        return BuildStatus(succeeded=kept["succeeded"], at=kept["at"], problems=problems, role=role)
    except (ValueError, KeyError, TypeError, AttributeError):
        return BuildStatus()


class Note:
    """What other machines know of an outcome, by its name in the store at `place`; nothing where that is a file."""

    def __init__(self, place: Place, name: str) -> None:
        self._place = place
        self._name = name
        self._left: BuildStatus | None = None

    def leave(self, status: BuildStatus) -> None:
        """Let them know, where an outcome differs from what they know but for the time."""
        if not isinstance(self._place, StoreAddress):
            return
        if self._left is not None and replace(self._left, at=status.at) == status:
            return
        # Where the store cannot be reached, that was just told of the build; the next outcome tries again.
        with suppress(StoreError):
            leave_note(self._place, self._name, text_of(status))
            self._left = status


def _numbers(kept: Mapping[str, int]) -> dict[str, int]:
    return {str(code): int(number) for code, number in kept.items()}
