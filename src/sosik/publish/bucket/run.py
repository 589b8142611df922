"""The edition of a store brought into a bucket: what it is to hold, and the conversation held with a real store."""

from collections.abc import Mapping
from contextlib import closing
from random import uniform
from secrets import token_hex
from time import sleep, time

from sosik.errors import PublishError, SharedWorkError
from sosik.model import DocumentKind
from sosik.model.digests import digest_of, digest_of_bytes
from sosik.previous.memory import MEDIA_TYPE
from sosik.publish.bucket.object_store import Bucket
from sosik.publish.bucket.opening import Item, Target, Wanted
from sosik.publish.bucket.pointer import NAME, Form
from sosik.publish.bucket.protocol import publishing
from sosik.publish.delivery import Delivery
from sosik.publish.parts import file_path
from sosik.publish.policy import Policy, cache_control, content_type, extra_headers, read_policy
from sosik.queries import has_query
from sosik.store import DocumentHead, Snapshot
from sosik.words import Message

Fields = dict[str, str]

_DIGITS = 16
"""How much of a digest tells header fields apart."""

_TAG_DIGITS = 32
"""How much of a digest documents have for a tag."""

_PAUSES = (1, 4, 16)
"""Seconds, or a little less, after which it is looked again whether who publishes the same edition has done so."""

_FIRST, _THEN, _LAST, _AFTER_ALL = range(4)

_TURNS = {
    DocumentKind.MEDIA: _FIRST,
    DocumentKind.ASSET: _FIRST,
    DocumentKind.FEED: _LAST,
    DocumentKind.ALIAS: _LAST,
    DocumentKind.LIST: _LAST,
    DocumentKind.SITEMAP: _LAST,
}
"""The turn of a kind: what a document shows or leads to is there before it is. All other kinds are put in between."""


def publish_to(address: str, snapshot: Snapshot, memory: tuple[str, bytes], *, replace: bool = False) -> Delivery:
    """Bring the bucket at an address to the edition of a snapshot; see `publishing`.

    `memory` is the name and the bytes of what tells a machine without the store what was published: it lies among the
    documents. Raises `PublishError`, and `UnlikeError` for a document that is not what it was composed as.
    """
    with snapshot.reading():
        contents = _Contents(snapshot, memory)
        with closing(Bucket(address, contents.body, contents.expect, contents.digest)) as bucket:
            for pause in _PAUSES:
                try:
                    return _published(contents.wanted(), bucket, replace=replace)
                except SharedWorkError:
                    # Not both at the same time again.
                    sleep(pause * uniform(0.5, 1))  # noqa: S311  # no secret
            return _published(contents.wanted(), bucket, replace=replace)


def _published(wanted: Wanted, bucket: Bucket, *, replace: bool) -> Delivery:
    conversation = publishing(wanted, token_hex(8), int(time()), replace=replace)
    try:
        requests = next(conversation)
        while True:
            requests = conversation.send(bucket.answers(requests))
    except StopIteration as ended:
        delivery: Delivery = ended.value
        return delivery


class _Contents:
    """The objects of an edition: their bytes and header fields by name."""

    def __init__(self, snapshot: Snapshot, memory: tuple[str, bytes]) -> None:
        self._snapshot = snapshot
        self._memory_name, self._memory = memory
        self._policy = read_policy(snapshot.meta("publication"))
        self._heads = {str(file_path(head.path)): head for head in snapshot.heads() if not has_query(head.path)}
        if NAME in self._heads:
            raise PublishError(Message("publish.bucket-taken", name=NAME))

    def wanted(self) -> Wanted:
        """Return what the bucket is to hold."""
        edition = self._snapshot.edition()
        items = {
            name: Item(Form(head.etag, _digest_of(fields_of(head, self._policy))), _TURNS.get(head.kind, _THEN))
            for name, head in self._heads.items()
        }
        told = Form(self.digest(self._memory), _digest_of(_MEMORY_FIELDS))
        return Wanted(
            number=edition.number,
            composed=edition.composed,
            content=digest_of(*sorted((name, item.form.digest) for name, item in items.items())),
            revision=self._snapshot.meta("revision"),
            items={**items, self._memory_name: Item(told, _AFTER_ALL)},
            padded=lambda name, pad: self.digest(self.body(name, Target(Form(), pad))[0]),
        )

    def body(self, name: str, target: Target) -> tuple[bytes, Mapping[str, str]]:
        """Return the bytes and header fields of an object. Raises `PictureError` for a picture that is lost."""
        more = b"\n" * target.pad
        if name == self._memory_name:
            return self._memory + more, _MEMORY_FIELDS
        head = self._heads.get(name)
        if head is None:
            return more, {}
        return (self._snapshot.body(head.path) or b"") + more, fields_of(head, self._policy)

    def expect(self, names: list[str]) -> None:
        """Read together what is about to be asked for."""
        if heads := [self._heads[name] for name in names if name in self._heads]:
            self._snapshot.read_ahead([head.path for head in heads])

    def digest(self, body: bytes) -> str:
        """Return the digest of bytes as documents have it for a tag."""
        return digest_of_bytes(body)[:_TAG_DIGITS]


_MEMORY_FIELDS = {"Content-Type": MEDIA_TYPE, "Cache-Control": "no-cache"}


def fields_of(head: DocumentHead, policy: Policy) -> Fields:
    """Return the header fields with which a store answers for a document.

    It knows a few by name. Others it hands on with a prefix of its own (`x-amz-meta-link`), where a CDN can take them:
    `link`, and the `status` where it is not 200.
    """
    fields = {"Content-Type": content_type(head.media_type), "Cache-Control": cache_control(head.kind, policy)}
    link = dict(extra_headers(head, policy)).get("Link")
    return fields | ({"link": link} if link else {}) | ({"status": str(head.status)} if head.status != 200 else {})


def _digest_of(fields: Mapping[str, str]) -> str:
    return digest_of(*sorted(fields.items()))[:_DIGITS]
