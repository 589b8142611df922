"""The known faults of the dates of one source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct, field

from sosik.dates.model import Role


class YearLast(StrEnum):
    """The order in which a source writes dates whose year stands last, such as ``01/02/2024``."""

    MONTH_FIRST = "month-first"
    DAY_FIRST = "day-first"


class SourceProfile(Struct, frozen=True, kw_only=True):
    """The known faults of the dates of one source. Without a profile, every text is read literally.

    ``false_offsets`` are offsets, as written (``+0000``, ``Z``, ``+00:00``), of times that are really local.
    ``day_only_times`` are wall-clock times that mean an unknown time (``03:00:00`` of print articles). ``year_last`` is
    the order of ``01/02/2024``. ``labels`` are roles for words before a date.
    """

    false_offsets: frozenset[str] = frozenset()
    day_only_times: frozenset[time] = frozenset()
    year_last: YearLast | None = None
    labels: Mapping[str, Role] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def label_items(self) -> tuple[tuple[str, Role], ...]:
        """The labels with their roles, longest first, without blanks at the ends."""
        if not self.labels:
            return ()
        return tuple(
            sorted(
                ((word.strip(), Role(role)) for word, role in self.labels.items()),
                key=lambda label: (-len(label[0]), label),
            )
        )
