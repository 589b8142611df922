"""Untrusted text for output: without control characters and direction marks, and with a limited length."""

import unicodedata

LONGEST = 120
"""Characters of a stranger's text that are shown."""


def clean(text: str) -> str:
    """Return text in which every control, format, private and unassigned character is a U+FFFD, cut to `LONGEST`."""
    shown = "".join("\ufffd" if unicodedata.category(sign)[0] == "C" else sign for sign in text[: LONGEST + 1])
    shown = "".join(" " if sign.isspace() else sign for sign in shown)
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"


def clean_bytes(data: bytes) -> str:
    """Return bytes of a log as text that can be shown."""
    return clean(data[: LONGEST * 4 + 4].decode("utf-8", "replace"))
