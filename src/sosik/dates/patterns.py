"""Regular expressions, each compiled when the first text needs it, so that importing costs nothing of them."""

from __future__ import annotations

import re
from functools import cache


@cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled once."""
    return re.compile(pattern, flags)
