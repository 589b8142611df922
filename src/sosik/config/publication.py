"""feeds/publication.yaml: the values of the whole publication."""

import re
import unicodedata
from datetime import date
from urllib.parse import unquote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sosik.addresses import (
    base_address,
    clean_path,
    completed,
    host_of,
    is_loopback,
    is_made_up,
    joined_address,
    split_address,
    web_address,
    without_references,
)
from sosik.config.dates import date_habits
from sosik.config.settings import Settings, named
from sosik.model import BodyFormat, IndexNow, Person, Publication, RawText
from sosik.model.publication import PAGES
from sosik.patterns import pattern
from sosik.queries import canonical_query
from sosik.source.lists import split
from sosik.words import Message

PUBLICATION_KEYS = {**{name: name for name in Publication.__struct_fields__}, "hub": "hubs"}
_PUBLISHER_KEYS = {name: name for name in ("name", "email", "url")}
_INDEXNOW_KEYS = {"key": "key", "endpoints": "endpoints", "endpoint": "endpoints"}
_INDEXNOW_ENDPOINTS = ("https://searchadvisor.naver.com/indexnow",)

# indexnow.org/documentation: 8 to 128 characters of these.
_INDEXNOW_KEY = pattern(r"[A-Za-z0-9-]{8,128}")

_YEAR = 365 * 86_400
_HOUR = 3_600
_WEEK = 7 * 86_400

# BCP 47, as far as feeds use it: a language, perhaps a script, a region, variants.
_LANGUAGE = pattern(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_EMAIL = pattern(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+\.[^\s@<>()\[\],;:\\\".]+")

# RFC 4151, section 2.1: a host or an e-mail address, and a day on which it was the publisher's.
_AUTHORITY = pattern(
    r"(?:[a-z0-9._-]+@)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*"
    r",(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
)


def read_publication(settings: Settings) -> Publication:
    """Return what a file says of the publication. It is whole only when `settings` collected no problem."""
    settings.require("title", Message("config-key.publication-title-hint"))
    settings.require("url", Message("config-key.url-hint"))
    settings.require("authority", Message("config-key.authority-hint"))
    title = settings.text("title")
    url = _base(settings, "url", "")
    feeds_url = _base(settings, "feeds_url", url)
    return Publication(
        title=title,
        url=url,
        feeds_url=feeds_url,
        authority=_authority(settings),
        pages=_pages(settings),
        language=_language(settings),
        timezone=_timezone(settings),
        dates=date_habits(settings),
        description=settings.text("description"),
        publisher=_publisher(settings, title, url),
        icon=_address(settings, "icon", url),
        logo=_address(settings, "logo", url),
        copyright=settings.text("copyright"),
        hubs=_told_addresses(settings, "hubs", "https://hub.example/"),
        indexnow=_indexnow(settings),
        max_age=_max_age(settings),
        tombstones=settings.flag("tombstones"),
        withdraw_after=settings.number("withdraw_after", 60, least=0, most=_WEEK),
        foreign_keys=tuple(name for text in settings.texts("foreign_keys") for name in split(text)),
        ignore=_ignore(settings),
        format=settings.choice("format", BodyFormat.AUTO, named(BodyFormat)),
        retire=_retired(settings, feeds_url),
        sample=_sample(settings, url, feeds_url),
    )


def _sample(settings: Settings, url: str, feeds_url: str) -> bool:
    """Return whether the publication is a sample; of any other, made-up addresses are one problem."""
    hosts = {
        "url": host_of(url),
        "feeds_url": host_of(feeds_url),
        "authority": settings.text("authority").partition(",")[0].rpartition("@")[2],
    }
    made_up = {key: host for key, host in hosts.items() if is_made_up(host)}
    is_sample = settings.flag("sample")
    if made_up and not is_sample:
        stated = [key for key in made_up if key in settings.values]
        message = Message("placeholder.hosts", keys=(*stated,), hosts=tuple(dict.fromkeys(made_up.values())))
        settings.report(message, settings.place(stated[0]), Message("placeholder.hint"))
    return is_sample


def _max_age(settings: Settings) -> int:
    seconds = settings.number("max_age", 300, least=1, most=_YEAR)
    if seconds > _HOUR:
        message = Message("max-age-long.seconds", key=settings.name("max_age"), hours=f"{seconds / _HOUR:.3g}")
        settings.report(message, settings.place("max_age"), Message("max-age-long.hint"))
    return seconds


def _ignore(settings: Settings) -> tuple[str, ...]:
    """Return patterns, each an item of a list, or a line of a text as it stands in .gitignore."""
    members = (settings.as_scalar("ignore", member) for member in settings.members("ignore"))
    return tuple(line for member in members if member for line in member.text.splitlines() if line.strip())


def _base(settings: Settings, key: str, default: str) -> str:
    text = settings.address(key)
    if not text:
        return default
    address = base_address(text)
    if address is None:
        name = settings.name(key)
        if web_address(text):
            message = Message("value-invalid.base", key=name, text=text)
        else:
            message = Message("value-invalid.address", key=name, text=text)
        settings.report(message, settings.place(key), Message("value-invalid.base-hint", key=key))
    return address or default


def _address(settings: Settings, key: str, base: str) -> str:
    """Return the address of a picture, perhaps seen from the home page."""
    text = settings.address(key)
    if not text:
        return ""
    # What lacks its https:// would be read as a path below the home page.
    complete = completed(text) == text
    address = joined_address(text, base or "https://news.example.kr/") if complete else None
    if address is None:
        message = Message("value-invalid.address", key=settings.name(key), text=text)
        settings.report(message, settings.place(key), Message("value-invalid.address-hint", key=key))
    return address or ""


def _authority(settings: Settings) -> str:
    text = settings.text("authority")
    match = _AUTHORITY.fullmatch(text)
    if text and not (match and _is_day(match)):
        _refuse(settings, "authority", text, Message("value-invalid.authority-hint"))
    return text


def _refuse(settings: Settings, key: str, text: str, hint: Message) -> None:
    settings.report(Message("value-invalid.is", key=settings.name(key), text=text), settings.place(key), hint)


def _is_day(match: re.Match[str]) -> bool:
    try:
        date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        return False
    return True


def _pages(settings: Settings) -> str:
    text = settings.text("pages", PAGES)
    path = "" if text == "/" else clean_path(text)
    if path is None or not text.startswith("/"):
        _refuse(settings, "pages", text, Message("value-invalid.pages-hint"))
        return PAGES
    return f"/{path}/" if path else "/"


def _language(settings: Settings) -> str:
    text = settings.text("language", "ko")
    if not _LANGUAGE.fullmatch(text):
        _refuse(settings, "language", text, Message("value-invalid.language-hint"))
    return text


def _timezone(settings: Settings) -> str:
    text = settings.text("timezone", "Asia/Seoul")
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of the database is an OSError
        message = Message("value-invalid.timezone", key=settings.name("timezone"), text=text)
        settings.report(message, settings.place("timezone"), Message("value-invalid.timezone-hint"))
    return text


def _publisher(settings: Settings, title: str, base: str) -> Person:
    if isinstance(settings.values.get("publisher"), RawText):
        return Person(name=settings.text("publisher"))
    publisher = settings.section("publisher", _PUBLISHER_KEYS)
    if publisher is None:
        return Person(name=title)
    email = publisher.text("email")
    if email and not _EMAIL.fullmatch(email):
        _refuse(publisher, "email", email, Message("value-invalid.email-hint"))
    name = publisher.text("name", title)
    return Person(name=name, email=email or None, url=_address(publisher, "url", base) or None)


def _retired(settings: Settings, feeds_url: str) -> tuple[str, ...]:
    """Return the paths of feeds that were ended on purpose, seen from `feeds_url`; `*` stands for any text in them."""
    paths = []
    for item in settings.items("retire"):
        path = retired_path(item.text, feeds_url)
        if path is None:
            message = Message("value-invalid.holds", key="retire", text=item.text)
            settings.report(message, item.location, Message("value-invalid.retire-hint"))
        else:
            paths.append(path)
    return tuple(dict.fromkeys(paths))


def retired_path(text: str, feeds_url: str) -> str | None:
    """Return the path of one of our documents, or of several (`*`), named by path or address; None where it is none."""
    base = split_address(feeds_url)
    parts = split_address(text.strip())
    if parts.netloc and parts.netloc.lower() != base.netloc:
        return None
    path = unicodedata.normalize("NFC", unquote(parts.path))
    if parts.netloc:
        path = f"/{path.removeprefix(unquote(base.path))}" if path.startswith(unquote(base.path)) else ""
    query = canonical_query(parts.query)
    if query is None or parts.fragment or not path.startswith("/"):
        return None
    return f"{path}?{query}" if query else path if path.strip("/*") else None


def _indexnow(settings: Settings) -> IndexNow | None:
    section = settings.section("indexnow", _INDEXNOW_KEYS)
    if section is None:
        return None
    section.require("key", Message("config-key.indexnow-hint"))
    key = section.text("key")
    if key and not _INDEXNOW_KEY.fullmatch(key):
        _refuse(section, "key", key, Message("value-invalid.indexnow-hint"))
    endpoints = _told_addresses(section, "endpoints", _INDEXNOW_ENDPOINTS[0])
    return IndexNow(key=key, endpoints=endpoints or _INDEXNOW_ENDPOINTS)


def _told_addresses(settings: Settings, key: str, example: str) -> tuple[str, ...]:
    """Return who is told of changes: by https, so that nobody on the way tells them of changes that are none."""
    addresses = []
    for item in settings.items(key):
        text = without_references(item.text)
        if text != item.text:
            message = Message("address-repaired.here", key=settings.name(key), url=text)
            settings.report(message, item.location)
        address = web_address(text)
        if address is None or not (address.startswith("https:") or is_loopback(address)):
            message = Message("value-invalid.holds", key=settings.name(key), text=item.text)
            settings.report(message, item.location, Message("value-invalid.told-hint", example=example))
        else:
            addresses.append(address)
    return tuple(addresses)
