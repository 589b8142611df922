"""What a process keeps in memory from one build to the next is what stands in the store, whoever wrote it."""

from contextlib import closing

import pytest

from newsrooms import Newsroom, Unpack, at
from sosik.errors import EditionRefusedError
from sosik.site import Site
from sosik.store import Copy, open_snapshot

PAPER = """\
-- feeds/publication.yaml --
title: 해오름일보
url: https://www.haeoreum.example/
feeds_url: https://feeds.haeoreum.example/
authority: haeoreum.example,2020
-- feeds/all.yaml --
title: 전체기사
-- content/bridge.md --
---
id: tag:haeoreum.example,2020:bridge
title: 새 다리 이름은 해오름교
published: 2026-03-02T09:00:00+09:00
---
다리는 봄에 열린다.
-- content/market.md --
---
id: tag:haeoreum.example,2020:market
title: 시장에 지붕이 생긴다
published: 2026-03-03T09:00:00+09:00
---
비를 맞지 않는다.
"""

ARTICLE = """\
-- content/desk-{number}.md --
---
id: tag:haeoreum.example,2020:desk-{number}
title: 책상 {number}의 소식
published: 2026-03-01T09:{number:02}:00+09:00
---
{number}번 책상에서 쓴 글이다.
"""


def edited(room: Newsroom, name: str, old: str, new: str) -> str:
    """Edit a file; return its absolute path, as a watcher tells it."""
    path = room.root / "content" / name
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    return str(path.absolute())


def feeds(room: Newsroom) -> dict[str, bytes]:
    """Return the feeds of the newest edition, as made of what lies in the store."""
    with closing(open_snapshot(room.root / ".sosik")) as snapshot:
        return {path: snapshot.body(path) or b"" for path in ("/rss.xml", "/atom.xml", "/feed.json")}


def test_what_another_process_wrote_is_read_again(newsroom: Unpack) -> None:
    room = newsroom(PAPER)
    staying = Site(room.root)
    staying.build(now=at("2026-03-04 09:00"))

    edited(room, "bridge.md", "봄에", "가을에")
    Site(room.root).build(now=at("2026-03-04 10:00"))
    changed = edited(room, "market.md", "비를", "눈을")
    staying.build(now=at("2026-03-04 11:00"), changed=[changed])

    assert all("가을에".encode() in body and "눈을".encode() in body for body in feeds(room).values())


def test_a_restored_store_is_read_again(newsroom: Unpack) -> None:
    room = newsroom(PAPER)
    staying = Site(room.root)
    staying.build(now=at("2026-03-04 09:00"))
    kept = staying.keep_copy()
    changed = edited(room, "bridge.md", "봄에", "가을에")
    staying.build(now=at("2026-03-04 10:00"), changed=[changed])

    restored: Copy = staying.restore(kept).copy
    edited(room, "bridge.md", "가을에", "봄에")
    changed = edited(room, "market.md", "비를", "눈을")
    staying.build(now=at("2026-03-04 11:00"))

    assert restored.file == kept
    assert all("봄에".encode() in body and "눈을".encode() in body for body in feeds(room).values())


def test_a_build_that_is_refused_leaves_nothing_in_memory(newsroom: Unpack) -> None:
    room = newsroom(PAPER)
    for number in range(12):
        room.write(ARTICLE.format(number=number))
    staying = Site(room.root)
    staying.build(now=at("2026-03-04 09:00"))
    before = feeds(room)

    changed = [edited(room, "bridge.md", "봄에", "가을에")]
    texts = {path: path.read_bytes() for path in sorted((room.root / "content").glob("desk-*.md"))}
    for path in texts:
        path.unlink()
    with pytest.raises(EditionRefusedError):
        staying.build(now=at("2026-03-04 10:00"))
    for path, text in texts.items():
        path.write_bytes(text)
    edited(room, "bridge.md", "가을에", "봄에")
    staying.build(now=at("2026-03-04 11:00"), changed=[*changed, *map(str, texts)])

    assert feeds(room) == before


def test_reading_ahead_changes_nothing_and_comes_to_an_end(newsroom: Unpack) -> None:
    room = newsroom(PAPER)
    staying = Site(room.root)
    staying.build(now=at("2026-03-04 09:00"))
    before = feeds(room)

    steps = [staying.read_ahead() for _ in range(5)]
    same = staying.build(now=at("2026-03-04 10:00"), changed=[])

    assert steps == [True, False, False, False, False]
    assert sum(same.documents[change] for change in ("new", "changed", "removed")) == 0
    assert feeds(room) == before
    changed = edited(room, "market.md", "비를", "눈을")
    staying.build(now=at("2026-03-04 11:00"), changed=[changed])
    assert all("눈을".encode() in body for body in feeds(room).values())
