"""The machines: each a `sosik serve` in a session of its own, killed at once or in part, and started anew."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import yaml

from newsrooms import ROOT
from serve.clients import Reply, socket_client
from serve.servers import DEADLINE, HOST, SOSIK, eventually, free_port, processes
from serve.web_servers import configured

NODE = "X-Node"
"""The header field in which the balancer says which server answered."""


@dataclass
class Machine:
    """A machine that runs `sosik serve` in a folder. `away` are the times from its death until it was ready again."""

    name: str
    folder: Path
    options: Sequence[str]
    environment: dict[str, str]
    port: int = field(default_factory=free_port)
    away: list[tuple[float, float]] = field(default_factory=list)
    lives: int = 0
    died: float = 0.0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it may take a while before it is ready."""
        self.folder.mkdir(parents=True, exist_ok=True)
        words = ["-C", str(self.folder), "serve", "--port", str(self.port), *self.options]
        with self.said.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "error", "-c", SOSIK, *words],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={**os.environ, **self.environment},
            )
        self.lives += 1

    @property
    def said(self) -> Path:
        """The file of all that it said in its lives."""
        return self.folder.parent / f"{self.name}.said"

    def ask(self, path: str) -> Reply:
        """Ask it for something, over a connection of its own."""
        return socket_client(HOST, self.port)(path)

    def is_ready(self) -> bool:
        """Tell whether it has an edition."""
        return self.ask("/healthz").status == 200

    def role(self) -> str:
        """Return what it says that it is: leader or standby; "" where it does not answer."""
        with suppress(OSError, HTTPException):
            found = re.search(r'"role": "(\w+)"', self.ask("/healthz").body.decode())
            return found[1] if found else ""
        return ""

    def kill(self, how: str) -> None:
        """Kill all its processes, or the first one alone, or the one that builds, and wait for what follows of it."""
        assert self.process is not None
        self.died = time.monotonic()
        if how == "builder":
            for pid, _, command in processes(session=self.process.pid):
                if "sosik.serve.builder" in command:
                    os.kill(pid, signal.SIGKILL)
            return
        (os.killpg if how == "all" else os.kill)(self.process.pid, signal.SIGKILL)
        self.process.wait()
        # Those that lost the first process end by themselves.
        eventually(lambda: self.process and not processes(session=self.process.pid))

    def back(self) -> None:
        """Start it after a death, and wait until it is ready."""
        self.start()
        eventually(self.is_ready, deadline=3 * DEADLINE)
        self.away.append((self.died, time.monotonic()))

    def end(self) -> None:
        """End it for good."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def running(machines: Sequence[Machine]) -> Iterator[None]:
    """Have machines running until the block ends."""
    try:
        for machine in machines:
            machine.start()
        for machine in machines:
            eventually(machine.is_ready, deadline=3 * DEADLINE)
        yield
    finally:
        for machine in machines:
            machine.end()


@contextmanager
def balanced(machines: Sequence[Machine], scratch: Path) -> Iterator[int]:
    """Run Caddy in front of machines as docs/examples/compose.yaml has it, and give its port."""
    scratch.mkdir()
    port = free_port()
    with configured("caddy", front(machines, port), scratch, port):
        yield port


def front(machines: Sequence[Machine], port: int) -> str:
    """Return the configuration of the example, for these machines; it tells which of them answered."""
    told = yaml.safe_load((ROOT / "docs" / "examples" / "compose.yaml").read_text("utf-8"))
    written = told["configs"]["front"]["content"]
    servers = " ".join(f"{HOST}:{machine.port}" for machine in machines)
    assert "server-1:8000 server-2:8000 {" in written
    shown = f"{servers} {{\n    header_down {NODE} {{http.reverse_proxy.upstream.hostport}}"
    placed = written.replace("server-1:8000 server-2:8000 {", shown)
    return re.sub(r"^\S+ \{", f"http://:{port} {{\n  bind {HOST}", placed, count=1)


def listening(port: int) -> bool:
    """Tell whether somebody answers at a port."""
    connection = HTTPConnection(HOST, port, timeout=5)
    try:
        connection.connect()
    except OSError:
        return False
    finally:
        connection.close()
    return True
