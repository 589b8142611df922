"""Rules of RSS 2.0 (rssboard.org/rss-specification and its best-practices profile)."""

from collections.abc import Iterator

from sosik.conformance.checklist import Level
from sosik.conformance.common import is_iri
from sosik.conformance.document import Check, Document, DocumentFormat, Slip, shown
from sosik.conformance.xml_tree import XmlElement
from sosik.patterns import pattern
from sosik.words import Message

# Longer texts are no names, and searching them would take long.
_LOOKED_AT = 1000
_MAIL = pattern(r"[^@\s]@[^@\s]")
_STRAY = pattern(r"<(?![A-Za-z/!?])")
_SHOWN = 20
_VERSION = pattern(r"\d\.\d")
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
        message = Message("conformance.channels", count=len(channels))
        yield Slip(document.place, message, Message("conformance.channels-hint"))
    for channel in channels:
        for name in _CHANNEL_ONCE:
            if channel.first(name) is None:
                message = Message("conformance.element-missing", owner="channel", name=name)
                yield Slip(channel.place, message, Message("conformance.add-element", name=name))
            yield from _twice(channel, name)
    for item in _items(document):
        if item.first("title") is None and item.first("description") is None:
            message = Message("conformance.item-untitled")
            yield Slip(item.place, message, Message("conformance.add-element", name="title"))
        for name in _ITEM_ONCE:
            yield from _twice(item, name)


def _empty(document: Document) -> Iterator[Slip]:
    for channel in _channels(document):
        for element in channel.all(*_CHANNEL_ONCE):
            if not element.text.strip():
                message = Message("conformance.element-empty", name=element.name)
                yield Slip(element.place, message, Message("conformance.element-empty-hint"))


def _twice(parent: XmlElement, name: str) -> Iterator[Slip]:
    elements = parent.all(name)
    if len(elements) > 1:
        message = Message("conformance.element-repeated", owner=parent.name, count=len(elements), name=name)
        yield Slip(elements[1].place, message, Message("conformance.keep-one"))


def _language(document: Document) -> Iterator[Slip]:
    for channel in _channels(document):
        if not channel.first("language"):
            message = Message("conformance.element-missing", owner="channel", name="language")
            yield Slip(channel.place, message, Message("conformance.rss-language-hint"))


def _home_page(document: Document) -> Iterator[Slip]:
    others = {link.text for link in document.links if link.name != "alternate"}
    for channel in _channels(document):
        link = channel.first("link")
        if link is not None and link.text.strip() in others:
            message = Message("conformance.home-page", address=shown(link.text))
            yield Slip(link.place, message, Message("conformance.home-page-hint"))


def _self_type(document: Document) -> Iterator[Slip]:
    for channel in _channels(document):
        for link in channel.all("atom:link"):
            if link.attributes.get("rel") == "self" and "type" not in link.attributes:
                yield Slip(link.place, Message("conformance.self-type"), Message("conformance.self-type-hint"))


def _metadata_first(document: Document) -> Iterator[Slip]:
    for channel in _channels(document):
        after = False
        for child in channel.children:
            if child.name == "item":
                after = True
            elif after:
                message = Message("conformance.after-item", name=child.name)
                yield Slip(child.place, message, Message("conformance.after-item-hint"))
                return


def _generator(document: Document) -> Iterator[Slip]:
    for channel in _channels(document):
        generator, docs = channel.first("generator"), channel.first("docs")
        if generator is not None and _VERSION.search(generator.text[:_LOOKED_AT]):
            message = Message("conformance.generator-version")
            yield Slip(generator.place, message, Message("conformance.generator-version-hint"))
        if docs is not None and docs.text.strip().startswith("http:"):
            yield Slip(docs.place, Message("conformance.docs-not-https"), Message("conformance.leave-out"))


def _image(document: Document) -> Iterator[Slip]:
    for channel in _channels(document):
        for image in channel.all("image"):
            for name in ("title", "link"):
                own, other = (parent.first(name) for parent in (image, channel))
                if own is None or other is None or own.text.strip() != other.text.strip():
                    message = Message("conformance.image-differs", name=name)
                    yield Slip(image.place, message, Message("conformance.image-differs-hint"))
            for name, most in _LARGEST.items():
                size = image.first(name)
                if size is not None and (not size.text.strip().isdecimal() or int(size.text.strip()[:9]) > most):
                    message = Message("conformance.image-large", name=name, most=most)
                    yield Slip(size.place, message, Message("conformance.leave-out"))


def _permalink(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        guid = item.first("guid")
        if guid is None or guid.attributes.get("isPermaLink") == "false":
            continue
        if not (is_iri(guid.text.strip()) and guid.text.strip().startswith("http")):
            message = Message("conformance.guid-no-address", guid=shown(guid.text))
            yield Slip(guid.place, message, Message("conformance.guid-no-address-hint"))


def _guid(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        guid = item.first("guid")
        if guid is None or not guid.text.strip():
            yield Slip(item.place, Message("conformance.guid-missing"), Message("conformance.guid-missing-hint"))


def _no_second_date(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        date = item.first("dc:date")
        if date is not None and item.first("pubDate"):
            yield Slip(date.place, Message("conformance.second-date"), Message("conformance.second-date-hint"))


def _edit_is_atom(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        modified = item.first("dcterms:modified")
        if modified is not None and item.first("atom:updated") is None:
            message = Message("conformance.edit-not-atom")
            yield Slip(modified.place, message, Message("conformance.edit-not-atom-hint"))


def _both_texts(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        order = [child.name for child in item.all("description", "content:encoded")]
        if order[:2] == ["content:encoded", "description"]:
            message = Message("conformance.description-second")
            yield Slip(item.place, message, Message("conformance.description-second-hint"))
        elif order == ["content:encoded"]:
            message = Message("conformance.description-missing")
            yield Slip(item.place, message, Message("conformance.description-missing-hint"))


def _description_is_html(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        for description in item.all("description"):
            if stray := _STRAY.search(description.text):
                start = description.text[stray.start() : stray.start() + _SHOWN]
                message = Message("conformance.description-stray", text=shown(start))
                yield Slip(description.place, message, Message("conformance.description-stray-hint"))


def _authors(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        apart = [creator for creator in item.all("dc:creator") if "," not in creator.text[:_LOOKED_AT]]
        if len(apart) > 1:
            message = Message("conformance.author-apart", count=len(apart))
            names = ", ".join(creator.text.strip() for creator in apart[:2])
            yield Slip(apart[1].place, message, Message("conformance.author-apart-hint", names=shown(names)))
        author = item.first("author")
        if author is None:
            continue
        if not _MAIL.search(author.text[:_LOOKED_AT]):
            message = Message("conformance.author-no-mail", author=shown(author.text))
            yield Slip(author.place, message, Message("conformance.author-no-mail-hint"))
        elif item.first("dc:creator"):
            yield Slip(author.place, Message("conformance.author-twice"), Message("conformance.author-twice-hint"))


def _media(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        for group in item.all("media:group"):
            if len(group.all("media:content")) < 2:
                message = Message("conformance.media-group")
                yield Slip(group.place, message, Message("conformance.media-group-hint"))
        for content in item.all("media:content"):
            type_ = content.attributes.get("type") or content.attributes.get("medium")
            if not content.attributes.get("url") or not type_:
                message = Message("conformance.media-incomplete")
                yield Slip(content.place, message, Message("conformance.media-incomplete-hint"))


def _enclosures(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        enclosures = item.all("enclosure")
        for enclosure in enclosures:
            for name in ("url", "type", "length"):
                if not enclosure.attributes.get(name):
                    message = Message("conformance.enclosure-without", name=name)
                    yield Slip(enclosure.place, message, Message("conformance.enclosure-without-hint"))
            length = enclosure.attributes.get("length", "0")
            if length and not (length.isascii() and length.isdecimal()):
                message = Message("conformance.enclosure-length", length=shown(length, 20))
                yield Slip(enclosure.place, message, Message("conformance.enclosure-length-hint"))
        if len(enclosures) > 1:
            message = Message("conformance.enclosures")
            yield Slip(enclosures[1].place, message, Message("conformance.enclosures-hint"))


def _categories(document: Document) -> Iterator[Slip]:
    for item in _items(document):
        terms = [(category.attributes.get("domain", ""), category.text.strip()) for category in item.all("category")]
        if len(set(terms)) != len(terms):
            yield Slip(item.place, Message("conformance.category-repeated"), Message("conformance.keep-one-of-each"))
        subject = item.first("dc:subject")
        if subject is not None and terms:
            yield Slip(subject.place, Message("conformance.subject"), Message("conformance.subject-hint"))


def _rights(document: Document) -> Iterator[Slip]:
    for channel in _channels(document):
        if not channel.first("copyright"):
            message = Message("conformance.element-missing", owner="channel", name="copyright")
            yield Slip(channel.place, message, Message("conformance.add-element", name="copyright"))


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
