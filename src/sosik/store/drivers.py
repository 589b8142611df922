"""Stores in other databases than SQLite, whose drivers are imported where an address asks for one."""

from importlib import import_module
from types import ModuleType

from sosik.errors import StoreError
from sosik.store.address import StoreAddress
from sosik.store.contract import Leadership, Snapshot, Store
from sosik.store.known import Known
from sosik.words import Message


def store(address: StoreAddress, *, is_dry: bool, known: Known | None) -> Store:
    """Return the store at an address; see `sosik.store.open_store`. Raises `StoreError`."""
    opened: Store = _module(address, "database").PostgresStore(address, is_dry=is_dry, known=known)
    return opened


def snapshot(address: StoreAddress) -> Snapshot:
    """Return what the store at an address shows to readers. Raises `StoreError`."""
    opened: Snapshot = _module(address, "snapshot").PostgresSnapshot(address)
    return opened


def exists(address: StoreAddress) -> bool:
    """Tell whether there is a store at an address. Raises `StoreError` where that cannot be asked."""
    found: bool = _module(address, "opening").exists(address)
    return found


def is_whole(address: StoreAddress) -> bool:
    """Check all of a store, and tell whether its documents are whole, too. Raises `StoreError` for all else."""
    found: bool = _module(address, "opening").is_whole(address)
    return found


def leadership(address: StoreAddress) -> Leadership:
    """Return what makes one process of several the leader. Raises `StoreError`."""
    opened: Leadership = _module(address, "leadership").Leadership(address)
    return opened


def leave_note(address: StoreAddress, name: str, value: str) -> None:
    """Remember a value beside the editions of the store at an address (`Snapshot.meta`). Raises `StoreError`."""
    _module(address, "notes").leave_note(address, name, value)


def ask_leader_to_make_anew(address: StoreAddress) -> None:
    """Ask who builds for the store at an address to make every document anew. Raises `StoreError`."""
    _module(address, "notes").ask_to_make_anew(address)


def _module(address: StoreAddress, name: str) -> ModuleType:
    try:
        import_module("psycopg")
    except ImportError as error:
        raise StoreError(Message("store.no-driver", address=str(address))) from error
    return import_module(f"sosik.store.postgres.{name}")
