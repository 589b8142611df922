"""Several servers with the same files and one database: one builds, and another when that one dies."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from databases import postgres
from newsrooms import ARTICLE, Newsroom, Unpack
from serve.servers import Server, eventually, serving_sosik
from serve.test_nodes import health, is_up
from sosik.site import Site

SECOND = ARTICLE.replace("aaaaaaaaaaaa", "bbbbbbbbbbbb").replace("첫 기사", "둘째 기사")


@pytest.fixture
def room(newsroom: Unpack) -> Iterator[Newsroom]:
    made = newsroom()
    with postgres(made.root, shared=True):
        yield made


def another(room: Newsroom) -> Newsroom:
    """Return the same files on another machine, which has its own times and nothing else."""
    root = room.root.parent / "machine" / "other"
    shutil.copytree(room.root, root, ignore=lambda _, names: {".sosik", "public"} & {*names}, copy_function=shutil.copy)
    for path in root.rglob("*.yaml"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    return Newsroom(root)


@contextmanager
def serving_all(*rooms: Newsroom, options: tuple[str, ...] = ()) -> Iterator[list[Server]]:
    """Serve, and kill without a word whoever is still there in the end."""
    if not rooms:
        yield []
        return
    with serving_sosik(rooms[0].root, *options) as first:
        eventually(lambda: health(first).get("role") and is_up(first, "기사"))
        with serving_all(*rooms[1:], options=options) as others:
            yield [first, *others]


def kill(server: Server) -> None:
    """End a server and all its processes at once, as the power does."""
    os.killpg(server.process.pid, signal.SIGKILL)
    server.process.wait()


@pytest.mark.rule(32)
def test_a_standby_takes_over_from_a_leader_that_is_killed(room: Newsroom) -> None:
    other = another(room)
    with serving_all(room, other) as (leader, standby):
        assert (health(leader)["role"], health(standby)["role"]) == ("leader", "standby")
        other.write(f"-- content/second.yaml --\n{SECOND}")
        room.write(f"-- content/first.yaml --\n{ARTICLE.replace('첫 기사', '고친 기사')}")
        eventually(lambda: is_up(standby, "고친 기사"))
        assert not is_up(standby, "둘째 기사")  # only the leader's files count

        other.write(f"-- content/first.yaml --\n{ARTICLE.replace('첫 기사', '고친 기사')}")
        kill(leader)
        eventually(lambda: is_up(standby, "둘째 기사"))
        assert is_up(standby, "고친 기사")
        eventually(lambda: health(standby)["role"] == "leader")
        assert "1 new" in standby.output


def test_another_machine_reads_no_article_anew(room: Newsroom) -> None:
    """Bytes decide, not the times and numbers that a checkout gives its files."""
    room.write("".join(f"-- content/{n}.yaml --\n{ARTICLE.replace('aaaaaaaaaaaa', f'{n:012}')}" for n in range(20)))
    Site(room.root).build()
    taken_over = Site(another(room).root).build()
    assert (taken_over.read, taken_over.documents["changed"], taken_over.documents["new"]) == (0, 0, 0)


def test_a_standby_with_older_content_does_not_lead(room: Newsroom) -> None:
    """Git says which is older; whoever pulls may lead again, and a person may build what they like."""
    git(room.root, "init", "-q")
    commit(room.root)
    other = another(room)
    room.write(f"-- content/first.yaml --\n{ARTICLE.replace('첫 기사', '고친 기사')}")
    commit(room.root)
    room.sosik("build")

    with serving_sosik(other.root) as standby:
        eventually(lambda: "content-old" in str(health(standby)["problems"]))
        assert (health(standby)["role"], is_up(standby, "고친 기사")) == ("standby", True)
        assert "Pull the newer commits" in standby.output
        git(other.root, "pull", "-q", str(room.root), "HEAD")
        other.write(f"-- content/second.yaml --\n{SECOND}")
        eventually(lambda: health(standby)["role"] == "leader" and is_up(standby, "둘째 기사"))
        assert is_up(standby, "고친 기사")
        git(other.root, "reset", "-q", "--hard", "HEAD~1")
        (other.root / "content" / "second.yaml").unlink()
        eventually(lambda: health(standby)["role"] == "standby")
        assert is_up(standby, "고친 기사")
    other.sosik("build")
    assert "첫 기사" in other.sosik("show", "aaaaaaaaaaaa")


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=desk", "-c", "user.email=desk@test.example")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True)


def commit(folder: Path) -> None:
    git(folder, "add", "content", "feeds")
    git(folder, "commit", "-qm", "기사")
