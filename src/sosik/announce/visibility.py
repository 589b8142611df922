"""Whether the newest bytes can be had at their addresses: before that, a hub would fetch the old ones."""

from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import urlsplit

from sosik.store import DocumentHead
from sosik.web import NoAnswerError, ask
from sosik.words import Message


class Visibility:
    """Looks at addresses, each once. `documents` are the heads of the newest edition, by their address."""

    def __init__(self, documents: Mapping[str, DocumentHead]) -> None:
        self._documents = documents
        self._obstacles: dict[str, Message | None] = {}
        self._silent: dict[str, Message] = {}

    def obstacle(self, address: str) -> Message | None:
        """Return why a document is not yet to be announced; None where its newest bytes are there."""
        if address not in self._obstacles:
            head = self._documents.get(address)
            self._obstacles[address] = None if head is None else self._look(address, head)
        return self._obstacles[address]

    def newest(self) -> str:
        """Return the address of the document that changed last."""
        return max(self._documents, key=lambda address: (self._documents[address].last_modified, address), default="")

    def _look(self, address: str, head: DocumentHead) -> Message | None:
        body, trouble = self.read(address, head.length + 1)
        if trouble is None and sha256(body).hexdigest()[:32] != head.etag:
            return Message("announce.still-old", address=address)
        return trouble

    def read(self, address: str, most: int) -> tuple[bytes, Message | None]:
        """Return the first `most` bytes at an address, or why they cannot be had."""
        host = urlsplit(address).netloc
        if host in self._silent:
            return b"", Message("announce.unreachable", address=address, reason=self._silent[host])
        try:
            reply = ask("GET", address, most=most)
        except NoAnswerError as error:
            # The other addresses of the host would keep us waiting as long.
            self._silent[host] = error.message
            return b"", Message("announce.unreachable", address=address, reason=error.message)
        if reply.status != HTTPStatus.OK:
            return b"", Message("announce.status", address=address, status=reply.status)
        return reply.body, None
