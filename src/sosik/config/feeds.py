"""The other files of feeds/: each defines a feed, or a family of feeds."""

from sosik.addresses import clean_path
from sosik.config.settings import Settings, named
from sosik.errors import Location
from sosik.model import ArchivePeriod, Content, Criteria, Criterion, FeedDefinition, FormatName, Window
from sosik.model.feed import alias_format
from sosik.model.publication import MOST_ENTRIES, ROOT
from sosik.patterns import pattern
from sosik.queries import canonical_query
from sosik.words import Message

RESERVED = frozenset({"archive", "articles", "feeds", "healthz", "media", "metrics"})
"""First parts of paths that belong to other documents, or to the server."""

_NAME, _ASCII_NAME = pattern(r"[A-Za-z0-9가-힣_-]{1,60}"), pattern(r"[A-Za-z0-9_-]{1,60}")
_SLUG = pattern(r"[A-Za-z0-9가-힣._~-]+")
_IRI = pattern(r"[a-z][a-z0-9+.-]*:\S+")
_PLACEHOLDER = pattern(r"\{([^{}]*)\}")

_NAMES = [name for name in FeedDefinition.__struct_fields__ if name not in ("name", "location")]
FEED_KEYS = {**{name: name for name in _NAMES}, "format": "formats", "alias": "aliases"}
_CRITERIA_KEYS = {name: key for key in Criterion for name in (str(key), f"{key}s")}
_WINDOW_KEYS = {name: name for name in ("entries", "hours", "at_most")}
_FILLED_IN = frozenset({"value", "slug"})
_FAMILY_KEYS = ("minimum", "slugs")

_FAMILY_MESSAGES = {
    **dict.fromkeys(("title", "description", "id"), ("value-invalid.placeholder", "value-invalid.one-feed")),
    "path": ("feed-path.placeholder", "feed-path.one-feed"),
}
"""The texts of a family in which values are filled in: what is said of an unknown one, and where there is none."""


def is_feed_name(name: str) -> bool:
    """Whether the name of a file can be part of the addresses of a feed."""
    # With all of Hangul in it, a class takes long to compile.
    allowed = _ASCII_NAME if name.isascii() else _NAME
    return bool(allowed.fullmatch(name)) and name.lower() not in RESERVED


def read_feed(settings: Settings, name: str, location: Location) -> FeedDefinition:
    """Return the feed that a file defines. It is whole only when `settings` collected no problem."""
    each = settings.choice("each", None, _CRITERIA_KEYS)
    if "each" not in settings:
        settings.require("title", Message("config-key.feed-title-hint"))
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
        message = Message("feed-path.is", key="path", text=text)
        settings.report(message, settings.place("path"), Message("feed-path.is-hint", example=default or name))
    elif name == ROOT:
        message = Message("feed-path.root", text=text, root=ROOT)
        settings.report(message, settings.place("path"), Message("feed-path.root-hint"))
    elif (first := path.partition("/")[0]).lower() in RESERVED:
        message = Message("feed-path.reserved", text=text, first=first)
        settings.report(message, settings.place("path"), Message("feed-path.reserved-hint", example=default))
    return path or default


def _id(settings: Settings) -> str:
    text = settings.text("id")
    if text and not _IRI.fullmatch(text):
        message = Message("value-invalid.is", key="id", text=text)
        settings.report(message, settings.place("id"), Message("value-invalid.feed-id-hint"))
    return text


def _criteria(settings: Settings, key: str) -> Criteria:
    hint = Message("value-invalid.criteria-hint", key=key)
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
            message = Message("value-invalid.window", key=window.name("entries"), entries=entries, at_most=at_most)
            window.report(message, window.place("entries"))
        entries = at_most
    hours = window.number("hours", default.hours, least=0, most=24 * 366)
    return Window(entries=entries, hours=hours, at_most=at_most)


def _formats(settings: Settings) -> tuple[FormatName, ...]:
    names = tuple(map(str, FormatName))
    settings.refuse_empty("formats", Message("value-invalid.no-formats-hint", names=names))
    wanted = settings.items("formats")
    for item in wanted:
        if item.text.lower() not in names:
            message = Message("value-invalid.holds", key="formats", text=item.text)
            settings.report(message, item.location, Message("value-invalid.formats-hint", names=names))
    chosen = {item.text.lower() for item in wanted}
    return tuple(name for name in FormatName if name in chosen) or tuple(FormatName)


def _aliases(settings: Settings, formats: tuple[FormatName, ...]) -> tuple[str, ...]:
    """Return the old addresses of a feed as paths of documents."""
    aliases = []
    for item in settings.items("aliases"):
        alias = alias_path(item.text)
        if alias is None:
            message = Message("feed-path.alias", text=item.text)
            settings.report(message, item.location, Message("feed-path.alias-hint"))
        else:
            aliases.append(alias)
    if any(alias_format(alias, formats) not in formats for alias in aliases):
        settings.report(Message("value-invalid.aliases"), settings.place("aliases"))
    return tuple(aliases)


def alias_path(text: str) -> str | None:
    """Return an old address as the path of a document, its query in the one form that is known; None where it is none.

    The root is one only with a query: without, the page of all feeds may lie there.
    """
    address, mark, asked = text.partition("?")
    query = canonical_query(asked)
    path = "" if address == "/" and query else clean_path(address)
    if path is None or query is None or (mark and not asked) or not address.startswith("/") or address[1:2] == "/":
        return None
    whole = f"/{path}/" if path and address.endswith("/") else f"/{path}"
    return f"{whole}?{query}" if query else whole


def _slugs(settings: Settings) -> dict[str, str]:
    slugs = settings.pairs("slugs")
    owners: dict[str, str] = {}
    for value, slug in slugs.items():
        if not _SLUG.fullmatch(slug) or not slug.strip("."):
            message = Message("value-invalid.slug", value=value, slug=slug)
            settings.report(message, settings.place("slugs"), Message("value-invalid.slug-hint", value=value))
        elif (owner := owners.setdefault(slug.casefold(), value)) != value:
            message = Message("slug-collision.slugs", owner=owner, value=value, slug=slug)
            settings.report(message, settings.place("slugs"))
    return slugs


def _check_single(settings: Settings, definition: FeedDefinition) -> None:
    """Report what a single feed says that only a family may."""
    for key in _FAMILY_KEYS:
        if key in settings:
            message = Message("value-invalid.family-key", key=key)
            settings.report(message, settings.place(key), Message("value-invalid.family-key-hint", key=key))
    if _PLACEHOLDER.search(definition.path):
        settings.report(Message("feed-path.braces", text=definition.path), settings.place("path"))
    for key in ("title", "description", "id"):
        if names := _FILLED_IN.intersection(_PLACEHOLDER.findall(getattr(definition, key))):
            message = Message("value-invalid.filled-in", key=key, name=min(names))
            settings.report(message, settings.place(key), Message("value-invalid.filled-in-hint", name=min(names)))


def _check_family(settings: Settings, definition: FeedDefinition) -> None:
    """Report what a family says that only a single feed may, or that would be the same for all of its feeds."""
    if definition.name == ROOT:
        message = Message("value-invalid.root-family", root=ROOT)
        settings.report(message, settings.place("each"), Message("value-invalid.root-family-hint"))
    if definition.aliases:
        message = Message("value-invalid.family-alias")
        settings.report(message, settings.place("aliases"), Message("value-invalid.family-alias-hint"))
    for key, (unknown_to, same_for_all) in _FAMILY_MESSAGES.items():
        text = getattr(definition, key)
        names = set(_PLACEHOLDER.findall(text))
        if unknown := names - _FILLED_IN:
            message = Message(unknown_to, key=key, name=min(unknown))
            settings.report(message, settings.place(key), Message("feed-path.placeholder-hint"))
        elif text and not names and key != "description":
            message = Message(same_for_all, key=key, text=text, each=str(definition.each))
            settings.report(message, settings.place(key), Message("feed-path.one-feed-hint"))
