"""The fixtures of the server's tests: the same store answered by the application itself and by Granian."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from serve.clients import Client, wsgi_client
from serve.servers import RUN_WORKERS, free_port, serving
from serve.stores import put_edition
from sosik.serve import create_app


@pytest.fixture(scope="session")
def wsgi(tmp_path_factory: pytest.TempPathFactory) -> Client:
    folder = tmp_path_factory.mktemp("wsgi") / ".sosik"
    put_edition(folder)
    return wsgi_client(create_app(folder).wsgi_app)


@pytest.fixture(scope="session")
def granian(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("granian") / ".sosik"
    put_edition(folder)
    port = free_port()
    with serving(RUN_WORKERS, folder, str(port), "1", port=port, said=folder.parent / "said") as server:
        yield server.ask


@pytest.fixture(params=["wsgi", "granian"])
def ask(request: pytest.FixtureRequest) -> Client:
    """Ask either server; both behave alike."""
    client: Client = request.getfixturevalue(request.param)
    return client


@pytest.fixture
def store_folder(tmp_path: Path) -> Path:
    return tmp_path / ".sosik"
