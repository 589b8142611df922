"""The items of an old feed before any check: ids, addresses and dates unchanged."""

from msgspec import Struct


class OldText(Struct, frozen=True, kw_only=True):
    """A text of an old feed; `is_html` tells whether it is HTML or plain text."""

    text: str
    is_html: bool = False


class OldPerson(Struct, frozen=True, kw_only=True):
    """A person of an old feed; what is not said is empty."""

    name: str = ""
    email: str = ""
    url: str = ""


class OldPicture(Struct, frozen=True, kw_only=True):
    """A picture beside an item; what is not said is empty."""

    url: str
    caption: str = ""
    credit: str = ""


class OldItem(Struct, frozen=True, kw_only=True):
    """An item of an old feed.

    `id` is the guid, the Atom id, the rdf:about or the id of JSON Feed as it stands, None where there is none;
    `is_permalink` is what a guid says of itself (true where it says nothing), None where the id is no guid. `link` is
    byte for byte the item's own, empty without one. `published` and `updated` are raw texts of dates that nobody read
    yet, None where there are none. `title` is plain text; `title_twice` tells that it stood there escaped twice.
    """

    id: str | None = None
    is_permalink: bool | None = None
    link: str = ""
    title: str = ""
    title_twice: bool = False
    published: str | None = None
    updated: str | None = None
    summary: OldText | None = None
    content: OldText | None = None
    authors: tuple[OldPerson, ...] = ()
    categories: tuple[str, ...] = ()
    pictures: tuple[OldPicture, ...] = ()
    language: str = ""


class OldFeed(Struct, frozen=True, kw_only=True):
    """An old feed. `format` is what it is written in, such as `rss20`, `atom10` or `json`; `generator` is what made it;
    `self_link` the address that it states as its own, `published` and `updated` raw texts of its dates."""

    format: str
    title: str = ""
    description: str = ""
    language: str = ""
    link: str = ""
    id: str = ""
    self_link: str = ""
    generator: str = ""
    published: str | None = None
    updated: str | None = None
    items: tuple[OldItem, ...] = ()
