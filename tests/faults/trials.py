"""How often each kind of fault is tried, for how long, and how many came of it."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random

MINUTES = float(os.environ.get("SOSIK_FAULTS", "0"))
"""For how long the tests of each file go on, together; 0 in the suite, where each tries its kind a few times."""


@dataclass
class Trials:
    """How many trials of each kind a test has made, by words; it has so many `seconds` in the long form."""

    seconds: float
    counts: Counter[str] = field(default_factory=Counter)

    def note(self, kind: str, number: int = 1) -> None:
        """Count trials of a kind that have ended well."""
        self.counts[kind] += number

    def rounds(self, few: int) -> Iterator[Random]:
        """Yield chance as often as the suite tries a kind, the same every time; in the long form other chance, until
        the time is over. What the last one was is printed, for who looks at a failure.
        """
        end = time.monotonic() + self.seconds
        first = int(time.time()) if MINUTES else 0
        for seed in count(first):
            if time.monotonic() > end if MINUTES else seed >= few:
                return
            print(f"seed {seed}")  # noqa: T201  # pytest shows it with a failure
            yield Random(seed)  # noqa: S311  # not for secrets

    def steps(self, numbers: range, few: int) -> Iterator[int]:
        """Yield all of the numbers in the long form, and as many of them, spread evenly, as the suite tries."""
        return iter(numbers if MINUTES else numbers[:: max(1, len(numbers) // few)])
