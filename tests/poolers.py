"""PgBouncer in front of the tests' PostgreSQL: each transaction may get another session of the database."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from databases import server, url_of
from serve.servers import HOST, eventually, free_port

SETTINGS = """\
[databases]
{database} = host={host} port={port} user={user}
[pgbouncer]
listen_addr = {here}
listen_port = {listen}
unix_socket_dir =
auth_type = any
pool_mode = {mode}
default_pool_size = 20
"""


class Pooler:
    """PgBouncer, which pools by `mode` (transaction, session) and can be stopped and started again at the same port."""

    def __init__(self, folder: Path, mode: str) -> None:
        self.port = free_port()
        self._user = "embedded_postgres" if os.geteuid() == 0 else None  # it refuses to be run by root
        self._folder = folder
        told = psycopg.conninfo.conninfo_to_dict(server())
        self._login = f"{told['user']}@{HOST}:{self.port}/{told['dbname']}"
        places = {"host": told["host"], "port": told.get("port", 5432), "here": HOST, "listen": self.port}
        (folder / "ini").write_text(SETTINGS.format(database=told["dbname"], user=told["user"], mode=mode, **places))
        self._process: subprocess.Popen[bytes] | None = None

    def url_of(self, root: Path) -> str:
        """Return the address of a publication's store by way of the pooler."""
        schema = url_of(root / ".sosik").partition("&schema=")[2].partition("&")[0]
        return f"postgresql://{self._login}?schema={schema}"

    def start(self) -> None:
        """Let it answer at its port."""
        program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
        if program is None:
            pytest.skip("PgBouncer is not installed")
        with (self._folder / "said").open("ab") as said:
            command: list[str | Path] = [program, self._folder / "ini"]
            self._process = subprocess.Popen(command, user=self._user, stdout=said, stderr=said)
        eventually(self._answers)

    def stop(self) -> None:
        """End it, and every connection with it."""
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGTERM)
            process.wait()

    @property
    def output(self) -> str:
        return (self._folder / "said").read_text("utf-8", "replace")

    def _answers(self) -> bool:
        with socket.create_connection((HOST, self.port), 1):
            return True


@contextmanager
def pooler(mode: str = "transaction") -> Iterator[Pooler]:
    """Lend a pooler, which runs."""
    with tempfile.TemporaryDirectory(prefix="sosik") as name:
        Path(name).chmod(0o755)
        made = Pooler(Path(name), mode)
        made.start()
        try:
            yield made
        finally:
            made.stop()
