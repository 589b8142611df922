"""How often each kind of move was tried: `SOSIK_MOVES=FILE` has the numbers written there when the tests end."""

import atexit
import json
import os
from collections import Counter
from pathlib import Path

MOVES: Counter[str] = Counter()


def moved(kind: str) -> None:
    """Count a move."""
    MOVES[kind] += 1


@atexit.register
def _leave() -> None:
    if MOVES and (name := os.environ.get("SOSIK_MOVES")):
        path = Path(name)
        before = Counter(json.loads(path.read_text("utf-8"))) if path.exists() else Counter()
        path.write_text(json.dumps(dict(sorted((before + MOVES).items())), ensure_ascii=False, indent=1), "utf-8")
