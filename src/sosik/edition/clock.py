"""What a build takes for now: no clock that lost the time makes an edition, and no edition repeats a second."""

from msgspec.structs import replace

from sosik.errors import EditionRefusedError, Location, Problem
from sosik.ledger.seeing import SyncOptions
from sosik.model.instants import instant
from sosik.model.values import Seconds
from sosik.store import Changes, Store
from sosik.words import Message

CLOCK_ERROR = 3600
"""Seconds by which a clock may have run ahead; within them time does not go back, lest what readers saw vanish."""

CLOCK_LOST = 86_400
"""Seconds behind the last build from which on a clock has lost the time (a flat battery), and hides what is public."""


CLOCK_KEPT = 600
"""Seconds within which the time of a clock is not remembered anew: a build that changes nothing writes nothing."""


def keep_time(store: Store, now: Seconds, *, by_clock: bool) -> None:
    """Remember the latest time that a clock gave, and refuse one far before it; what a person asks for is believed.

    Raises `EditionRefusedError`: all articles would lie ahead and vanish, and their feeds be gone.
    """
    known = store.meta("clock")
    last = int(known or now)
    if by_clock and now < last - CLOCK_LOST:
        problem = Problem(
            code="clock-back",
            message=Message("clock-back.says", now=instant(now).isoformat(), last=instant(last).isoformat()),
            location=Location(file=".sosik/site.db"),
            hint=Message("clock-back.hint"),
        )
        raise EditionRefusedError([problem])
    if known and by_clock and last <= now < last + CLOCK_KEPT:
        return
    if by_clock or now < last:
        store.apply(Changes(meta={"clock": str(max(now, last) if by_clock else now)}))


def in_time(store: Store, options: SyncOptions, composed: Seconds) -> tuple[SyncOptions, Seconds]:
    """Return the options as at an instant no earlier than the edition before, and the instant (seconds) of this one.

    At most one edition a second, so that Last-Modified tells any two of them apart. An edition far ahead was a trial
    of a day to come (`--now`), or the work of a clock that ran ahead, and binds nobody: what it dated is dated back.
    """
    if composed > options.now + CLOCK_ERROR:
        store.apply(Changes(latest=options.now))
        return options, options.now
    return replace(options, now=max(options.now, composed)), max(options.now, Seconds(composed + 1))
