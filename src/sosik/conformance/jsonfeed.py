"""Rules of JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from collections.abc import Iterator

from sosik.conformance.checklist import Level
from sosik.conformance.document import Check, Document, DocumentFormat, Slip
from sosik.conformance.json_tree import Json
from sosik.words import Message

_VERSION = "https://jsonfeed.org/version/1"


def _items(document: Document) -> list[Json]:
    return document.json.array("items")


def _required(document: Document) -> Iterator[Slip]:
    feed = document.json
    for name in ("version", "title"):
        if not feed.text(name):
            yield Slip(feed.place, Message("conformance.feed-without", name=name), _add(name))
    items = feed.get("items")
    if items is None or not isinstance(items.value, list):
        yield Slip(feed.place, Message("conformance.items-missing"), Message("conformance.items-missing-hint"))
    for item in _items(document):
        if not isinstance(item.value, dict):
            yield Slip(item.place, Message("conformance.item-no-object"), Message("conformance.item-no-object-hint"))
            continue
        yield from _item_required(item)


def _item_required(item: Json) -> Iterator[Slip]:
    identity = item.get("id")
    if identity is None or identity.value in (None, ""):
        yield Slip(item.place, Message("conformance.item-without-id"), _add("id"))
    elif not isinstance(identity.value, str):
        yield Slip(identity.place, Message("conformance.id-no-text"), Message("conformance.id-no-text-hint"))
    if item.get("content_html") is None and item.get("content_text") is None:
        yield Slip(item.place, Message("conformance.item-without-text"), Message("conformance.item-without-text-hint"))


def _add(name: str) -> Message:
    return Message("conformance.add-member", name=name)


def _version(document: Document) -> Iterator[Slip]:
    version = document.json.get("version")
    if version is not None and document.json.text("version") not in {_VERSION, f"{_VERSION}.1"}:
        hint = Message("conformance.version-unknown-hint", version=f"{_VERSION}.1")
        yield Slip(version.place, Message("conformance.version-unknown"), hint)


def _language(document: Document) -> Iterator[Slip]:
    if not document.json.text("language"):
        message = Message("conformance.feed-without", name="language")
        yield Slip(document.place, message, Message("conformance.json-language-hint"))


def _authors(document: Document) -> Iterator[Slip]:
    for parent in (document.json, *_items(document)):
        old = parent.get("author")
        if old is not None and parent.get("authors") is None:
            yield Slip(old.place, Message("conformance.author-old"), Message("conformance.author-old-hint"))
        for author in parent.array("authors"):
            if not any(author.text(name) for name in ("name", "url", "avatar")):
                yield Slip(author.place, Message("conformance.author-empty"), _add("name"))


def _tags(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        texts = [tag.value for tag in item.array("tags") if isinstance(tag.value, str)]
        if len(set(texts)) != len(texts):
            yield Slip(item.place, Message("conformance.tag-twice"), Message("conformance.keep-one-of-each"))


_JSON = frozenset({DocumentFormat.JSON})

CHECKS = (
    Check(5, _JSON, _required),
    Check(5, _JSON, _version, Level.SHOULD),
    Check(6, _JSON, _language),
    Check(46, _JSON, _authors),
    Check(49, _JSON, _tags),
)
