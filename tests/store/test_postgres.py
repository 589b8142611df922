"""What PostgreSQL adds to being a store: several writers, several publications, a server that fails, a password."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from socketserver import BaseRequestHandler, TCPServer
from threading import Thread
from typing import Any

import psycopg
import pytest
from PIL import Image

from databases import address_for, postgres, server, url_of
from newsrooms import ARTICLE, Unpack
from sosik.errors import NewerStoreError, StoreError
from sosik.model.values import EntryId
from sosik.site import Site
from sosik.store import Changes, LockedError, Store, has_store, is_store_whole, open_snapshot, open_store, pictures
from sosik.store.address import StoreAddress, address_of, place_of
from sosik.store.postgres import database
from sosik.store.postgres.snapshot import PostgresSnapshot
from store.samples import source
from store.test_transactions import write_edition

FOLDER = Path(".sosik")


def run(statement: str, *values: object) -> None:
    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(statement.encode(), values)


@pytest.fixture
def address(tmp_path: Path) -> StoreAddress:
    return address_for(tmp_path / ".sosik")


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let writers in side by side, as where a pooler loses their locks."""
    monkeypatch.setattr(database, "_lock", lambda _: None)


# --- writers


def test_a_second_writer_is_told_at_once(address: StoreAddress) -> None:
    with open_store(address), pytest.raises(LockedError, match="Another sosik is building"):
        open_store(address)

    open_store(address).close()


def write_late(stale: Store, other: Store | None) -> None:
    """Write into a transaction, before the end of which another writer may commit."""
    with stale.transaction():
        assert stale.edition().number == 0
        if other is not None:
            with other.transaction():
                write_edition(other, 2)
        stale.apply(Changes(meta={"only": "the stale one"}, sources=[source("stale.md", EntryId("stale"))]))


@pytest.mark.usefixtures("unlocked")
@pytest.mark.parametrize("has_begun", [False, True], ids=["before it begins", "while it writes"])
def test_a_writer_that_was_overtaken_commits_nothing(address: StoreAddress, has_begun: bool) -> None:
    open_store(address).close()
    with open_store(address) as stale, open_store(address) as other:
        if not has_begun:
            with other.transaction():
                write_edition(other, 2)
        with pytest.raises(LockedError, match="another sosik has published in the meantime"):
            write_late(stale, other if has_begun else None)

    with closing(open_snapshot(address)) as snapshot:
        assert (snapshot.edition().number, snapshot.meta("title"), snapshot.meta("only")) == (2, "2", "")


def test_what_wrote_nothing_is_no_news_for_readers(address: StoreAddress) -> None:
    with open_store(address) as store:
        with store.transaction():
            write_edition(store, 1)
        with closing(open_snapshot(address)) as snapshot:
            before = snapshot.data_version()
            with store.transaction():
                assert store.edition().number == 1
            assert snapshot.data_version() == before


def write_and_end(store: database.PostgresStore) -> None:
    """Write into a transaction that the server ends."""
    with store.transaction():
        write_edition(store, 2)
        (process,) = store._database.execute("SELECT pg_backend_pid()").fetchone()
        run("SELECT pg_terminate_backend(%s)", process)
        store.edition()


def test_a_writer_whose_connection_ends_has_written_nothing(address: StoreAddress) -> None:
    with database.PostgresStore(address) as store:
        with store.transaction():
            write_edition(store, 1)
        with pytest.raises(StoreError, match=r"starting or stopping|unreachable"):
            write_and_end(store)

    # Its lock went with it.
    with open_store(address) as following:
        assert following.edition().number == 1


def test_a_reader_goes_on_after_its_connection_ended(address: StoreAddress) -> None:
    with open_store(address) as store, store.transaction():
        write_edition(store, 1)
    with closing(PostgresSnapshot(address)) as snapshot:
        (process,) = snapshot._database.execute("SELECT pg_backend_pid()").fetchone()
        run("SELECT pg_terminate_backend(%s)", process)
        with snapshot.reading():
            assert snapshot.body("/a") == b"<title>1</title>"


def test_a_dry_run_gives_way_to_a_writer(address: StoreAddress) -> None:
    with open_store(address) as store:
        with store.transaction():
            write_edition(store, 1)
        with open_store(address, is_dry=True) as trial, store.transaction():
            write_edition(store, 2)
            with pytest.raises(LockedError), trial.transaction():
                write_edition(trial, 3)

    with closing(open_snapshot(address)) as snapshot:
        assert snapshot.edition().number == 2


# --- round trips


def test_documents_that_are_read_ahead_take_few_statements(newsroom: Unpack, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes are the same; and once a reading ends, nothing of it is taken for the next edition."""
    room = newsroom(
        "-- feeds/tags.yaml --\neach: tag\ntitle: '{value}'\n"
        + "".join(
            f"-- content/{n}.yaml --\n{ARTICLE.replace('aaaaaaaaaaaa', f'{n:012}')}tags: [꼬리표{n}]\n"
            for n in range(6)
        )
    )
    with postgres(room.root):
        room.build()
        with closing(PostgresSnapshot(address_for(room.root / ".sosik"))) as snapshot:
            paths = [head.path for head in snapshot.heads()]
            alone = [snapshot.body(path) for path in paths]
            run = snapshot._database.execute
            asked: list[str] = []

            def counted(statement: str, *values: Any) -> Any:
                asked.append(statement)
                return run(statement, *values)

            monkeypatch.setattr(snapshot._database, "execute", counted)
            with snapshot.reading():
                snapshot.read_ahead(paths)
                together = [snapshot.body(path) for path in paths]
            assert (len(paths) > 20, len(asked) < 8, together == alone) == (True, True, True)
            room.write(f"-- content/0.yaml --\n{ARTICLE.replace('aaaaaaaaaaaa', f'{0:012}').replace('첫', '고친')}")
            room.build("2024-02-01 09:01")
            assert "고친 기사" in (snapshot.body("/feed.json") or b"").decode()


# --- publications


def test_publications_on_one_server_know_nothing_of_each_other(tmp_path: Path) -> None:
    addresses = [address_for(tmp_path / name / ".sosik") for name in ("하나", "둘", "셋")]
    for number, address in enumerate(addresses, start=1):
        with open_store(address) as store, store.transaction():
            write_edition(store, number, entries=number)

    for number, address in enumerate(addresses, start=1):
        assert is_store_whole(address)
        with open_store(address, is_dry=True) as store:
            assert (store.edition().number, len(store.ids()), store.meta("title")) == (number, number, str(number))


def test_drafts_have_a_schema_of_their_own() -> None:
    written = "postgresql://desk@db.example/papers?schema=haeoreum"

    assert address_of(written, FOLDER).schema == "haeoreum"
    assert address_of(written, FOLDER / "drafts").schema == "haeoreum_drafts"


# --- pictures


def test_a_large_picture_is_kept_and_told(newsroom: Unpack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_BYTES", 60)
    room = newsroom(f"-- content/first.yaml --\n{ARTICLE}images: [{{url: p.png}}]\n")
    Image.new("RGB", (20, 20)).save(room.root / "content" / "p.png")
    with postgres(room.root):
        for look in (Site(room.root).check, room.build):
            large = [problem for problem in look().problems if problem.code == "picture-large"]
            assert [problem.location.file for problem in large] == ["content/p.png"]
        [picture] = (room.root / "public" / "media").rglob("*.png")
        assert picture.read_bytes() == (room.root / "content" / "p.png").read_bytes()
        assert not room.build("2024-02-01 09:01").problems


# --- what is refused


def test_a_store_that_is_not_there_is_told_to_readers_and_made_by_nobody_but_builds(address: StoreAddress) -> None:
    assert not has_store(address)
    with pytest.raises(StoreError, match="no edition yet"):
        open_snapshot(address)
    assert not has_store(address)


def test_a_store_of_a_later_sosik_is_refused(address: StoreAddress) -> None:
    open_store(address).close()
    with closing(open_snapshot(address)) as snapshot:
        run(f'UPDATE "{address.schema}".state SET version = 99')  # noqa: S608  # our own name
        with pytest.raises(NewerStoreError, match="version 99"):
            snapshot.refuse_a_newer_store()
    for open_one in (open_store, open_snapshot):
        with pytest.raises(NewerStoreError, match="version 99"):
            open_one(address)


def test_a_server_that_only_reads_is_named(tmp_path: Path, address: StoreAddress) -> None:
    with open_store(address) as store, store.transaction():
        write_edition(store, 1)
    reading = f"{url_of(tmp_path / '.sosik')}&options=-c%20default_transaction_read_only%3Don"
    replica = address_of(reading, tmp_path / ".sosik")

    with closing(open_snapshot(replica)) as snapshot:
        assert snapshot.body("/a") == b"<title>1</title>"
    with open_store(replica) as store, pytest.raises(StoreError, match="read-only server"), store.transaction():
        write_edition(store, 2)


@contextmanager
def refusing(text: str) -> Iterator[str]:
    """Give the address of a server that lets nobody in, with these words."""

    class Refusing(BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(4_096)
            fields = f"SFATAL\0M{text}\0\0".encode()
            self.request.sendall(b"E" + (len(fields) + 4).to_bytes(4) + fields)

    with TCPServer(("127.0.0.1", 0), Refusing) as refuses:
        Thread(target=refuses.serve_forever, args=(0.01,)).start()
        try:
            port = refuses.server_address[1]
            yield f"postgresql://desk@127.0.0.1:{port}/papers?sslmode=disable&gssencmode=disable"
        finally:
            refuses.shutdown()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("the database system is starting up", "starting or stopping"),
        ("the database system is in recovery mode", "starting or stopping"),
        ("the database system is not yet accepting connections", "starting or stopping"),
        ('database "papers" does not exist', "database not found"),
        ('role "desk" does not exist', "refused"),
        ("sorry, too many clients already", "connections"),
    ],
)
def test_a_server_that_lets_nobody_in_is_told_from_others(text: str, told: str) -> None:
    with refusing(text) as written, pytest.raises(StoreError, match=told):
        has_store(address_of(written, FOLDER))


@pytest.mark.parametrize(
    "written",
    [
        "mysql://desk@db.example/papers",
        "/var/lib/sosik",
        "postgresql:db",
        "postgresql://desk:sesame/open@db.example/papers",
        "postgresql://desk:sesame?open@db.example/papers",
        "postgresql://desk:sesame#open@db.example/papers",
        "postgresql://desk:sesame@db.example:port/papers?schema=Papers",
        "postgresql://desk:sesame@[db.example/papers",
    ],
)
def test_an_address_that_is_none_is_refused_without_its_password(written: str) -> None:
    with pytest.raises(StoreError, match="SOSIK_STORE: invalid") as refused:
        place_of(FOLDER, {"SOSIK_STORE": written})
    assert "sesame" not in str(refused.value)


@pytest.mark.parametrize(
    "written",
    [
        "postgresql://desk:sesame@127.0.0.1:1/papers?schema=haeoreum",
        "postgresql://desk@127.0.0.1:1/papers?password=sesame&sslpassword=sesame",
        "postgresql://desk:sesame@127.0.0.1:port/papers",
        "postgresql://desk:sesame@127.0.0.1/papers?nonsense=sesame",
    ],
)
def test_a_password_is_shown_nowhere(written: str) -> None:
    address = address_of(written, FOLDER)

    with pytest.raises(StoreError) as refused:
        has_store(address)
    assert "sesame" not in f"{refused.value!r} {refused.value.__cause__!r} {address} {address!r} {[address]}"
    assert str(address).startswith("postgresql://desk@127.0.0.1")
