"""An ordinary article: no byline (so it is the publisher's), its picture in the body, never edited, day known only."""

from datetime import UTC, datetime

from sosik.dates import Precision
from sosik.model import Entry, Image
from sosik.model.values import EntryId

ENTRY = Entry(
    id=EntryId("tag:news.haenuri.example,2010:0123456789abcdef"),
    title="해누리 장터, 아침 여섯 시에 연다",
    published=datetime(2026, 11, 19, 15, 0, tzinfo=UTC),
    published_precision=Precision.DAY,
    link="https://www.haenuri.example/articles/2",
    source="2026/11/장터.md",
    section="경제",
    summary="장터가 여섯 시에 연다.",
    body='<p>장터가 연다.</p><p><img src="https://www.haenuri.example/market.jpg?w=1&amp;h=2" alt="장터"></p>',
    images=(Image(url="https://www.haenuri.example/market.jpg?w=1&h=2"),),
)
