"""Where a store lies: a folder (`.sosik`) with SQLite's file in it, or a schema of a PostgreSQL database.

An address is `postgresql://USER@HOST/DATABASE?schema=NAME`, as libpq has it (its manual, "Connection URIs"), with one
parameter of ours: the schema, which holds one publication. Its password is never shown.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from msgspec import Struct

from sosik.errors import StoreError
from sosik.words import Message

VARIABLE = "SOSIK_STORE"
"""The variable of the environment that says where the store is; without it, it lies in the publication's folder."""

DEFAULT_SCHEMA = "sosik"
"""The schema of an address that names none."""

_SCHEMES = ("postgresql", "postgres")

_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,47}")
"""A name that needs no quoting, and room for what is put behind it: PostgreSQL keeps 63 bytes."""

_SHOWN = frozenset({"host", "hostaddr", "port", "user", "dbname"})
"""The parameters that are shown: others may be secrets."""


class StoreAddress(Struct, frozen=True):
    """A schema of a PostgreSQL database. `folder` (`.sosik`) holds what belongs to this machine alone.

    `url` is for libpq, with the password; as text, the address has none.
    """

    folder: Path
    url: str
    schema: str

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        user, mark, hosts = parts.netloc.rpartition("@")
        shown = [(name, value) for name, value in parse_qsl(parts.query) if name in _SHOWN]
        query = urlencode([*shown, ("schema", self.schema)], quote_via=quote, safe="/")
        return urlunsplit((parts.scheme, f"{user.partition(':')[0]}{mark}{hosts}", parts.path, query, ""))

    def __repr__(self) -> str:
        return str(self)

    @property
    def secrets(self) -> frozenset[str]:
        """What no message may hold: the password, as it is written."""
        parts = urlsplit(self.url)
        password = parts.netloc.rpartition("@")[0].partition(":")[2]
        others = {value for name, value in parse_qsl(parts.query) if name not in _SHOWN}
        return frozenset({password, *others} - {""})


Place = Path | StoreAddress
"""Where a store lies."""


def place_of(folder: Path, environment: Mapping[str, str] = os.environ) -> Place:
    """Return where the store of the folder (`.sosik`, or one in it for drafts) lies, as the environment has it.

    Raises `StoreError` for an address that is none.
    """
    written = environment.get(VARIABLE, "")
    return address_of(written, folder) if written else folder


def address_of(written: str, folder: Path) -> StoreAddress:
    """Return the address that a text is. A folder in `.sosik` has a schema of its own. Raises `StoreError`."""
    try:
        parts = urlsplit(written)
    except ValueError as error:
        raise StoreError(Message("store.address")) from error
    # A password whose signs are not percent-encoded ends too early, and its rest would be shown.
    is_torn = parts.fragment or "@" in parts.path or "@" in parts.query
    if parts.scheme not in _SCHEMES or is_torn or not written.startswith(f"{parts.scheme}://"):
        raise StoreError(Message("store.address"))
    settings = parse_qsl(parts.query, keep_blank_values=True)
    schema = dict(settings).get("schema", DEFAULT_SCHEMA)
    if not _SCHEMA.fullmatch(schema):
        raise StoreError(Message("store.schema-name", schema=schema))
    others = urlencode([(name, value) for name, value in settings if name != "schema"], quote_via=quote, safe="/")
    url = urlunsplit((parts.scheme, parts.netloc, parts.path, others, ""))
    if url.startswith(f"{parts.scheme}:/") and not url.startswith(f"{parts.scheme}://"):
        url = url.replace(":/", ":///", 1)  # without a host: urlunsplit leaves out what is empty
    return StoreAddress(folder, url, schema if folder.name == ".sosik" else f"{schema}_{folder.name}")
