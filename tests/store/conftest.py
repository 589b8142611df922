"""A store of each kind, within a transaction."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sosik.store import (
    Store,
)
from sosik.store.address import Place
from store.samples import PLACES, STORES


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Give a store within a transaction, the only place in which what a dry run writes can be read."""
    with STORES[request.param](tmp_path) as opened, opened.transaction():
        yield opened


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Give where a store may lie that others open, too."""
    return PLACES[request.param](tmp_path / ".sosik")
