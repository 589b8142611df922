"""The parts of the pages: header and footer, dates, pictures, teasers, rows of feeds."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from html import escape as escape_html
from urllib.parse import quote

from markupsafe import escape
from msgspec import Struct

from sosik.dates import Precision, format_korean
from sosik.model import Entry, Feed, Image, Publication
from sosik.normalize.ids import page_path
from sosik.normalize.markup import ID_PREFIX
from sosik.patterns import pattern
from sosik.render.formats import FORMATS, Format
from sosik.render.instants import in_english, machine_date
from sosik.render.page_templates import Told, escaped, filled
from sosik.render.places import STYLE, relative, subscribe_path
from sosik.render.shapes import Word
from sosik.words.pages import texts_of

COPY = "copy.js"

READERS = (
    ("Feedly", "https://feedly.com/i/subscription/feed%2F{}"),
    ("Inoreader", "https://www.inoreader.com/?add_feed={}"),
    ("NewsBlur", "https://www.newsblur.com/?url={}"),
    ("The Old Reader", "https://theoldreader.com/feeds/subscribe?url={}"),
    ("Feedbin", "https://feedbin.com/?subscribe={}"),
)
"""Well-known readers, and the address at which each takes a subscription."""

_HEADING = pattern(r"(</?h)([1-5])(?=[ >])")


_CONSONANTS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
"""The consonants that syllables begin with, in their order (Unicode, 3.12), doubled ones under the single one."""

_SYLLABLES = 21 * 28
"""How many syllables begin with the same consonant."""


class Alternate(Struct, frozen=True):
    """A feed that readers find by a page's address."""

    type: Word
    title: str
    label: Word
    href: str


class Frame(Struct, frozen=True):
    """What stands around every page, and what it points to."""

    words: Word
    name: str
    home: str
    pages: str
    icon: str
    style: str
    script: str
    copyright: str
    alternates: tuple[Alternate, ...]


class Stamp(Struct, frozen=True):
    """An instant for machines and for people."""

    machine: str
    shown: str


class Figure(Struct, frozen=True):
    """A picture; width and height are empty where one of them is not known."""

    src: str
    alt: str
    width: str
    height: str
    caption: str
    credit: str


class Teaser(Told, frozen=True):
    """An entry in a list."""

    title: str
    href: str
    picture: Figure | tuple[()]
    section: str
    language: str
    summary: str
    published: Stamp
    authors: str
    is_corrected: bool


class Document(Struct, frozen=True):
    """A feed in one format: where it is from here, and its address for copying."""

    href: str
    type: Word
    label: Word
    address: str


class Row(Told, frozen=True):
    """A feed in a list; `href` is its subscribe page."""

    href: str
    title: str
    description: str
    documents: tuple[Document, ...]


def words_of(publication: Publication) -> Word:
    """Return the language that pages of a publication speak."""
    return Word(texts_of(publication.language)["language"])


def frame(publication: Publication, here: str, offered: Sequence[Feed]) -> Frame:
    """Return what stands around the page at `here`, on which readers find `offered`."""
    to = partial(relative, here)
    return Frame(
        words=words_of(publication),
        name=publication.title,
        home=publication.url,
        pages=to(publication.pages),
        icon=publication.icon or "data:,",
        style=to(publication.pages + STYLE),
        script=to(publication.pages + COPY),
        copyright=publication.copyright,
        alternates=tuple(
            Alternate(Word(form.link_type), feed.title, Word(form.label), to(feed.document_path(form.filename)))
            for feed, form in _discoverable(offered)
        ),
    )


def stamp(publication: Publication, instant: datetime, precision: Precision) -> Stamp:
    """Return an instant as machines and people read it."""
    return Stamp(
        machine_date(instant, precision, timezone=publication.timezone), _when(publication, instant, precision)
    )


def figure(image: Image, src: str) -> Figure:
    """Return a picture that is at `src`."""
    size = (str(image.width), str(image.height)) if image.width and image.height else ("", "")
    return Figure(src, image.alt or image.caption, *size, image.caption, image.credit)


def picture_of(here: str, image: Image) -> Figure:
    """Return a picture as it stands on the page at `here`."""
    return figure(image, relative(here, image.path) if image.path else image.url)


def language_of(entry: Entry, publication: Publication) -> str:
    """Return the language of an entry where it is another than that of the page."""
    language = entry.language or publication.language
    return language if language != words_of(publication) else ""


def teasers(entries: Iterable[Entry], publication: Publication, here: str) -> tuple[str, ...]:
    """Return entries as the page at `here` lists them, as HTML."""
    return tuple(filled("teaser.html", _teaser(entry, publication, here)) for entry in entries)


def _teaser(entry: Entry, publication: Publication, here: str) -> Teaser:
    return Teaser(
        words=words_of(publication),
        title=entry.title,
        href=relative(here, page_path(entry.id)) if entry.has_page else entry.link,
        picture=picture_of(here, entry.images[0]) if entry.images else (),
        section=entry.section,
        language=language_of(entry, publication),
        summary=entry.summary,
        published=stamp(publication, entry.published, entry.published_precision),
        authors=", ".join(person.name for person in entry.authors),
        is_corrected=bool(entry.corrections),
    )


def documents(feed: Feed, publication: Publication, here: str) -> tuple[Document, ...]:
    """Return a feed in all its formats, as the page at `here` points to them."""
    paths = [(form, feed.document_path(form.filename)) for form in _formats(feed)]
    return tuple(
        Document(relative(here, path), Word(form.link_type), Word(form.label), publication.address(path))
        for form, path in paths
    )


def row(feed: Feed, publication: Publication, here: str) -> str:
    """Return a feed as the page at `here` lists it, as HTML."""
    href = relative(here, subscribe_path(feed, publication))
    told = Row(words_of(publication), href, feed.title, feed.description, documents(feed, publication, here))
    return filled("row.html", told)


def name_row(feed: Feed, publication: Publication, here: str) -> str:
    """Return the name of a feed as the page at `here` lists it, as HTML."""
    return f'<li><a href="{escaped(relative(here, subscribe_path(feed, publication)))}">{escaped(feed.title)}</a></li>'


def initial(title: str) -> str:
    """Return what a title is found under in an index: the first consonant of Hangul, a Latin letter, or `#`."""
    first = next((character for character in unicodedata.normalize("NFC", title) if character.isalnum()), "#")
    if "가" <= first <= "힣":
        return _CONSONANTS[(ord(first) - ord("가")) // _SYLLABLES]
    return first.upper() if first.isascii() and first.isalpha() else "#"


def readers(address: str) -> tuple[tuple[Word, str], ...]:
    """Return the readers at which the feed at an address can be subscribed, with the address for it."""
    quoted = quote(address, safe="")
    return tuple((Word(name), pattern.format(quoted)) for name, pattern in READERS)


def body_html(here: str, entry: Entry) -> str:
    """Return the body, its own pictures addressed relatively; it was sanitized when the entry was normalized.

    Jumps within it stay on the page. Where a heading in it has the rank of the page's own, all stand a rank lower.
    """
    page = escape_html(entry.link.partition("#")[0], quote=False)
    body = entry.body.replace(f'href="{page}#{ID_PREFIX}', f'href="#{ID_PREFIX}')
    if "<h1" in body:
        body = _HEADING.sub(lambda heading: f"{heading[1]}{int(heading[2]) + 1}", body)
    for image in entry.media:
        if image.path:
            body = body.replace(f'"{escape(image.url)}"', f'"{escape(relative(here, image.path))}"')
    return body


def _discoverable(offered: Sequence[Feed]) -> list[tuple[Feed, Format]]:
    """What readers find by the page's address: a feed in every format where it is the root or alone, else in one."""
    alone = len(offered) == 1
    feeds = sorted(offered, key=lambda feed: bool(feed.path))
    return [(feed, form) for feed in feeds for form in _formats(feed)[: None if alone or not feed.path else 1]]


def _formats(feed: Feed) -> list[Format]:
    return [FORMATS[name] for name in feed.formats]


def _when(publication: Publication, instant: datetime, precision: Precision) -> str:
    """The instant as readers write it; a page tells minutes, never seconds, and no time where none is known."""
    shown = Precision.MINUTE if precision is Precision.SECOND else precision
    if texts_of(publication.language)["language"] == "ko":
        return format_korean(instant, timezone=publication.timezone, precision=shown)
    return in_english(instant, timezone=publication.timezone, precision=shown)
