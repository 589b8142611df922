"""What came of a run through the queue of announcements."""

from collections.abc import Mapping

from msgspec import Struct, field

from sosik.announce.hindrance import Hindrance
from sosik.store import AnnouncementRow, TargetRow


class Announced(Struct, frozen=True, kw_only=True):
    """The result of a run: sent and queued notifications, and the state of every target, by address.

    `hindered` has the obstacles at the addresses of documents, by address.
    """

    told: tuple[AnnouncementRow, ...] = ()
    waiting: tuple[AnnouncementRow, ...] = ()
    targets: Mapping[str, TargetRow] = field(default_factory=dict)
    hindered: Mapping[str, Hindrance] = field(default_factory=dict)
