"""An object store asked over the network: the thin end, and all that knows obstore."""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from sosik.errors import PictureError, PublishError
from sosik.publish.bucket.opening import Target
from sosik.publish.bucket.pointer import NAME, read_pointer
from sosik.publish.bucket.requests import (
    CREATE,
    LOST,
    REFUSED,
    Found,
    Put,
    Read,
    Remove,
    Reply,
    Request,
    Stored,
    Write,
)
from sosik.store.bodies import AT_ONCE
from sosik.store.statements import batches
from sosik.words import Message

if TYPE_CHECKING:
    from obstore import PutMode
    from obstore.store import ClientConfig, ObjectStore

_CONNECTIONS = 16
_ENDPOINTS = (
    "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT", "GOOGLE_BASE_URL", "AZURE_STORAGE_ENDPOINT"
)  # fmt: skip
_STATUS = re.compile(r"status code: (\d{3}[ \w]*)")
_CONFLICT = "status code: 409"
"""S3 says so of a conditional put while another one is under way."""
_POINTER_FIELDS = {"Content-Type": "application/json", "Cache-Control": "no-store"}

Body = Callable[[str, Target], tuple[bytes, Mapping[str, str]]]
Expect = Callable[[list[str]], None]
Digest = Callable[[bytes], str]


class Bucket:
    """A bucket, or what lies below a prefix in it. `body` returns bytes and header fields of an object to be put.

    `expect` is told the names of some before. `digest` is that by which bytes are compared. Raises `PublishError` where
    there is no such bucket, or no way to it.
    """

    def __init__(self, address: str, body: Body, expect: Expect, digest: Digest) -> None:
        self._address = address
        self._store = _opened(address)
        self._body = body
        self._expect = expect
        self._digest = digest
        self._connections = ThreadPoolExecutor(_CONNECTIONS)

    def close(self) -> None:
        """Let go of the connections."""
        self._connections.shutdown(cancel_futures=True)

    def answers(self, requests: Iterable[Request]) -> list[Reply]:
        """Return what the store answers, in order; as many requests are on their way as there are connections."""
        replies: list[Reply] = []
        going: list[Future[Reply]] = []
        for batch in batches(requests, AT_ONCE):
            self._expect([one.name for one in batch if isinstance(one, Put)])
            for ask in map(self._call, batch):
                going.append(self._connections.submit(self._answer, ask))
                if len(going) - len(replies) > _CONNECTIONS:
                    replies.append(going[len(replies)].result())
        return [*replies, *(one.result() for one in going[len(replies) :])]

    def _call(self, request: Request) -> Callable[[], Reply]:
        """Return what asks the store. Bytes are read here, by the thread that opened what they are read from."""
        match request:
            case Read(name):
                return lambda: self._read(name)
            case Write(name, body, tag):
                return lambda: self._put(name, body, _POINTER_FIELDS, tag)
            case Remove(names, writer):
                return lambda: self._remove(names, writer)
            case Put(name, target, tag):
                try:
                    body, fields = self._body(name, target)
                except PictureError:
                    return lambda: LOST
                return lambda: self._put(name, body, fields, tag)

    def _answer(self, ask: Callable[[], Reply]) -> Reply:
        from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError

        try:
            return ask()
        except (AlreadyExistsError, PreconditionError):
            return REFUSED
        except (BaseError, OSError) as error:
            if _CONFLICT in str(error):
                return REFUSED
            reason = _reason(error)
            raise PublishError(Message("publish.bucket-failed", bucket=self._address, reason=reason)) from error

    def _read(self, name: str) -> Found | None:
        try:
            got = self._store.get(name)
        except FileNotFoundError:
            return None
        body = bytes(got.bytes())
        return Found(_tag(got.meta), self._digest(body), body if name == NAME else b"")

    def _put(self, name: str, body: bytes, fields: Mapping[str, str], tag: str) -> Stored:
        mode: PutMode = "create"
        if tag != CREATE:
            etag, _, version = tag.partition(" ")
            mode = {"e_tag": etag, "version": version} if version else {"e_tag": etag}
        return Stored(_tag(self._store.put(name, body, attributes=dict(fields), mode=mode)))

    def _remove(self, names: tuple[str, ...], writer: str) -> Found | None:
        found = self._read(NAME)
        if found and read_pointer(found.body).writer == writer:
            self._store.delete(list(names))
        return found


def _opened(address: str) -> "ObjectStore":
    """Return the store at an address; what it takes to come in, obstore finds in the environment."""
    try:
        from obstore.exceptions import BaseError
        from obstore.store import AzureStore, from_url
    except ImportError as error:
        raise PublishError(Message("publish.bucket-package")) from error
    # An endpoint without TLS is one that somebody asked for.
    way: ClientConfig = {"allow_http": any(os.environ.get(name, "").startswith("http://") for name in _ENDPOINTS)}
    scheme, _, place = address.partition("://")
    try:
        if scheme == "az":  # where obstore takes what comes first for the container
            account, container, prefix = f"{place}//".split("/", 2)
            return AzureStore(container, account_name=account, prefix=prefix.strip("/") or None, client_options=way)
        return from_url(address, client_options=way)
    except (BaseError, ValueError) as error:
        reason = _reason(error)
        raise PublishError(Message("publish.bucket-failed", bucket=address, reason=reason)) from error


def _tag(meta: Mapping[str, object]) -> str:
    """Return what an object is replaced by: its ETag, and where the store tells versions apart (GCS) also that."""
    return " ".join(str(part) for part in (meta.get("e_tag"), meta.get("version")) if part)


def _reason(error: Exception) -> Message | str:
    """Return why the store did not answer, without its addresses, which may be signed."""
    from obstore.exceptions import PermissionDeniedError, UnauthenticatedError

    if isinstance(error, PermissionDeniedError | UnauthenticatedError):
        return Message("publish.bucket-denied")
    if isinstance(error, FileNotFoundError):
        return Message("publish.bucket-missing")
    status = _STATUS.search(str(error))
    return status[1].lower() if status else Message("publish.bucket-unreachable")
