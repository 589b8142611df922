"""What Google Cloud Storage and Azure Blob Storage answer to reads and conditional puts, in memory.

No wheel has a server for either. Of the documented protocols this has what sosik asks for:
https://cloud.google.com/storage/docs/xml-api/put-object-upload, https://learn.microsoft.com/rest/api/storageservices/put-blob
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

from publish.object_stores import HOST


@dataclass
class Blobs:
    """The objects of all buckets: bytes and generation by path, and who asked, as each request signed itself."""

    found: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    signed: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, path: str, body: bytes, told: Message) -> tuple[HTTPStatus, int]:
        """Put an object unless its preconditions say otherwise; return the status, and its generation by then."""
        with self.lock:
            _, there = self.found.get(path, (b"", 0))
            if told.get("x-goog-if-generation-match", str(there)) != str(there):
                return HTTPStatus.PRECONDITION_FAILED, there
            if told.get("If-None-Match") == "*" and there:
                return HTTPStatus.CONFLICT, there
            if told.get("If-Match", f'"{there}"') != f'"{there}"':
                return HTTPStatus.PRECONDITION_FAILED, there
            self.found[path] = (body, there + 1)
            return HTTPStatus.CREATED, there + 1


@contextmanager
def standing() -> Iterator[tuple[str, Blobs]]:
    """Give the endpoint of a server while it stands, and what it holds."""
    blobs = Blobs()
    server = ThreadingHTTPServer((HOST, 0), _handler(blobs))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}", blobs
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(blobs: Blobs) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            blobs.signed.add(self.headers.get("Authorization", "").partition(":")[0])
            body, generation = blobs.found.get(unquote(self.path), (b"", 0))
            self.answer(HTTPStatus.OK if generation else HTTPStatus.NOT_FOUND, generation, body)

        def do_PUT(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.answer(*blobs.put(unquote(self.path), body, self.headers))

        def answer(self, status: HTTPStatus, generation: int, body: bytes = b"") -> None:
            self.send_response(status)
            fields = {"ETag": f'"{generation}"', "Content-Length": str(len(body))}
            if self.path.startswith("/g"):
                fields |= {"x-goog-generation": str(generation)}
            for name, value in (fields | {"Last-Modified": self.date_time_string()}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
