"""Checks whether the newest edition is live at its addresses; an earlier notification would distribute the old one.

Equal bytes are certain. If a server in between compresses, shortens or redirects, the validators, the newest id and the
time of the feed identify the version. If these cannot be fetched, the result is unknown.
"""

from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from hashlib import sha256
from http import HTTPStatus

from sosik.addresses import is_loopback, joined, split_address
from sosik.announce.hindrance import DIFFERENT, GUARDED, OLD, REDIRECTED, UNREACHABLE, UNREADABLE, Obstacle
from sosik.announce.newest import decoded, newest_of, text_of
from sosik.patterns import pattern
from sosik.store import DocumentHead
from sosik.web import NoAnswerError, Reply, ask
from sosik.words import Message

_MOST_REDIRECTS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_REFUSING = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS})
"""What a guard answers who takes us for a robot."""

_ROOM = 200_000
"""Bytes by which a document may be longer than ours and still be read whole."""

_TAG = pattern(r'(?:W/)?"([0-9a-f]{32})(?:[-;:.][a-z]+)?"')
"""One of our tags, perhaps as a server on the way marks what it compressed."""


class Visibility:
    """Looks at addresses, each once. `documents` are the heads of the newest edition by address, `own` their bytes."""

    def __init__(self, documents: Mapping[str, DocumentHead], own: Callable[[DocumentHead], bytes | None]) -> None:
        self._documents = documents
        self._own = own
        self._obstacles: dict[str, Obstacle | None] = {}
        self._silent: dict[str, Message] = {}

    @property
    def looked(self) -> Mapping[str, Obstacle | None]:
        """What was met at each address of a document that was looked at."""
        return self._obstacles

    def obstacle(self, address: str) -> Obstacle | None:
        """Return why a document is not yet to be announced; None where its newest version is there."""
        if address not in self._obstacles:
            head = self._documents.get(address)
            self._obstacles[address] = None if head is None else self._look(address, head)
        return self._obstacles[address]

    def newest(self) -> str:
        """Return the address of the document that changed last."""
        return max(self._documents, key=lambda address: (self._documents[address].last_modified, address), default="")

    def _look(self, address: str, head: DocumentHead) -> Obstacle | None:
        most = 2 * head.length + _ROOM
        reply = self._fetch(address, most)
        if isinstance(reply, Obstacle):
            return reply
        try:
            body = decoded(reply.body, reply.content_encoding, most)
        except ValueError:
            body = None
        if body is None:
            return _obstacle(address, UNREADABLE)
        return self._compared(address, head, reply, body)

    def _compared(self, address: str, head: DocumentHead, reply: Reply, body: bytes) -> Obstacle | None:
        digest, tag = sha256(body).hexdigest()[:32], _TAG.fullmatch(reply.etag)
        if head.etag in (digest, tag and tag[1]):
            return None
        modified = _seconds(reply.last_modified)
        if modified == head.last_modified:
            return None
        if tag and tag[1] == digest:  # a version of ours, and not the newest
            return _obstacle(address, OLD)
        own, theirs = self._own(head), newest_of(body)
        if theirs is None:
            return _obstacle(address, UNREADABLE)
        if own is None or newest_of(own) != theirs:
            return _obstacle(address, OLD)
        # A text that was changed in silence moves neither id nor time: then its document's time tells, or its words.
        is_older = text_of(own) != text_of(body) if modified is None else modified < head.last_modified
        return _obstacle(address, DIFFERENT) if is_older else None

    def read(self, address: str, most: int) -> bytes | Obstacle:
        """Return the first `most` bytes at an address, or why they cannot be had."""
        reply = self._fetch(address, most)
        return reply if isinstance(reply, Obstacle) else reply.body

    def _fetch(self, address: str, most: int) -> Reply | Obstacle:
        host, at = split_address(address).netloc, address
        if host in self._silent:
            return _unreachable(address, self._silent[host])
        for _ in range(_MOST_REDIRECTS + 1):
            try:
                reply = ask("GET", at, most=most)
            except NoAnswerError as error:
                # The other addresses of the host would keep us waiting as long.
                self._silent[host] = error.message
                return _unreachable(address, error.message)
            if reply.status not in _REDIRECTS:
                break
            at = joined(at, reply.location)
            if not (reply.location and is_within(at, address)):
                break
        if reply.status in _REDIRECTS:
            message = Message("announce.redirected", address=address, location=at)
            return Obstacle(address, REDIRECTED, message)
        if reply.status in _REFUSING:
            return Obstacle(address, GUARDED, Message("announce.guarded", address=address, status=reply.status))
        if reply.status != HTTPStatus.OK:
            return Obstacle(address, UNREACHABLE, Message("announce.status", address=address, status=reply.status))
        return reply


def is_within(target: str, address: str) -> bool:
    """Tell whether an address belongs to the site of another, by hosts alone; https never leads to http."""
    there, here = split_address(target), split_address(address)
    if there.scheme != "https" and (there.scheme, here.scheme) != ("http", "http"):
        return False
    one, other = ((parts.hostname or "").removeprefix("www.") for parts in (there, here))
    return one == other or one.endswith(f".{other}") or (is_loopback(target) and is_loopback(address))


_MESSAGES = {
    UNREADABLE: "announce.unreadable",
    DIFFERENT: "announce.different",
    OLD: "announce.still-old",
}


def _obstacle(address: str, code: str) -> Obstacle:
    return Obstacle(address, code, Message(_MESSAGES[code], address=address))


def _unreachable(address: str, reason: Message) -> Obstacle:
    return Obstacle(address, UNREACHABLE, Message("announce.unreachable", address=address, reason=reason))


def _seconds(date: str) -> int | None:
    """Return the instant of a Last-Modified field in seconds, None where there is none."""
    try:
        return int(parsedate_to_datetime(date).timestamp())
    except ValueError:
        return None
