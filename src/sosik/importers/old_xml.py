"""RSS, RDF and Atom of old feeds: feedparser reads the structure, well-formed or not.

Ids and addresses stay unchanged (feedparser repairs them and makes them absolute). Dates stay text (it reads
`2024.01.16` as 1 November), each with its element. For this its handlers are replaced. They are not a public interface,
so pyproject.toml limits its version, and `tests/importers/test_feeds.py` fails when one of them changes.
"""

import io
import re
import time
import xml.sax
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from enum import Enum, auto
from functools import cache
from html import unescape
from typing import Any

from sosik.addresses import joined
from sosik.errors import ImportingError
from sosik.importers.old_items import OldFeed, OldItem, OldPerson, OldPicture, OldText
from sosik.patterns import pattern
from sosik.words import Message

MOST_DEPTH = 100
"""Elements inside each other."""

MOST_SECONDS = 30
"""Seconds of processor time for one file."""

MOST_ATTRIBUTES = 1000
"""Attributes of one element: looking each up takes as long as there are others."""

MOST_LOOSE = 16 * 1024 * 1024
"""Bytes of a file that is not well-formed: repairing takes many times as long."""

MOST_REFERENCES = 1_000_000
"""Ampersands of such a file: each is read on its own, which takes a microsecond and 90 bytes until its element ends."""

_PUBLISHED = ("pubdate", "published", "issued", "dcterms_issued", "dc_date", "created", "dcterms_created")
_UPDATED = ("updated", "modified", "dcterms_modified", "update", "lastbuilddate")
"""The elements that hold a date, the best first, as feedparser names their handlers."""

_HTML = ("text/html", "application/xhtml+xml")
_TAG = pattern(r"<(?:/?[A-Za-z][^<>]{0,1000}|!--[^<>]{0,1000}--)>")
_TAG_OF_TITLE = pattern(
    r"</?(?:b|i|u|s|em|strong|font|span|br|sub|sup|a|p|mark|small|big)(?:\s[^<>]{0,300})?/?>", re.IGNORECASE
)
"""The tags that titles of RSS carry; `<속보>` is none."""

_AMPERSAND = pattern(r"&(?!#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,30};)")

_TWICE = pattern(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


class TitleSpelling(Enum):
    """How titles are written: as text, as HTML (RSS says neither, and most systems mean HTML), or as `type` says."""

    PLAIN = auto()
    HTML = auto()
    AS_SAID = auto()


def read_xml(data: bytes, name: str) -> OldFeed:
    """Return what an XML feed says; *data* is UTF-8 without declaration and document type.

    Raises ImportingError, naming the file, for what is no feed, nested too deep or takes too long.
    """
    parser = _strict(data, name)
    if parser is None:
        if len(data) > MOST_LOOSE:
            raise ImportingError(Message("importers.feed-loose", file=name, most=MOST_LOOSE // 1024**2))
        if data.count(b"&") > MOST_REFERENCES:
            raise ImportingError(Message("importers.feed-references", file=name, most=MOST_REFERENCES))
        parser = _parsers()[1]("", None, "utf-8", {})
        _prepare(parser, name, depth=None)
        try:
            parser.feed(_with_plain_ampersands(data.decode("utf-8")))
        except (ValueError, LookupError, TypeError, AssertionError) as error:  # what no one foresaw that repairs it
            raise ImportingError(Message("importers.feed-broken", file=name)) from error
    parser.old_take()
    if not parser.version and not parser.old_items and "title" not in parser.feeddata:
        raise ImportingError(Message("importers.no-feed", file=name))
    return _feed(parser)


def _strict(data: bytes, name: str) -> Any:
    """Return the parser after it read well-formed XML, None where it is not that."""
    parser = _parsers()[0]("", None, "utf-8")
    _prepare(parser, name, depth=MOST_DEPTH)
    reader = xml.sax.make_parser()  # noqa: S317 - there are no entities: text_of and without_doctype saw to it
    reader.setFeature(xml.sax.handler.feature_namespaces, True)
    reader.setFeature(xml.sax.handler.feature_external_ges, False)
    reader.setContentHandler(parser)
    reader.setErrorHandler(parser)
    source = xml.sax.xmlreader.InputSource()
    source.setEncoding("utf-8")  # whatever is declared
    source.setByteStream(io.BytesIO(data))
    try:
        reader.parse(source)
    except (xml.sax.SAXException, ValueError, LookupError):
        return None
    return parser


def _prepare(parser: Any, name: str, *, depth: int | None) -> None:
    parser.resolve_relative_uris = parser.sanitize_html = False
    parser.encoding = ""  # with utf-8 it would repair texts that happen to look misread
    parser.old_items, parser.old_name, parser.old_depth = [], name, depth
    parser.old_count, parser.old_end = 0, time.process_time() + MOST_SECONDS


def _with_plain_ampersands(text: str) -> str:
    """Return XML in which ampersands that begin no reference are escaped: `R&D` would become `R&D;`."""
    first, *sections = text.split("<![CDATA[")
    parts = [_AMPERSAND.sub("&amp;", first)]
    for section in sections:
        inside, end, behind = section.partition("]]>")
        parts.append(f"<![CDATA[{inside}{end}{_AMPERSAND.sub('&amp;', behind)}")
    return "".join(parts)


class _Keeping:
    """Goes in front of feedparser's own parsers, whose methods it replaces. What has `old_` in its name is ours."""

    def resolve_uri(self: Any, uri: str) -> str:
        if not self.baseuri or "://" in uri:
            return uri
        return joined(self.baseuri, uri) or uri

    def old_look_at_clock(self: Any) -> None:
        """Raise ImportingError where a file takes too long. Between two looks there is one tag or piece of text, which
        takes as long as it is long."""
        self.old_count += 1
        if not self.old_count % 256 and time.process_time() > self.old_end:
            raise ImportingError(Message("importers.feed-slow", file=self.old_name, most=MOST_SECONDS))

    def startElementNS(self: Any, name: Any, qname: Any, attrs: Any) -> None:  # noqa: N802 - its name in SAX
        if len(attrs) > MOST_ATTRIBUTES:
            raise ImportingError(Message("importers.feed-attributes", file=self.old_name, most=MOST_ATTRIBUTES))
        super().startElementNS(name, qname, attrs)  # type: ignore[misc]

    def unknown_starttag(self: Any, tag: str, attrs: Any) -> None:
        self.old_look_at_clock()
        if self.old_depth is not None and self.depth >= self.old_depth:
            raise ImportingError(Message("importers.feed-depth", file=self.old_name, most=self.old_depth))
        super().unknown_starttag(tag, attrs)  # type: ignore[misc]

    def handle_data(self: Any, text: str, *escape: Any, **escaping: Any) -> None:
        self.old_look_at_clock()
        super().handle_data(text, *escape, **escaping)  # type: ignore[misc]

    def handle_charref(self: Any, ref: str) -> None:
        with suppress(ValueError, OverflowError):  # it stands for no character
            super().handle_charref(ref)  # type: ignore[misc]

    def old_end_of(self: Any, element: str) -> str:
        """Leave an element; return its text as it stands there."""
        if not self.elementstack or self.elementstack[-1][0] != element:
            return ""
        pieces = (piece.decode() if isinstance(piece, bytes) else piece for piece in self.elementstack[-1][2])
        text = "".join(pieces)
        self.pop(element)
        is_decoded = self.old_depth is not None  # of what is not well-formed, references are still to be read
        return (text if is_decoded else unescape(text)).strip()

    def _start_guid(self: Any, attributes: dict[str, str]) -> None:
        self._get_context()["old_permalink"] = attributes.get("ispermalink", "true").strip().lower() != "false"
        self._start_id(attributes)

    def _start_id(self: Any, attributes: dict[str, str]) -> None:  # noqa: ARG002 - feedparser's signature
        self.guidislink = False
        self.push("id", True)

    def _end_id(self: Any) -> None:
        if text := self.old_end_of("id"):
            self._get_context()["id"] = text

    _end_guid = _end_id

    def _end_link(self: Any) -> None:
        if text := self.old_end_of("link"):
            self._get_context()["link"] = self.resolve_uri(text)

    def _start_item(self: Any, attributes: dict[str, str]) -> None:
        self.old_take()
        super()._start_item(attributes)  # type: ignore[misc]

    _start_entry = _start_item

    def _end_item(self: Any) -> None:
        super()._end_item()  # type: ignore[misc]
        self.old_take()

    _end_entry = _end_item

    def old_take(self: Any) -> None:
        """Make an item of what was read last, also where nothing closed it, and let go of all else about it."""
        if self.entries:
            is_ours = self.feeddata.get("generator") == "sosik"
            is_atom = str(self.version).startswith("atom")
            spelled = TitleSpelling.AS_SAID if is_atom else TitleSpelling.PLAIN if is_ours else TitleSpelling.HTML
            self.old_items.append(_item(self.entries[-1], spelled))
        self.entries.clear()
        self.property_depth_map.clear()

    def old_begin_of_picture_text(self: Any, attributes: dict[str, str]) -> None:  # noqa: ARG002 - same
        self.push("old_picture_text", True)

    _start_media_title = _start_media_description = _start_media_credit = old_begin_of_picture_text

    def _end_media_title(self: Any) -> None:
        self.old_end_of("old_picture_text")

    def _end_media_description(self: Any) -> None:
        self.old_tell_picture("old_caption")

    def _end_media_credit(self: Any) -> None:
        self.old_tell_picture("old_credit")

    def old_tell_picture(self: Any, key: str) -> None:
        text = self.old_end_of("old_picture_text")
        for picture in self._get_context().get("media_content", ())[-1:]:
            picture.setdefault(key, text)


def _date_handlers(element: str) -> Iterable[tuple[str, Callable[..., None]]]:
    """The two handlers of an element that holds a date: its text is kept under a key of its own."""
    key = f"old_{element}"

    def start(self: Any, attributes: Mapping[str, str]) -> None:  # noqa: ARG001 - feedparser's signature
        self.push(key, True)

    def end(self: Any) -> None:
        if text := self.old_end_of(key):
            self._get_context()[f"{key}_text"] = text

    return ((f"_start_{element}", start), (f"_end_{element}", end))


@cache
def _parsers() -> tuple[Any, Any]:
    """feedparser's parser of well-formed XML, and that of all else, with our handlers in front."""
    from feedparser.api import LooseFeedParser, StrictFeedParser

    handlers = dict(handler for element in (*_PUBLISHED, *_UPDATED) for handler in _date_handlers(element))
    dates = type("Dates", (_Keeping,), handlers)
    return type("Strict", (dates, StrictFeedParser), {}), type("Loose", (dates, LooseFeedParser), {})


def _feed(parser: Any) -> OldFeed:
    said, links = parser.feeddata, parser.feeddata.get("links", ())
    return OldFeed(
        format=str(parser.version or "xml"),
        title=_title(said, TitleSpelling.PLAIN if said.get("generator") == "sosik" else TitleSpelling.HTML)[0],
        description=str(said.get("subtitle", "")),
        language=str(said.get("language", "")),
        link=str(said.get("link", "")),
        id=str(said.get("id", "")),
        self_link=next((str(link.get("href", "")) for link in links if link.get("rel") == "self"), ""),
        generator=str(said.get("generator", "")),
        published=_date(said, _PUBLISHED),
        updated=_date(said, _UPDATED),
        items=tuple(parser.old_items),
    )


def _item(entry: Any, spelled: TitleSpelling) -> OldItem:
    title, twice = _title(entry, spelled)
    content = _content(entry)
    summary = _text(entry.get("summary_detail")) or _text({"value": entry.get("summary", ""), "type": "text/html"})
    links = entry.get("links", ())
    alternate = next((link["href"] for link in links if link.get("rel") == "alternate" and link.get("href")), "")
    return OldItem(
        id=entry.get("id") or None,
        is_permalink=entry.get("old_permalink") if entry.get("id") else None,
        link=str(entry.get("link") or alternate),
        title=title,
        title_twice=twice,
        published=_date(entry, _PUBLISHED),
        updated=_date(entry, _UPDATED),
        summary=None if content and summary and content.text == summary.text else summary,
        content=content,
        authors=tuple(_people(entry)),
        categories=tuple(
            dict.fromkeys(
                str(name) for tag in entry.get("tags", ()) if (name := tag.get("label") or tag.get("term") or "")
            )
        ),
        pictures=tuple(_pictures(entry)),
        language=str(entry.get("language", "")),
    )


def _title(said: Any, spelled: TitleSpelling) -> tuple[str, bool]:
    """The title as plain text, and whether it was escaped twice, which titles of RSS often are."""
    title, twice = str(said.get("title", "")), False
    if spelled is TitleSpelling.HTML:
        title = _without_cdata(title)
        twice = bool(_TWICE.search(title))
        title = _TAG_OF_TITLE.sub("", title)
        title = unescape(title) if twice else title
    elif spelled is TitleSpelling.AS_SAID and said.get("title_detail", {}).get("type", "") in _HTML:
        title = unescape(_TAG.sub("", title))
    return " ".join(title.split()), twice


def _content(entry: Any) -> OldText | None:
    """The richest of the contents that are texts."""
    texts = [text for content in entry.get("content", ()) if (text := _text(content)) is not None]
    return max(texts, key=lambda text: len(text.text), default=None)


def _text(detail: Any) -> OldText | None:
    kind = str(detail.get("type", "")) if detail else ""
    if not detail or not detail.get("value") or not (kind in _HTML or kind.startswith("text/")):
        return None
    text, is_html = str(detail["value"]), kind in _HTML
    return OldText(text=_without_cdata(text) if is_html else text, is_html=is_html)


def _without_cdata(text: str) -> str:
    """Return a text without the marks of a CDATA section within another: in HTML they would hide what they hold."""
    return text.replace("<![CDATA[", "").replace("]]>", "") if "<![CDATA[" in text else text


def _date(said: Any, elements: Iterable[str]) -> str | None:
    return next((said[key] for element in elements if (key := f"old_{element}_text") in said), None)


def _people(entry: Any) -> Iterable[OldPerson]:
    people = (
        OldPerson(name=str(author.get("name", "")), email=str(author.get("email", "")), url=str(author.get("href", "")))
        for author in entry.get("authors", ())
    )
    return dict.fromkeys(person for person in people if person.name or person.email)


def _pictures(entry: Any) -> Iterable[OldPicture]:
    pictures = {}
    for media in entry.get("media_content", ()):
        if media.get("url") and (media.get("medium") == "image" or str(media.get("type", "")).startswith("image/")):
            caption, credit = str(media.get("old_caption", "")), str(media.get("old_credit", ""))
            pictures[media["url"]] = OldPicture(url=media["url"], caption=caption, credit=credit)
    for link in entry.get("links", ()):
        if link.get("rel") == "enclosure" and str(link.get("type", "")).startswith("image/") and link.get("href"):
            pictures.setdefault(link["href"], OldPicture(url=link["href"]))
    return pictures.values()
