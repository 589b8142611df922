"""Random histories of a newsroom, as a reader sees them who never forgets: no old story is ever posted again.

The machine makes every change that a newsroom makes, and publishes after each, or after a few. Every article has an
author who tells the test, and nobody else, which one it is. What disks and sync clients do stands in
`test_every_kind.py`. `SOSIK_HISTORIES=50x200` runs 50 histories of 200 steps,
other ones each time, and looks for the shortest that fails, which takes minutes.
"""

import atexit
import os
import sys
from contextlib import ExitStack
from unittest import TestCase

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from databases import postgres
from histories.desk import FEED
from histories.endings import MOVES, Endings
from histories.room import FEEDS
from histories.silence import Silence

WANTED = os.environ.get("SOSIK_HISTORIES", "")
if WANTED:
    atexit.register(lambda: sys.stderr.write(f"\n{dict(sorted(MOVES.items()))}\n"))
HISTORIES, STEPS = (int(part) for part in (WANTED or "6x60").split("x"))


class Newsroom(Endings, Silence, RuleBasedStateMachine):
    """A newsroom at work."""

    def teardown(self) -> None:
        self.close()

    @initialize()
    def found(self) -> None:
        self.adjust()
        self.write("feeds/all.yaml", FEED.format(title="전체", entries=4))
        for name in ("sections", "local", "brief"):
            self.write(f"feeds/{name}.yaml", FEEDS[name][0])
        for pinned, link in ((True, True), (True, False), (False, True), (False, False), (False, False)):
            self.add(pinned=pinned, link=link)
        self.library.subscribe()
        self.publish()

    @rule(steps=st.integers(2, 4))
    def work_on_before_publishing(self, steps: int) -> None:
        self.quiet = steps

    @invariant()
    def nobody_reads_an_old_story_again(self) -> None:
        self.quiet = max(0, self.quiet - 1)
        if self.builds and not self.quiet:
            self.publish()


class NewsroomInPostgres(Newsroom):
    """The same, with its store in PostgreSQL."""

    def __init__(self) -> None:
        super().__init__()
        self.database = ExitStack()
        self.database.enter_context(postgres(self.root))

    def teardown(self) -> None:
        super().teardown()
        self.database.close()


def run_of(histories: int, steps: int) -> settings:
    """Return what makes a run of so many histories."""
    return settings(
        max_examples=histories,
        stateful_step_count=steps,
        deadline=None,
        derandomize=not WANTED,
        phases=[Phase.generate, *([Phase.shrink] if WANTED else [])],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )


TestHistories = Newsroom.TestCase
TestHistories.settings = run_of(HISTORIES, STEPS)


def in_postgres(part: int) -> type[TestCase]:
    """Return two histories of a hundred steps, or a fifth of those that are wanted: parts run side by side."""

    class Machine(NewsroomInPostgres):
        pass

    case = (Machine if WANTED else seed(part)(Machine)).TestCase
    case.settings = run_of(max(HISTORIES // 5, 2), max(STEPS, 100))
    return case


TestHistoriesInPostgres1, TestHistoriesInPostgres2 = in_postgres(1), in_postgres(2)
TestHistoriesInPostgres3, TestHistoriesInPostgres4 = in_postgres(3), in_postgres(4)
TestHistoriesInPostgres5 = in_postgres(5)
