"""A server under test: its processes, which connection is whose, and the memory they take. Needs Linux."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

HOST = "127.0.0.1"
PATIENCE = 60
"""Seconds that the server may take to be there, or to be gone."""


@dataclass(frozen=True)
class Server:
    """`sosik serve` in a process of its own."""

    process: int
    port: int

    def workers(self) -> list[int]:
        """Return the processes that answer."""
        return [child for child, command in self._children() if "spawn_main" in command]

    def builders(self) -> list[int]:
        """Return the process that builds; none while it is started again."""
        return [child for child, command in self._children() if "sosik.serve.builder" in command]

    def _children(self) -> Iterator[tuple[int, str]]:
        for task in Path(f"/proc/{self.process}/task").iterdir():
            for child in read(task / "children").split():
                yield int(child), read(Path(f"/proc/{child}/cmdline")).replace("\0", " ")

    def peers_of(self, worker: int) -> set[int]:
        """Return the ports of the clients whose connections a worker has accepted."""
        inodes = set()
        for held in Path(f"/proc/{worker}/fd").iterdir():
            try:
                inodes.add(str(held.readlink()).removeprefix("socket:[").rstrip("]"))
            except OSError:  # closed meanwhile
                continue
        rows = (line.split() for line in read(Path("/proc/net/tcp")).splitlines()[1:])
        mine = f":{self.port:04X}"
        return {int(row[2].rpartition(":")[2], 16) for row in rows if row[1].endswith(mine) and row[9] in inodes}

    def answers(self) -> bool:
        """Tell whether it can be asked by now."""
        connection = HTTPConnection(HOST, self.port, timeout=5)
        try:
            connection.request("GET", "/rss.xml")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


def memory(process: int) -> tuple[int, int]:
    """Return the resident set of a process, and its share of it where pages are shared, in bytes."""
    text = read(Path(f"/proc/{process}/smaps_rollup"))
    resident, share = (re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE) for name in ("Rss", "Pss"))
    return tuple(int(found[1]) * 1024 if found else 0 for found in (resident, share))  # type: ignore[return-value]  # two


def read(path: Path) -> str:
    """Return what a file of /proc says, nothing where the process has ended."""
    try:
        return path.read_text()
    except OSError:
        return ""


def wait_for(question: Callable[[], object]) -> None:
    """Return once a question is answered with yes."""
    end = time.monotonic() + PATIENCE
    while not question():
        assert time.monotonic() < end, "this should have happened by now"
        time.sleep(0.05)


@contextmanager
def serving(root: Path, port: int, workers: int, said: Path) -> Iterator[Server]:
    """Run `sosik serve` on a publication until the block ends; what it says goes into a file."""
    command = [sys.executable, "-m", "sosik", "-C", str(root), "serve", "--port", str(port), "--workers", str(workers)]
    with said.open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    server = Server(process.pid, port)
    try:
        wait_for(lambda: process.poll() is not None or (server.answers() and len(server.workers()) == workers))
        assert process.poll() is None, said.read_text()
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
