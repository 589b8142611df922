"""One object brought to what it is to be: what to ask next, and what follows from an answer. Values in, values out.

An object is put over the one that the pointer lists. Where that is refused it is looked at, and what lies there is told
apart: what we put ourselves, what a writer before us put that did not get to its end, what somebody else put. Before
anything is replaced that the pointer does not know, the pointer is read again: whoever was taken over stops there.
"""

from enum import Enum

from msgspec import Struct
from msgspec.structs import replace as changed_to

from sosik.publish.bucket.opening import Opening, Target
from sosik.publish.bucket.pointer import Form
from sosik.publish.bucket.requests import CREATE, Found, Put, Read, Refused, Reply, Request, Stored

MOST_TRIES = 8
"""How often an object is put that somebody else keeps changing."""


class Step(Enum):
    """What is to be asked next of an object, or how it ended."""

    PUT = "put"
    LOOK = "look"
    CONFIRM = "confirm"
    DONE = "done"
    KEPT = "kept"
    LOST = "lost"


class Upload(Struct, frozen=True):
    """An object on its way: `tag` is that of what is to be replaced, or in the end of what lies there.

    `known` are the forms that it may have without being anybody else's; `listed` is the tag that the pointer lists.
    `is_ours` tells of what is to be confirmed that it may be replaced. `puts` are the times that it was put.
    """

    name: str
    target: Target
    step: Step
    tag: str
    listed: str
    known: frozenset[Form]
    is_doubted: bool
    is_ours: bool = True
    tries: int = 0
    puts: int = 0


ENDED = frozenset({Step.DONE, Step.KEPT, Step.LOST})


def upload_of(name: str, opened: Opening) -> Upload:
    """Return an object that is to be brought to what it is to be."""
    lying = opened.pointer.objects.get(name)
    is_doubted = name in opened.doubted
    known = opened.doubted.get(name, frozenset()) | ({lying.form} if lying else set())
    tag = lying.tag if lying else CREATE
    step = Step.LOOK if is_doubted else Step.PUT
    return Upload(name, opened.targets[name], step, tag, tag, known, is_doubted)


def asked(upload: Upload) -> Request:
    """Return what is to be asked next of an object that is to be put or looked at."""
    if upload.step is Step.PUT:
        return Put(upload.name, upload.target, upload.tag)
    return Read(upload.name)


def confirmed(upload: Upload, *, replace: bool) -> Upload:
    """Return what follows where the pointer is still the writer's own; with `replace` also what is not ours goes."""
    return changed_to(upload, step=Step.PUT if upload.is_ours or replace else Step.KEPT)


def answered(upload: Upload, reply: Reply) -> Upload:
    """Return what follows from the answer to what was asked."""
    if upload.step is Step.PUT:
        return _after_put(upload, reply)
    return _after_look(upload, reply if isinstance(reply, Found) else None)


def _after_put(upload: Upload, reply: Reply) -> Upload:
    if isinstance(reply, Stored):
        return changed_to(upload, step=Step.DONE, tag=reply.tag, puts=upload.puts + 1)
    if isinstance(reply, Refused) and reply.is_lost:
        return changed_to(upload, step=Step.LOST)
    return changed_to(upload, step=Step.LOOK, tries=upload.tries + 1)


def _after_look(upload: Upload, found: Found | None) -> Upload:
    form = upload.target.form
    if found is None:
        return changed_to(upload, step=Step.CONFIRM, tag=CREATE, is_ours=True)
    alike = {one for one in upload.known if one.digest == found.digest}
    if upload.is_doubted and alike == {form}:
        return changed_to(upload, step=Step.DONE, tag=found.tag)
    if upload.is_doubted and (alike or found.tag == upload.listed):
        return changed_to(upload, step=Step.PUT, tag=found.tag)
    return changed_to(upload, step=Step.CONFIRM, tag=found.tag, is_ours=found.digest == form.digest)
