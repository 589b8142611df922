"""What came of a run through the queue of announcements."""

from collections.abc import Mapping
from dataclasses import field

from sosik.announce.hindrance import Hindrance
from sosik.store import AnnouncementRow, TargetRow
from sosik.values import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Announced:
    """What a run told, what waits (with what hinders it), and what is known of every target by its address.

    `hindered` is what stands in the way at the addresses of documents, by address.
    """

    told: tuple[AnnouncementRow, ...] = ()
    waiting: tuple[AnnouncementRow, ...] = ()
    targets: Mapping[str, TargetRow] = field(default_factory=dict)
    hindered: Mapping[str, Hindrance] = field(default_factory=dict)
