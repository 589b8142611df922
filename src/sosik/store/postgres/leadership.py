"""Which of several processes that may build does: a lock of the session, which ends with its connection."""

from hashlib import sha256

from sosik.store.address import StoreAddress
from sosik.store.postgres.connection import channel
from sosik.store.postgres.notes import ANEW
from sosik.store.postgres.session import connect_to_lock, session_of

_WATCHED = "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3"
"""A machine that vanished without a word is to lead no longer than seconds; by default the server waits for hours."""


class Leadership:
    """A connection to the store at `address`, by which at most one process leads. Every method raises `StoreError`.

    It only keeps two from building in turns: what keeps editions whole is what each commit compares.
    """

    def __init__(self, address: StoreAddress) -> None:
        self._database = connect_to_lock(address)
        self._key = int.from_bytes(sha256(f"sosik leader {address.schema}".encode()).digest()[:8], signed=True)
        self._session = 0
        for setting in _WATCHED.split("; "):
            self._database.execute(setting)
        self._database.execute(f'LISTEN "{channel(address)}"')

    def take(self) -> bool:
        """Tell whether this process leads now: nobody else does."""
        query = "SELECT pg_backend_pid(), pg_try_advisory_lock(?)"
        self._session, has_taken = self._database.execute(query, (self._key,)).fetchone()
        return bool(has_taken)

    def holds(self) -> bool:
        """Tell whether this process still leads: its session, and so its lock, is the one that took it."""
        return session_of(self._database) == self._session

    def is_asked_anew(self) -> bool:
        """Tell whether a server has asked, since the last time, for every document to be made anew."""
        return self._database.was_told(ANEW)

    def close(self) -> None:
        """Lead no longer."""
        self._database.close()
