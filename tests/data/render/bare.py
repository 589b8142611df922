"""Nothing but a headline, in another language, under an id that an older system gave it and that is no IRI."""

from datetime import UTC, datetime

from sosik.model import Entry, Person
from sosik.model.values import EntryId

ENTRY = Entry(
    id=EntryId("article/18660?old"),
    title="Haenuri bridge reopens",
    published=datetime(2024, 2, 29, 15, 0, 1, tzinfo=UTC),
    link="https://www.haenuri.example/articles/18660",
    source="old/18660.json",
    authors=(Person(name="Mina Seo"),),
    language="en",
)
