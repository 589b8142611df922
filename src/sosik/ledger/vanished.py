"""Entries without a file, and those of them to withdraw now. Asks the disk and git."""

import time
from collections.abc import Sequence
from pathlib import Path

from sosik.ledger.away import Missing, is_over
from sosik.ledger.recognition import Arrival, says_the_same
from sosik.ledger.states import lost_file
from sosik.model.values import EntryId, Seconds
from sosik.read import FileKind, Scan, in_trash, scan, taken_out

_REPLACING = 0.05
"""Seconds after which a file that is being replaced is there again: editors rename the old one before they write."""


def still_missing(missing: Sequence[Missing], scanned: Scan, content: Path) -> list[Missing]:
    """Return the files that stay away, of those that the last scan lacks: some are back in a moment."""
    if not missing:
        return []
    time.sleep(_REPLACING)
    again = scan(content, scanned.ignore)

    def is_back(source: str) -> bool:
        file = again.by_source.get(source)
        return file is not None and file.kind is FileKind.ENTRY and source not in scanned.by_source

    sources = ((one, one.entry.source) for one in missing)
    return [one for one, source in sources if not is_back(source) and not again.may_hold(source)]


def taken_back_now(
    missing: Sequence[Missing], content: Path, drafts: Sequence[Arrival], now: Seconds, *, after: int, at_once: bool
) -> list[EntryId]:
    """Return the ids of the entries that need not be waited for: all `at_once`, or those that are away long enough.

    `after` is in seconds. Also those of which it shows that somebody meant it: the article is a draft now, in a file of
    another name; its file lies in a trash folder, or was taken out of the commit that is checked out.
    """
    waiting = [one for one in missing if not (at_once or is_over(one, after, now))]
    waiting = [one for one in waiting if not any(says_the_same(draft, one.entry) for draft in drafts)]
    meant = in_trash(content, [lost_file(one.file) for one in waiting])
    others = [one.file.path for one in waiting if one.file.path not in meant]
    meant |= taken_out(content, others)
    kept = {one.entry.id for one in waiting if one.file.path not in meant}
    return [one.entry.id for one in missing if one.entry.id not in kept]
