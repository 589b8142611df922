"""The commit of git that a shared store was built from last: its machines may have files of different ages."""

from pathlib import Path

from sosik.errors import OlderContentError
from sosik.read import contains, revision_of
from sosik.store import Changes, Store
from sosik.words import Message

REVISION = "content_revision"
"""The key of the commit in the table `meta`."""


def keep_revision(store: Store, root: Path, *, only_newer: bool) -> None:
    """Remember the commit of the files in `root` before a build, so that no other machine builds from older ones.

    With `only_newer`, raises `OlderContentError` if git knows that the published commit is newer.
    """
    here, published = revision_of(root), store.meta(REVISION)
    if here == published:
        return
    if only_newer and (reason := older_content(root, published)):
        raise OlderContentError(reason)
    if here:
        with store.transaction():
            store.apply(Changes(meta={REVISION: here}))


def older_content(root: Path, published: str) -> Message | None:
    """Return the reason if git knows that the commit of `root` lacks the published one, otherwise None."""
    here = revision_of(root)
    if not here or not published or contains(root, published):
        return None
    return Message("site.older-content", folder=str(root), commit=here[:12], published=published[:12])
