"""The writes of a dry run: temporary tables over those of the store, so the store is only read, without locks.

Every table gets a view of its name with the written rows and the untouched ones; SQLite resolves it first. So queries
do not change, and the temporary database ends with the connection.
"""

import sqlite3
from collections.abc import Iterable

from sosik.store.connection import Connection
from sosik.store.statements import Table

_SHADOW = """
CREATE TEMP TABLE new_{name} AS SELECT {columns} FROM main.{name} LIMIT 0;
CREATE UNIQUE INDEX temp.new_{name}_key ON new_{name} ({key});
CREATE TEMP TABLE old_{name} ({key}, PRIMARY KEY ({key}));
CREATE TEMP VIEW {name} AS
    SELECT {columns} FROM new_{name}
    UNION ALL
    SELECT {columns} FROM main.{name} WHERE NOT EXISTS (SELECT 1 FROM old_{name} WHERE {same_in_main});
CREATE TEMP TRIGGER put_{name} INSTEAD OF INSERT ON {name} BEGIN
    DELETE FROM new_{name} WHERE {same_as_new};
    INSERT INTO new_{name} ({columns}) VALUES ({new_columns});
    INSERT OR IGNORE INTO old_{name} VALUES ({new_key});
END;
CREATE TEMP TRIGGER drop_{name} INSTEAD OF DELETE ON {name} BEGIN
    DELETE FROM new_{name} WHERE {same_as_old};
    INSERT OR IGNORE INTO old_{name} VALUES ({old_key});
END;
"""


def shadow(connection: Connection, tables: Iterable[Table]) -> None:
    """Lay temporary tables before those of the store, within the caller's transaction."""
    for table in tables:
        script = _SHADOW.format(
            name=table.name,
            columns=", ".join(table.columns),
            key=", ".join(table.key),
            new_columns=", ".join(f"NEW.{column}" for column in table.columns),
            new_key=", ".join(f"NEW.{column}" for column in table.key),
            old_key=", ".join(f"OLD.{column}" for column in table.key),
            same_in_main=_same(table, f"old_{table.name}", f"main.{table.name}"),
            same_as_new=_same(table, f"new_{table.name}", "NEW"),
            same_as_old=_same(table, f"new_{table.name}", "OLD"),
        )
        # Not executescript, which would commit the transaction.
        for statement in _statements(script):
            connection.execute(statement)


def _same(table: Table, one: str, other: str) -> str:
    return " AND ".join(f"{one}.{column} = {other}.{column}" for column in table.key)


def _statements(script: str) -> Iterable[str]:
    """Yield the statements of a script; those of a trigger belong together."""
    statement = ""
    for line in script.strip().splitlines():
        statement += f"{line}\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
