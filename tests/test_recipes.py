"""Documents are put together of what the store keeps once: what comes of it is what their tags and lengths say."""

import sqlite3
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from newsrooms import ARTICLE, PUBLICATION, Newsroom
from sosik.store import open_snapshot
from test_golden import PUBLICATIONS, publish

KEPT_BY_DIGEST = {
    "record": "SELECT digest FROM record WHERE digest NOT IN (SELECT record FROM entry)",
    "text": "SELECT digest FROM text WHERE digest NOT IN (SELECT text FROM fragment UNION SELECT text FROM record)",
    "page": "SELECT digest FROM page WHERE digest NOT IN (SELECT etag FROM document)",
}
"""What asks a table for that to which nothing refers."""


def assert_whole(root: Path) -> None:
    """Assert that every document has the bytes it says it has, and that nothing is kept that nobody needs."""
    snapshot = open_snapshot(root / ".sosik")
    for head in snapshot.heads():
        body = snapshot.body(head.path)
        assert body is not None, head.path
        digest = sha256(body).hexdigest()
        assert (head.etag, head.length) == (digest[:32], len(body)), head.path
    snapshot.close()
    connection = sqlite3.connect(root / ".sosik" / "site.db")
    for query in KEPT_BY_DIGEST.values():
        assert connection.execute(query).fetchall() == []
    connection.close()


@pytest.mark.parametrize("publication", PUBLICATIONS, ids=lambda folder: folder.name)
def test_documents_are_what_their_tags_say(publication: Path, tmp_path: Path) -> None:
    publish(publication, tmp_path)
    assert_whole(tmp_path)


def test_all_formats_share_the_text_of_an_entry(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}-- feeds/all.yaml --\ntitle: 전체\n")
    room.write(f"-- content/a.yaml --\n{ARTICLE}")
    room.build()
    connection = sqlite3.connect(tmp_path / ".sosik" / "site.db")
    assert connection.execute("SELECT body FROM text").fetchall() == [("<p>본문입니다.</p>",)]
    connection.close()


def test_an_edited_entry_leaves_nothing_behind(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}-- feeds/all.yaml --\ntitle: 전체\n")
    for body in ("본문입니다.", "고친 본문입니다.", "고친 본문입니다. 다시 고쳤다."):
        room.write(f"-- content/a.yaml --\n{ARTICLE.replace('본문입니다.', body)}")
        room.build()
        assert_whole(tmp_path)


@pytest.mark.parametrize(("paragraphs", "archive"), [(8, ""), (5, ""), (8, "archive: month\n")])
def test_the_store_is_at_most_five_times_its_articles(tmp_path: Path, paragraphs: int, archive: str) -> None:
    """With article pages, three formats, an archive and four feeds for every article, be they short, or archived."""
    room, random = Newsroom(tmp_path), Random(7)  # noqa: S311  # the same articles every time
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}-- feeds/all.yaml --\ntitle: 전체\narchive: month\n")
    room.write(f'-- feeds/parts.yaml --\ntitle: "{{value}}"\neach: section\npath: "part/{{slug}}"\n{archive}')
    room.write(f'-- feeds/tags.yaml --\ntitle: "{{value}}"\neach: tag\npath: "tag/{{slug}}"\n{archive}')
    words = ["".join(chr(random.randrange(0xAC00, 0xD7A4)) for _ in range(3)) for _ in range(500)]
    for number in range(300):
        body = "\n\n".join(" ".join(random.choices(words, k=60)) + "." for _ in range(paragraphs))
        room.write(
            f"-- content/{number}.md --\n---\nid: tag:test.example,2010:{number:012}\ntitle: {number}번 기사\n"
            f"published: 2024-01-{1 + number % 28:02} 09:00\nsection: 부서{number % 3}\n"
            f"tags: [꼬리표{number % 5}, 표{number % 7}]\n---\n{body}\n"
        )
    room.build()
    articles = sum(path.stat().st_size for path in (tmp_path / "content").iterdir())
    assert (tmp_path / ".sosik" / "site.db").stat().st_size <= 5 * articles


def test_a_feed_held_back_follows_its_entries_where_it_still_answers(tmp_path: Path) -> None:
    """Another definition has taken one of its addresses, so its last good version cannot go on as it was."""
    room = Newsroom(tmp_path)
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}-- feeds/all.yaml --\ntitle: 전체\n")
    room.write(f"-- feeds/old.yaml --\ntitle: 옛 피드\npath: news\n-- content/a.yaml --\n{ARTICLE}")
    room.build()
    room.write("-- feeds/old.yaml --\ntitle: [\n-- feeds/new.yaml --\ntitle: 새 피드\npath: news\nformats: [rss]\n")
    room.write(f"-- content/a.yaml --\n{ARTICLE.replace('첫 기사', '고친 기사')}")
    room.build()

    assert "고친 기사".encode() in room.read("/news/atom.xml")
    assert "<title>옛 피드</title>".encode() in room.read("/news/atom.xml")
    assert "고친 기사".encode() in room.read("/news/rss.xml")
    assert_whole(tmp_path)
