"""Classifies errors of the database: the system refuses, or the store is damaged."""

import sqlite3
from pathlib import Path

from sosik.errors import StoreDamagedError, StoreError, StoreFaultError
from sosik.reasons import reason_of
from sosik.words import Message

_MACHINE = frozenset(
    {
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_INTERRUPT),
        *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_NOLFS),
        *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN),
    }
)
"""What the machine does not let be done, whatever stands in the file."""

_TORN = frozenset({sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS})
"""What is said of a file that ends too early."""


FAILURES = (sqlite3.Error, UnicodeDecodeError)
"""What Python raises for what SQLite says; the latter where that quotes what is no text."""


def is_of_machine(error: Exception) -> bool:
    """Tell whether it is the machine that does not let the store be read or written."""
    # Python itself raises those without a code, of a text that is none.
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return code & 0xFF in _MACHINE and code not in _TORN


def fault_of(error: Exception, path: Path) -> StoreError:
    """Return what is to be raised for what SQLite says of the store at `path`."""
    if isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError):
        return StoreError(Message("store.text", text=reason_of(error)))
    if is_of_machine(error):
        return StoreFaultError(Message("store.text", text=reason_of(error)))
    return damaged(path, reason_of(error))


def damaged(path: Path | str, reason: Message | str) -> StoreDamagedError:
    """Return what is to be raised for a damaged store, with the ways out."""
    return StoreDamagedError(Message("store.damaged", path=str(path), reason=reason))
