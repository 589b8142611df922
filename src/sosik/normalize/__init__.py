"""A file of content/ to an entry: text, times, identity, addresses, HTML and pictures as feeds need them.

``normalize`` is the front door. It decides and touches nothing but the pictures it is given, and it never raises for
what a newsroom wrote: an `Entry`, a `Withdrawal` or neither comes out, with all problems of the file.
"""

from sosik.addresses import ascii_url
from sosik.normalize.entry import normalize
from sosik.normalize.ids import atom_id, entry_key, is_permalink, new_id
from sosik.normalize.images import PictureFinder
from sosik.normalize.similarity import body_digest, changed_share

__all__ = [
    "PictureFinder",
    "ascii_url",
    "atom_id",
    "body_digest",
    "changed_share",
    "entry_key",
    "is_permalink",
    "new_id",
    "normalize",
]
