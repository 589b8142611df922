"""The header fields of documents, by kind and publication, for all servers."""

import json
from collections.abc import Mapping
from urllib.parse import quote

from msgspec import Struct, field

from sosik.model import KINDS, DocumentKind
from sosik.model.publication import PAGES
from sosik.render.security import CONTENT_SECURITY
from sosik.store import DocumentHead

Headers = tuple[tuple[str, str], ...]

ASKED_FIELDS = (
    "*, User-Agent, If-None-Match, If-Modified-Since, Cache-Control, Pragma, Range, X-Requested-With, Authorization"
)
"""What scripts of other sites may send. The star stands for all but Authorization (Fetch, 4.9); old browsers take it
for a name.
"""

EXPOSED: Headers = (("Access-Control-Expose-Headers", "ETag, Link, Retry-After"),)
"""What scripts of other sites may read beside what they always may. A 304 needs none: the stored answer has them."""

_NOT_GUESSED = ("X-Content-Type-Options", "nosniff")
_PROTECTED = ("Content-Security-Policy", CONTENT_SECURITY)
"""For pages only: around a picture that is opened by itself, browsers put a page of their own, which it would spoil."""

_LASTING_AGE = 86_400
_STALE_WHILE_REVALIDATE = 60
_STALE_IF_ERROR = 86_400


class Policy(Struct, frozen=True, kw_only=True):
    """What the publication says of its answers.

    `feeds_url` is the absolute address of `/`, ending in a slash; without it no feed names itself. `max_age` is in
    seconds. `aliases` leads from an old path to the path of the document that it answers with.
    """

    feeds_url: str = ""
    pages: str = PAGES
    hubs: tuple[str, ...] = ()
    max_age: int = 300
    aliases: Mapping[str, str] = field(default_factory=dict)


def read_policy(settings: str) -> Policy:
    """Return what the publication says of its answers, from the JSON that a build left in the store ("": nothing)."""
    given = json.loads(settings or "{}")
    known = {name: value for name, value in given.items() if name in Policy.__struct_fields__}
    return Policy(**{**known, "hubs": tuple(given.get("hubs", ()))})


def is_compressible(media_type: str) -> bool:
    """Tell whether gzip makes bytes of a media type smaller."""
    kind = media_type.partition(";")[0].strip()
    return kind.startswith("text/") or kind.endswith(("+xml", "+json", "/xml", "/json", "/javascript"))


def content_type(media_type: str) -> str:
    """Return the Content-Type of a document: text and XML name their encoding, which is UTF-8 everywhere."""
    nameless = "charset=" not in media_type and (media_type.startswith("text/") or media_type.endswith("xml"))
    return f"{media_type}; charset=utf-8" if nameless else media_type


def cache_control(kind: DocumentKind, policy: Policy) -> str:
    """Return for how long caches may keep a document (RFC 9111, 5.2; RFC 5861).

    Archives and pictures last longer than feeds and pages, yet are never immutable: a correction or a withdrawal must
    reach them too.
    """
    age = _LASTING_AGE if KINDS[kind].is_lasting else policy.max_age
    stale = f"stale-while-revalidate={_STALE_WHILE_REVALIDATE}, stale-if-error={_STALE_IF_ERROR}"
    return f"public, max-age={age}, {stale}"


def document_url(path: str, policy: Policy) -> str:
    """Return the address by which a document names itself, built from the configuration alone."""
    return policy.feeds_url + quote(policy.aliases.get(path, path).removeprefix("/"))


def extra_headers(head: DocumentHead, policy: Policy) -> Headers:
    """Return what a feed says of itself and its hubs (RFC 8288, WebSub 4); for others, not to guess their type,
    and for pages, what they may load.

    A feed does not get `nosniff`: Safari would show its source instead of handing it to a reader.
    """
    if not KINDS[head.kind].is_feed:
        return (_NOT_GUESSED, _PROTECTED) if head.media_type.startswith("text/html") else (_NOT_GUESSED,)
    links = [f'<{hub}>; rel="hub"' for hub in policy.hubs]
    if policy.feeds_url:
        links.insert(0, f'<{document_url(head.path, policy)}>; rel="self"')
    return (("Link", ", ".join(links)),) if links else ()
