"""Buckets that do not speak S3: Google Cloud Storage compares generations, Azure has accounts and containers."""

from collections.abc import Iterator

import pytest

from newsrooms import ARTICLE, Unpack
from publish.other_protocols import Blobs, standing
from publish.test_bucket import copy, objects, tree

KEY = "c29zaWsga2V5"
ADDRESSES = {"gs": "gs://gazette/paper", "az": "az://haenuri/gazette/paper"}
"""Both hold objects at `/gazette/paper/…`."""


@pytest.fixture
def blobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Blobs]:
    with standing() as (endpoint, found):
        monkeypatch.setenv("GOOGLE_BASE_URL", endpoint)
        monkeypatch.setenv("GOOGLE_BEARER_TOKEN", "haenuri")
        monkeypatch.setenv("AZURE_STORAGE_ENDPOINT", endpoint)
        monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", KEY)
        yield found


@pytest.mark.parametrize("protocol", ADDRESSES)
def test_a_bucket_holds_what_the_folder_does(newsroom: Unpack, blobs: Blobs, protocol: str) -> None:
    room, address = newsroom(), ADDRESSES[protocol]
    assert objects(room.sosik("build", "--to", address, "--json"))[0] > 10
    before = copy(room, "before")
    assert objects(room.sosik("build", "--to", address, "--json")) == (0, 0)
    room.write(f"-- content/first.yaml --\n{ARTICLE.replace('본문', '고친 본문')}")

    edited = objects(room.sosik("build", "--to", address, "--json"))
    refused = before.sosik("build", "--to", address, status=1)

    assert 0 < edited[0] < 12
    assert "Nothing was written" in refused
    room.sosik("build")
    files = tree(room.root / "public")
    held = {path.removeprefix("/gazette/paper/"): body for path, (body, _) in blobs.found.items()}
    assert {name: held[name] for name in files} == files
    assert blobs.signed == {"SharedKey haenuri" if protocol == "az" else "Bearer haenuri"}


@pytest.mark.parametrize("address", ["az://haenuri", "az://haenuri/", "gs://", "s3:///gazette"])
def test_an_address_without_a_bucket_is_refused(newsroom: Unpack, address: str) -> None:
    assert "az://ACCOUNT/CONTAINER expected" in newsroom().sosik("build", "--to", address, status=2)
