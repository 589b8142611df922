"""Names of files of which nothing is to be said: nearly all."""

from collections.abc import Sequence

from sosik.patterns import pattern
from sosik.read.files import KINDS
from sosik.read.ignoring import Ignore

_PLAIN, _PLAIN_ASCII = (
    pattern(rf"(?:(?![ _-])[0-9A-Za-z{letters} _-]+\.(?:{'|'.join(KINDS)})\n)*") for letters in ("가-힣", "")
)
"""Lines with such names: composed, of no system's or program's own, and of a kind that their suffix tells.

With all of Hangul in it, a class takes long to compile.
"""


def are_plain_names(names: Sequence[str], place: str, ignore: Ignore) -> bool:
    """Tell whether these are plainly the names of entries and pictures; none is one to `ignore`.

    The sources of the files begin with `place`.
    """
    lines = "\n".join([*names, ""])
    are_plain = _PLAIN_ASCII.fullmatch(lines) if lines.isascii() else _PLAIN.fullmatch(lines)
    if lines.count("\n") != len(names) or not are_plain:
        return False
    by_name, by_path = ignore.any
    if any(map(by_name.fullmatch, names)):
        return False
    return by_path is None or not any(by_path.fullmatch(place + name) for name in names)
