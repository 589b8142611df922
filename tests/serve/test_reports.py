"""What servers without files say of the leader's builds, and what becomes of what they find damaged."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from databases import address_for, postgres, server, url_of
from newsrooms import ARTICLE, Newsroom, Unpack
from serve.servers import Server, eventually, serving_sosik
from serve.test_leading import another
from serve.test_nodes import EDITED, health, is_up, node
from sosik.serve.status import BUCKET_NOTE, BuildStatus, Note
from sosik.site import Site
from sosik.store import place_of

HELD = ARTICLE.replace("aaaaaaaaaaaa", "cccccccccccc").replace("published:", "publisht:")


@pytest.fixture
def room(newsroom: Unpack) -> Iterator[Newsroom]:
    """Give a publication whose store is in PostgreSQL, with an edition."""
    made = newsroom()
    with postgres(made.root, shared=True):
        made.sosik("build")
        yield made


def problems(found: Server) -> str:
    return str(health(found)["problems"])


def damage(room: Newsroom) -> None:
    """Change what all documents of feeds are made of, as a bad disk does, without a word to anybody."""
    schema = address_for(room.root / ".sosik").schema
    with psycopg.connect(server()) as connection:
        connection.execute(f"UPDATE {schema}.fragment SET tail = 'x'".encode())  # noqa: S608  # our own name


def test_a_node_says_what_came_of_the_leaders_build(room: Newsroom, tmp_path: Path) -> None:
    """What is held back, that a build failed, and that it did not any more; in health and in metrics."""
    with serving_sosik(room.root), node(tmp_path / "a", url_of(room.root / ".sosik")) as found:
        room.write(f"-- content/held.yaml --\n{HELD}")
        eventually(lambda: "published-missing" in problems(found))
        assert health(found)["status"] == "ok"
        assert "role" not in health(found)

        settings = (room.root / "feeds" / "publication.yaml").read_text("utf-8")
        room.write("-- feeds/publication.yaml --\ntitle: [\n")
        eventually(lambda: health(found)["status"] == "failing")
        assert b"sosik_build_ok 0.0" in found.ask("/metrics").body
        assert (found.ask("/healthz").status, is_up(found, "첫 기사")) == (200, True)

        (room.root / "content" / "held.yaml").unlink()
        room.write(f"-- feeds/publication.yaml --\n{settings}")
        eventually(lambda: (health(found)["status"], health(found)["problems"]) == ("ok", {}))
        assert b"sosik_build_ok 1.0" in found.ask("/metrics").body


def test_a_node_says_that_the_leader_cannot_fill_its_bucket(room: Newsroom, tmp_path: Path) -> None:
    with node(tmp_path / "a", url_of(room.root / ".sosik")) as found:
        eventually(lambda: is_up(found, "첫 기사"))
        note = Note(place_of(room.root / ".sosik"), BUCKET_NOTE)
        note.leave(BuildStatus(succeeded=False, problems={"bucket-failed": 1}))
        eventually(lambda: (health(found)["status"], problems(found)) == ("ok", "{'bucket-failed': 1}"))
        note.leave(BuildStatus())
        eventually(lambda: problems(found) == "{}")


def test_what_a_node_finds_damaged_is_made_anew_by_the_leader(room: Newsroom, tmp_path: Path) -> None:
    """Until then it is not served, and the log and health of the node say so."""
    Site(room.root).publish(room.root / "public")
    damage(room)
    with node(tmp_path / "a", url_of(room.root / ".sosik")) as found:
        # A worker that is only just there forgets what another one had found, until somebody asks again.
        eventually(lambda: found.ask("/rss.xml").status == 503 and "store-damaged" in problems(found))
        assert "'/rss.xml' cannot be read" in found.output
        with serving_sosik(room.root) as leader:
            eventually(lambda: health(leader).get("role") == "leader")
            eventually(lambda: found.ask("/rss.xml").status == 200)
            assert found.ask("/rss.xml").body == room.read("/rss.xml")
            eventually(lambda: (problems(found), problems(leader)) == ("{}", "{}"))


def test_without_watching_only_the_leader_builds_too(room: Newsroom) -> None:
    """It builds once, and nobody else then: not another server that would watch."""
    room.write(EDITED)
    with serving_sosik(room.root, "--no-watch") as leader:
        eventually(lambda: health(leader).get("role") == "leader" and is_up(leader, "고친 기사"))
        with serving_sosik(another(room).root) as standby:
            eventually(lambda: health(standby).get("role") == "standby")
            assert health(leader)["role"] == "leader"


def test_a_reload_of_the_leader_leaves_one_leader(room: Newsroom) -> None:
    """The old builder ends before a standby, or the new one, takes its place; what changes is built once."""
    other = another(room)
    with serving_sosik(room.root) as leader:
        eventually(lambda: health(leader).get("role") == "leader")
        with serving_sosik(other.root) as standby:
            eventually(lambda: health(standby).get("role") == "standby")
            reload(leader)
            eventually(lambda: {said(leader), said(standby)} == {"leader", "standby"})
            room.write(EDITED)
            other.write(EDITED)
            eventually(lambda: is_up(leader, "고친 기사") and is_up(standby, "고친 기사"))
            assert len(re.findall("Edition 2", leader.output + standby.output)) == 1


def said(found: Server) -> str:
    """Return what the log said last of whether this server leads."""
    return str(re.findall(r"is (?:the|a) (leader|standby):", found.output)[-1])


def reload(found: Server) -> None:
    """Have a server replace its workers and its builder, and wait until it has."""
    before = found.builder()
    os.kill(found.process.pid, signal.SIGHUP)
    eventually(lambda: "Reloaded" in found.output and found.builder() != before)
