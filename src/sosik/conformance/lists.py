"""Rules of the lists beside the feeds: OPML 2.0 (opml.org/spec2.opml) and Google's news sitemap."""

from collections.abc import Iterator
from datetime import timedelta

from sosik.conformance.checklist import Level
from sosik.conformance.document import Check, Document, DocumentFormat, Slip
from sosik.conformance.xml_tree import XmlElement
from sosik.words import Message

MOST_ARTICLES = 1000
LASTS = timedelta(days=2)


def _outlines(document: Document) -> Iterator[Slip]:
    body = document.xml.first("body")
    if body is None or document.xml.first("head") is None:
        yield Slip(document.place, Message("conformance.opml-empty"), Message("conformance.opml-empty-hint"))
        return
    for outline in body.descendants():
        if outline.name == "outline" and not outline.attributes.get("text"):
            message = Message("conformance.outline-without-text")
            yield Slip(outline.place, message, Message("conformance.outline-without-text-hint"))
        if outline.attributes.get("type") == "rss" and not outline.attributes.get("xmlUrl"):
            message = Message("conformance.outline-without-feed")
            yield Slip(outline.place, message, Message("conformance.outline-without-feed-hint"))


def _articles(document: Document) -> Iterator[Slip]:
    articles = [news for url in document.xml.all("sitemap:url") for news in url.all("news:news")]
    for url in document.xml.all("sitemap:url"):
        if not url.first("sitemap:loc"):
            message = Message("conformance.loc-missing")
            yield Slip(url.place, message, Message("conformance.add-element", name="loc"))
    for news in articles:
        yield from _article(news)
    if len(articles) > MOST_ARTICLES:
        message = Message("conformance.many-articles", count=len(articles))
        yield Slip(document.place, message, Message("conformance.many-articles-hint", most=MOST_ARTICLES))


def _article(news: XmlElement) -> Iterator[Slip]:
    publication = news.first("news:publication")
    parts = {
        "news:name": publication and publication.first("news:name"),
        "news:language": publication and publication.first("news:language"),
        "news:publication_date": news.first("news:publication_date"),
        "news:title": news.first("news:title"),
    }
    for name, element in parts.items():
        if element is None or not element.text.strip():
            message = Message("conformance.article-without", name=name)
            yield Slip(news.place, message, Message("conformance.add-element", name=name))


def _recent(document: Document) -> Iterator[Slip]:
    """The newest article stands for now: a sitemap lies still where nothing is published."""
    dated = [(item, item.first) for item in document.items if item.first]
    newest = max((first for _, first in dated if first), default=None)
    for item, first in dated:
        if newest and first and newest - first > LASTS:
            yield Slip(item.place, Message("conformance.article-old"), Message("conformance.leave-out"))


CHECKS = (
    Check(94, frozenset({DocumentFormat.OPML}), _outlines, Level.MUST),
    Check(91, frozenset({DocumentFormat.SITEMAP}), _articles, Level.MUST),
    Check(91, frozenset({DocumentFormat.SITEMAP}), _recent),
)
