"""File names as UTF-8, independent of the locale, and old names in CP949."""

import os
import re
import sys
from collections.abc import Iterable
from zlib import crc32

import sosik.systems as systems
from sosik.patterns import pattern

_IS_UTF8 = sys.getfilesystemencoding() == "utf-8"

# A byte that is no UTF-8 reaches us as a lone surrogate.
_NO_UTF8 = pattern("[\ud800-\udfff]")

# CP949 makes something of almost any bytes: only what Korean names are written with counts.
_KOREAN = pattern(
    "[ -~가-힣ㄱ-ㅎㅏ-ㅣ一-龥·…“”‘’「」『』〈〉《》〔〕【】（）［］，．：；？！～\u3000]*"  # as it is typed in names
)


def name_of(spelled: str) -> str:
    """Return the name of a file as UTF-8, from how Python spells it in this locale; other bytes as lone surrogates."""
    return spelled if _IS_UTF8 else os.fsencode(spelled).decode("utf-8", "surrogateescape")


def spelled(name: str) -> str:
    """Return how Python spells a file's name or path in this locale: what opens the file of these UTF-8 bytes."""
    return name if _IS_UTF8 else os.fsdecode(name.encode("utf-8", "surrogateescape"))


_NOT_ON_WINDOWS = pattern(r'[<>:"|?*\\/\x00-\x1f]')
_DEVICE = pattern(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\..*)?", re.IGNORECASE | re.DOTALL)


def name_on_windows(name: str) -> str:
    """Return a name as it may be on Windows: less the characters and the ends that it refuses, and no device's.

    Nothing may be left.
    """
    text = _NOT_ON_WINDOWS.sub("", name).rstrip(". ")
    return f"_{text}" if _DEVICE.fullmatch(text) else text


def can_be_named(parts: Iterable[str]) -> bool:
    """Tell whether this system takes the parts of a path for names."""
    return not systems.IS_WINDOWS or all(part == name_on_windows(part) for part in parts)


def is_utf8(name: str) -> bool:
    """Tell whether the bytes of a name are UTF-8."""
    return name.isascii() or _NO_UTF8.search(name) is None


def read_as_cp949(name: str) -> str:
    """Return a name that is no UTF-8 as what it says in CP949, empty where that is no Korean name."""
    try:
        text = name.encode("utf-8", "surrogateescape").decode("cp949")
    except UnicodeError:
        return ""
    return text if _KOREAN.fullmatch(text) else ""


GROUPS = tuple(f"{number:02x}" for number in range(256))
"""Groups of many folders: a folder is in one of them, with all its files but for those in folders in it."""
_IN_A_GROUP = "0123456789abcdef"


def group_of(folder: str) -> str:
    """Return the group in which a folder is."""
    return GROUPS[crc32(folder.encode("utf-8", "surrogatepass")) % len(GROUPS)]


def part_of(path: str) -> str:
    """Return the part in which a file lies; its name begins with that of the group."""
    folder, _, name = path.rpartition("/")
    return group_of(folder) + _IN_A_GROUP[crc32(name.encode("utf-8", "surrogatepass")) % len(_IN_A_GROUP)]


def parts_of(group: str) -> list[str]:
    """Return the parts of a group: one folder may hold all files."""
    return [group + number for number in _IN_A_GROUP]


def group_of_part(part: str) -> str:
    """Return the group of a part, or the group of that name."""
    return part[:2]
