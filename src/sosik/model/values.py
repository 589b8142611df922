"""Distinct types for texts and numbers, so that the type checker prevents confusion."""

from typing import NewType

EntryId = NewType("EntryId", str)
"""What an entry is known by for ever, to readers too (RFC 4287, 4.2.6)."""

DocumentPath = NewType("DocumentPath", str)
"""The path of a document: it begins with a slash and is decoded, NFC text (`/section/정치/rss.xml`)."""

Digest = NewType("Digest", str)
"""A SHA-256 in hexadecimal."""

NO_DIGEST = Digest("")
"""Stands where there is nothing to be digested."""

Seconds = NewType("Seconds", int)
"""An instant as whole seconds since 1970-01-01 UTC."""

NEVER = Seconds(0)
"""Stands where nothing has happened yet."""
