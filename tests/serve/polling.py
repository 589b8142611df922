"""Readers that poll at full speed and count what they lose."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread


@dataclass
class Polls:
    """What came of the polls so far: answers and losses, by the kind of reader."""

    answered: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    done: Event = field(default_factory=Event)


@contextmanager
def polling(connect: Callable[[], HTTPConnection]) -> Iterator[Polls]:
    """Poll without a pause while the block runs, as three kinds of readers do, two of each."""
    polls = Polls()
    kinds = (_one_connection, _new_connections, _slow_to_ask)
    readers = [Thread(target=_poll, args=(kind, connect, polls)) for kind in kinds * 2]
    for reader in readers:
        reader.start()
    try:
        yield polls
    finally:
        polls.done.set()
        for reader in readers:
            reader.join()


def _poll(kind: Callable[[HTTPConnection, Polls], None], connect: Callable[[], HTTPConnection], polls: Polls) -> None:
    while not polls.done.is_set():
        with closing(connect()) as connection:
            try:
                kind(connection, polls)
            except (OSError, HTTPException, AssertionError) as error:
                polls.lost.append(f"{kind.__name__}: {error!r}")


def _one_connection(connection: HTTPConnection, polls: Polls) -> None:
    """Ask again and again on the same connection, for as long as the server does not say that it will close it."""
    while not polls.done.is_set() and _ask(connection) != "close":
        polls.answered["one connection"] += 1


def _new_connections(connection: HTTPConnection, polls: Polls) -> None:
    _ask(connection)
    polls.answered["new connections"] += 1


def _slow_to_ask(connection: HTTPConnection, polls: Polls) -> None:
    """Connect from far away: the server has long accepted when the request comes."""
    connection.connect()
    polls.done.wait(0.3)
    _ask(connection)
    polls.answered["slow to ask"] += 1


def _ask(connection: HTTPConnection) -> str | None:
    connection.request("GET", "/rss.xml", headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    assert (answer.status, len(answer.read())) == (200, int(answer.headers["Content-Length"]))
    return answer.headers["Connection"]
