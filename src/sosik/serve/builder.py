"""The process that builds while others serve: it watches content/ and feeds/, and wakes for what falls due.

Run as `python -m sosik.serve.builder ROOT [--address=URL] [--drafts] [--no-watch] [--to=URL] [--bell=DESCRIPTOR]`. It
ends when its standard input does, that is, with the process that started it, however that one ends.
"""

import gc
import logging
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from threading import Event, Thread

from sosik.dates import minute_for_people
from sosik.edition.build import Report
from sosik.errors import (
    ConfigError,
    EditionRefusedError,
    OlderContentError,
    Severity,
    SosikError,
    StoreDamagedError,
    is_standing,
)
from sosik.model import BodyFormat, Outcome
from sosik.normalize.straight import straight
from sosik.reasons import reason_of
from sosik.render.formats import FORMATS
from sosik.render.page_templates import load_templates
from sosik.serve.announcer import announcing
from sosik.serve.bell import Bell
from sosik.serve.filling import filling
from sosik.serve.leading import lead
from sosik.serve.logs import log_to_stderr
from sosik.serve.status import (
    BUILD_FAILED,
    CONTENT_OLD,
    LEADER,
    NOTE,
    STORE_DAMAGED,
    TOLD_BY_HEALTH,
    BuildStatus,
    Note,
    write_status,
)
from sosik.serve.watching import occasions
from sosik.site import Site
from sosik.store import STORE_NAME, LockedError
from sosik.words import Message

log = logging.getLogger("sosik.builder")

_AGAIN = 1.0
"""Seconds after which to ask again for a store that another process is building in."""
_RETRY = 30.0
"""Seconds after which what failed is tried again: a full disk, or an edition that a person allows, changes no file."""


_MOST_GARBAGE = 10
"""Builds after which garbage is looked for though changes keep coming."""

_FILES_LOGGED = 5
"""How many articles that are not public, or not any more, are named in the log."""

_CHANGES = {
    Outcome.NEW: "serve.edition-new",
    Outcome.UPDATED: "serve.edition-updated",
    Outcome.CORRECTED: "serve.edition-corrected",
    Outcome.MINOR: "serve.edition-minor",
    Outcome.CONFIRMED: "serve.edition-confirmed",
    Outcome.WITHDRAWN: "serve.edition-withdrawn",
    Outcome.HELD: "serve.edition-held",
}


_LOGGED = frozenset(
    {"address-moved", "draft-published", "embargo-words"}
    | {"entry-unshown", "feed-overfull", "lost-member", "published-day"}
)
"""The warnings that go into the log: who asks later is not told them again, and readers see what they tell of."""

_PROSE = """\
## 제목

첫째 문단은 **굵고** *기울고* [이어진다](https://www.example.org/?a=1&b=2).

> 인용

- 하나
- 둘

![그림](https://www.example.org/1.jpg)
"""
"""A body of what most bodies have, so that what reads them is compiled."""

UNFINISHED = "file-unfinished"
"""The code of a file that is waited for: it passes by itself, one way or the other."""


class Builder:
    """Builds a publication again and again.

    `next_due` is when an edition changes by itself (seconds since 1970-01-01 UTC), or None. `again` is when to try
    again what failed, or None; in seconds of a clock that nobody sets back, lest it wait for an hour to come twice.
    `damaged` is what was said of a store that is damaged. Without `tells_standing` only what this build alone finds is
    logged: what holds entries back, warns or waits is found, and told, by the builder that follows. With `onolder` it
    leads others, and calls that where its files are older than what was published. `oncommit` is called after each
    build, before anything is told of it.
    """

    def __init__(
        self,
        site: Site,
        *,
        tells_standing: bool = True,
        onolder: Callable[[], None] | None = None,
        oncommit: Callable[[], None] = lambda: None,
    ) -> None:
        self.next_due: float | None = None
        self.damaged: StoreDamagedError | None = None
        self.again: float | None = None
        self.site = site
        self._told: tuple[Message, ...] = ()
        self._standing: frozenset[Message] = frozenset()
        self._warned: tuple[Message, ...] = ()
        self._waiting: tuple[object, ...] = ((), ())
        self._tells_standing = tells_standing
        self._onolder = onolder
        self._note = Note(site.place, NOTE)
        self._may_read_ahead = False
        site.only_newer, site.oncommit = onolder is not None, oncommit

    def build(self, changed: Collection[str] | None = None) -> Report | None:
        """Build once; a failure is logged and left for health to report, and the edition before stays up.

        `changed` are the files that changed since the last time, None where that is not known. Returns the report, or
        None where there is no new edition.
        """
        try:
            report = self.site.build(changed=changed, alone=False)
        except OlderContentError as error:
            self._failed([error.message], {CONTENT_OLD: 1})
            if self._onolder is not None:
                self._onolder()
            return None
        except LockedError:
            self.next_due, self.again = None, time.monotonic() + _AGAIN
            return None
        except (ConfigError, EditionRefusedError) as error:
            codes = Counter(problem.code for problem in error.problems)
            errors = [problem.told for problem in error.problems if problem.severity is Severity.ERROR]
            self._failed(errors if self._tells_standing else (), codes)
            return None
        except StoreDamagedError as error:
            self.damaged = error
            self._failed([error.message], {STORE_DAMAGED: 1})
            return None
        except SosikError as error:
            self._failed([error.message], {BUILD_FAILED: 1})
            return None
        except Exception as error:  # noqa: BLE001  # whatever it is, the server goes on with the last good edition
            failure = Message("serve.build-failed", error=type(error).__name__, reason=str(error))
            self._failed([failure], {BUILD_FAILED: 1})
            return None
        self._succeeded(report)
        self._may_read_ahead = True
        return report

    def read_ahead(self) -> None:
        """Read a part of what the next build will need, until nothing of that is left."""
        if not self._may_read_ahead:
            return
        try:
            self._may_read_ahead = self.site.read_ahead()
        except Exception:  # noqa: BLE001  # whatever it is, the next build comes upon it and tells
            self._may_read_ahead = False

    def keep_copy(self) -> None:
        """Keep the day's safety copy, beside the builds; a failure is logged."""
        Thread(target=self._keep_copy, name="sosik-copy", daemon=True).start()

    def _keep_copy(self) -> None:
        try:
            self.site.keep_copy()
        except SosikError as error:
            log.error("%s", Message("serve.no-copy", reason=error.message))
        except Exception as error:  # noqa: BLE001  # whatever it is, the builds go on
            log.error("%s", Message("serve.no-copy", reason=reason_of(error)))

    def is_due(self) -> bool:
        """Tell whether something falls due now, or is to be tried again."""
        is_again = self.again is not None and time.monotonic() >= self.again
        return is_again or (self.next_due is not None and time.time() >= self.next_due)

    def _succeeded(self, report: Report) -> None:
        self.next_due, self.again = report.edition.next_due, None
        if sum(report.documents[change] for change in ("new", "changed", "removed")):
            log.info("%s", _edition_message(report))
        if report.withdrawn:
            log.info("%s", Message("serve.withdrawn", files=_shown(report.withdrawn)))
        for problem in report.problems:
            if problem.code in _LOGGED:
                log.warning("%s", problem.told)
        if self._tells_standing:
            self._tell_waiting(report)
            self._tell("serve.held-back", [problem.told for problem in report.errors])
            self._tell_standing(
                problem.told for problem in report.problems if problem.code == UNFINISHED or is_standing(problem)
            )
            self._warn([problem.told for problem in report.problems if problem.code in TOLD_BY_HEALTH])
        self._leave(Counter(problem.code for problem in report.problems), succeeded=True)

    def _failed(self, reasons: Sequence[Message], codes: Mapping[str, int]) -> None:
        self.next_due, self.again = None, time.monotonic() + _RETRY
        self._tell("serve.nothing-new", reasons)
        self._leave(codes, succeeded=False)

    def _tell(self, key: str, problems: Sequence[Message]) -> None:
        """Log the problems that were not there the last time."""
        for problem in problems:
            if problem not in self._told:
                log.error("%s", Message(key, problem=problem))
        if self._told and not problems:
            log.info("%s", Message("serve.all-solved"))
        self._told = tuple(problems)

    def _tell_waiting(self, report: Report) -> None:
        """Log which articles are not public yet, where they are not those of the last time."""
        waiting = (report.drafts, tuple(report.waiting.items()))
        if waiting == self._waiting:
            return
        self._waiting = waiting
        if report.drafts:
            log.info("%s", Message("serve.drafts", count=len(report.drafts), files=_shown(report.drafts)))
        publication = self.site.config().publication if report.waiting else None
        zone = publication.timezone if publication else "Asia/Seoul"
        for file, at in [*report.waiting.items()][:_FILES_LOGGED]:
            log.info("%s", Message("serve.waiting", file=file, at=minute_for_people(at, zone)))

    def _tell_standing(self, problems: Iterable[Message]) -> None:
        """Log why entries stay as they are that did not the last time."""
        standing = frozenset(problems)
        for problem in sorted(standing - self._standing, key=str):
            log.warning("%s", Message("serve.waits", problem=problem))
        self._standing = standing

    def _warn(self, warnings: Sequence[Message]) -> None:
        """Log the warnings that were not there the last time: of what readers would miss and nobody may have meant."""
        for warning in warnings:
            if warning not in self._warned:
                log.warning("%s", Message("serve.warned", problem=warning))
        self._warned = tuple(warnings)

    def _leave(self, codes: Mapping[str, int], *, succeeded: bool) -> None:
        """Leave the outcome for health and metrics to report."""
        role = LEADER if self._onolder else ""
        status = BuildStatus(succeeded=succeeded, at=int(time.time()), problems=dict(codes), role=role)
        try:
            write_status(self.site.folder, status)
        except OSError as error:
            log.error("%s", Message("serve.status-unwritable", reason=reason_of(error)))
        if role:
            self._note.leave(status)


def _shown(files: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first few of many files, and a mark that there are more."""
    return files if len(files) <= _FILES_LOGGED else (*files[:_FILES_LOGGED], "…")


def _edition_message(report: Report) -> Message:
    number, counts = report.edition.number, report.counts
    changes = tuple(Message(key, count=counts[name]) for name, key in _CHANGES.items() if counts[name])
    if not changes:
        return Message("serve.edition-no-entry", number=number)
    return Message("serve.edition", number=number, changes=changes)


def watch_and_build(root: Path, builder: Builder, stop: Event, onedition: Callable[[], None] = lambda: None) -> None:
    """Build at once and then whenever something changes or falls due, until `stop` is set.

    `onedition` is called for the edition that is found or built at first, and for every other one.
    """
    # Among so many values that stay, looking for garbage takes as long as a build: it is done while nobody waits.
    gc.disable()
    prepared, copied, store, garbage = False, 0, builder.site.folder / STORE_NAME, 0

    def onquiet() -> None:
        nonlocal garbage
        builder.read_ahead()
        if garbage:
            garbage = 0
            gc.collect()

    for changed in occasions(root.absolute(), store, builder.is_due, stop, onquiet=onquiet):
        report = builder.build(changed)
        if report is not None and report.edition.number != copied:
            copied = report.edition.number
            builder.keep_copy()
            onedition()
        if not prepared:
            _prepare()
            prepared = True
        garbage += 1
        if garbage == _MOST_GARBAGE:
            garbage = 0
            gc.collect()


def _prepare() -> None:
    """Load what renders, while nobody waits: it costs as much as rendering an edit."""
    load_templates()
    for row in FORMATS.values():
        _ = row.renderer
    straight(_PROSE, BodyFormat.MARKDOWN)
    gc.collect()
    gc.freeze()


def main(arguments: list[str]) -> int:
    """Watch and build until standard input ends or a signal comes; return the exit status."""
    log_to_stderr()
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    # Ctrl-C in a terminal reaches this process too; the one that started it decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_input, args=(stop,), daemon=True).start()
    root = Path(arguments[0])
    address, bucket = _value_of("--address=", arguments), _value_of("--to=", arguments)
    drafts, watch, bell = "--drafts" in arguments, "--no-watch" not in arguments, _value_of("--bell=", arguments)
    site = Site(root, drafts=drafts, address=address)
    if isinstance(site.place, Path) or drafts:
        builder = Builder(site, oncommit=Bell(int(bell)).ring if bell else lambda: None)
        with filling(site, bucket) as onedition:
            watch_and_build(root, builder, stop, onedition)
    else:
        lead(site, site.place, stop, lambda ended: _lead(root, address, bucket, ended, watch=watch))
    return 0


def _value_of(option: str, arguments: Sequence[str]) -> str:
    return next((one.removeprefix(option) for one in arguments if one.startswith(option)), "")


def _lead(root: Path, address: str, bucket: str, ended: Event, *, watch: bool) -> None:
    """Build and announce, for who leads: what was known of the store before, another leader may have changed since."""
    site = Site(root, address=address)
    with announcing(site), filling(site, bucket) as onedition:
        builder = Builder(site, onolder=ended.set)
        if watch:
            watch_and_build(root, builder, ended, onedition)
        else:
            _build_once(builder, ended, onedition)


def _build_once(builder: Builder, ended: Event, onedition: Callable[[], None]) -> None:
    """Build until that succeeds, and lead on until it is `ended`: nobody else is to build meanwhile."""
    while builder.build() is None:
        if ended.wait(max(0.0, (builder.again or 0.0) - time.monotonic())):
            return
    onedition()
    ended.wait()


def _end_with_input(stop: Event) -> None:
    # Not by sys.stdin: its lock, held while waiting, would stop the interpreter from ending.
    while os.read(0, 1):
        pass
    stop.set()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
