"""What is asked of an object store, and what it answers: all that publishing to a bucket knows of one."""

from msgspec import Struct

from sosik.publish.bucket.opening import Target

CREATE = ""
"""In the place of a tag: only where there is no such object."""


class Read(Struct, frozen=True):
    """Look at an object. Answered by `Found`, or None where there is none."""

    name: str


class Put(Struct, frozen=True):
    """Put an object as it is to be if its tag is the one that is given. Answered by `Stored`, `REFUSED`, or `LOST`."""

    name: str
    target: Target
    tag: str


class Write(Struct, frozen=True):
    """Put these bytes, as the pointer, if its tag is the one that is given. Answered by `Stored` or `REFUSED`."""

    name: str
    body: bytes
    tag: str


class Remove(Struct, frozen=True):
    """Remove objects where the pointer is still the writer's, read just before: no store compares by itself.

    Answered by the pointer as it was `Found`.
    """

    names: tuple[str, ...]
    writer: str


class Found(Struct, frozen=True):
    """An object as it lies there: its tag and the digest of its bytes. Only of the pointer these are there, too."""

    tag: str
    digest: str
    body: bytes = b""


class Stored(Struct, frozen=True):
    """An object was put, and has this tag now."""

    tag: str


class Refused(Struct, frozen=True):
    """Nothing was put: something else lies there, or the bytes to be put are lost (`is_lost`)."""

    is_lost: bool = False


REFUSED = Refused()
LOST = Refused(is_lost=True)

Request = Read | Put | Write | Remove
Reply = Found | Stored | Refused | None
