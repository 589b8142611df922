"""feeds/publication.yaml: what is true of the whole publication."""

import re
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sosik.addresses import (
    base_address,
    clean_path,
    is_loopback,
    joined_address,
    web_address,
)
from sosik.config.dates import date_habits
from sosik.config.settings import Settings
from sosik.model import IndexNow, Person, Publication

_NAMES = """
    title url feeds_url pages language timezone dates authority description publisher icon logo copyright hubs
    indexnow max_age tombstones
    """.split()  # noqa: SIM905 - a name a line would fill half a page
PUBLICATION_KEYS = {**{name: name for name in _NAMES}, "hub": "hubs"}
_PUBLISHER_KEYS = {name: name for name in ("name", "email", "url")}
_INDEXNOW_KEYS = {"key": "key", "endpoints": "endpoints", "endpoint": "endpoints"}
_INDEXNOW_ENDPOINTS = ("https://searchadvisor.naver.com/indexnow",)

# indexnow.org/documentation: 8 to 128 characters of these.
_INDEXNOW_KEY = re.compile(r"[A-Za-z0-9-]{8,128}")

_YEAR = 365 * 86_400

# BCP 47, as far as feeds use it: a language, perhaps a script, a region, variants.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+\.[^\s@<>()\[\],;:\\\".]+")

# RFC 4151, section 2.1: a host or an e-mail address, and a day on which it was the publisher's.
_AUTHORITY = re.compile(
    r"(?:[a-z0-9._-]+@)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*"
    r",(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
)


def read_publication(settings: Settings) -> Publication:
    """Return what a file says of the publication. It is whole only when `settings` collected no problem."""
    settings.require("title", "title: 해누리일보")
    settings.require("url", "url: https://news.example.kr/, the address of the home page")
    settings.require("authority", "authority: news.example.kr,2010: a host, and a year in which it was yours already")
    title = settings.text("title")
    url = _base(settings, "url", "")
    return Publication(
        title=title,
        url=url,
        feeds_url=_base(settings, "feeds_url", url),
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
        max_age=settings.number("max_age", 300, least=1, most=_YEAR),
        tombstones=settings.choice("tombstones", "false", {"true": "true", "false": "false"}) == "true",
    )


def _base(settings: Settings, key: str, default: str) -> str:
    text = settings.text(key)
    if not text:
        return default
    address = base_address(text)
    if address is None:
        wrong = "which holds .., ? or #" if web_address(text) else "which is no http or https address"
        settings.report("value-invalid", key, f"is {text!r}, {wrong}", f"write {key}: https://news.example.kr/")
    return address or default


def _address(settings: Settings, key: str, base: str) -> str:
    """Return the address of a picture, perhaps seen from the home page."""
    text = settings.text(key)
    if not text:
        return ""
    address = joined_address(text, base or "https://news.example.kr/")
    if address is None:
        hint = f"write {key}: https://news.example.kr/…, or a path seen from the home page"
        settings.report("value-invalid", key, f"is {text!r}, which is no http or https address", hint)
    return address or ""


def _authority(settings: Settings) -> str:
    text = settings.text("authority")
    found = _AUTHORITY.fullmatch(text)
    if text and not (found and _is_day(found)):
        hint = "write a host and a day on which it was yours, as in news.example.kr,2010 or news.example.kr,2010-03-01"
        settings.report("value-invalid", "authority", f"is {text!r}", hint)
    return text


def _is_day(found: re.Match[str]) -> bool:
    try:
        date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
    except ValueError:
        return False
    return True


def _pages(settings: Settings) -> str:
    text = settings.text("pages", "/feeds/")
    path = "" if text == "/" else clean_path(text)
    if path is None or not text.startswith("/"):
        settings.report("value-invalid", "pages", f"is {text!r}", "write a path such as /feeds/")
        return "/feeds/"
    return f"/{path}/" if path else "/"


def _language(settings: Settings) -> str:
    text = settings.text("language", "ko")
    if not _LANGUAGE.fullmatch(text):
        settings.report("value-invalid", "language", f"is {text!r}", "write a language tag such as ko or ko-KR")
    return text


def _timezone(settings: Settings) -> str:
    text = settings.text("timezone", "Asia/Seoul")
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of the database is an OSError
        hint = "write a name of the time zone database, such as Asia/Seoul"
        settings.report("value-invalid", "timezone", f"is {text!r}, which is no time zone", hint)
    return text


def _publisher(settings: Settings, title: str, base: str) -> Person:
    if settings.is_text("publisher"):
        return Person(name=settings.text("publisher"))
    publisher = settings.section("publisher", _PUBLISHER_KEYS)
    if publisher is None:
        return Person(name=title)
    email = publisher.text("email")
    if email and not _EMAIL.fullmatch(email):
        publisher.report("value-invalid", "email", f"is {email!r}", "write an e-mail address, or leave it out")
    name = publisher.text("name", title)
    return Person(name=name, email=email or None, url=_address(publisher, "url", base) or None)


def _indexnow(settings: Settings) -> IndexNow | None:
    section = settings.section("indexnow", _INDEXNOW_KEYS)
    if section is None:
        return None
    section.require("key", "key: 8 to 128 letters, digits and hyphens, chosen at random")
    key = section.text("key")
    if key and not _INDEXNOW_KEY.fullmatch(key):
        section.report("value-invalid", "key", f"is {key!r}", "write 8 to 128 letters a-z, digits and hyphens")
    endpoints = _told_addresses(section, "endpoints", _INDEXNOW_ENDPOINTS[0])
    return IndexNow(key=key, endpoints=endpoints or _INDEXNOW_ENDPOINTS)


def _told_addresses(settings: Settings, key: str, example: str) -> tuple[str, ...]:
    """Return who is told of changes: by https, so that nobody on the way tells them of changes that are none."""
    found = []
    for item in settings.items(key):
        address = web_address(item.text)
        if address is None or not (address.startswith("https:") or is_loopback(address)):
            hint = f"write addresses such as {example}"
            settings.report("value-invalid", key, f"holds {item.text!r}", hint, item.location)
        else:
            found.append(address)
    return tuple(found)
