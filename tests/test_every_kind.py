"""Every kind of move that disks, sync clients, git and small slips make, again and again and many at a time.

`SOSIK_EACH=1000 pytest -s tests/test_every_kind.py -k every_kind` makes each so often, and prints how often as a table.
"""

import os
import sys
import traceback
from collections import Counter
from collections.abc import Iterable
from itertools import count
from pkgutil import resolve_name

import pytest

from histories.crowd import FEW, History
from histories.crowd_files import FILES
from histories.crowd_rooms import ROOMS
from sosik.ledger.hidden import Hidden

LONG = os.environ.get("SOSIK_EACH", "")
EACH = int(LONG or "2")
SEED = int(os.environ.get("SOSIK_SEED", "0"))
KINDS = FILES | ROOMS
MOST_FAILURES = 20


def test_every_kind_of_move_takes_nothing_back_that_nobody_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sosik.ledger.vanished._REPLACING", 0)  # nobody replaces a file meanwhile
    made: Counter[str] = Counter()
    failures: list[str] = []
    try:
        for seed in count(SEED):
            if all(made[name] >= EACH for name in KINDS) or len(failures) == MOST_FAILURES:
                break
            try:
                History(KINDS, made, seed, EACH).run()
            except Exception:
                if not LONG:
                    raise
                failures.append(f"seed {seed}\n{traceback.format_exc()}")
                sys.stderr.write(failures[-1])
            if LONG:
                sys.stderr.write(f"{seed}: {min(made[name] for name in KINDS)} of each kind, {made.total()} moves\n")
    finally:
        if LONG:
            sys.stderr.write("\n".join(f"{made[name]:>6}  {name}" for name in KINDS) + "\n")
    assert not failures, f"{len(failures)} histories failed"


COMINGS = ("away for a moment", "fetched again", "a text cut short")
RULES: dict[str, tuple[str, object, tuple[str, ...]]] = {
    "what is missing is waited for": ("sosik.ledger.vanished:is_over", lambda *_: True, COMINGS),
    "what stays away is withdrawn": ("sosik.ledger.vanished:is_over", lambda *_: False, ("deleted and waited for",)),
    "what lies in the trash is deleted": ("sosik.ledger.vanished:in_trash", lambda *_: set(), ("moved to the trash",)),
    "what a commit takes out is deleted": (
        "sosik.ledger.vanished:taken_out",
        lambda *_: set(),
        ("deleted with git",),
    ),
    "a person may say now": ("sosik.ledger.seeing:SyncOptions.at_once", False, ("deleted, and said so",)),
    "half a text is no edit": ("sosik.ledger.unfinished:is_beginning", lambda *_: False, ("half an upload",)),
    "a cut that stays is one": ("sosik.ledger.unfinished:waiting_since", lambda _, now: now, ("a text cut short",)),
    "both versions are none": ("sosik.source.parsing:merge_marks", lambda *_: None, ("an unfinished merge",)),
    "a picture is waited for": (
        "sosik.ledger.arriving:patience_for_pictures",
        lambda *_: 0,
        ("a picture away for a moment",),
    ),
    "what cannot be read is there": (
        "sosik.read:Scan.may_hold",
        lambda *_: False,
        ("a file without permission", "a pipe, folder or link in its place", "evicted by a sync client"),
    ),
    "a folder that cannot be read is there": (
        "sosik.read:Scan.may_hold",
        lambda *_: False,
        ("a folder without permission",),
    ),
    "names of old programs are read": ("sosik.read.scan:read_as_cp949", lambda _: "", ("a name in CP949",)),
    "what is passed over is none": (
        "sosik.read.scan:is_passed_over",
        lambda *_: False,
        ("what is no article beside it",),
    ),
    "what is hidden stays up": (
        "sosik.ledger.seeing:find_hidden",
        lambda *_: Hidden(),
        ("ignored", "moved where a default hides it"),
    ),
    "of a copy and its original one counts": ("sosik.ledger.sync:find_copies", lambda _: {}, ("a copy in conflict",)),
    "a feed goes on": ("sosik.edition.choice:kept_now", lambda *_: {}, ("a definition taken away", "a feed moved")),
    "a family's value goes on": ("sosik.edition.choice:kept_now", lambda *_: {}, ("a section renamed",)),
    "a feed that is retired ends": (
        "sosik.edition.planned:is_retired",
        lambda *_: False,
        ("an alias dropped", "retired, and back"),
    ),
    "the published feeds are a whole memory": (
        "sosik.previous.recall:memory_in_folder",
        lambda *_: None,
        ("an alias dropped", "--previous"),
    ),
    "pages stay where they were": ("sosik.edition.planned:_moved", lambda *_: (), ("pages moved",)),
    "a page outlives its article's link": (
        "sosik.store.membership:Membership.pages_before",
        lambda *_: set(),
        ("a link of its own",),
    ),
    "lost members are told": ("sosik.ledger.comparison:lost_members", lambda *_: (), ("a lost member",)),
    "a clock put right takes its stamps along": (
        "sosik.store.sql_store:date_back",
        lambda *_, **__: None,
        ("the clock ahead",),
    ),
}
"""The rules, how each is switched off, and the kinds of moves that notice it."""


@pytest.mark.parametrize("rule", RULES)
def test_the_moves_notice_a_rule_that_is_off(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    target, without, kinds = RULES[rule]
    make(kinds, times=1)
    module, _, path = target.partition(":")
    owner, _, name = path.rpartition(".")
    monkeypatch.setattr(resolve_name(f"{module}:{owner}" if owner else module), name, without)

    with pytest.raises(AssertionError):
        make(kinds, times=4)


def make(kinds: Iterable[str], *, times: int) -> None:
    """Make moves one after the other among a few articles."""
    history = History(KINDS, Counter(), 1, times)
    with history.founded(FEW):
        for name in [*kinds] * times:
            history.begin(name)
            history.crowd.rest()
