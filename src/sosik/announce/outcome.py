"""What came of a run through the queue of announcements."""

from collections.abc import Mapping

from sosik.announce.hindrance import Hindrance
from sosik.store import AnnouncementRow, TargetRow
from sosik.values import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Announced:
    """The result of a run: sent and queued notifications, and the state of every target, by address.

    `hindered` has the obstacles at the addresses of documents, by address.
    """

    told: tuple[AnnouncementRow, ...] = ()
    waiting: tuple[AnnouncementRow, ...] = ()
    targets: Mapping[str, TargetRow] = field(default_factory=dict)
    hindered: Mapping[str, Hindrance] = field(default_factory=dict)
