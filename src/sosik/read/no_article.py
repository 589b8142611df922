"""What lies in folders and is no article: one table of the names that systems, editors and sync clients give."""

import re

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

_IS_TRASH = re.compile(_TRASH, re.IGNORECASE)
_IS_PASSED_OVER = re.compile(f"{_TRASH}|{_SYSTEM}|{_HALF}", re.IGNORECASE | re.DOTALL)


def is_passed_over(name: str) -> bool:
    """Tell whether a file or folder of this name is never an article, nor holds any; nothing is said of it."""
    return _IS_PASSED_OVER.fullmatch(name) is not None


def is_trash(source: str) -> bool:
    """Tell whether a path below content/ lies in a trash folder: who moved a file there has deleted it."""
    return any(map(_IS_TRASH.fullmatch, source.split("/")[:-1]))
