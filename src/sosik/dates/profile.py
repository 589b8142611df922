"""What is known of one source, where its texts do not mean what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from types import MappingProxyType

from sosik.dates.model import Role


class YearLast(StrEnum):
    """The order in which a source writes dates whose year stands last, such as ``01/02/2024``."""

    MONTH_FIRST = "month-first"
    DAY_FIRST = "day-first"


@dataclass(frozen=True, kw_only=True)
class SourceProfile:
    """Exceptions for one source; without one every text is taken at its word.

    ``false_offsets`` are offsets as written (``+0000``, ``Z``, ``+00:00``) that stand on a local clock.
    ``day_only_times`` are wall-clock times that stand for "no time known" (``03:00:00`` of print articles).
    ``year_last`` settles ``01/02/2024``. ``labels`` give words in front of a date another role.
    """

    false_offsets: frozenset[str] = frozenset()
    day_only_times: frozenset[time] = frozenset()
    year_last: YearLast | None = None
    labels: Mapping[str, Role] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def label_items(self) -> tuple[tuple[str, Role], ...]:
        """The labels, longest first and without blanks at their ends, with their roles."""
        if not self.labels:
            return ()
        return tuple(
            sorted(
                ((word.strip(), Role(role)) for word, role in self.labels.items()),
                key=lambda label: (-len(label[0]), label),
            )
        )
