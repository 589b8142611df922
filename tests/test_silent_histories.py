"""Histories of what is easily overlooked alone, and that they fail once any of the rules is switched off.

`SOSIK_SILENCE=1000` makes every kind of move so many times, and prints how often; by default a few times.
"""

import os
import random
from collections.abc import Callable, Iterable

import pytest

from histories.moves import MOVES
from histories.silence import WINDOWS
from histories.stories import Story
from test_histories import Newsroom

WANTED = int(os.environ.get("SOSIK_SILENCE", "1"))
FEW = 6
"""Articles that are left between two moves."""


class Quiet:
    """A newsroom in which one kind of move is made after another."""

    def __init__(self, seed: int) -> None:
        self.room = Newsroom()
        self.dice = random.Random(seed)  # noqa: S311  # a history, not a secret
        self.room.found()
        # One that shows everything would hide what the others leave out.
        self.room.write("feeds/brief.yaml", "title: 간추림\nwindow: {entries: 2, hours: 0}\n")

    def close(self) -> None:
        self.room.teardown()

    def make(self, kind: str) -> None:
        """Make a move, publish, and take back what is too much."""
        KINDS[kind](self)
        self.room.publish()
        self.tidy()

    def tidy(self) -> None:
        """Take back all but a few articles, by their files; some time passes."""
        room = self.room
        gone = [story for story in room.stories if not story.status][:-FEW]
        for story in gone:
            story.status = "withdrawn"
            room.save(story)
        room.publish()
        for story in gone:
            room.take_away(story)
            room.deleted.remove(story)
        room.wait(self.dice.choice([1, 15, 600]))
        room.publish()

    def some(self) -> Story:
        return self.dice.choice(self.room.stories)

    # --- kinds of moves

    def promise(self) -> None:
        self.room.promise_hours(self.dice.choice(sorted(WINDOWS)))

    def burst(self) -> None:
        self.room.burst(self.dice.randrange(3, 10), self.dice.choice([True, False]))
        self.room.publish()
        self.room.add(pinned=True, link=True)

    def old_date(self) -> None:
        self.room.publish_late_with_an_old_date(self.dice.choice([3, 40, 400]), self.dice.choice(["", "지역"]))

    def at_length(self) -> None:
        self.room.publish_at_length(5)

    def omission(self) -> None:
        room, story = self.room, self.some()
        story.summary, story.link = "손으로 쓴 요약이다.", f"/news/{room.count()}"
        room.save(story)
        room.publish()
        story.summary, story.link = self.dice.choice([("", story.link), (story.summary, ""), ("", "")])
        MOVES["lost member"] += 1
        room.save(story)

    def clock(self) -> None:
        room, story = self.room, self.some()
        hours = self.dice.choice([2, 5, 23])
        story.updated = room.stamp(hours * 60)
        room.save(story)
        room.run_ahead(hours)

    def zone(self) -> None:
        self.room.add(pinned=True, link=False, naive=True, ahead=-60)
        self.room.publish()
        self.room.slip_into_another_zone()

    def day(self) -> None:
        self.room.add(pinned=True, link=True)
        self.room.say_the_day_alone()


KINDS: dict[str, Callable[[Quiet], None]] = {
    "promise": Quiet.promise,
    "burst": Quiet.burst,
    "old date": Quiet.old_date,
    "long article": Quiet.at_length,
    "lost member": Quiet.omission,
    "clock ahead": Quiet.clock,
    "zone slip": Quiet.zone,
    "day without time": Quiet.day,
}


def overlook(rounds: int, seed: int, kinds: Iterable[str] = KINDS) -> None:
    """Make kinds of moves in random order, every one so many times."""
    quiet, wanted = Quiet(seed), sorted(kinds)
    try:
        for _ in range(rounds):
            for kind in quiet.dice.sample(wanted, len(wanted)):
                quiet.make(kind)
    finally:
        quiet.close()


@pytest.mark.parametrize("seed", range(max(1, WANTED // 25)))
def test_nothing_is_left_out_in_silence(seed: int) -> None:
    before = MOVES.copy()
    overlook(min(WANTED, 25), seed)

    assert all(MOVES[kind] - before[kind] >= min(WANTED, 25) for kind in KINDS), MOVES


RULES: dict[str, tuple[str, object, tuple[str, ...]]] = {
    "at_most gives way": (
        "sosik.edition.window.most_shown",
        lambda limits: limits.at_most,
        ("promise", "burst"),
    ),
    "size gives way": (
        "sosik.edition.window._within_budget",
        lambda members, _: ({one.id for one in members[:2]}, set()),
        ("promise", "burst", "long article"),
    ),
    "new entries in no feed are named": (
        "sosik.edition.compose.told_unshown",
        lambda *_: (),
        ("promise", "burst", "old date"),
    ),
    "what has no room is counted": ("sosik.edition.compose.overfull", lambda *_: (), ("promise", "burst")),
    "lost members are told": ("sosik.ledger.comparison.lost_members", lambda *_: (), ("lost member",)),
    "a clock put right takes its stamps along": (
        "sosik.store.sql_store.date_back",
        lambda *_, **__: None,
        ("clock ahead",),
    ),
    "what is held keeps its zone": (
        "sosik.edition.build.replace",
        lambda publication, **_: publication,
        ("zone slip",),
    ),
    "a day without a time is told": ("sosik.ledger.steps.is_of_today", lambda *_: False, ("day without time",)),
}
"""The rules against silence, and how each is switched off."""


@pytest.mark.parametrize("rule", RULES)
def test_the_histories_notice_a_rule_that_is_off(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    target, without, kinds = RULES[rule]
    monkeypatch.setattr(target, without)

    with pytest.raises(AssertionError):
        overlook(3, seed=1, kinds=kinds)
