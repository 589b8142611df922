"""Servers that build nothing and have nothing on their disk: what they serve from a database, and while it is away."""

import json
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
import pytest

from databases import postgres, replica, server, url_of
from newsrooms import ARTICLE, Newsroom, Unpack
from serve.clients import Reply
from serve.links import Link, linked
from serve.servers import HOST, SOSIK, Server, eventually, free_port, serving, serving_sosik
from sosik.serve.listening import listening_at
from sosik.store import open_snapshot, place_of

EDITED = f"-- content/first.yaml --\n{ARTICLE.replace('첫 기사', '고친 기사')}"
HUB = "websub_hubs: [https://hub.test.example/]\n"


@pytest.fixture
def room(newsroom: Unpack) -> Iterator[Newsroom]:
    """Give a publication whose store is in PostgreSQL, with an edition."""
    made = newsroom()
    with postgres(made.root):
        made.sosik("build")
        yield made


@contextmanager
def node(folder: Path, store: str, *, workers: int = 2) -> Iterator[Server]:
    """Run a server that has nothing but the address of the store, in an empty folder, which stays so."""
    empty = folder / "empty"
    empty.mkdir(parents=True)
    with serving_sosik(empty, "--no-build", "--store", store, workers=workers) as found:
        yield found
    assert not [*empty.iterdir()]


def health(server: Server) -> dict[str, object]:
    found: dict[str, object] = json.loads(server.ask("/healthz").body)
    return found


def is_up(server: Server, text: str) -> bool:
    reply = server.ask("/feed.json")
    return reply.status == 200 and text in reply.body.decode()


def in_memory(server: Server) -> bool:
    """Tell whether every worker that is asked, several times, has the whole edition in memory."""
    return all(found["cached"] == found["documents"] for found in [health(server) for _ in range(12)])


def documents(root: Path) -> list[str]:
    with closing(open_snapshot(place_of(root / ".sosik"))) as snapshot:
        return [quote(head.path) for head in snapshot.heads()]


def sent(reply: Reply) -> tuple[int, object, bytes]:
    return reply.status, reply.conduct, reply.body


def through(link: Link, room: Newsroom) -> str:
    """Return the address of a store by way of a link."""
    told = psycopg.conninfo.conninfo_to_dict(url_of(room.root / ".sosik").partition("&schema=")[0])
    schema = url_of(room.root / ".sosik").partition("&schema=")[2].partition("&")[0]
    return f"postgresql://{told['user']}@{HOST}:{link.port}/{told['dbname']}?schema={schema}"


@pytest.fixture
def link() -> Iterator[Link]:
    told = psycopg.conninfo.conninfo_to_dict(server())
    with linked(Path(str(told["host"]), f".s.PGSQL.{told.get('port', 5432)}")) as made:
        yield made


@pytest.mark.rule(32)
def test_nodes_without_files_answer_alike_before_and_after_an_edit(room: Newsroom, tmp_path: Path) -> None:
    """Of every document, in both codings, and of what is not there: status, header fields and bytes."""
    store = url_of(room.root / ".sosik")
    with node(tmp_path / "a", store) as one, node(tmp_path / "b", store) as other:
        for text in ("첫 기사", "고친 기사"):
            eventually(lambda: is_up(one, text) and is_up(other, text))  # noqa: B023  # called at once
            for path in [*documents(room.root), "/not-there"]:
                for coding in ("gzip", "identity"):
                    asked = {"Accept-Encoding": coding}
                    first = one.ask(path, asked)
                    assert sent(first) == sent(other.ask(path, asked)), path
                    if first.status == 200:
                        again = other.ask(path, asked | {"If-None-Match": first.headers["etag"]})
                        assert again.status == 304, path
            room.write(EDITED)
            room.sosik("build")
    assert not (room.root / ".sosik" / "site.db").exists()


def test_a_node_is_not_ready_before_it_has_an_edition(newsroom: Unpack, tmp_path: Path) -> None:
    made = newsroom()
    with postgres(made.root), node(tmp_path / "a", url_of(made.root / ".sosik")) as server:
        reply = server.ask("/healthz")
        assert reply.status == 503
        assert reply.headers["retry-after"]
        assert json.loads(reply.body)["status"] == "empty"
        made.sosik("build")
        eventually(lambda: server.ask("/healthz").status == 200)
        assert is_up(server, "첫 기사")


def test_who_asks_a_node_that_starts_is_refused_and_asks_another(room: Newsroom, tmp_path: Path) -> None:
    """Nobody waits for it: a connection is refused until it can be answered, from the newest edition."""
    port, folder = free_port(), tmp_path / "empty"
    folder.mkdir()
    with listening_at(HOST, port, at_once=False), pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOST, port))

    options = ["-C", str(folder), "serve", "--no-build", "--port", str(port), "--store", url_of(room.root / ".sosik")]
    with serving(SOSIK, *options, port=port, said=tmp_path / "said", ready="/feed.json") as started:
        assert is_up(started, "첫 기사")


@pytest.mark.parametrize("fault", ["cut", "silent"])
def test_a_node_goes_on_from_memory_while_the_database_is_away(
    room: Newsroom, tmp_path: Path, link: Link, fault: str
) -> None:
    """It says so, refuses what it cannot know for now, takes the newest edition afterwards, and never an older one."""
    with node(tmp_path / "a", through(link, room)) as server:
        eventually(lambda: in_memory(server))
        before = {path: sent(server.ask(path)) for path in documents(room.root)}
        link.cut() if fault == "cut" else link.silent.set()
        eventually(lambda: all("store-unreadable" in str(health(server)["problems"]) for _ in range(12)))
        assert health(server)["status"] == "failing"
        assert server.ask("/healthz").status == 200  # a balancer must not take all nodes away at once
        for _ in range(4):  # whichever worker answers
            assert {path: sent(server.ask(path)) for path in before} == before
        unknown = server.ask("/not-there")
        assert (unknown.status, unknown.headers["retry-after"]) == (503, "5")
        assert f"served from the cache ({len(before)} of {len(before)} documents)" in server.output

        room.write(EDITED)
        room.sosik("build")
        link.mend() if fault == "cut" else link.silent.clear()
        eventually(lambda: is_up(server, "고친 기사"))
        for _ in range(12):
            assert is_up(server, "고친 기사") or server.ask("/feed.json").status == 503
        eventually(lambda: health(server)["status"] == "ok")
        assert "can be read again" in server.output


def test_a_replica_that_lags_makes_no_node_go_back(room: Newsroom, tmp_path: Path) -> None:
    """One that starts waits for the edition that the primary has; one that runs keeps the newest that it had."""
    with replica() as following:
        name = url_of(room.root / ".sosik").partition("&schema=")[2].partition("&")[0]
        primary = psycopg.conninfo.conninfo_to_dict(server())
        hosts = {"host": f"{following.host},{primary['host']}", "port": f"{following.port},{primary.get('port', 5432)}"}
        store = f"postgresql://{primary['user']}@/{primary['dbname']}?{urlencode({**hosts, 'schema': name})}"
        with node(tmp_path / "a", store, workers=1) as server_:
            eventually(lambda: is_up(server_, "첫 기사"))
            following.pause()
            room.write(EDITED)
            room.sosik("build")
            with node(tmp_path / "b", store, workers=1) as late:
                eventually(lambda: "store-behind" in late.ask("/healthz").body.decode())
                assert late.ask("/healthz").status == 503
                assert late.ask("/feed.json").status == 503
                assert "wait for the replica" in late.output
                assert is_up(server_, "첫 기사")  # it was not told of a newer one
                following.resume()
                eventually(lambda: is_up(late, "고친 기사") and is_up(server_, "고친 기사"))
                assert late.ask("/healthz").status == 200
