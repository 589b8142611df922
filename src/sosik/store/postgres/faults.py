"""What PostgreSQL says that went wrong, told apart by its SQLSTATE, in plain words and without any password."""

from psycopg import Error, OperationalError

from sosik.errors import StoreDamagedError, StoreError
from sosik.store.address import StoreAddress
from sosik.store.lock import LockedError
from sosik.words import Message

_OVERTAKEN = frozenset({"40001", "40P01"})
"""Serialization failure, deadlock: another writer was there first."""

_IN_USE = frozenset({"55P03", "55006"})

_DAMAGED = frozenset({"XX001", "XX002"})

_REASONS = {
    "28": Message("store.pg-refused"),
    "3D": Message("store.pg-database"),
    "25006": Message("store.pg-read-only"),
    "42501": Message("store.pg-denied"),
    "53100": Message("store.pg-full"),
    "53200": Message("store.pg-memory"),
    "53300": Message("store.pg-connections"),
    "57": Message("store.pg-ended"),
    "08": Message("store.pg-away"),
    "42P01": Message("store.pg-table"),
    "3F": Message("store.pg-table"),
}
"""By SQLSTATE, or its class."""

_AT_THE_DOOR = (
    ("the database system is", "57"),
    ("password authentication failed", "28"),
    ("no password supplied", "28"),
    ("no pg_hba.conf entry", "28"),
    ("role", "28"),
    ("database", "3D"),
    ("too many connections", "53300"),
    ("too many clients", "53300"),
)
"""What libpq says where it does not get in, which has no SQLSTATE; all else is a server that is not reached. The first
one counts: a word of another may be in it."""


def fault_of(error: Error, address: StoreAddress) -> StoreError:
    """Return what is to be raised for what PostgreSQL, or libpq, says of the store at an address."""
    state = error.sqlstate or ""
    if state in _OVERTAKEN:
        return overtaken(address)
    if state in _IN_USE:
        return LockedError(Message("store.locked", path=str(address)))
    if state in _DAMAGED:
        return StoreDamagedError(_told(address, _words(error, address)))
    reason = _REASONS.get(state) or _REASONS.get(state[:2])
    if reason is None and not state and isinstance(error, OperationalError):
        reason = _REASONS[_door(str(error))]
    if reason is None:
        return StoreError(_told(address, _words(error, address)))
    return StoreError(_told(address, reason))


def overtaken(address: StoreAddress) -> LockedError:
    """Return what is to be raised where another writer committed since this one read the store."""
    return LockedError(Message("store.overtaken", address=str(address)))


def _told(address: StoreAddress, reason: Message | str) -> Message:
    return Message("store.pg-failed", address=str(address), reason=reason)


def _door(text: str) -> str:
    if "server is in hot standby mode" in text:  # libpq's own words, not the server's
        return "25006"
    said = text.partition("FATAL:")[2]
    return next((state for words, state in _AT_THE_DOOR if words in said), "08")


def _words(error: Error, address: StoreAddress) -> str:
    """Return the first line of what was said, without what is secret."""
    text = (str(error).strip().splitlines() or [type(error).__name__])[0]
    for secret in address.secrets:
        text = text.replace(secret, "***")
    return text
