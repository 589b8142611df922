"""`edition.json`: what lies in a bucket, as its last writer knows it. It is only ever replaced by compare-and-swap.

Whoever replaces it has the bucket to itself, but for a writer that stalled and goes on later. So it tells more than
what lies there: what its writer is about to put, and what writers that were taken over may still find and replace.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from msgspec import Struct, field

from sosik.errors import PublishError
from sosik.model.digests import dump
from sosik.words import Message

NAME = "edition.json"

_VERSION = 1


class Form(NamedTuple):
    """What an object is put as: the digests of its bytes and of its header fields. Both are empty for none at all."""

    digest: str = ""
    headers: str = ""


ABSENT = Form()


class Lying(NamedTuple):
    """An object that lies in the bucket: what it was put as, and the tag that the store gave it for that."""

    form: Form
    tag: str


class Pointer(Struct, frozen=True, kw_only=True):
    """What is known of a bucket, by the names of its objects; instants are seconds since 1970-01-01 UTC.

    `number`, `composed` and `revision` are those of the edition, `content` the digest of all that it consists of.
    While it is not complete, `writer` puts what is `intended`: by name what it may find there of writers before it
    that did not get to their end, and last what it puts itself. `ending` are names that the edition has no more, which
    the next one removes. `spent` are the digests that some stalled writer may still take for what it is to replace, and
    the instants until which that is reckoned with: they must not lie there again until then. What is `fragile` some
    stalled writer may still remove.
    """

    number: int
    composed: int
    content: str
    writer: str
    is_complete: bool
    revision: str = ""
    objects: Mapping[str, Lying] = field(default_factory=dict)
    intended: Mapping[str, tuple[Form, ...]] = field(default_factory=dict)
    ending: tuple[str, ...] = ()
    spent: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    fragile: Mapping[str, int] = field(default_factory=dict)


NOTHING = Pointer(number=0, composed=0, content="", writer="", is_complete=True)
"""What is known of a bucket that nothing was published to."""


def pointer_bytes(pointer: Pointer) -> bytes:
    """Return the bytes of `edition.json`."""
    told = {
        "version": _VERSION,
        "number": pointer.number,
        "composed": pointer.composed,
        "content": pointer.content,
        "revision": pointer.revision,
        "writer": pointer.writer,
        "state": "complete" if pointer.is_complete else "uploading",
        "objects": {name: [*lying.form, lying.tag] for name, lying in pointer.objects.items()},
        "intended": {name: list(map(list, forms)) for name, forms in pointer.intended.items()},
        "ending": list(pointer.ending),
        "spent": pointer.spent,
        "fragile": pointer.fragile,
    }
    return f"{dump(told)}\n".encode()


def read_pointer(body: bytes) -> Pointer:
    """Return what `edition.json` tells. Raises `PublishError` where it is none of ours."""
    try:
        given: dict[str, Any] = json.loads(body)
        if given["version"] != _VERSION:
            raise ValueError(given["version"])
        return Pointer(
            number=int(given["number"]),
            composed=int(given["composed"]),
            content=str(given["content"]),
            revision=str(given["revision"]),
            writer=str(given["writer"]),
            is_complete=given["state"] == "complete",
            objects={name: Lying(Form(*form), tag) for name, (*form, tag) in given["objects"].items()},
            intended={name: tuple(Form(*form) for form in forms) for name, forms in given["intended"].items()},
            ending=tuple(given["ending"]),
            spent=given["spent"],
            fragile=given["fragile"],
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PublishError(Message("publish.bucket-pointer", name=NAME)) from error
