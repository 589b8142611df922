"""A publication, a feed and an entry of an invented town, and the three formats."""

import runpy
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sosik.model import Entry, Feed, Person, Publication

CASES = Path(__file__).parents[1] / "data" / "render"


@pytest.fixture(scope="session")
def publication() -> Publication:
    return Publication(
        title="해누리일보",
        url="https://www.haenuri.example/",
        feeds_url="https://feeds.haenuri.example/",
        authority="news.haenuri.example,2010",
        description="해누리시 사람들의 하루를 기록합니다.",
        publisher=Person(name="해누리일보", email="newsroom@haenuri.example", url="https://www.haenuri.example/"),
        icon="https://www.haenuri.example/icon.png",
        logo="https://www.haenuri.example/logo.png",
        copyright="© 해누리일보",
        hubs=("https://hub.example/",),
        max_age=301,
    )


@pytest.fixture(scope="session")
def feed() -> Feed:
    return Feed(
        name="local",
        title="해누리 동네 소식",
        path="지역 소식",
        id="tag:news.haenuri.example,2010:feed/local",
        updated=datetime(2026, 11, 21, 0, 10, tzinfo=UTC),
        description="동네에서 일어나는 일",
    )


@pytest.fixture(scope="session")
def entry() -> Entry:
    """An article with everything an article can have."""
    found: Entry = runpy.run_path(str(CASES / "corrected.py"))["ENTRY"]
    return found


@pytest.fixture(params=["rss", "atom", "json"])
def format_name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name
