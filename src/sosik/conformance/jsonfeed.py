"""Rules of JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from collections.abc import Iterator

from sosik.conformance.checklist import Level
from sosik.conformance.document import Check, Document, DocumentFormat, Slip
from sosik.conformance.json_tree import Json

_VERSION = "https://jsonfeed.org/version/1"


def _items(document: Document) -> list[Json]:
    return document.json.array("items")


def _required(document: Document) -> Iterator[Slip]:
    feed = document.json
    for name in ("version", "title"):
        if not feed.text(name):
            yield Slip(feed.place, f"the feed has no {name}", f'add "{name}"')
    items = feed.get("items")
    if items is None or not isinstance(items.value, list):
        yield Slip(feed.place, "the feed has no list of items", 'add "items": []')
    for item in _items(document):
        if not isinstance(item.value, dict):
            yield Slip(item.place, "an item is no object", "write { … }")
            continue
        yield from _item_required(item)


def _item_required(item: Json) -> Iterator[Slip]:
    identity = item.get("id")
    if identity is None or identity.value in (None, ""):
        yield Slip(item.place, "an item has no id, so readers drop it", 'add "id"')
    elif not isinstance(identity.value, str):
        yield Slip(identity.place, "the id is no text", "put it in quotation marks")
    if item.get("content_html") is None and item.get("content_text") is None:
        yield Slip(item.place, "an item has neither content_html nor content_text", "add one of them")


def _version(document: Document) -> Iterator[Slip]:
    version = document.json.get("version")
    if version is not None and document.json.text("version") not in {_VERSION, f"{_VERSION}.1"}:
        yield Slip(version.place, "this version of JSON Feed is not known", f'write "{_VERSION}.1"')


def _language(document: Document) -> Iterator[Slip]:
    if not document.json.text("language"):
        yield Slip(document.place, "the feed has no language", 'add "language": "ko"')


def _authors(document: Document) -> Iterator[Slip]:
    for parent in (document.json, *_items(document)):
        old = parent.get("author")
        if old is not None and parent.get("authors") is None:
            yield Slip(old.place, "author is what JSON Feed 1.0 had", 'write "authors": [ … ]')
        for author in parent.array("authors"):
            if not any(author.text(name) for name in ("name", "url", "avatar")):
                yield Slip(author.place, "an author says nothing of themselves", 'add "name"')


def _tags(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        texts = [tag.value for tag in item.array("tags") if isinstance(tag.value, str)]
        if len(set(texts)) != len(texts):
            yield Slip(item.place, "an item has a tag twice", "keep one of each")


_JSON = frozenset({DocumentFormat.JSON})

CHECKS = (
    Check(5, _JSON, _required),
    Check(5, _JSON, _version, Level.SHOULD),
    Check(6, _JSON, _language),
    Check(46, _JSON, _authors),
    Check(49, _JSON, _tags),
)
