"""Whether a connection has a session to itself: a pooler may hand each transaction to another one.

A lock of a session is then held by a stranger in the next transaction, and stays in the pool when its taker has gone.
"""

from contextlib import closing

from sosik.errors import StoreError
from sosik.store.address import StoreAddress
from sosik.store.postgres.connection import PostgresConnection, connect
from sosik.words import Message


def connect_to_lock(address: StoreAddress) -> PostgresConnection:
    """Return a connection to the primary whose session keeps a lock. Raises `StoreError`, also for one that does not.

    Some proxies have process ids of their own and yet a session for each client, as a pooler has by session. So who is
    not connected directly looks whether another client gets the same session.
    """
    database = connect(address, to_primary=True)
    try:
        if not (is_direct(database) or _keeps_session(database)):
            raise StoreError(Message("store.pg-pooled", address=str(address)))
    except BaseException:
        database.close()
        raise
    return database


def is_direct(database: PostgresConnection) -> bool:
    """Tell whether the process that answers is the one that the client was told of when it connected."""
    return session_of(database) == database.told_session


def session_of(database: PostgresConnection) -> int:
    """Return the id of the process that answers: in a transaction always the same one."""
    process: int = database.execute("SELECT pg_backend_pid()").fetchone()[0]
    return process


def _keeps_session(database: PostgresConnection) -> bool:
    """Tell whether a session stays the same, and no other client's, though another client needs one."""
    first, second = session_of(database), session_of(database)
    with closing(connect(database.address, to_primary=True)) as other:
        other.execute("BEGIN")
        return first == second != session_of(other) and session_of(database) == first
