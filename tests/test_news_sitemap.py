"""The news sitemap of a newsroom that publishes more in two days than one sitemap may hold."""

import re
from contextlib import closing

import pytest

from newsrooms import Newsroom, Unpack, at
from sosik.conformance.check import check_path
from sosik.render.sitemap import LIMIT
from sosik.store import open_snapshot

ADDRESS = "https://feeds.test.example"


def articles(count: int) -> str:
    """Return so many articles of one day, the first the newest."""
    times = ((number, divmod(24 * 60 - 1 - number, 60)) for number in range(count))
    return "".join(
        f"-- content/{number}.yaml --\nid: tag:test.example,2010:{number:012}\ntitle: 기사 {number}\n"
        f"published: 2024-01-31 {hour:02}:{minute:02}\nlink: https://www.test.example/{number}\nbody: 글.\n"
        for number, (hour, minute) in times
    )


def locations(made: Newsroom, path: str) -> list[str]:
    return re.findall("<loc>(.*?)</loc>", made.read(path).decode())


@pytest.mark.rule(91)
def test_a_sitemap_of_many_articles_is_split(newsroom: Unpack) -> None:
    """Its address stays; the parts come with the articles and go with them, at a whole build and at an edit."""
    made = newsroom(articles(LIMIT))
    made.build("2024-02-01 09:00")
    assert len(locations(made, "/news-sitemap.xml")) == LIMIT

    made.write(articles(LIMIT + 2))
    made.build("2024-02-01 09:01")
    assert locations(made, "/news-sitemap.xml") == [f"{ADDRESS}/news-sitemap-{part}.xml" for part in (1, 2)]
    everything = [*locations(made, "/news-sitemap-1.xml"), *locations(made, "/news-sitemap-2.xml")]
    assert len(everything) == len(set(everything)) == LIMIT + 2
    assert len(locations(made, "/news-sitemap-1.xml")) == LIMIT
    for part in made.root.glob("public/news-sitemap*.xml"):
        assert check_path(part, judged=at("2024-02-01 09:01")).findings == [], part.name

    made.write("-- content/0.yaml --\n(gone)\n-- content/1.yaml --\n(gone)\n")
    made.build("2024-02-01 09:02", withdrawals=True, deleted=True)
    assert len(locations(made, "/news-sitemap.xml")) == LIMIT
    assert not list(made.root.glob("public/news-sitemap-*.xml"))
    with closing(open_snapshot(made.root / ".sosik")) as snapshot:
        assert snapshot.is_gone("/news-sitemap-2.xml")
