"""The fixtures of the servers' tests.

Tests marked *static* ask `server`: the sample, answered for by everyone who may. Tests marked *server* ask `ask`: a
small store written by hand, answered by the application itself and by Granian. Each is started once.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from serve.clients import Client, wsgi_client
from serve.published import SERVERS, Served
from serve.servers import RUN_WORKERS, Server, free_port, serving
from serve.stores import put_edition
from sosik.serve import create_app


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Served]]:
    """Give a function that starts a server by its name, or finds it running."""
    with ExitStack() as stack:

        @cache
        def start(name: str) -> Served:
            return stack.enter_context(SERVERS[name](tmp_path_factory.mktemp(name)))

        yield start


@pytest.fixture(params=list(SERVERS))
def server(request: pytest.FixtureRequest, started: Callable[[str], Served]) -> Served:
    """Give each server with the sample; all behave alike."""
    return started(request.param)


@pytest.fixture(scope="session")
def wsgi(tmp_path_factory: pytest.TempPathFactory) -> Client:
    folder = tmp_path_factory.mktemp("wsgi") / ".sosik"
    put_edition(folder)
    return wsgi_client(create_app(folder).wsgi_app)


@pytest.fixture(scope="session")
def granian_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("granian") / ".sosik"
    put_edition(folder)
    port = free_port()
    with serving(RUN_WORKERS, folder, str(port), "1", port=port, said=folder.parent / "said") as server:
        yield server


@pytest.fixture(scope="session")
def granian(granian_server: Server) -> Client:
    return granian_server.ask


@pytest.fixture(params=["wsgi", "granian"])
def ask(request: pytest.FixtureRequest) -> Client:
    """Ask either server; both behave alike."""
    client: Client = request.getfixturevalue(request.param)
    return client


@pytest.fixture
def store_folder(tmp_path: Path) -> Path:
    return tmp_path / ".sosik"


@pytest.fixture
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A path for a socket; paths of tests are longer than a socket's may be."""
    path = tmp_path_factory.mktemp("s") / "sosik.sock"
    assert len(str(path).encode()) < 108
    return path
