"""The table of file names that are not articles: those of systems, editors and sync clients."""

import re
from collections.abc import Iterator

from sosik.patterns import pattern

_TRASH = (
    r"#recycle|@recycle|\$recycle\.bin|recycler|recycled"  # Synology, QNAP, Windows
    r"|\.trash(?:es|-\d+)?|network trash folder"  # macOS, freedesktop.org
    r"|\.stversions|\.dropbox\.cache"  # Syncthing, Dropbox: what another machine deleted
)
"""Folders into which what is deleted is moved."""

_SYSTEM = (
    r"@eadir|#snapshot|@recently-snapshot|@tmp|@sharebin"  # Synology, QNAP
    r"|__macosx|icon\r|temporary items"  # macOS
    r"|thumbs\.db|ehthumbs\.db|desktop\.ini|system volume information"  # Windows
    r"|lost\+found"  # ext4
    r"|\..*"  # hidden: .DS_Store, ._*, .git, .syncthing.*
)

_HALF = (
    r"~\$.*|.*~|#.*#|.*\.(?:swp|swo|swx|bak|tmp|temp|orig|rej)"  # Office, Emacs, vim, git
    r"|.*\.(?:part|partial|crdownload|download|filepart)"  # what is still being fetched
)

_PLACEHOLDER = pattern(r"\.(.+)\.icloud|(.+)\.(?:nextcloud|owncloud)", re.DOTALL)
"""What stands for a file that a sync client keeps elsewhere until somebody opens it."""

_BEHIND = pattern(
    r" ?\(\d{1,3}\)| \d{1,2}"  # Windows, Google Drive, a browser; iCloud
    r"|(?: -|의)? ?(?:copy|복사본|사본)(?: \d{1,3}| ?\(\d{1,3}\))?"  # Finder, Explorer
    r"| ?[(\[].*(?:conflict|충돌|cop(?:y|ies)\b|복사|사본).*[)\]]"  # Dropbox, Nextcloud, Seafile, pCloud, GNOME
    r"|\.(?:sync-)?conflict.*"  # Syncthing, Resilio, rclone
    r"|_(?:.*_)?[a-z]*conflict(?:-.*)?|[-_ ]충돌.*"  # Synology, ownCloud
    r"|(?-i:-(?=[A-Z\d-]*[A-Z])[A-Z\d]{2,}(?:-[A-Z\d]+)*)"  # OneDrive: the name of the computer
    r"|-[\w ]*(?:macbook|imac|(?-i:PC\b)|\bpc\b|\bmac\b|desktop|laptop|notebook|컴퓨터|노트북|데스크톱)[\w -]*"
    r"|_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+",  # git mergetool
    re.IGNORECASE | re.DOTALL,
)
_BEFORE = pattern(r"(?:copy of|복사본|사본)(?: -)? ", re.IGNORECASE)  # old Windows, Google Drive
"""What sync clients, systems and programs add to the name of a file that they copy."""

_IS_TRASH = pattern(_TRASH, re.IGNORECASE)
_IS_PASSED_OVER = pattern(f"{_TRASH}|{_SYSTEM}|{_HALF}", re.IGNORECASE | re.DOTALL)


def is_passed_over(name: str) -> bool:
    """Tell whether a file or folder of this name is never an article, nor holds any; nothing is said of it."""
    # Folders are called by years and months more often than not.
    return not name.isdecimal() and _IS_PASSED_OVER.fullmatch(name) is not None


def is_trash(source: str) -> bool:
    """Tell whether a path below content/ lies in a trash folder: who moved a file there has deleted it."""
    return any(map(_IS_TRASH.fullmatch, source.split("/")[:-1]))


def stands_for(name: str) -> str:
    """Return the name of the file that a placeholder of a sync client stands for, empty where it is none."""
    placeholder = _PLACEHOLDER.fullmatch(name)
    return (placeholder[1] or placeholder[2]) if placeholder else ""


def originals_of(source: str) -> Iterator[str]:
    """Yield the paths of which a file's own path is what a copy would be called, the nearest first.

    That alone makes no copy of it: a headline may end like one.
    """
    folder, slash, name = source.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    found = {stem}
    left = [stem]
    while left:
        stem = left.pop(0)
        shorter = [stem[:at] for at in range(len(stem) - 1, 0, -1) if _BEHIND.fullmatch(stem, at)]
        if before := _BEFORE.match(stem):
            shorter.append(stem[before.end() :])
        for original in shorter:
            if original and original not in found:
                found.add(original)
                left.append(original)
                yield f"{folder}{slash}{original}{dot}{suffix}"
