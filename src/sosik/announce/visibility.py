"""Whether the newest bytes can be had at their addresses: before that, a hub would fetch the old ones."""

from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import urlsplit

from sosik.store import DocumentHead
from sosik.web import NoAnswerError, ask


class Visibility:
    """Looks at addresses, each once. `documents` are the heads of the newest edition, by their address."""

    def __init__(self, documents: Mapping[str, DocumentHead]) -> None:
        self._documents = documents
        self._obstacles: dict[str, str] = {}
        self._silent: dict[str, str] = {}

    def obstacle(self, address: str) -> str:
        """Return why a document is not yet to be announced; nothing where its newest bytes are there."""
        if address not in self._obstacles:
            head = self._documents.get(address)
            self._obstacles[address] = "" if head is None else self._look(address, head)
        return self._obstacles[address]

    def newest(self) -> str:
        """Return the address of the document that changed last."""
        return max(self._documents, key=lambda address: (self._documents[address].last_modified, address), default="")

    def _look(self, address: str, head: DocumentHead) -> str:
        body, trouble = self.read(address, head.length + 1)
        if not trouble and sha256(body).hexdigest()[:32] != head.etag:
            trouble = "still shows what was published before"
        return f"{address} {trouble}" if trouble else ""

    def read(self, address: str, most: int) -> tuple[bytes, str]:
        """Return the first `most` bytes at an address, or why they cannot be had."""
        host = urlsplit(address).netloc
        if host in self._silent:
            return b"", self._silent[host]
        try:
            reply = ask("GET", address, most=most)
        except NoAnswerError as error:
            # The other addresses of the host would keep us waiting as long.
            self._silent[host] = f"cannot be reached: {error}"
            return b"", self._silent[host]
        return (reply.body, "") if reply.status == 200 else (b"", f"answers with status {reply.status}")
