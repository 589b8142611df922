"""A store that stays open from a build until its edition is published."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from sosik.store import Store


class KeptStore:
    """The store of a `Site`: opened by each call, or kept open by one for the next.

    What is written until it is closed is brought to the disk together. Meanwhile no other process writes.
    """

    def __init__(self) -> None:
        self._open: Store | None = None
        self._stays_open = False

    @contextmanager
    def in_one_go(self) -> Iterator[None]:
        """Keep the store open within the block, once it was opened, as long as nothing fails."""
        self._stays_open = True
        try:
            yield
        finally:
            self._stays_open = False
            if self._open is not None:
                store, self._open = self._open, None
                store.close()

    @contextmanager
    def open(self, opened: Callable[[], Store]) -> Iterator[Store]:
        """Yield the store that was kept open, or one that is `opened` now. Raises what that does."""
        with ExitStack() as stack:
            kept, self._open = self._open, None
            store = stack.enter_context(kept or opened())
            yield store
            if self._stays_open:
                stack.pop_all()
                self._open = store
