"""Servers run for tests as processes of their own, and waiting without guessing how fast the machine is."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from serve.clients import Client, socket_client

DEADLINE = 40.0
"""Seconds after which a test stops waiting for what should have taken a fraction of one."""

HOST = "127.0.0.1"


def eventually[T](ask: Callable[[], T], *, deadline: float = DEADLINE) -> T:
    """Return the first true value that `ask` gives; it may fail while the server cannot be reached."""
    end = time.monotonic() + deadline
    while True:
        try:
            if found := ask():
                return found
        except OSError:
            if time.monotonic() > end:
                raise
        assert time.monotonic() < end, "this should have happened by now"
        time.sleep(0.02)
