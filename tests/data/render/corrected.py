"""Everything an article can have: edited and corrected, two authors, two pictures, marks that XML and HTML escape."""

from datetime import UTC, datetime

from sosik.dates import Precision
from sosik.model import Edit, EditKind, Entry, Image, Person
from sosik.model.values import EntryId

CORRECTED = datetime(2026, 11, 21, 0, 10, tzinfo=UTC)

ENTRY = Entry(
    id=EntryId("tag:news.haenuri.example,2010:k7m2q9x4t1zb"),
    title="[단독] 해오름강 <강변길> 'A & B' 구간 열린다",
    published=datetime(2026, 11, 20, 6, 20, 11, 654321, tzinfo=UTC),
    link="https://www.haenuri.example/articles/%EA%B0%95/1?a=1&b=2",
    source="2026/11/강변길.yaml",
    subtitles=("5 < 6 킬로미터", "내년 봄 완공"),
    section="지역",
    tags=("해오름강", "지역", "산책"),
    authors=(
        Person(name="김하늘"),
        Person(name="이바다", email="bada@haenuri.example", url="https://www.haenuri.example/bada"),
    ),
    updated=CORRECTED,
    summary="강변길이 열린다. 5 < 6 & 좋다.",
    body="<p>해오름강을 따라 <b>새 길</b>이 열린다. 5 &lt; 6 &amp; 좋다. ]]&gt;</p>",
    images=(
        Image(
            url="https://feeds.haenuri.example/media/ab12cd34/river.jpg?w=1&h=2",
            media_type="image/jpeg",
            width=1200,
            height=800,
            length=123456,
            caption="강변의 <아침>",
            credit="해누리시 제공",
        ),
        Image(url="https://feeds.haenuri.example/media/ef56ab78/map.png", media_type="image/png", alt="노선도"),
    ),
    edits=(
        Edit(at=CORRECTED, kind=EditKind.CORRECTION, note="길이를 <바로>잡습니다"),
        Edit(at=datetime(2026, 11, 20, 7, 0, tzinfo=UTC), kind=EditKind.MINOR, note="띄어쓰기"),
        Edit(at=datetime(2026, 11, 20, 8, 0, tzinfo=UTC), kind=EditKind.UPDATE, note="사진을 더함"),
        Edit(at=datetime(2026, 11, 20, 15, 0, tzinfo=UTC), kind=EditKind.CORRECTION, precision=Precision.DAY),
    ),
)
