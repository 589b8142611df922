"""The authors of an entry."""

from collections.abc import Iterator

from sosik.model import Person, RawText, RawValue
from sosik.normalize.fields import EntryFields
from sosik.normalize.links import absolute_url, completed_url
from sosik.normalize.signatures import is_name, signed_by, without_emails
from sosik.normalize.text import plain_text
from sosik.patterns import pattern
from sosik.source.lists import flattened
from sosik.source.tags import strip_markup
from sosik.words import Message

# RFC 5322's addr-spec as people write it: an address that a mail program takes without question.
_EMAIL = pattern(r"[^\s@<>()\[\],;:\\\"']+@[^\s@<>()\[\],;:\\\"'.]+(\.[^\s@<>()\[\],;:\\\"'.]+)+")


def entry_authors(fields: EntryFields, base: str) -> tuple[Person, ...]:
    """Return the authors in order, each name once; addresses relative to *base*.

    Text is read as a byline: `김하늘 기자` is 김하늘, `이도윤·박솔아 기자` are two, and a text alone may be more.
    A mapping's `name` is that of one person, as it is written. An e-mail address is kept only with
    `publish_email: true`, at the author or for the whole file, and is never part of a name.
    """
    public = fields.flag("publish_email")
    persons: dict[str, Person] = {}
    written = fields.values.get("authors")
    for member in flattened(written):
        for person in _persons(fields, member, base, public=public, one=member is not written):
            persons.setdefault(person.name, person)
    return tuple(persons.values())


def settled_name(text: str) -> str:
    """Return a name as an entry file may hold it: read from there it is the same. Empty where none is left."""
    name = ""
    while name != text:
        name, text = text, without_emails(plain_text(strip_markup(text)[0]))[0]
    return name if is_name(name) else ""


def _persons(fields: EntryFields, member: RawValue, base: str, *, public: bool, one: bool) -> Iterator[Person]:
    author = fields.nested("authors", member, "name")
    if author is None:
        return
    written = author.text("name")
    if isinstance(member, RawText):
        signed = signed_by(written, one=one)
        left_out, broken = signed.left_out, signed.broken
        persons = [Person(name=who.name, email=(who.email or None) if public else None) for who in signed.authors]
    else:
        name, _, broken = without_emails(written)
        email = _email(author, public=public or author.flag("publish_email"))
        left_out, persons = (), [Person(name=name, email=email, url=_url(author, base))] if is_name(name) else []
    for address in broken:
        author.report(Message("email-invalid.author", email=address))
    if not (persons or any(map(is_name, left_out))):
        author.report(Message("value-invalid.author"), hint=Message("value-invalid.author-hint"))
        return
    for text in left_out:
        author.report(Message("author-left-out.text", text=text), hint=Message("author-left-out.text-hint"))
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
