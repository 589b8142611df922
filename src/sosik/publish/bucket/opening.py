"""How a bucket is taken for an edition: from what is known of it to what is to be put, and where nothing may be.

Tags of S3 are digests of bytes. So a writer that stalled before a put would replace whatever has the bytes that it
expects, be it put there by a later edition. Two rules keep it from that: what it intended is replaced by whoever takes
over, and what it may expect (`spent`) is not put there again. Where an edition has just these bytes again, they get a
line end more.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from sosik.errors import PublishError
from sosik.publish.bucket.pointer import ABSENT, Form, Pointer
from sosik.words import Message

RECKONED = 7 * 86_400
"""For how many seconds a writer that was taken over is reckoned with."""

_LATER = 86_400
"""After how many seconds what an edition has no more is removed, should none follow it."""


class Item(Struct, frozen=True):
    """An object that an edition has: what it is to be put as, and its turn: what has the same is put in any order."""

    form: Form
    turn: int


class Wanted(Struct, frozen=True, kw_only=True):
    """What a bucket is to hold: the `items` of an edition by name.

    `content` is the digest of all its documents. `padded` returns the digest of an item's bytes (none, where there is
    no such item) with so many line ends behind.
    """

    number: int
    composed: int
    items: Mapping[str, Item]
    padded: Callable[[str, int], str]
    content: str
    revision: str = ""


class Target(Struct, frozen=True):
    """What an object is to be: absent, or a form that its bytes have with so many line ends behind."""

    form: Form
    pad: int = 0


class Opening(Struct, frozen=True):
    """What the bucket is taken with, and what then is to be done to objects, by name.

    Of the `doubted` it is not known what lies there: it may be any of the forms that writers before meant to put.
    """

    pointer: Pointer
    targets: Mapping[str, Target]
    doubted: Mapping[str, frozenset[Form]]


def refuse_what_is_older(wanted: Wanted, pointer: Pointer) -> None:
    """Raise `PublishError` where the bucket holds a newer edition, or another one of the same number."""
    if wanted.number < pointer.number:
        raise PublishError(Message("publish.bucket-newer", there=pointer.number, number=wanted.number))
    is_other = wanted.number == pointer.number and wanted.content != pointer.content
    # What was not finished gives way to what was made later out of the same edition before.
    if is_other and (pointer.is_complete or wanted.composed < pointer.composed):
        raise PublishError(Message("publish.bucket-other", number=wanted.number))


def opening(wanted: Wanted, pointer: Pointer, writer: str, now: int) -> Opening:
    """Return how a `writer` takes a bucket of which a `pointer` tells, at an instant (seconds)."""
    doubted = {} if pointer.is_complete else pointer.intended
    spent, fragile = _spent(pointer, doubted, now), _fragile(pointer, doubted, now)
    targets = dict(_targets(wanted, pointer, {*doubted, *fragile}, spent, now))
    intended = {
        name: (*(form for form in doubted.get(name, ()) if form != target.form), target.form)
        for name, target in targets.items()
    }
    there = {*pointer.objects, *(name for name, target in targets.items() if target.form != ABSENT)}
    removed = {name for name, target in targets.items() if target.form == ABSENT}
    taken = Pointer(
        number=wanted.number,
        composed=wanted.composed,
        content=wanted.content,
        revision=wanted.revision,
        writer=writer,
        is_complete=not targets,
        objects=pointer.objects,
        intended=intended,
        ending=tuple(sorted(there - wanted.items.keys() - removed)),
        spent=spent,
        fragile=fragile,
    )
    looked_at = {*doubted, *fragile} & targets.keys()
    return Opening(taken, targets, {name: frozenset(doubted.get(name, ())) for name in looked_at})


def _spent(pointer: Pointer, doubted: Mapping[str, tuple[Form, ...]], now: int) -> dict[str, dict[str, int]]:
    """Return what stalled writers may take for what they are to replace: now also the one that is taken over."""
    spent = {name: alive for name, digests in pointer.spent.items() if (alive := _alive(digests, now))}
    for name, (*found, own) in doubted.items():
        lying = pointer.objects.get(name)
        expected = {lying.form.digest if lying else "", *(form.digest for form in found)}
        expected |= {""} if name in pointer.fragile else set()
        spent.setdefault(name, {}).update(dict.fromkeys(expected - {own.digest}, now + RECKONED))
    return {name: digests for name, digests in spent.items() if digests}


def _fragile(pointer: Pointer, doubted: Mapping[str, tuple[Form, ...]], now: int) -> dict[str, int]:
    """Return what stalled writers may still remove: now also the one that is taken over."""
    removed = (name for name, forms in doubted.items() if ABSENT in forms)
    return _alive(pointer.fragile, now) | dict.fromkeys(removed, now + RECKONED)


def _alive(until: Mapping[str, int], now: int) -> dict[str, int]:
    return {name: instant for name, instant in until.items() if instant > now}


def _targets(
    wanted: Wanted, pointer: Pointer, looked_at: set[str], spent: Mapping[str, Iterable[str]], now: int
) -> Iterator[tuple[str, Target]]:
    """Yield what is to be done: to what changed, to what is to be looked at, and to what has been ending."""
    for name, item in wanted.items.items():
        target = _target(wanted, name, item.form, spent.get(name, ()))
        lying = pointer.objects.get(name)
        if name in looked_at or lying is None or lying.form != target.form:
            yield name, target
    doubted = set() if pointer.is_complete else pointer.intended.keys()
    is_later = wanted.number > pointer.number or now - pointer.composed > _LATER
    for name in sorted({*doubted, *(pointer.ending if is_later else ())} - wanted.items.keys()):
        target = _target(wanted, name, ABSENT, spent.get(name, ()))
        # What was only ending stays as it is for as long as it must not be absent.
        if name in doubted or target.form == ABSENT:
            yield name, target


def _target(wanted: Wanted, name: str, form: Form, spent: Iterable[str]) -> Target:
    pad = 0
    target = form
    while target.digest in spent:
        pad += 1
        target = Form(wanted.padded(name, pad), form.headers)
    return Target(target, pad)
