"""What one build worked out and the next one in the same process need not: kept while made from the same things."""

from collections.abc import Callable
from typing import Any, TypeVar

V = TypeVar("V")


class Memo:
    """Results by a key, each with what it was made from. Only for what follows from that and from nothing else.

    Comparing is cheap where values are the very same objects; so keep those, and do not make equal ones.
    """

    def __init__(self) -> None:
        self._basis: object = None
        self._known: dict[object, tuple[object, Any]] = {}
        self._used: dict[object, tuple[object, Any]] = {}

    def begin(self, basis: object) -> None:
        """Begin a build; all is forgotten unless it rests on what the build before rested on, the `basis`."""
        if basis != self._basis:
            self.forget()
        self._basis = basis
        self._known, self._used = self._used, {}

    def get(self, key: object, made_of: object, make: Callable[[], V]) -> V:
        """Return what `make` returned for a key when it was last made of the same; else what it returns now."""
        known = self._known.get(key)
        if known is None or known[0] != made_of:
            known = (made_of, make())
        self._used[key] = known
        result: V = known[1]
        return result

    def knows(self, key: object, made_of: object) -> bool:
        """Tell whether `get` would return what is known already."""
        known = self._known.get(key)
        return known is not None and bool(known[0] == made_of)

    def forget(self) -> None:
        """Know nothing any more."""
        self._basis = None
        self._known, self._used = {}, {}


class _NoMemo(Memo):
    def begin(self, basis: object) -> None:
        pass

    def get(self, key: object, made_of: object, make: Callable[[], V]) -> V:  # noqa: ARG002  # keeps nothing
        return make()


NO_MEMO: Memo = _NoMemo()
"""For who builds once."""
