"""The checklist: numbered rules for publishers of feeds.

The sources are RSS 2.0 and its best-practices profile, RFC 4287, JSON Feed 1.1, RFC 5005 and RFC 9110; the code and
manuals of feed readers; and experience. docs/conformance.md has the tests of each rule.
"""

from enum import StrEnum

from msgspec import Struct

from sosik.words import Message


class Level(StrEnum):
    """How much a rule binds: what breaks a MUST is an error, what breaks another a warning."""

    MUST = "MUST"
    SHOULD = "SHOULD"
    NICE = "NICE"


class Rule(Struct, frozen=True):
    """A row of the checklist: the letter of its group, its number and its level."""

    group: str
    number: int
    level: Level

    @property
    def sentence(self) -> Message:
        """What the rule asks for."""
        return Message(f"rule.{self.number}")

    @property
    def name(self) -> str:
        """The rule as findings name it: group and number, `A5`."""
        return f"{self.group}{self.number}"


GROUPS = {
    "A": Message("rule.group-a"),
    "B": Message("rule.group-b"),
    "C": Message("rule.group-c"),
    "D": Message("rule.group-d"),
    "E": Message("rule.group-e"),
    "F": Message("rule.group-f"),
    "G": Message("rule.group-g"),
    "H": Message("rule.group-h"),
    "I": Message("rule.group-i"),
}
"""What the letters of the groups stand for."""

_LEVELS = {"M": Level.MUST, "S": Level.SHOULD, "N": Level.NICE}

_RULES = {
    "A": "1M 2M 3S 4M 5M 6S 7M 8S 9S 10S 11M 12M 13M 14S 15S 16S 17M",
    "B": "18M 19M 20M 21M 22S 23S 24S",
    "C": "25M 26M 27M 28M 29M 30M 31M 32S 33M 34S 35M 36S 37S 38S 39N",
    "D": "40M 41S 42M 43M 44M 45M 46S 47S 48M 49S 50S 51S 52N",
    "E": "53S 54S 55S 56S 57N 58N 59M 60S",
    "F": "61M 62M 63M 64M 65M 66M 67M 68S 69M 70M 71S 72S 73M 74S 75M 76S 77S 78S 79S 80S 81N 82S 83S",
    "G": "84M 85M 86S 87S",
    "H": "88S 89M 90S 91S 92S 93N 94N 95S 96M",
    "I": "97M 98M 99M 100M 101S 102S 103S 104N",
}
"""The rules of each group: a number, and the letter of a level. Their sentences stand in words/en/rules.py."""


def _rules() -> dict[int, Rule]:
    rows = ((group, row[:-1], row[-1]) for group, rows in _RULES.items() for row in rows.split())
    return {int(number): Rule(group, int(number), _LEVELS[level]) for group, number, level in rows}


CHECKLIST: dict[int, Rule] = _rules()
"""Every rule by its number."""
