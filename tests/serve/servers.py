"""Servers run for tests as processes of their own, and waiting without guessing how fast the machine is."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from serve.clients import Client, socket_client
from serve.unix_sockets import unix_client

DEADLINE = 40.0
"""Seconds after which a test stops waiting for what should have taken a fraction of one."""

HOST = "127.0.0.1"

RUN_WORKERS = """
import sys
from pathlib import Path
from sosik.serve.listening import listening_at
from sosik.serve.workers import run_workers
if __name__ == "__main__":
    with listening_at("127.0.0.1", int(sys.argv[2])) as listener:
        sys.exit(run_workers(Path(sys.argv[1]), listener, int(sys.argv[3])))
"""

SOSIK = "from sosik.cli import main; main()"

T = TypeVar("T")


def eventually(ask: Callable[[], T], *, deadline: float = DEADLINE) -> T:
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


def free_port() -> int:
    """Return a port that nobody has, below those that outgoing connections get: it stays free until it is used."""
    while True:
        port = 10_000 + secrets.randbelow(20_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind((HOST, port))
            return port


@dataclass
class Server:
    """A server in a process of its own; `said` is the file that holds what it wrote."""

    process: subprocess.Popen[bytes]
    port: int
    said: Path
    ask: Client

    @property
    def output(self) -> str:
        return self.said.read_text("utf-8", "replace")

    def children(self) -> dict[int, str]:
        """Return the processes it started that are still there: their commands by process id."""
        return {pid: command for pid, parent, command in processes() if parent == self.process.pid}

    def workers(self) -> list[int]:
        return sorted(pid for pid, command in self.children().items() if "spawn_main" in command)

    def builder(self) -> int:
        (pid,) = [pid for pid, command in self.children().items() if "sosik.serve.builder" in command]
        return pid

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(DEADLINE)


@contextmanager
def serving(
    script: str,
    *arguments: str | Path,
    said: Path,
    port: int = 0,
    unix_socket: Path | None = None,
    ready: str = "/healthz",
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run a script that serves on a port or a Unix socket, until the block ends; then nothing of it may be left.

    `environment` is added to that of this process.
    """
    with said.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", script, *map(str, arguments)],
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env={**os.environ, **(environment or {})},
        )
    server = Server(process, port, said, unix_client(unix_socket) if unix_socket else socket_client(HOST, port))
    try:
        eventually(lambda: process.poll() is not None or server.ask(ready).status)
        assert process.poll() is None, server.output
        yield server
    finally:
        if process.poll() is None:
            server.stop()
        # Python's own resource tracker notices the end a moment later than we do.
        try:
            eventually(lambda: not processes(session=process.pid))
        except AssertionError:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    assert "Traceback" not in server.output


@contextmanager
def serving_sosik(
    root: Path,
    *options: str | Path,
    unix_socket: Path | None = None,
    workers: int = 2,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run `sosik serve` with some workers, on a port or on a Unix socket."""
    port = 0 if unix_socket else free_port()
    place = ["--socket", unix_socket] if unix_socket else ["--port", str(port)]
    arguments = ["-C", root, "serve", "--workers", str(workers), *place, *options]
    said = root.parent / "said"
    with serving(SOSIK, *arguments, port=port, unix_socket=unix_socket, said=said, environment=environment) as server:
        eventually(lambda: len(server.workers()) == workers)
        yield server


def processes(session: int | None = None) -> list[tuple[int, int, str]]:
    """Return id, parent and command of the processes that live, of one session if it is given."""
    columns = ["ps", "-e", "-ww", "-o", "pid=,ppid=,sid=,stat=,args="]
    found = []
    for line in subprocess.run(columns, capture_output=True, text=True, check=True).stdout.splitlines():
        pid, parent, sid, state, command = line.split(None, 4)
        if not state.startswith("Z") and session in (None, int(sid)):
            found.append((int(pid), int(parent), command))
    return found
