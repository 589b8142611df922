"""Rendered entries in memory."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping

from sosik.model import Fragment
from sosik.model.values import EntryId
from sosik.store.rows import FragmentKey

MOST_BYTES = 110_000_000
"""Bytes of fragments that lie in memory; the text that the formats of an entry share counts once."""


_ROOM = 1_000_000
"""Bytes that are left free before memory counts as full."""


class Rendered:
    """Entries as rendered, those that were last in use; at most `MOST_BYTES`. Some are known to be well-formed."""

    def __init__(self) -> None:
        self._known: OrderedDict[EntryId, dict[FragmentKey, Fragment]] = OrderedDict()
        self._sound: set[FragmentKey] = set()
        self._bytes = 0

    def of(self, entry: EntryId) -> Mapping[FragmentKey, Fragment]:
        """Return what is known of an entry."""
        known = self._known.get(entry)
        if known is None:
            return {}
        self._known.move_to_end(entry)
        return known

    def take(self, entry: EntryId, fragments: Mapping[FragmentKey, Fragment]) -> None:
        """Know fragments of an entry, beside those that are known."""
        before = self._known.pop(entry, {})
        self._known[entry] = known = {**before, **fragments}
        self._bytes += _size(known) - _size(before)
        while self._bytes > MOST_BYTES:
            self.drop(next(iter(self._known)))

    @property
    def is_full(self) -> bool:
        """Whether there is hardly room for more."""
        return self._bytes > MOST_BYTES - _ROOM

    def drop(self, entry: EntryId) -> None:
        """Know nothing of an entry any more."""
        if (known := self._known.pop(entry, None)) is not None:
            self._bytes -= _size(known)
            self._sound.difference_update(known)

    def vouch(self, keys: Iterable[FragmentKey]) -> None:
        """Know of fragments, as far as they are known, that they are well-formed: they were just made, or parsed."""
        self._sound.update(key for key in keys if key in self._known.get(key.entry_id, ()))

    def is_sound(self, key: FragmentKey) -> bool:
        """Tell whether a fragment is known to be well-formed."""
        return key in self._sound

    def clear(self) -> None:
        """Know nothing any more."""
        self._known.clear()
        self._sound.clear()
        self._bytes = 0


def _size(fragments: Mapping[FragmentKey, Fragment]) -> int:
    texts = {id(fragment.text): len(fragment.text) for fragment in fragments.values()}
    return sum(texts.values()) + sum(len(fragment.head) + len(fragment.tail) for fragment in fragments.values())
