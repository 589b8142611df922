"""`serve` with its store in PostgreSQL: builders and servers that share nothing else."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from databases import end_connections, postgres
from newsrooms import ARTICLE, Newsroom, Unpack
from serve.servers import eventually
from serve.test_running import body, health, serving_newsroom
from sosik.serve.connection import Connection


@pytest.fixture
def room(newsroom: Unpack) -> Iterator[Newsroom]:
    made = newsroom()
    with postgres(made.root):
        yield made


def test_an_edit_is_served_and_nothing_of_it_lies_on_the_disk(room: Newsroom) -> None:
    with serving_newsroom(room) as server:
        assert eventually(lambda: "첫 기사" in body(server))
        room.write(f"-- content/first.yaml --\n{ARTICLE.replace('첫 기사', '고친 기사')}")
        assert eventually(lambda: "고친 기사" in body(server))

    assert not (room.root / ".sosik" / "site.db").exists()
    assert "고친 기사" in room.sosik("show", "aaaaaaaaaaaa")


def test_what_another_process_builds_is_served(room: Newsroom) -> None:
    with serving_newsroom(room, "still") as server:
        assert eventually(lambda: "첫 기사" in body(server))
        room.write(f"-- content/first.yaml --\n{ARTICLE.replace('첫 기사', '고친 기사')}")
        room.sosik("build")
        assert eventually(lambda: "고친 기사" in body(server))


def test_a_question_is_asked_once_more_where_the_database_ended_the_connection(room: Newsroom) -> None:
    """Whoever opened it: then another thread waits for its turn to ask."""
    room.build()
    with closing(Connection(room.root / ".sosik")) as connection:
        for _ in range(2):
            with ThreadPoolExecutor(4) as asking:
                found = [asking.submit(connection.ask, lambda snapshot: snapshot.edition().number) for _ in range(8)]
            assert {one.result() for one in found} == {1}
            end_connections(room.root)


def test_a_database_that_was_started_anew_is_gone_on_with(room: Newsroom) -> None:
    with serving_newsroom(room) as server:
        assert eventually(lambda: "첫 기사" in body(server))
        end_connections(room.root)
        assert "첫 기사" in body(server)
        room.write(f"-- content/first.yaml --\n{ARTICLE.replace('첫 기사', '고친 기사')}")
        assert eventually(lambda: "고친 기사" in body(server))
        assert eventually(lambda: health(server)["status"] == "ok")
