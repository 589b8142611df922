"""The fixtures of tests that publish to a bucket."""

import os
from pathlib import Path

import pytest

from publish.object_stores import SECRETS, STORES, Bucket, endpoint


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the whole test run, whatever process of it asks."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(params=STORES)
def bucket(request: pytest.FixtureRequest, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """Give an empty bucket of each store, and the environment that lets `sosik build --to` in."""
    made = Bucket(endpoint(request.param, shared), f"b{os.getpid()}-{abs(hash(tmp_path)) % 10**9}")
    made.make()
    for name, value in {**SECRETS, "endpoint_url": made.endpoint, "region": "us-east-1"}.items():
        monkeypatch.setenv(f"AWS_{name.upper()}", value)
    return made
