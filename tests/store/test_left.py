"""How a store was left is known by who opens it next, whoever has read it meanwhile."""

import os
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sosik.store import open_snapshot, open_store
from sosik.store.changes import Changes
from sosik.store.lock import Left, left_by_others
from sosik.store.opening import NAME


@pytest.mark.skipif(sys.platform == "win32", reason="files have no owners there")
def test_a_store_is_as_it_was_left_though_root_has_read_it(tmp_path: Path) -> None:
    """SQLite then gives its journal to the owner of the database, which changes nothing but a time."""
    open_store(tmp_path).close()
    with closing(open_snapshot(tmp_path)):
        with open_store(tmp_path) as store, store.transaction():
            store.apply(Changes(meta={"context": "another"}))
        journal = tmp_path / f"{NAME}-wal"
        assert journal.stat().st_size
        os.chown(journal, journal.stat().st_uid, journal.stat().st_gid)

        assert left_by_others(tmp_path, tmp_path / NAME) is Left.WHOLE
        os.utime(journal)
        assert left_by_others(tmp_path, tmp_path / NAME) is Left.CHANGED
