"""An imported article whose old feed gave no guid: its id is its link, and RSS may say so."""

from datetime import UTC, datetime

from sosik.model import Entry, Person
from sosik.model.values import EntryId

ENTRY = Entry(
    id=EntryId("https://www.haenuri.example/articles/7"),
    title="강변 &amp; &lt;b&gt; 그대로",
    published=datetime(2023, 6, 30, 23, 59, 59, tzinfo=UTC),
    link="https://www.haenuri.example/articles/7",
    source="old/7.yaml",
    tags=("옛글",),
    authors=(Person(name="김하늘"),),
    body="<p>😀👨‍👩‍👧 ᄒᆞᆫ글 Ǆ 漢字</p>",
)
