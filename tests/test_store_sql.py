"""The SQL of the store: such as SQLite (3.35) and PostgreSQL (15) both take, and little of it.

What opens, migrates and shadows a database is SQLite's own, and so is what gives and takes its transactions.
"""

import ast
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from newsrooms import PUBLICATION, Newsroom, at
from sosik.site import Site
from sosik.store import open_store
from sosik.store.schema import TABLES
from test_imports import SOURCE

STORE = SOURCE / "store"
SQLITE = {
    *("faults.py", "soundness.py", "migrations.py", "sqlite.py", "examination.py", "opening.py", "shadow.py"),
    *("snapshot.py", "database.py", "copies.py"),
}
"""What knows SQLite, and nothing else does."""

PORTABLE = sorted(path.name for path in STORE.glob("*.py") if path.name not in SQLITE)

STATEMENT = re.compile(r"\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE|WHERE|ON CONFLICT|ORDER BY)\b")
"""What is SQL among the texts of a program."""


class Forbidden(NamedTuple):
    """SQL that not every database takes, or not in the same sense."""

    pattern: str
    reason: str
    example: str


FORBIDDEN = [
    Forbidden(r"\b(max|min)\([^()]*,", "PostgreSQL says greatest and least", "SELECT max(a, b) FROM t"),
    Forbidden(r"\binstr\(", "PostgreSQL says position", "SELECT instr(a, 'b') FROM t"),
    Forbidden(
        r"\b(ifnull|iif|total|group_concat|strftime|unixepoch|printf|glob)\(", "SQLite's own", "SELECT ifnull(a, 1)"
    ),
    Forbidden(r"\bIN \(\s*\)", "PostgreSQL refuses an empty list", "SELECT a FROM t WHERE a IN ()"),
    Forbidden(
        r"\bOR (IGNORE|REPLACE|ABORT|FAIL|ROLLBACK)\b", "the standard way is ON CONFLICT", "INSERT OR IGNORE INTO t"
    ),
    Forbidden(r"\bREPLACE INTO\b", "the standard way is ON CONFLICT", "REPLACE INTO t VALUES (1)"),
    Forbidden(r"\bPRAGMA\b", "SQLite's own", "PRAGMA user_version"),
    Forbidden(r"\b(_?rowid_?|oid|ctid)\b", "each has another", "SELECT rowid FROM t"),
    Forbidden(r"\b(AUTOINCREMENT|WITHOUT ROWID|STRICT)\b", "SQLite's own", "CREATE TABLE t (a INTEGER) STRICT"),
    Forbidden(r"\b(I?LIKE|GLOB|REGEXP|MATCH)\b", "SQLite's LIKE takes a for A", "SELECT a FROM t WHERE a LIKE 'b%'"),
    Forbidden(r"\|\|", "of numbers SQLite makes text unasked", "SELECT a || 1 FROM t"),
    Forbidden(r"\"", "a name to one, a text to the other", 'SELECT "a" FROM t'),
    Forbidden(r"`|\[\w+\]", "names are not quoted so elsewhere", "SELECT `a` FROM t"),
    Forbidden(r"\b(TRUE|FALSE|BOOLEAN)\b", "what is true or false is a number", "SELECT a FROM t WHERE b = TRUE"),
    Forbidden(r"\bIS (NOT )?[?\d']", "PostgreSQL says IS DISTINCT FROM", "SELECT a FROM t WHERE a IS ?"),
    Forbidden(r"==", "SQLite's own", "SELECT a FROM t WHERE a == 1"),
    Forbidden(
        r"\bDEFAULT VALUES\b|\bUPDATE\b.*\bLIMIT\b|\bDELETE\b.*\bLIMIT\b",
        "no limits on writing",
        "DELETE FROM t LIMIT 1",
    ),
    Forbidden(r"\bLIMIT \S+, ", "the standard way is OFFSET", "SELECT a FROM t LIMIT 1, 2"),
    Forbidden(r"\bCOLLATE\b", "each has its own", "SELECT a FROM t ORDER BY a COLLATE NOCASE"),
    Forbidden(r"\bGROUP BY \d", "names say more", "SELECT a FROM t GROUP BY 1"),
    Forbidden(
        r"\bORDER BY [^)]*\b(updated|corrected|edited|withdrawn|told_at|failed_at|retired)\b|NULLS",
        "nothing comes first in one and last in the other",
        "SELECT a FROM t ORDER BY withdrawn",
    ),
    Forbidden(r"%", "drivers take it for a placeholder", "SELECT a % 2 FROM t"),
    Forbidden(r":\w+|\$\d|@\w+", "values stand where a question mark is", "SELECT a FROM t WHERE b = :b"),
]

RESERVED = """
    all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
    column concurrently constraint create cross current_catalog current_date current_role current_schema
    current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for
    foreign freeze from full grant group having ilike in initially inner intersect into is isnull join lateral
    leading left like limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps
    placing primary references returning right select session_user similar some symmetric table tablesample then to
    trailing true union unique user using variadic verbose when where window with
"""
"""The words that PostgreSQL takes for no name (its manual, appendix C: reserved, and those that may name functions)."""


def texts(path: Path) -> Iterator[str]:
    """Yield the SQL in a file: texts, and those that are put together, with a question mark for what is put in."""
    tree = ast.parse(path.read_text("utf-8"))
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    said |= {id(inner) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for inner in node.values}
    for node in ast.walk(tree):
        if id(node) in said:
            continue
        text = text_of(node)
        if STATEMENT.search(text):
            yield " ".join(re.sub(r"--.*", "", text).split())


def text_of(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) if isinstance(part, ast.Constant) else "?" for part in node.values)
    return ""


def faults(sql: str) -> list[str]:
    """Return why a statement is not one for every database."""
    return [row.reason for row in FORBIDDEN if re.search(row.pattern, sql)]


@pytest.mark.parametrize("name", PORTABLE)
def test_the_sql_of_the_store_is_such_as_every_database_takes(name: str) -> None:
    found = {sql: faults(sql) for sql in texts(STORE / name)}

    assert {sql: reasons for sql, reasons in found.items() if reasons} == {}


def test_there_is_sql_where_it_is_looked_for() -> None:
    found = {name for name in PORTABLE if any(texts(STORE / name))}

    assert found >= {"sql_store.py", "sql_snapshot.py", "membership.py", "ledger_rows.py", "statements.py", "schema.py"}


@pytest.mark.parametrize("row", FORBIDDEN, ids=lambda row: row.example)
def test_what_is_forbidden_is_found(row: Forbidden) -> None:
    assert row.reason in faults(row.example)


def knowing(driver: str) -> set[str]:
    """Return the files that import the driver of a database."""
    imported = re.compile(rf"^\s*(import|from) {driver}\b", re.MULTILINE)
    files = (path for path in SOURCE.rglob("*.py") if imported.search(path.read_text("utf-8")))
    return {path.relative_to(SOURCE).as_posix() for path in files}


def test_nothing_but_the_store_knows_its_database() -> None:
    assert knowing("sqlite3") <= {f"store/{name}" for name in SQLITE}
    assert knowing("psycopg") == {"store/postgres/connection.py", "store/postgres/faults.py"}


def test_no_table_or_column_has_a_name_that_is_taken() -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    names = {
        name for table in tables for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", [table])
    }
    connection.close()

    assert {*tables, *names} & set(RESERVED.split()) == set()


def test_a_first_build_of_many_articles_takes_few_statements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each statement is a round trip where the database is another machine: so many articles, so few of them."""
    room, articles = Newsroom(tmp_path), 2_000
    room.write(
        f"-- feeds/publication.yaml --\n{PUBLICATION}-- feeds/all.yaml --\ntitle: 전체\narchive: month\n"
        '-- feeds/parts.yaml --\ntitle: "{value}"\neach: section\npath: "part/{slug}"\n'
        '-- feeds/tags.yaml --\ntitle: "{value}"\neach: tag\npath: "tag/{slug}"\n'
    )
    for number in range(articles):
        room.write(
            f"-- content/{number}.yaml --\nid: tag:test.example,2010:{number:012}\ntitle: {number}번 기사\n"
            f"published: 2023-{1 + number % 12:02}-{1 + number % 28:02} 09:{number % 60:02}\n"
            f"section: 부서{number % 5}\ntags: [꼬리표{number % 9}]\n"
            f"link: https://www.test.example/{number}\nbody: {number}번 본문입니다.\n"
        )
    open_store(tmp_path / ".sosik").close()
    statements: list[str] = []
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def traced(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **options)
        connection.set_trace_callback(lambda statement: statements.append(statement[:60]))
        return connection

    monkeypatch.setattr(sqlite3, "connect", traced)

    report = Site(tmp_path).build(now=at("2024-02-01 09:00"))

    assert len(report.outcomes) == articles
    assert not report.errors
    assert 50 < len(statements) <= 220
