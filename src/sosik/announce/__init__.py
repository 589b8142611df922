"""Telling others of changes: WebSub hubs of feeds, search engines (IndexNow) of articles.

What changed is queued in the store with the edition that changed it, and told once the new bytes can be had at their
addresses; so nothing is forgotten when a hub is down, and nothing is told twice. A hub that hangs, fails or lies harms
neither a build nor a server. `sosik.announce.run` tells; it stands apart, for it imports what speaks HTTP and TLS.
"""

from sosik.announce.outcome import Announced
from sosik.edition.announcements import targets_of

__all__ = ["Announced", "targets_of"]
