"""The published copies of pictures: checked before an edition, restored if lost, removed if unused.

The store has a digest of the file states of each of 256 parts. In an unchanged part nothing is read; in any other one,
every picture is compared with its digest.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress

from msgspec import Struct, field

from sosik.edition.plans import Plan
from sosik.errors import Location, Problem, StoreError
from sosik.model.digests import digest_of_bytes, dump
from sosik.read import Pictures
from sosik.store import Changes, Store
from sosik.store.pictures import part_of
from sosik.words import Message

Tell = Callable[[Problem], None]

META = "pictures"
"""Where the states are remembered."""

_UNSURE = ""
"""The state of no part: it is looked at again, whatever it is."""

_CHANGED = Message("picture-changed.file"), Message("picture-changed.hint")
_LOST = Message("picture-lost.file"), Message("picture-lost.hint")


class Copies(Struct, frozen=True, kw_only=True):
    """The published copies as an edition finds them: their states by part, and the parts that differ from then.

    `kept` are the parts in which this edition keeps a picture, each with whether it was as it was left; `lost` those of
    pictures that could not be kept, which the next edition looks at again.
    """

    states: Mapping[str, str]
    changed: Collection[str]
    kept: dict[str, bool] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    def may_have_lost(self, digest: str) -> bool:
        """Tell whether a picture has to be compared with its digest."""
        return part_of(digest) in self.changed

    def bring(self, store: Store, plan: Plan, pictures: Pictures, tell: Tell) -> bool:
        """Keep the picture of a new document, unless it is kept already; tell of a file that is another than was read.

        Raises `OSError`.
        """
        body = None if store.has_picture(plan.blob) else _published(pictures, plan.file)
        if body is not None and digest_of_bytes(body) != plan.blob:
            tell(_told("picture-changed", _CHANGED, f"content/{plan.file}"))
            return False
        if body is not None:
            self._keep(store, plan.blob, body)
        return True

    def mend(self, store: Store, plan: Plan, pictures: Pictures, tell: Tell, *, keep: bool) -> None:
        """Take a picture from content/ again whose copy is lost; tell of one that does not lie there any more.

        With `keep` false nothing is changed. Raises `OSError`.
        """
        body = None if store.has_picture(plan.blob) else _published(pictures, plan.file)
        if body is not None and digest_of_bytes(body) != plan.blob:
            self.lost.add(part_of(plan.blob))
            tell(_told("picture-lost", _LOST, f"content/{plan.file}"))
        elif body is not None and keep:
            self._keep(store, plan.blob, body)

    def lost_among(self, store: Store, digests: Iterable[str]) -> list[Problem]:
        """Return what is to be told of pictures that no article shows any more, and that cannot be made again."""
        asked = sorted(digest for digest in digests if self.may_have_lost(digest))
        lost = [digest for digest in asked if not store.has_picture(digest)]
        self.lost.update(map(part_of, lost))
        return [_told("picture-lost", _LOST, f".sosik/media/{part_of(digest)}/{digest}") for digest in lost]

    def _keep(self, store: Store, digest: str, body: bytes) -> None:
        part = part_of(digest)
        if part not in self.kept:
            self.kept[part] = store.pictures_states([part]).get(part, "") == self.states.get(part, "")
        store.keep_picture(digest, body)

    def following(self, store: Store) -> dict[str, str]:
        """Return what is to be remembered: a part of which more changed than by this edition is looked at again."""
        made = store.pictures_states([part for part, as_left in self.kept.items() if as_left])
        states = {**self.states, **made, **dict.fromkeys(self._unsure, _UNSURE)}
        return {} if states == read_states(store) else {META: dump(states)}

    @property
    def _unsure(self) -> set[str]:
        return self.lost.union(part for part, as_left in self.kept.items() if not as_left)


def read_states(store: Store) -> dict[str, str]:
    """Return in which state the published copies were left, by part."""
    states: dict[str, str] = json.loads(store.meta(META) or "{}")
    return states


def look_at_copies(store: Store, *, trusting: bool = False) -> Copies:
    """Return the published copies as they are; `trusting`, nobody has touched them since this process looked last."""
    known = read_states(store)
    states = known if trusting else store.pictures_states()
    changed = {part for part in {*known, *states} if known.get(part) != states.get(part)}
    return Copies(states=states, changed=changed)


def sweep(store: Store) -> None:
    """Remove the copies that no document of the committed edition is of. What cannot be removed stays."""
    with suppress(OSError, StoreError), store.transaction():
        extra = store.unneeded_pictures()
        known, before = read_states(store), store.pictures_states(extra)
        store.drop_pictures(extra)
        after = store.pictures_states(extra)
        as_left = {part for part in extra if known.get(part) == before.get(part)}
        states = {**known, **{part: after[part] for part in as_left & after.keys()}}
        for part in as_left - after.keys():
            states.pop(part, None)
        if states != known:
            store.apply(Changes(meta={META: dump(states)}))


def _published(pictures: Pictures, file: str) -> bytes:
    with suppress(OSError):
        return pictures.published(file)
    return b""


def _told(code: str, told: tuple[Message, Message], file: str) -> Problem:
    message, hint = told
    return Problem(code=code, message=message, location=Location(file=file), hint=hint)
