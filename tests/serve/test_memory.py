"""What a worker takes of the machine's memory."""

import gzip
import os
import re
from pathlib import Path
from urllib.parse import quote

import pytest

from serve.servers import RUN_WORKERS, free_port, serving
from serve.stores import DOCUMENTS, HTML, JSON, put_edition

pytestmark = pytest.mark.server

FEEDS = {f"/tag/{number}/feed.json": (JSON, os.urandom(100_000).hex().encode()) for number in range(120)}
PAGES = {f"/articles/{number}/": (HTML, os.urandom(40_000).hex().encode()) for number in range(100)}
MOST = 60_000_000
"""Bytes that a worker may take beside the feeds it answers with."""


def memory(process: int) -> int:
    """Return the bytes of memory that a process takes, its share of those that it has in common with others."""
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) * 1024


def test_a_worker_takes_little_more_than_the_compressed_feeds(tmp_path: Path) -> None:
    """However they are asked for: compressed feeds are kept, all else is read again when it has to be."""
    if not Path("/proc/self/smaps_rollup").exists():
        pytest.skip("memory is read from /proc, which this system lacks")
    put_edition(tmp_path / ".sosik", documents={**DOCUMENTS, **FEEDS, **PAGES})
    feeds = sum(len(gzip.compress(body, 6)) for _, body in FEEDS.values())
    port = free_port()
    with serving(RUN_WORKERS, tmp_path / ".sosik", str(port), "1", port=port, said=tmp_path / "said") as server:
        (worker,) = server.workers()
        for coding in ("gzip", "identity", "gzip"):
            for path in (*FEEDS, *PAGES, *DOCUMENTS):
                assert server.ask(quote(path), {"Accept-Encoding": coding}).status == 200

        assert memory(worker) <= MOST + 1.2 * feeds
