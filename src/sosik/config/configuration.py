"""What the files of feeds/ define."""

from msgspec import Struct

from sosik.errors import Problem
from sosik.model import FeedDefinition, Publication


class Config(Struct, frozen=True, kw_only=True):
    """The configuration in feeds/.

    `publication` is `None` if its file has an error; then no build is possible. `feeds` are the valid definitions: the
    root feed first, the others by name. `held` are the names of the invalid ones, which a build uses in their last good
    version. `digest` is the SHA-256 of all files together, in hexadecimal.
    """

    publication: Publication | None
    feeds: tuple[FeedDefinition, ...] = ()
    held: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    digest: str = ""
