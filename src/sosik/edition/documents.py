"""Plans become documents: their bytes made, looked at as their own format reads them, and given a tag and a time."""

import json
from hashlib import sha256

from sosik.edition.plans import Materials, Plan
from sosik.errors import EditionRefusedError, Location, Problem
from sosik.model.values import Seconds
from sosik.store.rows import DocumentHead, DocumentRow
from sosik.words import Message


def document_of(plan: Plan, materials: Materials, before: DocumentHead | None, at: Seconds) -> DocumentRow:
    """Return the document of a plan; `before` is the head of its path so far, `at` the instant of this edition.

    Last-Modified moves exactly when the bytes (or their media type) do. Raises `EditionRefusedError` for a document
    that its own format could not read.
    """
    body = plan.make(materials) if plan.make else b""
    if plan.make:
        _refuse_ill_formed(plan, body)
    tag = plan.blob[:32] if plan.blob else sha256(body).hexdigest()[:32]
    same = before is not None and (before.etag, before.media_type, before.status) == (
        tag,
        plan.media_type,
        plan.status,
    )
    return DocumentRow(
        path=plan.path,
        kind=plan.kind,
        media_type=plan.media_type,
        etag=tag,
        last_modified=before.last_modified if before is not None and same else at,
        length=plan.length if plan.blob else len(body),
        blob=plan.blob,
        inputs=plan.inputs,
        owner=plan.owner,
        body=body,
        status=plan.status,
    )


def _refuse_ill_formed(plan: Plan, body: bytes) -> None:
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
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
