"""The tables of the store in a schema of PostgreSQL, and what brings those of an earlier version along.

Texts that tell rows apart are compared byte by byte (`COLLATE "C"`), as SQLite does: the same order on every server.
Two tables are PostgreSQL's own: `state`, with one row, and `picture`, for elsewhere pictures lie in files.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from sosik.store.connection import Connection
from sosik.store.schema import TABLES, VERSION

FIRST = 8
"""The first version that PostgreSQL kept."""

_OWN = """
-- `version` is that of the tables; `revision` counts the transactions that wrote something: of two writers that began
-- from the same one, only one can commit.
CREATE TABLE state (
    version INTEGER NOT NULL,
    revision BIGINT NOT NULL
);
CREATE TABLE picture (
    digest TEXT PRIMARY KEY,
    body BLOB NOT NULL
);
"""

TABLE_NAMES = tuple(re.findall(r"CREATE TABLE (\w+)", TABLES + _OWN))

_LONG = {"ledger_title": "title", "ledger_link": "link", "ledger_body": "body"}
"""Indexes of what may be longer than the third of a page that a B-tree takes, by the one column that is looked for."""


def statements(schema: str) -> Iterator[str]:
    """Yield what makes the tables of an empty store."""
    yield f'CREATE SCHEMA IF NOT EXISTS "{schema}"'
    for statement in re.sub(r"--.*", "", TABLES + _OWN).split(";"):
        if statement.strip():
            yield _of_postgres(" ".join(statement.split()), schema)
    yield f'ALTER TABLE "{schema}".picture ALTER COLUMN body SET STORAGE EXTERNAL'  # it is compressed already
    yield f'INSERT INTO "{schema}".state VALUES ({VERSION}, 0)'


def _of_postgres(statement: str, schema: str) -> str:
    typed = statement.replace(" TEXT", ' TEXT COLLATE "C"').replace(" BLOB", " BYTEA")
    made = re.fullmatch(r"CREATE INDEX (\w+) ON (\w+) \(.*?\)( WHERE .*)?", typed)
    if made is None:
        return typed.replace("CREATE TABLE ", f'CREATE TABLE "{schema}".', 1)
    if made[1] in _LONG:
        return f'CREATE INDEX {made[1]} ON "{schema}".{made[2]} USING hash ({_LONG[made[1]]}){made[3] or ""}'
    return typed.replace(f" ON {made[2]} ", f' ON "{schema}".{made[2]} ', 1)


STEPS: Mapping[int, Callable[[Connection], None]] = {}
"""What brings the tables to each version from the one before, within the caller's transaction; none so far."""
