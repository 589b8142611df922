"""PostgreSQL behind PgBouncer: servers may be there, builders only where each has a session to itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from databases import postgres, url_of
from newsrooms import Newsroom, Unpack
from poolers import Pooler, pooler
from serve.servers import eventually, serving_sosik
from serve.test_nodes import EDITED, documents, health, in_memory, is_up, node, sent


@pytest.fixture
def room(newsroom: Unpack) -> Iterator[Newsroom]:
    """Give a publication whose store is in PostgreSQL, with an edition."""
    made = newsroom()
    with postgres(made.root):
        made.sosik("build")
        yield made


@pytest.fixture
def pool() -> Iterator[Pooler]:
    with pooler() as made:
        yield made


def test_a_node_behind_a_pooler_answers_as_one_that_is_not(room: Newsroom, pool: Pooler, tmp_path: Path) -> None:
    """It has an edit within a second or two, goes on from memory without the pooler, and comes back with it."""
    store = url_of(room.root / ".sosik")
    with node(tmp_path / "a", pool.url_of(room.root)) as pooled, node(tmp_path / "b", store) as direct:
        eventually(lambda: in_memory(pooled) and is_up(direct, "첫 기사"))
        room.write(EDITED)
        room.sosik("build")
        eventually(lambda: is_up(pooled, "고친 기사") and is_up(direct, "고친 기사"))
        for path in documents(room.root):
            assert sent(pooled.ask(path)) == sent(direct.ask(path)), path

        pool.stop()
        eventually(lambda: all("store-unreadable" in str(health(pooled)["problems"]) for _ in range(12)))
        assert is_up(pooled, "고친 기사")
        pool.start()
        eventually(lambda: all(health(pooled)["status"] == "ok" for _ in range(12)))
    assert "not linked" not in pool.output  # PgBouncer complains of notifications that no client listens for


def test_a_builder_behind_a_pooler_is_refused(room: Newsroom, pool: Pooler) -> None:
    """A lock of its session would be another client's, and stay in the pool when it has gone."""
    room.write(EDITED)
    for _ in range(2):  # also when sessions wait in the pool
        refused = room.sosik("build", "--store", pool.url_of(room.root), status=1)
        assert "is a transaction pooler. Builders need a direct connection" in refused
    with serving_sosik(room.root, "--store", pool.url_of(room.root)) as server_:
        eventually(lambda: "is a transaction pooler" in server_.output)
        assert is_up(server_, "첫 기사")
        assert health(server_)["problems"] == {"build-failed": 1}
    room.sosik("build")
    assert "고친 기사" in room.sosik("show", "aaaaaaaaaaaa")


def test_a_pooler_by_session_lets_builders_in(room: Newsroom) -> None:
    """It has process ids of its own, too, but a session for each client."""
    with pooler("session") as pool, serving_sosik(room.root, "--store", pool.url_of(room.root)) as server_:
        eventually(lambda: health(server_).get("role") == "leader")
        room.write(EDITED)
        eventually(lambda: is_up(server_, "고친 기사"))
