"""Rules of RSS 2.0 (rssboard.org/rss-specification and its best-practices profile)."""

import re
from collections.abc import Iterator

from sosik.conformance.checklist import Level
from sosik.conformance.common import is_iri
from sosik.conformance.document import Check, Document, DocumentFormat, Slip, shown
from sosik.conformance.xml_tree import XmlElement

# Longer texts are no names, and searching them would take long.
_LOOKED_AT = 1000
_MAIL = re.compile(r"[^@\s]+@[^@\s]+")
_STRAY = re.compile(r"<(?![A-Za-z/!?])")
_SHOWN = 20
_VERSION = re.compile(r"\d+\.\d+")
_LARGEST = {"width": 144, "height": 400}
_CHANNEL_ONCE = ("title", "link", "description")
_ITEM_ONCE = ("title", "link", "guid", "pubDate", "description", "content:encoded")


def _channels(document: Document) -> list[XmlElement]:
    return document.xml.all("channel")


def _items(document: Document) -> Iterator[XmlElement]:
    for channel in _channels(document):
        yield from channel.all("item")


def _required(document: Document) -> Iterator[Slip]:
    channels = _channels(document)
    if len(channels) != 1:
        yield Slip(document.place, f"{len(channels)} channels stand in <rss>", "write one <channel>")
    for channel in channels:
        for name in _CHANNEL_ONCE:
            if channel.first(name) is None:
                yield Slip(channel.place, f"channel has no {name}", f"add <{name}>")
            yield from _twice(channel, name)
    for item in _items(document):
        if item.first("title") is None and item.first("description") is None:
            yield Slip(item.place, "an item has neither title nor description", "add <title>")
        for name in _ITEM_ONCE:
            yield from _twice(item, name)


def _empty(document: Document) -> Iterator[Slip]:
    for channel in _channels(document):
        for element in channel.all(*_CHANNEL_ONCE):
            if not element.text.strip():
                yield Slip(element.place, f"{element.name} is empty", "say what it is")


def _twice(parent: XmlElement, name: str) -> Iterator[Slip]:
    elements = parent.all(name)
    if len(elements) > 1:
        yield Slip(elements[1].place, f"{parent.name} has {len(elements)} {name}", "keep one")


def _language(document: Document) -> Iterator[Slip]:
    for channel in _channels(document):
        if not channel.first("language"):
            yield Slip(channel.place, "channel has no language", "add <language>ko</language>")


def _home_page(document: Document) -> Iterator[Slip]:
    others = {link.text for link in document.links if link.name != "alternate"}
    for channel in _channels(document):
        link = channel.first("link")
        if link is not None and link.text.strip() in others:
            yield Slip(link.place, f"the channel's link {shown(link.text)} is an address of the feed or a hub", _HOME)


_HOME = "write the address of the home page"


def _self_type(document: Document) -> Iterator[Slip]:
    for channel in _channels(document):
        for link in channel.all("atom:link"):
            if link.attributes.get("rel") == "self" and "type" not in link.attributes:
                yield Slip(link.place, "the self link has no type", 'write type="application/rss+xml"')


def _metadata_first(document: Document) -> Iterator[Slip]:
    for channel in _channels(document):
        after = False
        for child in channel.children:
            if child.name == "item":
                after = True
            elif after:
                yield Slip(child.place, f"{child.name} stands after an item", "put all items last")
                return


def _generator(document: Document) -> Iterator[Slip]:
    for channel in _channels(document):
        generator, docs = channel.first("generator"), channel.first("docs")
        if generator is not None and _VERSION.search(generator.text[:_LOOKED_AT]):
            yield Slip(generator.place, "the generator tells its version", "its name is enough")
        if docs is not None and docs.text.strip().startswith("http:"):
            yield Slip(docs.place, "docs is no https address", "leave it out")


def _image(document: Document) -> Iterator[Slip]:
    for channel in _channels(document):
        for image in channel.all("image"):
            for name in ("title", "link"):
                own, other = (parent.first(name) for parent in (image, channel))
                if own is None or other is None or own.text.strip() != other.text.strip():
                    yield Slip(image.place, f"the image's {name} is not the channel's", "write the same")
            for name, most in _LARGEST.items():
                size = image.first(name)
                if size is not None and (not size.text.strip().isdecimal() or int(size.text.strip()[:9]) > most):
                    yield Slip(size.place, f"the image's {name} is not {most} or less", "leave it out")


def _permalink(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        guid = item.first("guid")
        if guid is None or guid.attributes.get("isPermaLink") == "false":
            continue
        if not (is_iri(guid.text.strip()) and guid.text.strip().startswith("http")):
            message = f"the guid {shown(guid.text)} is no address and does not say so"
            yield Slip(guid.place, message, 'write <guid isPermaLink="false">')


def _guid(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        guid = item.first("guid")
        if guid is None or not guid.text.strip():
            yield Slip(item.place, "an item has no guid", "add one that never changes")


def _no_second_date(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        date = item.first("dc:date")
        if date is not None and item.first("pubDate"):
            yield Slip(date.place, "dc:date stands beside pubDate", "leave it out; edits are atom:updated")


def _edit_is_atom(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        modified = item.first("dcterms:modified")
        if modified is not None and item.first("atom:updated") is None:
            yield Slip(modified.place, "the edit is told by dcterms:modified alone", "add <atom:updated>, for readers")


def _both_texts(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        order = [child.name for child in item.all("description", "content:encoded")]
        if order[:2] == ["content:encoded", "description"]:
            yield Slip(item.place, "content:encoded stands before description", "put the description first")
        elif order == ["content:encoded"]:
            yield Slip(item.place, "an item has content:encoded and no description", "add a short <description>")


def _description_is_html(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        for description in item.all("description"):
            if stray := _STRAY.search(description.text):
                start = description.text[stray.start() : stray.start() + _SHOWN]
                yield Slip(
                    description.place, f"the description is HTML, and {shown(start)} is no tag", "write &amp;lt;"
                )


def _authors(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        author = item.first("author")
        if author is None:
            continue
        if not _MAIL.search(author.text[:_LOOKED_AT]):
            yield Slip(author.place, f"author {shown(author.text)} has no mail address", "write <dc:creator>")
        elif item.first("dc:creator"):
            yield Slip(author.place, "author stands beside dc:creator", "keep dc:creator")


def _media(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        for group in item.all("media:group"):
            if len(group.all("media:content")) < 2:
                yield Slip(group.place, "media:group holds one picture", "put media:content into the item itself")
        for content in item.all("media:content"):
            type_ = content.attributes.get("type") or content.attributes.get("medium")
            if not content.attributes.get("url") or not type_:
                yield Slip(
                    content.place, "media:content has no url, or neither type nor medium", 'write medium="image"'
                )


def _enclosures(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        enclosures = item.all("enclosure")
        for enclosure in enclosures:
            for name in ("url", "type", "length"):
                if not enclosure.attributes.get(name):
                    yield Slip(enclosure.place, f"the enclosure has no {name}", "an unknown length is 0")
            length = enclosure.attributes.get("length", "0")
            if length and not (length.isascii() and length.isdecimal()):
                yield Slip(enclosure.place, f"the enclosure's length {shown(length, 20)} is no number", "write bytes")
        if len(enclosures) > 1:
            yield Slip(
                enclosures[1].place, "an item has more than one enclosure", "keep one; media:content takes the rest"
            )


def _categories(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        terms = [(category.attributes.get("domain", ""), category.text.strip()) for category in item.all("category")]
        if len(set(terms)) != len(terms):
            yield Slip(item.place, "an item has a category twice", "keep one of each")
        subject = item.first("dc:subject")
        if subject is not None and terms:
            yield Slip(subject.place, "dc:subject stands beside category", "keep category")


def _rights(document: Document) -> Iterator[Slip]:
    for channel in _channels(document):
        if not channel.first("copyright"):
            yield Slip(channel.place, "channel has no copyright", "add <copyright>")


_RSS = frozenset({DocumentFormat.RSS})

CHECKS = (
    Check(5, _RSS, _required),
    Check(5, _RSS, _empty, Level.SHOULD),
    Check(6, _RSS, _language),
    Check(7, _RSS, _home_page),
    Check(8, _RSS, _self_type),
    Check(9, _RSS, _metadata_first),
    Check(15, _RSS, _generator),
    Check(16, _RSS, _image),
    Check(20, _RSS, _permalink),
    Check(22, _RSS, _guid),
    Check(34, _RSS, _edit_is_atom),
    Check(35, _RSS, _no_second_date),
    Check(41, _RSS, _both_texts),
    Check(41, _RSS, _description_is_html),
    Check(46, _RSS, _authors),
    Check(47, _RSS, _media),
    Check(48, _RSS, _enclosures),
    Check(49, _RSS, _categories),
    Check(50, _RSS, _rights),
)
