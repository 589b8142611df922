"""S3 on this machine, one for all processes of a test run, and a gate in front of it that holds requests back."""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from obstore.store import S3Store

HOST = "127.0.0.1"

SECRETS = {"access_key_id": "somebody", "secret_access_key": "something secret"}

PROGRAMS = {"seaweedfs": "weed", "moto": "moto_server"}


def _program(name: str) -> str | None:
    """Return a program that stands beside Python, or where the shell finds it."""
    return shutil.which(name, path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))


STORES = tuple(name for name, program in PROGRAMS.items() if _program(program))
"""SeaweedFS, and where it is installed moto, which answers otherwise where there is no object."""

_WATCHED = """
import os, subprocess, sys, time
with open(sys.argv[2], "wb") as said:
    server = subprocess.Popen(sys.argv[3:], stdin=subprocess.DEVNULL, stdout=said, stderr=said)
try:
    while server.poll() is None:
        os.kill(int(sys.argv[1]), 0)
        time.sleep(0.5)
except ProcessLookupError:
    server.kill()
"""
"""Runs a server for as long as a process lives: whichever worker started it may be the first to end."""


def endpoint(name: str, shared: Path) -> str:
    """Return the endpoint of a store, started by whoever asks first; `shared` is a folder of the whole test run."""
    noted = shared / f"{name}.json"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not noted.exists():
            noted.write_text(json.dumps(_started(name, shared / name)))
    return str(json.loads(noted.read_text()))


def _started(name: str, folder: Path) -> str:
    folder.mkdir()
    port = _port()
    program = _program(PROGRAMS[name]) or ""
    command = [program, *(_seaweedfs(folder, port) if name == "seaweedfs" else ["-H", HOST, f"-p{port}"])]
    run = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    watch = [sys.executable, "-c", _WATCHED, str(run), str(folder / "said"), *command]
    # By a shell that ends at once: it is nobody's child, and nobody waits for it.
    start = ["sh", "-c", '"$@" </dev/null >/dev/null 2>&1 &', "sh", *watch]
    subprocess.run(start, env=environment, start_new_session=True, check=True)
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                break
        time.sleep(0.1)
    else:
        raise AssertionError((folder / "said").read_text("utf-8", "replace"))
    return f"http://{HOST}:{port}"


def _seaweedfs(folder: Path, port: int) -> list[str]:
    """Return what SeaweedFS is started with: nothing outside of the folder, and nobody is told of it."""
    ports = [f"-{part}.port={_port()}" for part in ("master", "volume", "filer")]
    sockets = [f"-{part}.localSocket={folder}/{part}.sock" for part in ("filer", "s3")]
    others = ["-s3.port.iceberg=0", "-s3.port.lance=0", "-master.telemetry=false"]
    sizes = ["-master.volumeSizeLimitMB=64", "-volume.max=0"]
    where = [f"-ip={HOST}", f"-ip.bind={HOST}", f"-dir={folder}", f"-s3.port={port}"]
    return [f"-logdir={folder}", "server", "-filer", "-s3", *where, *ports, *sockets, *others, *sizes]


def _port() -> int:
    """Return a free port of which the one 10,000 above is free too: SeaweedFS talks gRPC there."""
    while True:
        with socket.socket() as one, socket.socket() as other:
            one.bind((HOST, 0))
            port = one.getsockname()[1] % 20_000 + 12_000
            try:
                with socket.socket() as chosen:
                    chosen.bind((HOST, port))
                    other.bind((HOST, port + 10_000))
            except OSError:
                continue
            return int(port)


@dataclass
class Bucket:
    """A bucket, or what lies below a prefix in it: `url` is what `--to` is given."""

    endpoint: str
    name: str
    prefix: str = "paper"

    @property
    def url(self) -> str:
        return f"s3://{self.name}/{self.prefix}"

    @cached_property
    def _store(self) -> S3Store:
        return S3Store(
            self.name,
            prefix=self.prefix,
            endpoint=self.endpoint,
            region="us-east-1",
            access_key_id=SECRETS["access_key_id"],
            secret_access_key=SECRETS["secret_access_key"],
            client_options={"allow_http": True},
        )

    def make(self) -> None:
        """Make it, where the store does not when something is put into it."""
        there = HTTPConnection(urlsplit(self.endpoint).netloc, timeout=60)
        there.request("PUT", f"/{self.name}")
        there.getresponse().read()
        there.close()

    def read(self, name: str) -> bytes | None:
        """Return an object, None where there is none."""
        try:
            return bytes(self._store.get(name).bytes())
        except FileNotFoundError:
            return None

    def fields(self, name: str) -> dict[str, str]:
        """Return the header fields that the store gives to an object."""
        return {str(key): value for key, value in self._store.get(name).attributes.items()}

    def put(self, name: str, body: bytes) -> None:
        """Put an object as another program would."""
        self._store.put(name, body)


@dataclass
class Gate:
    """Stands in front of a store. From when it is closed, it holds puts back, but for so many, until it is opened."""

    endpoint: str
    passing: int = 0
    opened: threading.Event = field(default_factory=threading.Event)
    reached: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    statuses: list[int] = field(default_factory=list)
    """What the store answered to the puts that were held back."""

    def wait(self) -> bool:
        """Wait as a put has to; tell whether it was held back."""
        with self.lock:
            self.passing -= 1
            is_held = self.passing < 0
        if is_held:
            self.reached.set()
            assert self.opened.wait(120)
        return is_held


@contextmanager
def standing(gate: Gate) -> Iterator[str]:
    """Give the endpoint of a gate while it stands."""
    server = ThreadingHTTPServer((HOST, 0), _handler(gate))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}"
    finally:
        gate.opened.set()
        server.shutdown()
        server.server_close()


def _handler(gate: Gate) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def forward(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            is_held = self.command == "PUT" and gate.wait()
            there = HTTPConnection(urlsplit(gate.endpoint).netloc, timeout=60)
            there.request(self.command, self.path, body, dict(self.headers))
            reply = there.getresponse()
            answered = reply.read()
            if is_held:
                gate.statuses.append(reply.status)
            try:
                self.send_response_only(reply.status)
                for name, value in reply.getheaders():
                    if name.lower() not in ("transfer-encoding", "content-length"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(answered)))
                self.end_headers()
                self.wfile.write(answered)
            except OSError:
                self.close_connection = True  # whoever asked is dead
            there.close()

        do_GET = do_PUT = do_POST = do_DELETE = forward  # noqa: N815 - the library's names

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
