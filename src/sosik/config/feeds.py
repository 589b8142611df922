"""The other files of feeds/: each defines a feed, or a family of feeds."""

import re

from sosik.addresses import clean_path
from sosik.config.settings import Settings, named
from sosik.errors import Location
from sosik.model import ArchivePeriod, Content, Criteria, Criterion, FeedDefinition, FormatName, Window

ROOT = "all"
"""The name of the feed whose documents lie in no folder."""

RESERVED = frozenset({"archive", "articles", "feeds", "healthz", "media", "metrics"})
"""First parts of paths that belong to other documents, or to the server."""

MOST_ENTRIES = 300
"""Entries of one feed document: beyond this, readers cut it."""

_NAME = re.compile(r"[A-Za-z0-9가-힣_-]{1,60}")
_SLUG = re.compile(r"[A-Za-z0-9가-힣._~-]+")
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

_NAMES = """
    title description path id select exclude window content formats archive aliases each minimum slugs
    """.split()  # noqa: SIM905 - a name a line would fill half a page
FEED_KEYS = {**{name: name for name in _NAMES}, "format": "formats", "alias": "aliases"}
_CRITERIA_KEYS = {name: key for key in Criterion for name in (str(key), f"{key}s")}
_WINDOW_KEYS = {name: name for name in ("entries", "hours", "at_most")}
_FILLED_IN = frozenset({"value", "slug"})
_FAMILY_KEYS = ("minimum", "slugs")


def is_feed_name(name: str) -> bool:
    """Whether the name of a file can be part of the addresses of a feed."""
    return bool(_NAME.fullmatch(name)) and name.lower() not in RESERVED


def read_feed(settings: Settings, name: str, location: Location) -> FeedDefinition:
    """Return the feed that a file defines. It is whole only when `settings` collected no problem."""
    each = settings.choice("each", None, _CRITERIA_KEYS)
    if "each" not in settings:
        settings.require("title", "title: 지역 소식")
    formats = _formats(settings)
    definition = FeedDefinition(
        name=name,
        title=settings.text("title", "{value}" if each else ""),
        path=_path(settings, name, each),
        location=settings.place("path") if "path" in settings else location,
        description=settings.text("description"),
        id=_id(settings),
        select=_criteria(settings, "select"),
        exclude=_criteria(settings, "exclude"),
        window=_window(settings),
        content=settings.choice("content", Content.FULL, named(Content)),
        formats=formats,
        archive=settings.choice("archive", ArchivePeriod.NONE, named(ArchivePeriod)),
        aliases=_aliases(settings, formats),
        each=each,
        minimum=settings.number("minimum", 1, least=1, most=1_000_000),
        slugs=_slugs(settings),
    )
    check = _check_family if each else _check_single
    check(settings, definition)
    return definition


def _path(settings: Settings, name: str, each: Criterion | None) -> str:
    default = f"{each}/{{slug}}" if each else "" if name == ROOT else name
    text = settings.text("path")
    if not text:
        return default
    path = clean_path(text)
    if path is None:
        hint = f"write a path without .., ? # % and \\, such as {default or name}"
        settings.report("feed-path", "path", f"is {text!r}", hint)
    elif name == ROOT:
        settings.report("feed-path", "path", f"is {text!r}, but the feed {ROOT} lies at the root", "delete path")
    elif path.partition("/")[0].lower() in RESERVED:
        message = f"is {text!r}, and {path.partition('/')[0]} belongs to other documents"
        settings.report("feed-path", "path", message, f"write another path, such as {default}")
    return path or default


def _id(settings: Settings) -> str:
    text = settings.text("id")
    if text and not _IRI.fullmatch(text):
        hint = "write an absolute IRI, such as tag:news.example.kr,2010:feed/local, or leave it out"
        settings.report("value-invalid", "id", f"is {text!r}", hint)
    return text


def _criteria(settings: Settings, key: str) -> Criteria:
    hint = f"write {key}: {{section: [지역]}}, or delete the key"
    settings.refuse_empty(key, hint)
    criteria = settings.section(key, _CRITERIA_KEYS)
    if criteria is None:
        return Criteria()
    for name in Criterion:
        criteria.refuse_empty(name, hint)
    return Criteria(section=criteria.texts("section"), tag=criteria.texts("tag"), author=criteria.texts("author"))


def _window(settings: Settings) -> Window:
    default = Window()
    window = settings.section("window", _WINDOW_KEYS)
    if window is None:
        return default
    told = len(window.problems)
    entries = window.number("entries", default.entries, least=1, most=MOST_ENTRIES)
    is_stated = "entries" in window and len(window.problems) == told
    at_most = window.number("at_most", max(default.at_most, entries), least=1, most=MOST_ENTRIES)
    if entries > at_most:
        if is_stated:
            window.report("value-invalid", "entries", f"is {entries}, which is more than at_most, {at_most}")
        entries = at_most
    hours = window.number("hours", default.hours, least=0, most=24 * 366)
    return Window(entries=entries, hours=hours, at_most=at_most)


def _formats(settings: Settings) -> tuple[FormatName, ...]:
    settings.refuse_empty("formats", f"choose from {', '.join(FormatName)}, or delete the key")
    wanted = settings.items("formats")
    for item in wanted:
        if item.text.lower() not in named(FormatName):
            hint = f"choose from {', '.join(FormatName)}"
            settings.report("value-invalid", "formats", f"holds {item.text!r}", hint, item.location)
    chosen = {item.text.lower() for item in wanted}
    return tuple(name for name in FormatName if name in chosen) or tuple(FormatName)


def _aliases(settings: Settings, formats: tuple[FormatName, ...]) -> tuple[str, ...]:
    """Return the old addresses of a feed as paths of documents."""
    aliases = []
    for item in settings.items("aliases"):
        text = item.text
        path = clean_path(text)
        if path is None or not text.startswith("/") or text.startswith("//"):
            hint = "write a path from the root, such as /rss/allArticle.xml; what follows ? cannot be told apart"
            settings.report("feed-path", "aliases", f"holds {text!r}", hint, item.location)
        else:
            aliases.append(f"/{path}/" if text.endswith("/") else f"/{path}")
    if aliases and FormatName.RSS not in formats:
        settings.report("value-invalid", "aliases", "answer with the RSS document, which formats leaves out")
    return tuple(aliases)


def _slugs(settings: Settings) -> dict[str, str]:
    slugs = settings.pairs("slugs")
    owners: dict[str, str] = {}
    for value, slug in slugs.items():
        if not _SLUG.fullmatch(slug) or not slug.strip("."):
            hint = f"write {value}: local, with letters, digits, - and _"
            settings.report("value-invalid", "slugs", f"gives {value} the slug {slug!r}", hint)
        elif (owner := owners.setdefault(slug.casefold(), value)) != value:
            settings.report("slug-collision", "slugs", f"gives {owner} and {value} the same slug {slug}")
    return slugs


def _check_single(settings: Settings, definition: FeedDefinition) -> None:
    """Report what a single feed says that only a family may."""
    for key in _FAMILY_KEYS:
        if key in settings:
            hint = f"delete {key}, or add each"
            settings.report("value-invalid", key, "is for a family, which says each: section, tag or author", hint)
    if _PLACEHOLDER.search(definition.path):
        settings.report("feed-path", "path", f"is {definition.path!r}, and only a family fills in braces")
    for key in ("title", "description", "id"):
        if names := _FILLED_IN.intersection(_PLACEHOLDER.findall(getattr(definition, key))):
            message = f"holds {{{min(names)}}}, which only a family fills in"
            settings.report(
                "value-invalid", key, message, f"add each: section, tag or author, or delete {{{min(names)}}}"
            )


def _check_family(settings: Settings, definition: FeedDefinition) -> None:
    """Report what a family says that only a single feed may, or that would be the same for all of its feeds."""
    if definition.name == ROOT:
        settings.report("value-invalid", "each", f"makes a family, but {ROOT} is the root feed", "rename the file")
    if definition.aliases:
        settings.report("value-invalid", "aliases", "cannot lead to a whole family", "define a feed of its own for it")
    for key in ("title", "description", "path", "id"):
        text = getattr(definition, key)
        names = set(_PLACEHOLDER.findall(text))
        code = "feed-path" if key == "path" else "value-invalid"
        if unknown := names - _FILLED_IN:
            settings.report(code, key, f"holds {{{min(unknown)}}}", "only {value} and {slug} are filled in")
        elif text and not names and key != "description":
            message = f"is {text!r} for every {definition.each}: the feeds would be one"
            settings.report(code, key, message, "put {value} or {slug} into it")
