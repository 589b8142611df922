"""Errors of the system and the database as messages, also in Korean."""

import errno

from sosik.words import Message

_OF_SYSTEM = {
    errno.ENOENT: Message("system.absent"),
    errno.EACCES: Message("system.denied"),
    errno.EPERM: Message("system.not-permitted"),
    errno.ENOSPC: Message("system.full"),
    errno.EDQUOT: Message("system.quota"),
    errno.EROFS: Message("system.read-only"),
    errno.EISDIR: Message("system.folder"),
    errno.ENOTDIR: Message("system.no-folder"),
    errno.EEXIST: Message("system.there"),
    errno.ENOTEMPTY: Message("system.not-empty"),
    errno.ENAMETOOLONG: Message("system.name-long"),
    errno.ELOOP: Message("system.loop"),
    errno.EMFILE: Message("system.many-files"),
    errno.EIO: Message("system.input-output"),
    errno.EBUSY: Message("system.busy"),
    errno.EADDRINUSE: Message("system.address-taken"),
    errno.ECONNREFUSED: Message("system.connection-refused"),
    errno.ECONNRESET: Message("system.connection-reset"),
    errno.EHOSTUNREACH: Message("system.no-route"),
    errno.ENETUNREACH: Message("system.no-network"),
}
"""By the number of the failure (errno.h)."""

_OF_DATABASE = {
    "file is not a database": Message("system.no-database"),
    "database disk image is malformed": Message("system.database-damaged"),
    "database or disk is full": Message("system.database-full"),
    "database is locked": Message("system.database-locked"),
    "disk I/O error": Message("system.disk"),
    "attempt to write a readonly database": Message("system.database-read-only"),
    "unable to open database file": Message("system.database-closed"),
}
"""By what SQLite says of it (sqlite3_errstr), which is all of what it says."""


def reason_of(error: Exception) -> Message | str:
    """Return why something failed: a message for what people meet, else the words of the system or of the library."""
    if isinstance(error, OSError) and error.strerror:
        return _OF_SYSTEM.get(error.errno or 0) or error.strerror.lower()
    return _OF_DATABASE.get(str(error)) or str(error)
