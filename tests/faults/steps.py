"""The steps of a build: what it asks of the disk and of SQLite. A process that counts them can die at any of them."""

import os
import signal
import sqlite3
import sys
from typing import Any

MADE = frozenset(
    {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.utime", "os.chmod", "os.link", "os.symlink", "os.truncate"}
)
"""What the interpreter says before each call that changes a folder or a file."""

_WRITING = os.O_WRONLY | os.O_RDWR


def count_steps(last: int) -> list[int]:
    """Count the steps of this process from now on, in a list of one; die before the one of the number `last`."""
    seen = [0]

    def step() -> None:
        seen[0] += 1
        if seen[0] == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(text: str) -> None:
        if not text.startswith(("SELECT", "PRAGMA", "--")):
            step()

    def audit(event: str, values: tuple[object, ...]) -> None:
        if event in MADE or (event == "open" and isinstance(values[2], int) and values[2] & _WRITING):
            step()

    connect = sqlite3.connect

    def traced(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        connection.set_trace_callback(statement)
        return connection

    sqlite3.connect = traced  # type: ignore[assignment]  # it takes whatever the original does
    sys.addaudithook(audit)
    return seen
