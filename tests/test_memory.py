"""How much memory a build takes, in bytes: what grows with the entries is what must be known of all at once."""

import subprocess
import sys
from pathlib import Path

from newsrooms import PUBLICATION

FEW, MANY = 2_000, 20_000

SYNC = """
import resource, sys
from pathlib import Path
from sosik.ledger.sync import SyncOptions, sync
from sosik.site import Site
from sosik.store import Store

root, count = Path(sys.argv[1]), int(sys.argv[2])
with Store(root / ".sosik") as store, store.transaction():
    synced = sync(store, Site(root).config().publication, root / "content", SyncOptions(now=2_000_000_000))
assert synced.read == count and len(synced.outcomes) == count, synced.read
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""
"""Brings a publication into a new store, in a process of its own; prints the most bytes that it held."""
