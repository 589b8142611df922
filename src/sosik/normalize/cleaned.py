"""A body as it is published, whatever road it took."""

from typing import NamedTuple

from sosik.model import BodyFormat


class CleanBody(NamedTuple):
    """A body as sanitized HTML, what was removed that an author should know of, and what it was read as.

    `AUTO` is Markdown of which nobody said so. `captions` are the captions in it that the names of their elements told,
    `ends` the tags that were left out because they end nothing.
    """

    html: str
    removed: tuple[str, ...]
    read_as: BodyFormat
    captions: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
