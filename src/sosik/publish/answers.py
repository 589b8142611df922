"""Responses rendered in advance: status lines and header fields for each kind of request."""

from collections.abc import Iterable
from email.utils import formatdate
from http import HTTPStatus

from msgspec import Struct
from msgspec.structs import replace

from sosik.model import KINDS, POLLED
from sosik.publish.packed import packed
from sosik.publish.policy import (
    EXPOSED,
    Headers,
    Policy,
    cache_control,
    content_type,
    extra_headers,
    is_compressible,
)
from sosik.store import DocumentHead

_MOST_NAMES = 300
"""Feeds whose polls are counted by name; each name makes a handful of time series."""


class Poll(Struct, frozen=True):
    """A request as it is counted: under what name, the status, bytes of the body, and those that a 304 spared."""

    name: str
    status: int
    sent: int = 0
    saved: int = 0


class Full(Struct, frozen=True):
    """A whole document ready to be sent, and how that counts; without `body` it is the answer to HEAD."""

    headers: Headers
    body: bytes
    poll: Poll


class Variant(Struct, eq=False):
    """A document in one coding: its quoted tag, its 304 and how that counts, and the whole of it while that is kept."""

    etag: str
    coding: str
    not_modified: Headers
    poll: Poll
    full: Full | None = None


class Answer(Struct, eq=False):
    """Everything a document answers with. `packed` is `plain` itself where compressing gains nothing (pictures).

    Its polls are counted under `name`. Those that are polled are known for as long as the document is in the edition,
    others until memory is short. `used` tells that bytes were sent since that was last looked at.
    """

    head: DocumentHead
    name: str
    status: str
    headers: Headers
    plain: Variant
    packed: Variant
    is_polled: bool
    used: bool = False

    @property
    def size(self) -> int:
        """How many bytes of memory `forget` frees, roughly."""
        return _ANSWER_SIZE + sum(len(variant.full.body) for variant in self._forgettable if variant.full)

    @property
    def _forgettable(self) -> set[Variant]:
        # The gzip of a feed that is polled is never forgotten: making it costs fifty times what reading it would.
        return {self.plain} if self.is_polled else {self.plain, self.packed}

    def forget(self) -> None:
        """Let go of bytes that the store can give back."""
        for variant in self._forgettable:
            variant.full = None


_ANSWER_SIZE = 8_192
"""More than an answer takes without its bytes, so that answers without bytes are bounded too."""


def answer(head: DocumentHead, policy: Policy, name: str = "") -> Answer:
    """Return the answers of a document, its bytes not yet among them; polls are counted under `name`, or its kind."""
    name = name or KINDS[head.kind].counted
    compressible = is_compressible(head.media_type)
    # All of it on the 304 too, but what describes the body (RFC 9110, 15.4.5).
    common = (
        ("Last-Modified", formatdate(head.last_modified, usegmt=True)),
        ("Cache-Control", cache_control(head.kind, policy)),
        *((("Vary", "Accept-Encoding"),) if compressible else ()),
        ("Access-Control-Allow-Origin", "*"),
    )
    plain = _variant(f'"{head.etag}"', "", common, Poll(name, 304, saved=head.length))
    # How long it is when compressed is known once it was.
    packed = _variant(f'"{head.etag}-gzip"', "gzip", common, Poll(name, 304)) if compressible else plain
    return Answer(
        head=head,
        name=name,
        status=f"{head.status} {HTTPStatus(head.status).phrase}",
        headers=(("Content-Type", content_type(head.media_type)), *common, *EXPOSED, *extra_headers(head, policy)),
        plain=plain,
        packed=packed,
        is_polled=KINDS[head.kind].is_polled,
    )


def _variant(etag: str, coding: str, common: Headers, poll: Poll) -> Variant:
    return Variant(etag=etag, coding=coding, not_modified=(("ETag", etag), *common), poll=poll)


def fill(answer: Answer, variant: Variant, body: bytes) -> Full:
    """Make the whole of a document in one coding from its bytes as they are, keep it in the variant and return it."""
    coding: Headers = ()
    if variant.coding:
        body, coding = packed(body), (("Content-Encoding", variant.coding),)
    headers = (("ETag", variant.etag), *answer.headers, *coding, ("Content-Length", str(len(body))))
    variant.poll = replace(variant.poll, saved=len(body))
    variant.full = Full(headers, body, Poll(answer.name, answer.head.status, sent=len(body)))
    return variant.full


def poll_names(heads: Iterable[DocumentHead]) -> dict[str, str]:
    """Return the names under which polls of documents are counted, by path.

    Feeds are named by their path, those nearest to the root at most, so that no publication, however many feeds it has,
    makes more names than can be watched; the others, and what is no feed, are counted by kind.
    """
    names: dict[str, str] = {}
    polled = []
    for head in heads:
        names[head.path] = KINDS[head.kind].counted
        if head.kind in POLLED:
            polled.append(head.path)
    polled.sort(key=lambda path: (path.count("/"), path))
    return names | {path: path for path in polled[:_MOST_NAMES]}
