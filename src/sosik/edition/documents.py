"""Plans become documents: their bytes made, looked at as their own format reads them, and given a tag and a time."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

from sosik.edition.plans import Materials, Plan
from sosik.edition.rendering import PageMade
from sosik.errors import EditionRefusedError, Location, Problem
from sosik.model.values import Seconds
from sosik.store.rows import DocumentHead, DocumentRow, FragmentKey, PageRow
from sosik.words import Message


class Document(NamedTuple):
    """A document made: its row, and its bytes, which are kept where they are a `page`."""

    row: DocumentRow
    page: PageRow | None = None


def document_of(
    plan: Plan,
    materials: Materials,
    before: DocumentHead | None,
    at: Seconds,
    is_sound: Callable[[FragmentKey], bool] = lambda _: False,
) -> Document:
    """Return the document of a plan; `before` is the head of its path so far, `at` the instant of this edition.

    Last-Modified moves exactly when the bytes (or their media type) do. Raises `EditionRefusedError` for a document
    that its own format could not read. What `is_sound` was found well-formed before, and so is a document of nothing
    else if its envelope is; what the store kept is read again.
    """
    if plan.wrap is not None:
        # What could not be rendered yet is left out.
        shown = [materials.fragments[key] for key in plan.shows if key in materials.fragments]
        envelope = plan.wrap(shown)
        body = envelope.joined(shown)
        _refuse_ill_formed(plan, envelope.joined(()) if all(map(is_sound, plan.shows)) else body)
        return Document(
            _head(plan, body, before, at)._replace(
                feed=plan.feed,
                format=plan.format or "",
                head=envelope.head,
                joint=envelope.joint,
                tail=envelope.tail,
            )
        )
    body = plan.make(materials) if plan.make is not None else b""
    _refuse_ill_formed(plan, body)
    head = _head(plan, body, before, at)
    return Document(head, PageRow(head.etag, _alike(head), body) if plan.make is not None else None)


def page_as_made(plan: Plan, page: PageMade, before: DocumentHead | None, at: Seconds) -> Document:
    """Return the document of a plan whose page was made elsewhere, and packed as the store packs it."""
    head = _with_tag(plan, page.etag, page.length, before, at)
    return Document(head, PageRow(head.etag, _alike(head), page.packed))


def _alike(document: DocumentRow) -> str:
    """Return of which kind the page of a document is: those of feeds are alike, and those of articles."""
    return f"{document.kind} of a feed" if document.owner else document.kind


def _head(plan: Plan, body: bytes, before: DocumentHead | None, at: Seconds) -> DocumentRow:
    """Return what is known of a document whatever it is made of."""
    if plan.blob:
        return _with_tag(plan, plan.blob[:32], plan.length, before, at)
    return _with_tag(plan, sha256(body).hexdigest()[:32], len(body), before, at)


def _with_tag(plan: Plan, tag: str, length: int, before: DocumentHead | None, at: Seconds) -> DocumentRow:
    now = (tag, plan.media_type, plan.status)
    same = before is not None and (before.etag, before.media_type, before.status) == now
    return DocumentRow(
        path=plan.path,
        kind=plan.kind,
        media_type=plan.media_type,
        etag=tag,
        last_modified=before.last_modified if before is not None and same else at,
        length=length,
        blob=plan.blob,
        inputs=plan.inputs,
        owner=plan.owner,
        status=plan.status,
    )


def _refuse_ill_formed(plan: Plan, body: bytes) -> None:
    if plan.blob:
        return
    try:
        if "json" in plan.media_type:
            json.loads(body)
        elif "xml" in plan.media_type:
            _parse_xml(body)
    except ValueError as error:
        problem = Problem(
            code="document-invalid",
            message=Message("document-invalid.ill-formed", path=plan.path, reason=str(error)),
            location=Location(file=f"feeds/{plan.owner}.yaml" if plan.owner else "feeds"),
        )
        raise EditionRefusedError([problem]) from error


def _parse_xml(body: bytes) -> None:
    from xml.parsers.expat import ExpatError, ParserCreate  # a build without changes makes no document

    try:
        ParserCreate(namespace_separator=" ").Parse(body, True)
    except ExpatError as error:
        raise ValueError(str(error)) from error
