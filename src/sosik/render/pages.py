"""The pages: start page, subscribe pages, and pages of articles without another one.

Pages, pictures and feeds are linked relatively, so the published files work on any host, port and path prefix.
Addresses to copy are the configured ones. A page needs no script and loads nothing from other hosts. One style sheet
and one small script for the copy buttons are separate documents (`assets`). The pages contain this policy, for hosts
without the header field.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from sosik.addresses import split_address
from sosik.model import Criterion, Entry, Feed, FeedDefinition, Publication
from sosik.model.values import EntryId
from sosik.normalize.ids import page_path
from sosik.render.content import further_images, lead_image
from sosik.render.newsarticle import news_article
from sosik.render.page_parts import (
    COPY,
    Document,
    Figure,
    Frame,
    Stamp,
    body_html,
    documents,
    figure,
    frame,
    initial,
    language_of,
    name_row,
    picture_of,
    readers,
    row,
    stamp,
    teasers,
    words_of,
)
from sosik.render.page_templates import TEMPLATES, Told, filled, in_script, rendered
from sosik.render.pictures import told_images
from sosik.render.places import FEED_STYLE, OPML, STYLE, relative, subscribe_path
from sosik.render.shapes import Word
from sosik.words.pages import texts_of

_CSS = "text/css; charset=utf-8"
_MEDIA_TYPES = {STYLE: _CSS, FEED_STYLE: _CSS, COPY: "text/javascript; charset=utf-8"}

FEW = 60
"""Feeds that a page shows with all their addresses, and tells readers of; of more in a group it shows the names."""

_GROUPS = ("", *Criterion)
"""What feeds go by, in the order of the start page; the root feed stands before them all."""

_LOCALES = {"ko": "ko_KR", "en": "en_US", "ja": "ja_JP", "vi": "vi_VN", "th": "th_TH", "id": "id_ID", "mn": "mn_MN"}
"""The locales (ogp.me) of languages that are named without a region; of others none is told."""

_NOT_SHOWN = (".svg", ".ico")
"""What the pictures end in that nobody shows beside a link."""


class FeedGroup(Struct, frozen=True, kw_only=True):
    """Feeds that belong together on the start page; `kind` is what they go by: section, tag, author, root or none."""

    kind: str
    title: str
    feeds: tuple[Feed, ...]


class _Offer(Struct, frozen=True):
    """A feed that people are asked to subscribe to; `href` is its subscribe page."""

    title: str
    href: str
    description: str
    documents: tuple[Document, ...]
    readers: tuple[tuple[Word, str], ...]


class _Part(Struct, frozen=True):
    """The feeds of a large group whose names begin alike; `rows` are HTML."""

    title: str
    rows: tuple[str, ...]


class _Group(Struct, frozen=True):
    """A group of feeds; `rows` are HTML, of a large group there are `parts` in their place."""

    title: str
    rows: tuple[str, ...]
    parts: tuple[_Part, ...]


class _Start(Told, frozen=True):
    """What the start page tells; `latest` are HTML."""

    frame: Frame
    canonical: str
    description: str
    offers: tuple[_Offer, ...]
    latest: tuple[str, ...]
    groups: tuple[_Group, ...]
    is_long: bool
    opml: str


class _Latest(Told, frozen=True):
    """The part of the start page that changes with every article; `latest` are HTML."""

    latest: tuple[str, ...]


class _Subscribe(Told, frozen=True):
    """What a subscribe page tells; `latest` are HTML."""

    frame: Frame
    canonical: str
    about: str
    text: str
    feed: _Offer
    stands: bool
    latest: tuple[str, ...]


class _Author(Struct, frozen=True):
    name: str
    url: str
    email: str


class _Correction(Struct, frozen=True):
    at: Stamp
    note: str


class _Other(Struct, frozen=True):
    """Another article that an article names."""

    kind: Word
    href: str
    title: str


class _Link(Struct, frozen=True):
    href: str
    title: str


class _Article(Told, frozen=True):
    """What an article page tells; `about` and `body` are HTML."""

    frame: Frame
    title: str
    link: str
    summary: str
    locale: str
    picture: Figure | tuple[()]
    mark: str
    published: Stamp
    updated: Stamp | tuple[()]
    section: str
    tags: tuple[str, ...]
    about: str
    language: str
    subtitles: tuple[str, ...]
    authors: tuple[_Author, ...]
    publisher: str
    corrections: tuple[_Correction, ...]
    lead: Figure | tuple[()]
    body: str
    further: tuple[Figure, ...]
    relations: tuple[_Other, ...]
    offered: tuple[_Link, ...]


class _Withdrawn(Told, frozen=True):
    """What stands in the place of an article that was taken back."""

    frame: Frame


def feed_groups(
    feeds: Iterable[Feed], definitions: Iterable[FeedDefinition], *, language: str = "ko"
) -> tuple[FeedGroup, ...]:
    """Return the feeds as the start page groups them, the root feed first; `definitions` tell which are families.

    The groups have their titles in a publication's `language`.
    """
    texts = texts_of(language)
    kinds = {definition.name: definition.each or "" for definition in definitions}
    feeds = tuple(feeds)
    root = tuple(feed for feed in feeds if not feed.path)
    groups = [FeedGroup(kind="root", title=texts["group_root"], feeds=root)]
    for kind in _GROUPS:
        members = tuple(feed for feed in feeds if feed.path and kinds.get(feed.definition, "") == kind)
        groups.append(FeedGroup(kind=kind, title=texts[f"group_{kind}"], feeds=members))
    return tuple(group for group in groups if group.feeds)


def start_page(
    publication: Publication,
    groups: Sequence[FeedGroup],
    latest: Sequence[Entry],
    *,
    path: str = "",
    canonical: str = "",
) -> bytes:
    """Return the page that offers every feed, with the latest entries; `path` is where it stands (default: `pages`).

    `canonical` is the address it has moved to.
    """
    here, texts = path or publication.pages, texts_of(publication.language)
    offered = [feed for group in groups if group.kind in ("root", "", Criterion.SECTION) for feed in group.feeds]
    root = [feed for group in groups if group.kind == "root" for feed in group.feeds]
    told = _Start(
        words=words_of(publication),
        frame=frame(publication, here, offered[:FEW]),
        canonical=canonical,
        description=publication.description,
        offers=tuple(_offer(feed, publication, here, feed.description or texts["everything"]) for feed in root),
        latest=teasers(latest, publication, here),
        groups=tuple(_group(group, publication, here) for group in groups),
        is_long=sum(len(group.feeds) for group in groups) > FEW,
        opml=relative(here, publication.pages + OPML),
    )
    # No other page has its shape.
    return _bytes(rendered("start.html", told))


_LATEST = (b'<section id="latest"', b'<section id="feeds"')
"""Between these stands what the start page says of the latest entries; no text of others can hold them."""


def with_latest(page: bytes, publication: Publication, latest: Sequence[Entry], *, path: str) -> bytes:
    """Return the start page at `path` with other latest entries; nothing where it has none, or is to have none."""
    begin, end = _LATEST
    above, has_latest, rest = page.partition(begin)
    _, has_feeds, below = rest.partition(end)
    if not (latest and has_latest and has_feeds):
        return b""
    told = _Latest(words_of(publication), teasers(latest, publication, path))
    return b"".join([above, filled("latest.html", told).encode(), b"\n\n", end, below])


def _group(group: FeedGroup, publication: Publication, here: str) -> _Group:
    """Return a group of feeds with all their addresses, or where they are many by name, as an index has them."""
    if len(group.feeds) <= FEW:
        return _Group(group.title, tuple(row(feed, publication, here) for feed in group.feeds), ())
    parts: dict[str, list[str]] = {}
    # Hangul before Latin letters, and what is neither last.
    order = {feed.title: (initial(feed.title) < "ㄱ", initial(feed.title) == "#", feed.title) for feed in group.feeds}
    for feed in sorted(group.feeds, key=lambda feed: order[feed.title]):
        parts.setdefault(initial(feed.title), []).append(name_row(feed, publication, here))
    return _Group(group.title, (), tuple(_Part(title, tuple(rows)) for title, rows in parts.items()))


def subscribe_page(
    publication: Publication,
    feed: Feed,
    latest: Sequence[Entry],
    *,
    path: str = "",
    stands: bool = False,
    canonical: str = "",
) -> bytes:
    """Return the page on which one feed is offered, with its latest entries; one that `stands` still is not offered.

    `path` is where the page is, if it is elsewhere than usual, and `canonical` the address it has moved to.
    """
    here, texts = path or subscribe_path(feed, publication), texts_of(publication.language)
    text = feed.description or publication.description or texts["feed_text"].format(title=publication.title)
    return _page(
        "subscribe.html",
        _Subscribe(
            words=words_of(publication),
            frame=frame(publication, here, [] if stands else [feed]),
            canonical=canonical,
            about=feed.description or texts["feed_about"].format(title=feed.title),
            text=text,
            feed=_offer(feed, publication, here, feed.description),
            stands=stands,
            latest=teasers(latest, publication, here),
        ),
    )


def _offer(feed: Feed, publication: Publication, here: str, description: str) -> _Offer:
    made = documents(feed, publication, here)
    href = relative(here, subscribe_path(feed, publication))
    return _Offer(feed.title, href, description, made, readers(made[0].address))


def article_page(entry: Entry, publication: Publication, feeds: Sequence[Feed] = ()) -> bytes:
    """Return the page of an entry that has no link of its own; `feeds` are those it offers, the root feed first."""
    here, lead = page_path(entry.id), lead_image(entry)
    return _page(
        "article.html",
        _Article(
            words=words_of(publication),
            frame=_around_articles(publication, tuple(feeds)),
            title=entry.title,
            link=entry.link,
            summary=entry.summary,
            locale=_locale(entry.language or publication.language),
            picture=next((figure(image, image.url) for image in told_images(entry)), ()),
            mark=_mark(publication),
            published=stamp(publication, entry.published, entry.published_precision),
            updated=stamp(publication, entry.updated, entry.updated_precision) if entry.updated else (),
            section=entry.section,
            tags=entry.tags,
            about=in_script(news_article(entry, publication)),
            language=language_of(entry, publication),
            subtitles=entry.subtitles,
            authors=tuple(_Author(person.name, person.url or "", person.email or "") for person in entry.authors),
            publisher=publication.publisher.name,
            corrections=tuple(
                _Correction(stamp(publication, edit.at, edit.precision), edit.note) for edit in entry.corrections
            ),
            lead=picture_of(here, lead) if lead else (),
            body=body_html(here, entry),
            further=tuple(picture_of(here, image) for image in further_images(entry)),
            relations=tuple(
                _Other(Word(other.kind), relative(here, other.path) if other.path else other.link, other.title)
                for other in entry.relations
            ),
            offered=tuple(_Link(relative(here, subscribe_path(feed, publication)), feed.title) for feed in feeds),
        ),
    )


@lru_cache(maxsize=1)
def _around_articles(publication: Publication, feeds: tuple[Feed, ...]) -> Frame:
    """Return what stands around the page of any article: they are beside each other, and point to the same."""
    return frame(publication, page_path(EntryId("-")), feeds)


def withdrawn_page(publication: Publication, path: str) -> bytes:
    """Return the page that stands at `path` in place of an article that was taken back; it tells nothing of it."""
    return _page("withdrawn.html", _Withdrawn(words_of(publication), frame(publication, path, ())))


def assets() -> dict[str, tuple[str, bytes]]:
    """Return what pages and feeds need beside them, below `pages`: the media type and bytes of each file name."""
    return {name: (media_type, (TEMPLATES / name).read_bytes()) for name, media_type in _MEDIA_TYPES.items()}


def _page(template: str, told: Told) -> bytes:
    return _bytes(filled(template, told))


def _bytes(text: str) -> bytes:
    return f"{text}\n".encode()


def _locale(language: str) -> str:
    """Return a language (BCP 47) as ogp.me writes it, `ko_KR`; empty where its region is not known."""
    name, _, region = language.partition("-")
    known = _LOCALES.get(name.lower(), "")
    return f"{name.lower()}_{region.upper()}" if len(region) == len("KR") else known


def _mark(publication: Publication) -> str:
    """Return the address of the picture that stands for the publication where an article has none."""
    pictures = (publication.logo, publication.icon)
    return next((url for url in pictures if url and not split_address(url).path.lower().endswith(_NOT_SHOWN)), "")
