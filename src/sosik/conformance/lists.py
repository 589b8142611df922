"""Rules of the lists beside the feeds: OPML 2.0 (opml.org/spec2.opml) and Google's news sitemap."""

from collections.abc import Iterator
from datetime import timedelta

from sosik.conformance.checklist import Level
from sosik.conformance.document import Check, Document, DocumentFormat, Slip
from sosik.conformance.xml_tree import XmlElement

MOST_ARTICLES = 1000
LASTS = timedelta(days=2)


def _outlines(document: Document) -> Iterator[Slip]:
    body = document.xml.first("body")
    if body is None or document.xml.first("head") is None:
        yield Slip(document.place, "opml has no head or no body", "add <head> and <body>")
        return
    for outline in body.descendants():
        if outline.name == "outline" and not outline.attributes.get("text"):
            yield Slip(outline.place, "an outline has no text", "add text= with the feed's title")
        if outline.attributes.get("type") == "rss" and not outline.attributes.get("xmlUrl"):
            yield Slip(outline.place, "an outline of type rss leads to no feed", "add xmlUrl=")


def _articles(document: Document) -> Iterator[Slip]:
    articles = [news for url in document.xml.all("sitemap:url") for news in url.all("news:news")]
    for url in document.xml.all("sitemap:url"):
        if not url.first("sitemap:loc"):
            yield Slip(url.place, "an address has no loc", "add <loc>")
    for news in articles:
        yield from _article(news)
    if len(articles) > MOST_ARTICLES:
        yield Slip(document.place, f"the sitemap has {len(articles):,} articles", f"keep {MOST_ARTICLES:,}")


def _article(news: XmlElement) -> Iterator[Slip]:
    publication = news.first("news:publication")
    parts = {
        "name": publication and publication.first("news:name"),
        "language": publication and publication.first("news:language"),
        "publication_date": news.first("news:publication_date"),
        "title": news.first("news:title"),
    }
    for name, element in parts.items():
        if element is None or not element.text.strip():
            yield Slip(news.place, f"an article has no news:{name}", f"add <news:{name}>")


def _recent(document: Document) -> Iterator[Slip]:
    """The newest article stands for now: a sitemap lies still where nothing is published."""
    dated = [(item, item.first) for item in document.items if item.first]
    newest = max((first for _, first in dated if first), default=None)
    for item, first in dated:
        if newest and first and newest - first > LASTS:
            yield Slip(item.place, "the article is more than two days older than the newest", "leave it out")


CHECKS = (
    Check(94, frozenset({DocumentFormat.OPML}), _outlines, Level.MUST),
    Check(91, frozenset({DocumentFormat.SITEMAP}), _articles, Level.MUST),
    Check(91, frozenset({DocumentFormat.SITEMAP}), _recent),
)
