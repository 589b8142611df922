"""The WSGI layer before the application: documents have responses rendered in advance; the rest is passed on.

All documents follow RFC 9110. Host and the X-Forwarded fields do not change a response, except that a request without a
valid Host gets a 400. A query matters only in old addresses of feeds. A document that is temporarily unavailable is a
503, never an empty or partial one. Below a path of another application (SCRIPT_NAME), documents are looked up by the
rest of the path. No response is older than one of another worker.
"""

import logging
import re
from collections.abc import Callable, Collection, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from sosik.errors import StoreError
from sosik.patterns import pattern
from sosik.publish.answers import Answer, Poll
from sosik.publish.conditional import accepts_gzip, precondition
from sosik.publish.policy import ASKED_FIELDS, EXPOSED, Headers
from sosik.serve.access_log import AccessLog
from sosik.serve.answer_table import AnswerTable
from sosik.serve.editions import Editions, MovedError
from sosik.words import Message
from sosik.words.refusals import CHANGED, GONE, NO_HOST, READ_ONLY, UNREADABLE

log = logging.getLogger(__name__)

METHODS = "GET, HEAD, OPTIONS"
RETRY_AFTER = "5"
"""Seconds after which a client may come again, as digits: not every reader understands a date there."""

_PREFLIGHT: Headers = (
    ("Allow", METHODS),
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Allow-Methods", METHODS),
    ("Access-Control-Allow-Headers", ASKED_FIELDS),
    ("Access-Control-Max-Age", "86400"),
)
_ASKED = (
    "PATH_INFO",
    "SCRIPT_NAME",
    "REQUEST_METHOD",
    "HTTP_IF_NONE_MATCH",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_IF_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE",
    "REMOTE_ADDR",
    "HTTP_X_FORWARDED_FOR",
    "QUERY_STRING",
    "SERVER_PROTOCOL",
    "HTTP_REFERER",
    "HTTP_USER_AGENT",
)
"""What decides the answer to a poll and its line in the access log."""
_HOST = pattern(r"(?:[\w.~%!$&'()*+;=-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?", re.ASCII)
"""What may stand in the field (RFC 9112, 3.2): without a comma, as two fields of one name are joined by one."""
_DOCUMENT = "sosik.document"
"""Where a request keeps the spelling of the document that its path means together with its query."""
_LONGEST_HOST = 300
_MOST_HOSTS = 64
"""Values of the field that are known at once when they come again; strangers may send as many as they like."""
_WITHOUT_HOST = frozenset({"HTTP/1.0", "HTTP/1", "HTTP/0.9"})
"""The protocols in which a request may do without, spelled as servers do."""
_ATTEMPTS = 8
"""How often the store may change under one request, when it changes once a second at most."""


class _Started:
    """A request's `start_response` that remembers what it was told; 500 if nothing."""

    def __init__(self, start_response: StartResponse) -> None:
        self._start_response = start_response
        self.name = "other"
        self.status = 500
        self.length = 0
        self.saved = 0

    def __call__(self, status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
        """Begin an answer (PEP 3333); whatever answers here says how long it is."""
        self.status = int(status[:3])
        self.length = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
        return self._start_response(status, headers, *error)


class Polls:
    """A WSGI application that answers requests for documents of `editions` and leaves all others to `application`.

    The paths in `own` are the application's even when the store cannot be read. Every request is noted in `access_log`,
    `count` is told of all but those; it must be quick and never raise.
    """

    def __init__(
        self,
        application: WSGIApplication,
        editions: Editions,
        *,
        own: Collection[str] = (),
        count: Callable[[Poll], object] = lambda _: None,
        access_log: AccessLog | None = None,
    ) -> None:
        self._application = application
        self._editions = editions
        self._own = frozenset(own)
        self._count = count
        self._log = access_log
        self._newest = editions.newest.view
        self._hosts: set[str | None] = set()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        path, get, table, log = environ["PATH_INFO"], environ.get, self._editions.table, self._log
        if self._newest[0] != table.edition.number or get("HTTP_HOST") not in self._hosts:
            refusal = self._hindrance(environ, start_response)
            if refusal is not None:
                return refusal
            table = self._editions.table
        if log is not None:
            # Most polls say what the same client said before. All that decides the answer and its line is one key, so
            # that one look finds both: whatever else is touched is not in the processor's cache any more.
            asked = tuple(map(get, _ASKED))
            known = table.unchanged.get(asked)
            if known is not None:
                variant, line = known
                self._count(variant.poll)
                log.append(line)
                start_response("304 Not Modified", [*variant.not_modified])
                return []
        answer = table.answers.get(_meant(environ, table) if table.queries else path)
        if (
            answer is not None
            and environ["REQUEST_METHOD"] == "GET"
            and "HTTP_IF_MATCH" not in environ
            and "HTTP_IF_UNMODIFIED_SINCE" not in environ
        ):
            # The other polls of what has not changed, and requests for all of it. `_respond` would say the same, but
            # every function on the way costs as much as a tenth of the server's whole work.
            variant = answer.packed if accepts_gzip(get("HTTP_ACCEPT_ENCODING")) else answer.plain
            tags, full = get("HTTP_IF_NONE_MATCH"), variant.full
            if tags == variant.etag:
                self._count(variant.poll)
                if log is not None:
                    table.remember(asked, variant, log.note(environ, 304, 0))
                start_response("304 Not Modified", [*variant.not_modified])
                return []
            if full is not None and tags is None and "HTTP_IF_MODIFIED_SINCE" not in environ:
                answer.used = True
                self._count(full.poll)
                if log is not None:
                    log.note(environ, 200, len(full.body))
                start_response("200 OK", [*full.headers])
                return [full.body]
        started = _Started(start_response)
        try:
            return self._attempt(environ, started)
        finally:
            self._record(environ, started)

    def _hindrance(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes] | None:
        """Refuse a request without its Host, or one that only an older edition than others have could answer."""
        if not self._take_host(environ):
            return self._refuse(environ, start_response, HTTPStatus.BAD_REQUEST, NO_HOST)
        for _ in range(_ATTEMPTS):
            if self._newest[0] == self._editions.table.edition.number:
                return None
            self._editions.refresh()
            if self._editions.trouble:
                break
        if self._newest[0] <= self._editions.table.edition.number or environ["PATH_INFO"] in self._own:
            return None
        again = ("Retry-After", RETRY_AFTER)
        return self._refuse(environ, start_response, HTTPStatus.SERVICE_UNAVAILABLE, UNREADABLE, again)

    def _take_host(self, environ: WSGIEnvironment) -> bool:
        """Tell whether a request has the one valid Host that it needs, and know it when it comes again."""
        host = environ.get("HTTP_HOST", "")
        if not host:
            return environ.get("SERVER_PROTOCOL") in _WITHOUT_HOST
        if len(host) > _LONGEST_HOST or not _HOST.fullmatch(host):
            return False
        if len(self._hosts) >= _MOST_HOSTS:
            self._hosts.clear()
        self._hosts.add(host)
        return True

    def _refuse(
        self,
        environ: WSGIEnvironment,
        start_response: StartResponse,
        status: HTTPStatus,
        text: str,
        *headers: tuple[str, str],
    ) -> Iterable[bytes]:
        """Refuse a request before its path counts."""
        started = _Started(start_response)
        body = _short(started, status, text, *headers)
        self._record(environ, started)
        return body if environ["REQUEST_METHOD"] != "HEAD" else []

    def _record(self, environ: WSGIEnvironment, started: _Started) -> None:
        sent = 0 if environ["REQUEST_METHOD"] == "HEAD" else started.length
        if environ["PATH_INFO"] not in self._own:
            self._count(Poll(started.name, started.status, sent, started.saved))
        if self._log is not None:
            self._log.note(environ, started.status, sent)

    def _attempt(self, environ: WSGIEnvironment, start_response: _Started) -> Iterable[bytes]:
        """Answer from one edition, whichever is the newest by the time that succeeds."""
        if environ["PATH_INFO"] in self._own:
            return self._application(environ, start_response)
        for _ in range(_ATTEMPTS):
            try:
                return self._respond(environ, start_response)
            except MovedError:
                self._editions.refresh()
            except StoreError as error:
                if not self._editions.is_away:  # that was told, once
                    log.warning("%s", Message("serve.unreadable", path=environ["PATH_INFO"], reason=error.message))
                break
        return _short(
            start_response,
            HTTPStatus.SERVICE_UNAVAILABLE,
            UNREADABLE,
            ("Retry-After", RETRY_AFTER),
        )

    def _respond(self, environ: WSGIEnvironment, start_response: _Started) -> Iterable[bytes]:
        path, method = environ.get(_DOCUMENT) or environ["PATH_INFO"], environ["REQUEST_METHOD"]
        answer = self._editions.table.answers.get(path) or self._editions.find(path)
        if answer is None or (not path and environ.get("SCRIPT_NAME")):
            return self._elsewhere(environ, start_response)
        start_response.name = answer.name
        if method not in ("GET", "HEAD"):
            return _read_only(method, start_response)
        variant = answer.packed if accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING")) else answer.plain
        status = answer.head.status
        if status == HTTPStatus.OK:
            # What is gone stays so, whatever the client knows of it (RFC 9110, 13.2.1).
            status = precondition(environ, variant.etag, answer.head.last_modified)
        if status == HTTPStatus.NOT_MODIFIED:
            start_response.saved = variant.poll.saved
            # A new list each time: a server may write into the one it is given.
            start_response("304 Not Modified", [*variant.not_modified])
            return []
        if status == HTTPStatus.PRECONDITION_FAILED:
            return _short(
                start_response,
                HTTPStatus.PRECONDITION_FAILED,
                CHANGED,
            )
        full = variant.full or self._editions.full(answer, variant)
        answer.used = True
        start_response(answer.status, [*full.headers])
        return [full.body] if method == "GET" else []

    def _elsewhere(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get(_DOCUMENT) or environ["PATH_INFO"]
        if not path.endswith("/"):
            folder = self._editions.find(f"{path}/")
            if folder is not None:
                return _redirect(folder, _mounted(environ), start_response)
        if self._editions.is_gone(path):
            # Readers stop asking for what is gone; what was never there they may try again.
            return _short(start_response, HTTPStatus.GONE, GONE)
        return self._application(environ, start_response)


def _meant(environ: WSGIEnvironment, table: AnswerTable) -> str:
    """Return the spelling in `table.answers` of what a request asks for; kept where the query has a part in it."""
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING")
    found = table.asked(path, query) if query else ""
    if found:
        environ[_DOCUMENT] = found
    return found or str(path)


def _redirect(folder: Answer, mounted: str, start_response: StartResponse) -> Iterable[bytes]:
    """Lead to the same path with its slash, by a reference that names no host."""
    location = f"{mounted}{quote(folder.head.path)}"
    return _short(start_response, HTTPStatus.MOVED_PERMANENTLY, location, ("Location", location))


def _mounted(environ: WSGIEnvironment) -> str:
    """Return the path that the application lies below, as an address has it: empty, or with a slash before it alone."""
    script = environ.get("SCRIPT_NAME", "").strip("/")
    return f"/{quote(script, encoding='latin-1', errors='replace')}" if script else ""


def _read_only(method: str, start_response: StartResponse) -> Iterable[bytes]:
    """Answer a method that reads nothing."""
    if method == "OPTIONS":
        start_response("204 No Content", [*_PREFLIGHT])
        return []
    return _short(
        start_response,
        HTTPStatus.METHOD_NOT_ALLOWED,
        READ_ONLY,
        ("Allow", METHODS),
    )


def _short(start_response: StartResponse, status: HTTPStatus, text: str, *headers: tuple[str, str]) -> Iterable[bytes]:
    """Send a line of text that no cache keeps for the document itself."""
    body = f"{text}\n".encode()
    common = (
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("Access-Control-Allow-Origin", "*"),
        *EXPOSED,
    )
    start_response(f"{status.value} {status.phrase}", [*common, *headers])
    return [body]
