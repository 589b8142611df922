"""The authors of an entry."""

import re

from sosik.model import Person
from sosik.normalize.fields import Fields
from sosik.normalize.links import absolute_url

# RFC 5322's addr-spec as people write it: an address that a mail program takes without question.
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"']+@[^\s@<>()\[\],;:\\\"'.]+(\.[^\s@<>()\[\],;:\\\"'.]+)+")


def entry_authors(fields: Fields, base: str) -> tuple[Person, ...]:
    """Return the authors in order, each name once, as it is written; addresses relative to *base*.

    An e-mail address is kept only with `publish_email: true`, at the author or for the whole file.
    """
    public = fields.flag("publish_email")
    found: dict[str, Person] = {}
    for member in fields.members("authors"):
        author = fields.nested("authors", member, "name")
        if author is None:
            continue
        name = author.text("name")
        email = _email(author, public=public or author.flag("publish_email"))
        if not name:
            author.report("value-invalid", "an author has no name", hint="write {name: 홍길동}")
        else:
            found.setdefault(name, Person(name=name, email=email, url=_url(author, base)))
    return tuple(found.values())


def _email(author: Fields, *, public: bool) -> str | None:
    email = author.text("email")
    if not email:
        return None
    if not _EMAIL.fullmatch(email):
        author.report("email-invalid", f"{email!r} is no e-mail address; it is left out", author.place("email"))
        return None
    return email if public else None


def _url(author: Fields, base: str) -> str | None:
    value = author.scalar("url")
    if value is None:
        return None
    url = absolute_url(value.text, base)
    if url is None:
        author.report("link-invalid", f"{value.text!r} is no http or https address", value.location)
    return url
