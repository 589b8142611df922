"""Obstacles to a notification: the reason why an address does not show a change, and the time since when."""

import json
from collections.abc import Collection, Mapping

from msgspec import Struct

from sosik.model.digests import dump
from sosik.store.records import read_message, write_message
from sosik.words import Message

PATIENCE = 600
"""Seconds after which hubs are told all the same of what cannot be looked at, and a long wait is worth a word."""

GUARDED = "announce-guarded"
REDIRECTED = "announce-redirected"
UNREADABLE = "announce-unreadable"
DIFFERENT = "announce-different"
OLD = "announce-old"
UNREACHABLE = "announce-unreachable"

UNSURE = frozenset({GUARDED, REDIRECTED, UNREADABLE, DIFFERENT})
"""Codes of what does not tell whether the new bytes are there; with the others they are not."""


class Obstacle(Struct, frozen=True):
    """Why an address is not seen to show the newest edition: a code for machines, a message for people."""

    address: str
    code: str
    message: Message | str

    @property
    def is_unsure(self) -> bool:
        """Whether the newest edition may be there all the same."""
        return self.code in UNSURE


class Hindrance(Struct, frozen=True):
    """An obstacle that was met, and the instant (seconds) of the first change that waits for it, 0 where none does."""

    obstacle: Obstacle
    since: int = 0

    def is_worth_a_word(self, now: int) -> bool:
        """Tell whether it is more than a copy on the way that is renewed in a moment."""
        return self.obstacle.is_unsure or (self.since > 0 and now - self.since >= PATIENCE)


def write_hindrances(hindrances: Mapping[str, Hindrance]) -> str:
    """Return hindrances, by address, as the store keeps them."""
    return dump(
        {
            address: [one.obstacle.code, write_message(one.obstacle.message), one.since]
            for address, one in hindrances.items()
        }
    )


def read_hindrances(record: str) -> dict[str, Hindrance]:
    """Return what was kept of hindrances, by address."""
    return {
        address: Hindrance(Obstacle(address, code, read_message(message)), since)
        for address, (code, message, since) in json.loads(record or "{}").items()
    }


def told_by_code(hindrances: Collection[Hindrance], now: int) -> dict[str, list[Obstacle]]:
    """Return what is worth a word at `now` (seconds), by code, in the order of addresses."""
    told: dict[str, list[Obstacle]] = {}
    for one in sorted(hindrances, key=lambda one: one.obstacle.address):
        if one.is_worth_a_word(now):
            told.setdefault(one.obstacle.code, []).append(one.obstacle)
    return told
