"""Stores with small editions in them, written by hand as a build would."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from sosik.model import DocumentKind
from sosik.model.values import Digest, DocumentPath, Seconds
from sosik.render.formats import FORMATS
from sosik.store import Changes, DocumentRow, EditionRow, PageRow, open_store

SETTINGS = {
    "feeds_url": "https://feeds.haenuri.example/",
    "hubs": ["https://hub.example/"],
    "max_age": 300,
    "pages": "/feeds/",
}
COMPOSED = 1_700_000_000
"""When the first edition was composed: Tue, 14 Nov 2023 22:13:20 GMT."""

RSS = FORMATS["rss"].media_type
ATOM = FORMATS["atom"].media_type
JSON = FORMATS["json"].media_type
HTML = "text/html; charset=utf-8"

KINDS = {
    RSS: DocumentKind.FEED,
    ATOM: DocumentKind.FEED,
    JSON: DocumentKind.FEED,
    HTML: DocumentKind.PAGE,
    "image/jpeg": DocumentKind.MEDIA,
}
SPECIAL = {"/old/all.xml": DocumentKind.ALIAS, "/archive/2024-01/rss.xml": DocumentKind.ARCHIVE}

DOCUMENTS: Mapping[str, tuple[str, bytes]] = {
    "/rss.xml": (RSS, "<rss>해누리시 소식 {edition}</rss>".encode() * 50),
    "/atom.xml": (ATOM, "<feed>해누리시 소식 {edition}</feed>".encode() * 50),
    "/feed.json": (JSON, '{"해누리시": {edition}}'.encode() * 50),
    "/section/정치/rss.xml": (RSS, "<rss>정치 {edition}</rss>".encode() * 50),
    "/old/all.xml": (RSS, "<rss>해누리시 소식 {edition}</rss>".encode() * 50),
    "/archive/2024-01/rss.xml": (RSS, "<rss>보관 {edition}</rss>".encode() * 50),
    "/feeds/": (HTML, "<!doctype html><title>구독 {edition}</title>".encode()),
    "/feeds/정치/": (HTML, "<!doctype html><title>정치 {edition}</title>".encode()),
    "/": (HTML, "<!doctype html><title>시작 {edition}</title>".encode()),
}
WITHDRAWN = "/articles/k7m2q9x4t1zb/"
WITHDRAWAL = "<!doctype html><title>철회된 기사</title>".encode()
PICTURE = b"\xff\xd8\xff\xe0 a picture"


def put_edition(folder: Path, number: int = 1, *, documents: Mapping[str, tuple[str, bytes]] = DOCUMENTS) -> None:
    """Commit an edition in which every document says the number of the edition."""
    with open_store(folder) as store:
        digest = sha256(PICTURE).hexdigest()
        store.keep_picture(digest, PICTURE)
        with store.transaction():
            composed = Seconds(COMPOSED + number)
            bodies = {
                path: template.replace(b"{edition}", str(number).encode()) for path, (_, template) in documents.items()
            }
            rows = [_row(path, media_type, bodies[path], number) for path, (media_type, _) in documents.items()]
            rows.append(_row(f"/media/{digest[:8]}/p.jpg", "image/jpeg", b"", number, digest, PICTURE))
            withdrawn = _row(WITHDRAWN, HTML, WITHDRAWAL, number)
            rows.append(withdrawn._replace(kind=DocumentKind.WITHDRAWN, status=410))
            settings = json.dumps({**SETTINGS, "aliases": {"/old/all.xml": "/rss.xml"}})
            store.apply(Changes(documents_gone=list(store.origins()), gone_since=composed))
            edition = EditionRow(number, composed, None)
            bodies = {etag(body): body for body in (*bodies.values(), WITHDRAWAL)}
            pages = [PageRow(tag, "page", body) for tag, body in bodies.items()]
            store.apply(Changes(meta={"publication": settings}, documents=rows, pages=pages, edition=edition))


def picture_path() -> str:
    return f"/media/{sha256(PICTURE).hexdigest()[:8]}/p.jpg"


def etag(body: bytes) -> str:
    return sha256(body).hexdigest()[:20]


def body_of(path: str, number: int = 1) -> bytes:
    return DOCUMENTS[path][1].replace(b"{edition}", str(number).encode())


def _row(path: str, media_type: str, body: bytes, number: int, blob: str = "", content: bytes = b"") -> DocumentRow:
    return DocumentRow(
        path=DocumentPath(path),
        kind=SPECIAL.get(path, KINDS[media_type]),
        media_type=media_type,
        etag=etag(content or body),
        last_modified=Seconds(COMPOSED + number),
        length=len(content or body),
        blob=blob,
        inputs=Digest(""),
        owner="",
    )
