"""Where a body stands: what its rewriting has to know of its article."""

from collections.abc import Callable

from msgspec import Struct

from sosik.model import Image
from sosik.normalize.fields import Tell
from sosik.normalize.jumps import Jumps


class BodyPlace(Struct, frozen=True, kw_only=True):
    """Where a body stands.

    `base` is what its addresses are relative to, `site` the home page, `images` what the entry's file says of pictures.
    `jumps` are those of its article. `picture` is asked for the picture that an address in the body means, None where
    that cannot be published (a problem); `beside` for the address of what lies beside the entry and is published, None
    where nothing does. `tell` takes what the newsroom should know.
    """

    base: str
    site: str
    jumps: Jumps
    picture: Callable[[str], Image | None]
    tell: Tell
    beside: Callable[[str], str | None] = lambda _: None
    images: tuple[Image, ...] = ()
