"""The lists beside the feeds: OPML for readers, the news sitemap for search engines."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from lxml import etree
from msgspec.structs import replace

from sosik.dates import Precision
from sosik.model import Entry, Feed, FormatName, Publication
from sosik.render.opml import feeds_opml
from sosik.render.pages import FeedGroup
from sosik.render.sitemap import LIMIT, news_sitemap

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def parsed(xml: bytes) -> Any:
    return etree.fromstring(xml)


@pytest.mark.rule(94)
def test_opml_lists_the_feeds_in_their_groups(publication: Publication, feed: Feed) -> None:
    root = replace(feed, path="", title="전체 <모두> & '하나'", description="")
    groups = [
        FeedGroup(kind="root", title="전체", feeds=(root,)),
        FeedGroup(kind="section", title="섹션별", feeds=(feed, replace(feed, path="b", formats=(FormatName.ATOM,)))),
    ]
    alone, family = parsed(feeds_opml(publication, groups)).find("body")
    assert dict(alone.attrib) == {
        "type": "rss",
        "text": "전체 <모두> & '하나'",
        "title": "전체 <모두> & '하나'",
        "language": "ko",
        "xmlUrl": "https://feeds.haenuri.example/rss.xml",
        "htmlUrl": "https://www.haenuri.example/",
    }
    assert family.get("text") == family.get("title") == "섹션별"
    assert [one.get("title") for one in family] == [feed.title] * 2
    assert [one.get("xmlUrl").rpartition("/")[2] for one in family] == ["rss.xml", "atom.xml"]
    assert [one.get("description") for one in family] == [feed.description] * 2


@pytest.mark.rule(91)
def test_the_news_sitemap_tells_what_google_asks_for(publication: Publication, entry: Entry) -> None:
    (url,) = parsed(news_sitemap(publication, [entry], now=entry.published))
    assert url.findtext(f"{SITEMAP}loc") == entry.link
    assert url.findtext(f"{SITEMAP}lastmod") == "2026-11-21T09:10:00+09:00"
    news = url.find(f"{NEWS}news")
    assert [(child.tag.removeprefix(NEWS), child.text) for child in news.iter() if child.text] == [
        ("name", "해누리일보"),
        ("language", "ko"),
        ("publication_date", "2026-11-20T15:20:11+09:00"),
        ("title", entry.title),
    ]


@pytest.mark.rule(91)
def test_the_news_sitemap_holds_two_days(publication: Publication, entry: Entry) -> None:
    """What is older has left it, what is not yet published is not in it; it may be empty."""

    def found(age: timedelta) -> int:
        return len(parsed(news_sitemap(publication, [entry], now=entry.published + age)))

    ages = [timedelta(seconds=-1), timedelta(0), timedelta(days=2, seconds=-1), timedelta(days=2)]
    assert [found(age) for age in ages] == [0, 1, 1, 0]


@pytest.mark.rule(91)
def test_the_news_sitemap_never_holds_more_than_it_may(publication: Publication, entry: Entry) -> None:
    assert len(parsed(news_sitemap(publication, [entry] * (LIMIT + 1), now=entry.published))) == LIMIT


def test_a_day_is_a_day_in_the_news_sitemap(publication: Publication, entry: Entry) -> None:
    day = replace(entry, published_precision=Precision.DAY, updated=None)
    (url,) = parsed(news_sitemap(publication, [day], now=entry.published))
    assert url.findtext(f".//{NEWS}publication_date") == "2026-11-20"


@pytest.mark.parametrize("timezone", ["Pacific/Auckland", "Asia/Seoul", "America/New_York"])
def test_the_day_is_that_of_the_publication(publication: Publication, entry: Entry, timezone: str) -> None:
    """Where it lies east of Seoul, its day begins while Seoul still has the day before."""
    midnight = datetime(2026, 11, 20, tzinfo=ZoneInfo(timezone))
    day = replace(entry, published=midnight.astimezone(UTC), published_precision=Precision.DAY, updated=None)
    (url,) = parsed(news_sitemap(replace(publication, timezone=timezone), [day], now=midnight))
    assert url.findtext(f".//{NEWS}publication_date") == "2026-11-20"
