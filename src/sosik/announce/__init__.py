"""Notifies WebSub hubs of changed feeds and search engines (IndexNow) of changed articles.

The edition that changes a document queues its notifications in the store. They are sent when the new bytes are live, so
none is lost while a hub is down, and none is sent twice. A hub that hangs or fails affects neither builds nor servers.
`sosik.announce.run` sends them; it is a separate module because it imports HTTP and TLS.
"""

from sosik.announce.outcome import Announced
from sosik.edition.announcements import targets_of

__all__ = ["Announced", "targets_of"]
