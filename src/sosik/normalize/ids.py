"""Identity: how an id is made, and the names derived from it."""

import hashlib
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote

from sosik.model.values import DocumentPath, EntryId
from sosik.patterns import pattern
from sosik.words import Message

if TYPE_CHECKING:
    from sosik.normalize.fields import EntryFields

LONGEST = 245
"""Bytes (UTF-8) of an id: Tiny Tiny RSS cuts what is longer, and two cut ids may be the same."""

ARTICLES = "/articles/"
"""The path above the pages of entries that have no link of their own."""

_REFUSED = 2000
_MINTED = 12
_DERIVED = 16
_SAFE_KEY = pattern(r"[A-Za-z0-9_-]{1,80}")

# RFC 3987, 2.2: a scheme, a colon, and none of the characters that an IRI never holds.
_ABSOLUTE_IRI = pattern(r'[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`\x00-\x20\x7f-\x9f]+')


def new_id(authority: str) -> EntryId:
    """Return a fresh id, `tag:AUTHORITY:` and 12 random characters a-z and 2-7 (RFC 4151; 60 bits)."""
    # Builds make none.
    import base64
    import secrets

    token = base64.b32encode(secrets.token_bytes(8)).decode("ascii").lower()[:_MINTED]
    return EntryId(f"tag:{authority}:{token}")


def derived_id(source: str, authority: str) -> EntryId:
    """Return the id of a file that holds none: made of its path below content/ alone."""
    return EntryId(f"tag:{authority}:{_digest(unicodedata.normalize('NFC', source))}")


def entry_key(id: str) -> str:  # noqa: A002 - Atom's word
    """Return KEY of `/articles/KEY/`: what follows the id's last colon where it is a safe name, else a digest."""
    last = id.rpartition(":")[2]
    return last if _SAFE_KEY.fullmatch(last) else _digest(id)


def page_path(id: EntryId) -> DocumentPath:  # noqa: A002 - Atom's word
    """Return the path of the page of an entry that has no link of its own."""
    return DocumentPath(f"{ARTICLES}{entry_key(id)}/")


def atom_id(id: str, authority: str) -> str:  # noqa: A002 - Atom's word
    """Return the id as Atom takes it, an absolute IRI (RFC 4287, 4.2.6); another one is wrapped in a tag: URI."""
    if _ABSOLUTE_IRI.fullmatch(id):
        return id
    return f"tag:{authority}:guid/{quote(id, safe='')}"


def is_permalink(id: str, link: str) -> bool:  # noqa: A002 - Atom's word
    """Whether RSS may say isPermaLink="true" of the id: only where it is the very address of the article."""
    return id == link


def entry_id(fields: "EntryFields", source: str, authority: str) -> tuple[EntryId, bool]:
    """Return the id of a file, and whether it stands in the file; what is wrong with it becomes a problem.

    An id is taken verbatim, whatever its form: an imported article keeps the one it always had. In it may be spaces,
    as in the guids of Drupal (`12 at https://host`).
    """
    value = fields.scalar("id")
    if value is None:
        if "id" in fields:
            fields.report(Message("id-invalid.empty"), fields.place("id"), Message("id-invalid.empty-hint"))
        else:
            fields.report(Message("id-not-pinned.file"), fields.location, Message("id-not-pinned.file-hint"))
        return derived_id(source, authority), False
    size = len(value.text.encode("utf-8", "replace"))
    if value.text.strip() != value.text or len(value.text.splitlines()) > 1:
        fields.report(Message("id-invalid.space", id=value.text), value.location)
    elif size > _REFUSED:
        hint = Message("id-invalid.size-hint", most=LONGEST)
        fields.report(Message("id-invalid.size", size=size), value.location, hint)
    elif size > LONGEST:
        fields.report(Message("id-long.size", size=size, most=LONGEST), value.location)
    return EntryId(value.text), True


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DERIVED]
