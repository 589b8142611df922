"""The authors of an entry."""

import re
from collections.abc import Iterator

from sosik.model import Person, RawText, RawValue
from sosik.normalize.bylines import signatures, without_emails
from sosik.normalize.fields import EntryFields
from sosik.normalize.links import absolute_url, completed_url
from sosik.words import Message

# RFC 5322's addr-spec as people write it: an address that a mail program takes without question.
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"']+@[^\s@<>()\[\],;:\\\"'.]+(\.[^\s@<>()\[\],;:\\\"'.]+)+")


def entry_authors(fields: EntryFields, base: str) -> tuple[Person, ...]:
    """Return the authors in order, each name once; addresses relative to *base*.

    Text is read as a byline: `김하늘 기자` is 김하늘, `이도윤·박솔아 기자` are two. A mapping's `name` is that of one
    person, as it is written. An e-mail address is kept only with `publish_email: true`, at the author or for the whole
    file, and is never part of a name.
    """
    public = fields.flag("publish_email")
    persons: dict[str, Person] = {}
    for member in fields.members("authors"):
        for person in _persons(fields, member, base, public=public):
            persons.setdefault(person.name, person)
    return tuple(persons.values())


def _persons(fields: EntryFields, member: RawValue, base: str, *, public: bool) -> Iterator[Person]:
    author = fields.nested("authors", member, "name")
    if author is None:
        return
    written = author.text("name")
    if isinstance(member, RawText):
        persons = [
            Person(name=signed.name, email=(signed.email or None) if public else None) for signed in signatures(written)
        ]
    else:
        name, _ = without_emails(written)
        email = _email(author, public=public or author.flag("publish_email"))
        persons = [Person(name=name, email=email, url=_url(author, base))] if name else []
    if not persons:
        author.report(Message("value-invalid.author"), hint=Message("value-invalid.author-hint"))
    yield from persons


def _email(author: EntryFields, *, public: bool) -> str | None:
    email = author.text("email")
    if not email:
        return None
    if not _EMAIL.fullmatch(email):
        author.report(Message("email-invalid.author", email=email), author.place("email"))
        return None
    return email if public else None


def _url(author: EntryFields, base: str) -> str | None:
    value = author.scalar("url")
    if value is None:
        return None
    written = author.address("url", value)
    url = completed_url(written)
    if url is not None and not url.startswith("mailto:"):
        author.report(Message("address-repaired.link", written=written, url=url), value.location)
        return url
    url = None if url else absolute_url(written, base)
    if url is None:
        message = Message("author-url-invalid.address", url=value.text.strip())
        author.report(message, value.location, Message("author-url-invalid.address-hint"))
    return url
