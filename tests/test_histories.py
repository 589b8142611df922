"""Random histories of a newsroom, as a reader sees them who never forgets: no old story is ever posted again.

The machine makes every change that a newsroom makes, and publishes after each, or after a few. Every article has an
author who tells the test, and nobody else, which one it is. `SOSIK_HISTORIES=50x200` runs 50 histories of 200 steps,
other ones each time, and looks for the shortest that fails, which takes minutes.
"""

import atexit
import os
import sys

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from histories.comings import MOVES, NAMES
from histories.desk import FEED
from histories.disks import DISK_MOVES, KINDS
from histories.endings import MOVES as ENDINGS
from histories.endings import Endings
from histories.room import FEEDS
from histories.silence import Silence

WANTED = os.environ.get("SOSIK_HISTORIES", "")
if WANTED:
    atexit.register(lambda: sys.stderr.write(f"\n{dict(sorted(ENDINGS.items()))}\n"))
HISTORIES, STEPS = (int(part) for part in (WANTED or "8x100").split("x"))


class Newsroom(Endings, Silence, RuleBasedStateMachine):
    """A newsroom at work."""

    turns = 0

    def teardown(self) -> None:
        self.close()
        if WANTED:  # the numbers so far, for who runs many
            made = MOVES + DISK_MOVES
            print(*(f"{made[kind]} {kind}" for kind in (*NAMES, *KINDS)), sep=", ")  # noqa: T201

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
            self.turns += 1
            moves = (self.come_and_go, self.disturb_a_file)
            moves[self.turns % 2]()
            self.publish()


TestHistories = Newsroom.TestCase
TestHistories.settings = settings(
    max_examples=HISTORIES,
    stateful_step_count=STEPS,
    deadline=None,
    derandomize=not WANTED,
    phases=[Phase.generate, *([Phase.shrink] if WANTED else [])],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


RULES = {
    "what is missing is waited for": ("sosik.ledger.vanished.is_over", lambda *_: True),
    "what stays away is withdrawn": ("sosik.ledger.vanished.is_over", lambda *_: False),
    "what lies in the trash is deleted": ("sosik.ledger.vanished.in_trash", lambda *_: set()),
    "what a commit takes out is deleted": ("sosik.ledger.vanished.taken_out", lambda *_: set()),
    "a person may say now": ("sosik.ledger.seeing.SyncOptions.at_once", False),
    "half a text is no edit": ("sosik.ledger.unfinished.is_beginning", lambda *_: False),
    "a cut that stays is one": ("sosik.ledger.unfinished.waiting_since", lambda _, now: now),
    "both versions are none": ("sosik.source.merge_marks", lambda *_: None),
}
"""The rules of files that come and go, and how each is switched off."""


def come_and_go() -> None:
    """Make every kind of move twice, in one history."""
    room = Newsroom()
    try:
        room.found()
        for suffix in (".md", ".yaml") * len(NAMES):
            room.add(pinned=True, link=False, suffix=suffix)
            room.publish()
            room.come_and_go()
            room.publish()
    finally:
        room.teardown()


def test_every_kind_of_move_is_made() -> None:
    MOVES.clear()
    come_and_go()
    assert all(MOVES[kind] for kind in NAMES), MOVES


@pytest.mark.parametrize("rule", RULES)
def test_the_histories_notice_a_rule_that_is_off(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*RULES[rule])

    with pytest.raises(AssertionError):
        come_and_go()
