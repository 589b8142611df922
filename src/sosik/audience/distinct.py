"""How many different ones there were, exactly while they are few, and well enough when they are many."""

FULL = 1 << 64
"""Hashes are below this."""


class Distinct:
    """Counts different hashes by keeping the smallest (k minimum values): the k-th tells how dense they all lie.

    The error of an estimate is about 1/√k. Nobody can make it grow beyond 2 k numbers.
    """

    __slots__ = ("_bound", "_kept")

    def __init__(self) -> None:
        self._kept: set[int] = set()
        self._bound = FULL

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, value: int, k: int) -> None:
        """Count a hash, evenly spread over 0 to 2**64 - 1."""
        if value < self._bound:
            self._kept.add(value)
            if len(self._kept) > 2 * k:
                self.trim(k)

    def trim(self, k: int) -> None:
        """Keep no more than the `k` smallest."""
        if len(self._kept) > k:
            smallest = sorted(self._kept)[:k]
            self._kept, self._bound = set(smallest), smallest[-1] + 1

    def estimate(self, k: int) -> int:
        """Return how many there were: exactly, if none was ever thrown away."""
        if self._bound == FULL:
            return len(self._kept)
        smallest = sorted(self._kept)[:k]
        return round((len(smallest) - 1) * FULL / (smallest[-1] + 1))
