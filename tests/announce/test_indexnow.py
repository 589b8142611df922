"""Search engines are told of new, edited and withdrawn articles on our own hosts, once they see the key."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from announce.listeners import Listener, deployed, listening
from newsrooms import ARTICLE, Newsroom, Unpack
from sosik.announce.protocols import MOST_URLS, IndexNowTelling
from sosik.announce.visibility import Visibility
from sosik.model import IndexNow, Person, Publication
from sosik.store import AnnouncementRow

KEY = "0123456789abcdef"
PAGE = "articles/aaaaaaaaaaaa/"


@dataclass
class Told:
    """A newsroom whose files lie at `site`, and a search engine's endpoint."""

    made: Newsroom
    engine: Listener
    site: str
    web: Path

    def build(self, *options: str) -> list[str]:
        """Build and upload; return the articles that the search engine was told of, below the site's address."""
        self.made.sosik("build", "--output", self.web, *options)
        found = [json.loads(body) for body in self.engine.bodies]
        self.engine.bodies.clear()
        assert all(body["key"] == KEY and f"http://{body['host']}/" == self.site for body in found)
        return [link.removeprefix(self.site) for body in found for link in body["urlList"]]


@pytest.fixture
def told(newsroom: Unpack, tmp_path: Path) -> Iterator[Told]:
    with deployed(tmp_path / "web") as site, listening() as engine:
        made = newsroom()
        made.write(f"""\
-- feeds/publication.yaml --
title: 시험일보
url: {site}
authority: test.example,2010
indexnow:
  key: {KEY}
  endpoints: ["{engine.address}indexnow"]
""")
        yield Told(made, engine, site, tmp_path / "web")


@pytest.mark.rule(90)
def test_new_edited_and_withdrawn_articles_are_told_once(told: Told) -> None:
    told.made.write(
        f"-- content/cms.yaml --\nid: cms\ntitle: 둘\nlink: {told.site}news/7\npublished: 2024-01-15 09:00\nbody: 둘.\n"
    )
    assert told.build() == [PAGE, "news/7"]
    assert told.build() == []
    assert told.engine.types == ["application/json; charset=utf-8"]

    told.made.write(f"-- content/first.yaml --\n{ARTICLE.replace('본문', '고친 본문')}")
    assert told.build() == [PAGE]

    told.made.write("-- content/first.yaml --\n(gone)")
    assert told.build() == []
    assert told.build("--withdraw-now") == [PAGE]


def test_the_key_is_a_document(told: Told) -> None:
    told.build()

    assert (told.web / f"{KEY}.txt").read_text("ascii") == KEY


def test_articles_on_other_hosts_are_not_ours_to_tell(told: Told) -> None:
    told.made.write(f"-- content/first.yaml --\n{ARTICLE}link: https://elsewhere.example/1\n")

    assert told.build() == []


@pytest.mark.rule(90)
def test_without_the_key_at_the_host_nothing_is_told(told: Told) -> None:
    """An endpoint would answer 403 and may blame the host for it."""
    told.made.sosik("build")
    shutil.copytree(told.made.root / "public", told.web, dirs_exist_ok=True)
    (told.web / f"{KEY}.txt").write_text("something else", "ascii")

    assert f"{KEY}.txt does not contain the key" in told.made.sosik("announce", status=1)
    assert told.engine.bodies == []


@pytest.mark.rule(90)
def test_too_many_requests_are_waited_out(told: Told) -> None:
    told.engine.status, told.engine.headers = 429, {"Retry-After": "Fri, 31 Dec 2999 23:59:59 GMT"}
    assert told.build() == [PAGE]
    told.engine.status = 200

    printed = told.made.sosik("announce", status=1)

    assert "response 429 Too Many Requests" in printed
    assert "asked to wait until" in printed
    assert told.engine.bodies == []


def publication(**fields: str) -> Publication:
    given = {"url": "https://www.a.example/", "feeds_url": "https://www.a.example/", **fields}
    return Publication(title="가", authority="a.example,2010", publisher=Person(name="가"), **given)  # type: ignore[arg-type]  # only texts are given


def row(url: str) -> AnnouncementRow:
    return AnnouncementRow(target="https://engine.example/", url=url, protocol="indexnow", since=0)


@pytest.mark.rule(90)
def test_a_request_holds_no_more_articles_than_the_protocol_allows() -> None:
    telling = IndexNowTelling(publication(), IndexNow(key=KEY, endpoints=()), Visibility({}, lambda _: None))
    rows = [row(f"https://www.a.example/{number}") for number in range(MOST_URLS + 1)]

    assert [len(batch) for batch in telling.batches([*rows, row("https://feeds.a.example/1")])] == [1, MOST_URLS, 1]


@pytest.mark.parametrize(
    ("feeds_url", "article", "key"),
    [
        ("https://www.a.example/", "https://www.a.example/news/1", f"https://www.a.example/{KEY}.txt"),
        ("https://feeds.a.example/", "https://feeds.a.example/articles/a/", f"https://feeds.a.example/{KEY}.txt"),
        ("https://feeds.a.example/", "https://www.a.example/news/1", f"https://www.a.example/{KEY}.txt"),
        ("https://www.a.example/rss/", "https://www.a.example/news/1", f"https://www.a.example/{KEY}.txt"),
        ("https://www.a.example/rss/", "https://www.a.example/rss/articles/a/", f"https://www.a.example/rss/{KEY}.txt"),
    ],
)
def test_where_the_key_is_said_to_lie(feeds_url: str, article: str, key: str) -> None:
    """A key vouches for what lies below its own folder on its own host, no more (indexnow.org/documentation)."""
    telling = IndexNowTelling(
        publication(feeds_url=feeds_url), IndexNow(key=KEY, endpoints=()), Visibility({}, lambda _: None)
    )

    body = json.loads(telling.body([row(article)]))

    assert body["keyLocation"] == key
