"""The schema of a publication: found, made, brought along; and the version and the revision that it has."""

from typing import NamedTuple

from sosik.errors import NewerStoreError, StoreError
from sosik.store.address import StoreAddress
from sosik.store.contents import faults_in
from sosik.store.faults import damaged
from sosik.store.postgres.connection import PostgresConnection, connect
from sosik.store.postgres.pictures import TablePictures
from sosik.store.postgres.schema import STEPS, statements
from sosik.store.schema import VERSION
from sosik.words import Message


class State(NamedTuple):
    """The version of the tables, and how many transactions have written into them."""

    version: int
    revision: int


def open_to_read(address: StoreAddress) -> PostgresConnection:
    """Return a connection to a store that is there, of the present version. Raises `StoreError`."""
    database = connect(address)
    try:
        state = state_of(database)
        if state is None:
            raise StoreError(Message("store.pg-empty", address=str(address)))
        if state.version < VERSION:
            text = Message("store.earlier-version", path=str(address), version=state.version, ours=VERSION)
            raise StoreError(text)
    except BaseException:
        database.close()
        raise
    return database


def state_of(database: PostgresConnection) -> State | None:
    """Return the state of a store, None where there is none. Raises `NewerStoreError` for that of a newer sosik."""
    schema = database.address.schema
    table = database.execute("SELECT to_regclass(?)::text", (f'"{schema}".state',)).fetchone()[0]
    if table is None:
        return None
    state = State(*database.execute("SELECT version, revision FROM state").fetchone())
    if state.version > VERSION:
        text = Message("store.pg-newer", address=str(database.address), version=state.version, ours=VERSION)
        raise NewerStoreError(text)
    return state


def bring_up(database: PostgresConnection) -> State:
    """Bring the store to the present version, or make it, by who holds the lock; return its state."""
    state = state_of(database)
    if state is not None and state.version == VERSION:
        return state
    database.execute("BEGIN")
    try:
        if state is None:
            for statement in statements(database.address.schema):
                database.execute(statement)
        else:
            for number in range(state.version + 1, VERSION + 1):
                STEPS[number](database)
                database.execute("UPDATE state SET version = ?, revision = revision + 1", (number,))
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
    return state_of(database) or State(VERSION, 0)


def exists(address: StoreAddress) -> bool:
    """Tell whether there is a store at an address. Raises `StoreError` where the database cannot be asked."""
    database = connect(address)
    try:
        return state_of(database) is not None
    except NewerStoreError:
        return True
    finally:
        database.close()


def is_whole(address: StoreAddress) -> bool:
    """Check all of a store, and tell whether its documents are whole, too. Raises `StoreError` for all else."""
    database = open_to_read(address)
    try:
        database.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        faults = [*faults_in(database, TablePictures(database))]
    finally:
        database.close()
    for fault in faults:
        if not fault.is_derived:
            raise damaged(str(address), fault.message)
    return not faults
