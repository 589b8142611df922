"""The pages for people: start page, subscribe pages, articles without a page of their own.

Pages, pictures and feeds of ours are linked relatively, so that a published tree works on any host, port and path
prefix; addresses meant for copying are the configured ones. A page needs no script and loads nothing from elsewhere:
one style sheet and one small script, which only adds the copy buttons, are documents of their own (`assets`). So a page
says that browsers shall load nothing else, for hosts that do not say it in a header field.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from html import escape as escape_html
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup, escape

from sosik.addresses import split_address
from sosik.dates import Precision, format_korean
from sosik.model import Criterion, Entry, Feed, FeedDefinition, Image, Publication
from sosik.normalize.ids import page_path
from sosik.normalize.markup import ID_PREFIX
from sosik.render.content import further_images, lead_image
from sosik.render.formats import FORMATS, Format
from sosik.render.instants import in_english, machine_date
from sosik.render.newsarticle import news_article
from sosik.render.pictures import told_images
from sosik.render.places import FEED_STYLE, relative, subscribe_path
from sosik.render.security import CONTENT_SECURITY
from sosik.words.pages import texts_of

if TYPE_CHECKING:
    from jinja2 import Environment

STYLE = "style.css"
COPY = "copy.js"
OPML = "feeds.opml"

_TEMPLATES = Path(__file__).parent / "templates"
_CSS = "text/css; charset=utf-8"
_MEDIA_TYPES = {STYLE: _CSS, FEED_STYLE: _CSS, COPY: "text/javascript; charset=utf-8"}

READERS = (
    ("Feedly", "https://feedly.com/i/subscription/feed%2F{}"),
    ("Inoreader", "https://www.inoreader.com/?add_feed={}"),
    ("NewsBlur", "https://www.newsblur.com/?url={}"),
    ("The Old Reader", "https://theoldreader.com/feeds/subscribe?url={}"),
    ("Feedbin", "https://feedbin.com/?subscribe={}"),
)
"""Well-known readers, and the address at which each takes a subscription."""

_GROUPS = ("", *Criterion)
"""What feeds go by, in the order of the start page; the root feed stands before them all."""

_LOCALES = {"ko": "ko_KR", "en": "en_US", "ja": "ja_JP", "vi": "vi_VN", "th": "th_TH", "id": "id_ID", "mn": "mn_MN"}
"""The locales (ogp.me) of languages that are named without a region; of others none is told."""

_NOT_SHOWN = (".svg", ".ico")
"""What the pictures end in that nobody shows beside a link."""

_HEADING = re.compile(r"(</?h)([1-5])(?=[ >])")

To = Callable[[str], str]
"""From the path of a document of ours to the reference by which the page at hand points at it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedGroup:
    """Feeds that belong together on the start page; `kind` is what they go by: section, tag, author, root or none."""

    kind: str
    title: str
    feeds: tuple[Feed, ...]


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
    offered = [feed for group in groups if group.kind in ("root", "", Criterion.SECTION) for feed in group.feeds]
    return _page(
        "start.html",
        publication,
        path or publication.pages,
        groups=groups,
        latest=latest,
        offered=offered,
        canonical=canonical,
    )


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
    here, offered = path or subscribe_path(feed, publication), [] if stands else [feed]
    values = {"feed": feed, "latest": latest, "stands": stands, "canonical": canonical}
    return _page("subscribe.html", publication, here, offered=offered, **values)


def article_page(entry: Entry, publication: Publication, feeds: Sequence[Feed] = ()) -> bytes:
    """Return the page of an entry that has no link of its own; `feeds` are those it offers, the root feed first."""
    return _page(
        "article.html",
        publication,
        page_path(entry.id),
        entry=entry,
        told=told_images(entry),
        lead=lead_image(entry),
        further=further_images(entry),
        about=news_article(entry, publication),
        locale=_locale(entry.language or publication.language),
        mark=_mark(publication),
        offered=feeds,
    )


def withdrawn_page(publication: Publication, path: str) -> bytes:
    """Return the page that stands at `path` in place of an article that was taken back; it tells nothing of it."""
    return _page("withdrawn.html", publication, path, offered=())


def assets() -> dict[str, tuple[str, bytes]]:
    """Return what pages and feeds need beside them, below `pages`: the media type and bytes of each file name."""
    return {name: (media_type, (_TEMPLATES / name).read_bytes()) for name, media_type in _MEDIA_TYPES.items()}


def _page(template: str, publication: Publication, here: str, *, offered: Sequence[Feed], **values: Any) -> bytes:
    """Render a template for the page at `here`, on which readers find `offered`."""
    to = partial(relative, here)
    names = {
        "publication": publication,
        "security": CONTENT_SECURITY,
        "t": texts_of(publication.language),
        "offered": offered,
        "discoverable": _discoverable(offered),
        "to": to,
        "address": publication.address,
        "formats": _formats,
        "readers": _readers,
        "subscribe_path": partial(subscribe_path, publication=publication),
        "entry_href": partial(_entry_href, to),
        "image_src": partial(_image_src, to),
        "body_html": partial(_body_html, to),
        "when": partial(_when, publication),
        "machine_date": partial(machine_date, timezone=publication.timezone),
        "style": publication.pages + STYLE,
        "script": publication.pages + COPY,
        "opml": publication.pages + OPML,
    }
    text = _environment().get_template(template).render(names | values)
    return (text.strip() + "\n").encode()


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # heavy, and most builds change no page

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return environment


def load_templates() -> None:
    """Load every template now, which the first page to change would wait for otherwise."""
    environment = _environment()
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)


def _discoverable(offered: Sequence[Feed]) -> list[tuple[Feed, Format]]:
    """What readers find by the page's address: a feed in every format where it is the root or alone, else in one."""
    alone = len(offered) == 1
    feeds = sorted(offered, key=lambda feed: bool(feed.path))
    return [(feed, form) for feed in feeds for form in _formats(feed)[: None if alone or not feed.path else 1]]


def _formats(feed: Feed) -> list[Format]:
    return [FORMATS[name] for name in feed.formats]


def _readers(address: str) -> list[tuple[str, str]]:
    return [(name, pattern.format(quote(address, safe=""))) for name, pattern in READERS]


def _entry_href(to: To, entry: Entry) -> str:
    return to(page_path(entry.id)) if entry.has_page else entry.link


def _image_src(to: To, image: Image) -> str:
    return to(image.path) if image.path else image.url


def _body_html(to: To, entry: Entry) -> Markup:
    """The body, its own pictures addressed relatively; it was sanitized when the entry was normalized.

    Jumps within it stay on the page. Where a heading in it has the rank of the page's own, all stand a rank lower.
    """
    page = escape_html(entry.link.partition("#")[0], quote=False)
    body = entry.body.replace(f'href="{page}#{ID_PREFIX}', f'href="#{ID_PREFIX}')
    if "<h1" in body:
        body = _HEADING.sub(lambda heading: f"{heading[1]}{int(heading[2]) + 1}", body)
    for image in entry.media:
        if image.path:
            body = body.replace(f'"{escape(image.url)}"', f'"{escape(to(image.path))}"')
    return Markup(body)  # noqa: S704 - sanitized, see above


def _locale(language: str) -> str:
    """Return a language (BCP 47) as ogp.me writes it, `ko_KR`; empty where its region is not known."""
    name, _, region = language.partition("-")
    known = _LOCALES.get(name.lower(), "")
    return f"{name.lower()}_{region.upper()}" if len(region) == len("KR") else known


def _mark(publication: Publication) -> str:
    """Return the address of the picture that stands for the publication where an article has none."""
    pictures = (publication.logo, publication.icon)
    return next((url for url in pictures if url and not split_address(url).path.lower().endswith(_NOT_SHOWN)), "")


def _when(publication: Publication, instant: datetime, precision: Precision) -> str:
    """The instant as readers write it; a page tells minutes, never seconds, and no time where none is known."""
    shown = Precision.MINUTE if precision is Precision.SECOND else precision
    if texts_of(publication.language)["language"] == "ko":
        return format_korean(instant, timezone=publication.timezone, precision=shown)
    return in_english(instant, timezone=publication.timezone, precision=shown)
