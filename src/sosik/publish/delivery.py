"""What publishing to a bucket did."""

from msgspec import Struct

from sosik.errors import Location, Problem
from sosik.publish.files import unfilled
from sosik.words import Message


class Delivery(Struct, frozen=True, kw_only=True):
    """What was done in a bucket, in objects; `left` are the names of those that are not ours to replace.

    `unfilled` are those of pictures whose bytes are lost; what lies there is left as it is.
    """

    written: int = 0
    removed: int = 0
    unchanged: int = 0
    left: tuple[str, ...] = ()
    unfilled: tuple[str, ...] = ()

    @property
    def problems(self) -> list[Problem]:
        """An error for every object that is not ours, and for every picture that is lost."""
        return [*map(_left_alone, self.left), *map(unfilled, self.unfilled)]


def _left_alone(name: str) -> Problem:
    message, hint = Message("file-foreign.output"), Message("file-foreign.bucket-hint")
    return Problem(code="file-foreign", message=message, location=Location(file=name), hint=hint)
