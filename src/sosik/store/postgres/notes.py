"""What is kept or said beside the editions, for other machines: nothing of it changes what is served."""

from contextlib import closing

from sosik.store.address import StoreAddress
from sosik.store.postgres.connection import channel, connect

ANEW = "anew"
"""What a server says to who builds, where it found a document damaged; a commit says nothing."""


def leave_note(address: StoreAddress, name: str, value: str) -> None:
    """Remember a value under a name that no edition has. Raises `StoreError`."""
    query = "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    with closing(connect(address, to_primary=True)) as database:
        database.execute(query, (name, value))


def ask_to_make_anew(address: StoreAddress) -> None:
    """Ask who builds to make every document anew: no permission to write is needed. Raises `StoreError`."""
    with closing(connect(address, to_primary=True)) as database:
        database.execute("SELECT pg_notify(?, ?)", (channel(address), ANEW))
