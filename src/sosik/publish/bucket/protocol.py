"""How an edition gets into a bucket: a conversation with the store, in which requests are yielded, many at a time.

The pointer is taken first, by compare-and-swap; then objects are put over those that it lists, articles and pictures
before feeds; then the pointer is closed. Whoever goes on after it was taken over fails at its first put, and no reader
ever gets a document of an older edition where a newer one was. That holds wherever a writer stops, and whenever it goes
on: `tests/publish/test_bucket_protocol.py` tries the orders.
"""

from collections.abc import Generator, Iterable, Iterator
from itertools import groupby

from msgspec.structs import replace as changed_to

from sosik.errors import PublishError, SharedWorkError
from sosik.publish.bucket.objects import ENDED, MOST_TRIES, Step, Upload, answered, asked, confirmed, upload_of
from sosik.publish.bucket.opening import Opening, Wanted, opening, refuse_what_is_older
from sosik.publish.bucket.pointer import ABSENT, NAME, NOTHING, Lying, Pointer, pointer_bytes, read_pointer
from sosik.publish.bucket.requests import CREATE, Found, Read, Remove, Reply, Request, Stored, Write
from sosik.publish.delivery import Delivery
from sosik.words import Message

AT_ONCE = 128
"""How many objects are on their way at a time."""

_NO_TAG = f'"{0:032}" {10**18}'
"""An ETag and a version (GCS compares that) of no object."""

Conversation = Generator[list[Request], list[Reply], Delivery]
Part = Generator[list[Request], list[Reply], list[Upload]]


def publishing(wanted: Wanted, writer: str, now: int, *, replace: bool = False) -> Conversation:
    """Bring a bucket to what is `wanted`, at an instant (seconds), as a `writer` whose name nobody else has.

    What others put there is left as it is, unless it is to be `replaced`. Raises `PublishError` where the bucket has a
    newer edition, or another writer took it over; `SharedWorkError` where that one has the same edition.
    """
    opened, tag = yield from _taken(wanted, writer, now)
    if tag == CREATE:
        return Delivery(unchanged=len(wanted.items))
    done: list[Upload] = []
    for names in _turns(wanted, opened):
        done += yield from _brought([upload_of(name, opened) for name in names], wanted, writer, replace=replace)
    removed = [name for name, target in opened.targets.items() if target.form == ABSENT]
    if removed:
        (found,) = yield [Remove(tuple(removed), writer)]
        _refuse_if_overtaken(found, writer, wanted)
    closed = _closed(opened.pointer, done, removed)
    if not opened.pointer.is_complete:
        yield from _written(closed, tag, wanted, writer)
    return _delivery(wanted, done, removed)


def _taken(wanted: Wanted, writer: str, now: int) -> Generator[list[Request], list[Reply], tuple[Opening, str]]:
    """Take the pointer, and return what to do and its tag; `CREATE` where there is nothing to do at all."""
    for _ in range(MOST_TRIES):
        (found,) = yield [Read(NAME)]
        before = read_pointer(found.body) if isinstance(found, Found) else NOTHING
        refuse_what_is_older(wanted, before)
        opened = opening(wanted, before, writer, now)
        if not opened.targets and before.is_complete and before.number == wanted.number:
            return opened, CREATE
        body, tag = pointer_bytes(opened.pointer), found.tag if isinstance(found, Found) else CREATE
        (reply,) = yield [Write(NAME, body, tag)]
        if isinstance(reply, Stored):
            if tag == CREATE:
                yield from _prove(body)
            return opened, reply.tag
        (found,) = yield [Read(NAME)]
        # It may have been put, and only the answer lost.
        if isinstance(found, Found) and found.body == body:
            return opened, found.tag
    raise PublishError(Message("publish.bucket-busy"))


def _prove(body: bytes) -> Generator[list[Request], list[Reply], None]:
    """Raise `PublishError` where the store puts what must not be put: everything else here stands on that."""
    for tag in (CREATE, _NO_TAG):
        (reply,) = yield [Write(NAME, body, tag)]
        if isinstance(reply, Stored):
            raise PublishError(Message("publish.bucket-unconditional"))


def _turns(wanted: Wanted, opened: Opening) -> Iterator[list[str]]:
    """Yield names of objects that are put at once: no turn begins before the one before it is at its end."""

    def turn(name: str) -> int:
        return wanted.items[name].turn if name in wanted.items else -1

    names = [name for name, target in opened.targets.items() if target.form != ABSENT]
    for _, group in groupby(sorted(names, key=lambda name: (turn(name), name)), key=turn):
        members = list(group)
        yield from (members[start : start + AT_ONCE] for start in range(0, len(members), AT_ONCE))


def _brought(uploads: list[Upload], wanted: Wanted, writer: str, *, replace: bool) -> Part:
    """Bring objects to what they are to be, and return how each ended."""
    ended: list[Upload] = []
    while uploads:
        if any(upload.step is Step.CONFIRM for upload in uploads):
            (found,) = yield [Read(NAME)]
            _refuse_if_overtaken(found, writer, wanted)
            uploads = [confirmed(one, replace=replace) if one.step is Step.CONFIRM else one for one in uploads]
        asking = [upload for upload in uploads if upload.step not in ENDED]
        replies = (yield list(map(asked, asking))) if asking else []
        after = [answered(upload, reply) for upload, reply in zip(asking, replies, strict=True)]
        if any(upload.tries > MOST_TRIES for upload in after):
            raise PublishError(Message("publish.bucket-busy"))
        ended += (one for one in (*after, *(set(uploads) - set(asking))) if one.step in ENDED)
        uploads = [upload for upload in after if upload.step not in ENDED]
    return ended


def _refuse_if_overtaken(found: Reply, writer: str, wanted: Wanted) -> None:
    """Raise `PublishError` where the pointer that was read is another writer's, be it of the same edition."""
    there = read_pointer(found.body) if isinstance(found, Found) else NOTHING
    if there.writer != writer:
        is_same = (there.number, there.content) == (wanted.number, wanted.content)
        error = SharedWorkError if is_same else PublishError
        raise error(Message("publish.bucket-overtaken", number=there.number))


def _closed(taken: Pointer, done: Iterable[Upload], removed: Iterable[str]) -> Pointer:
    """Return what is known of a bucket once all was done."""
    objects = dict(taken.objects)
    for upload in done:
        if upload.step is Step.DONE:
            objects[upload.name] = Lying(upload.target.form, upload.tag)
        elif upload.step is Step.KEPT:
            objects.pop(upload.name, None)
    for name in removed:
        objects.pop(name, None)
    ending = tuple(name for name in taken.ending if name in objects)
    return changed_to(taken, is_complete=True, objects=objects, intended={}, ending=ending)


def _written(closed: Pointer, tag: str, wanted: Wanted, writer: str) -> Generator[list[Request], list[Reply], None]:
    """Put the pointer over what it was taken with."""
    body = pointer_bytes(closed)
    (reply,) = yield [Write(NAME, body, tag)]
    if not isinstance(reply, Stored):
        (found,) = yield [Read(NAME)]
        if not (isinstance(found, Found) and found.body == body):
            _refuse_if_overtaken(found, writer, wanted)
            raise PublishError(Message("publish.bucket-busy"))


def _delivery(wanted: Wanted, done: Iterable[Upload], removed: Iterable[str]) -> Delivery:
    done = list(done)
    written = sum(upload.puts for upload in done)
    left = tuple(upload.name for upload in done if upload.step is Step.KEPT)
    lost = tuple(upload.name for upload in done if upload.step is Step.LOST)
    return Delivery(
        written=written,
        removed=len(list(removed)),
        unchanged=len(wanted.items) - written - len(left) - len(lost),
        left=left,
        unfilled=lost,
    )
