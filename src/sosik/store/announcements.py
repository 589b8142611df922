"""The queued notifications of hubs and search engines, and their results."""

from collections.abc import Collection, Iterable

from sosik.store.connection import Connection
from sosik.store.records import read_message, write_message
from sosik.store.rows import AnnouncementRow, TargetRow, columns
from sosik.store.statements import ANNOUNCEMENT, TARGET, Writer


class Announcements:
    """The queue in the store behind `connection`; who only reads may use the methods that return something."""

    def __init__(self, connection: Connection, writer: Writer) -> None:
        self._connection = connection
        self._writer = writer

    def waiting(self) -> list[AnnouncementRow]:
        """Return what is still to be told, the oldest first."""
        query = f"SELECT {columns(AnnouncementRow)} FROM announcement ORDER BY since, target, url"
        rows = (AnnouncementRow(*row) for row in self._connection.execute(query))
        return [row._replace(outcome=read_message(str(row.outcome))) for row in rows]

    def targets(self) -> dict[str, TargetRow]:
        """Return what came of telling each target, by its address."""
        query = f"SELECT {columns(TargetRow)} FROM target ORDER BY target"
        rows = (TargetRow(*row) for row in self._connection.execute(query))
        return {row.target: row._replace(asked=bool(row.asked), outcome=read_message(str(row.outcome))) for row in rows}

    def next_due(self) -> int | None:
        """Return the instant (seconds) at which the next is to be told, None where nothing waits."""
        query = """
            SELECT min(CASE WHEN target.due > announcement.due THEN target.due ELSE announcement.due END)
            FROM announcement LEFT JOIN target ON target.target = announcement.target
            """
        due: int | None = self._connection.execute(query).fetchone()[0]
        return due

    def put(self, rows: Iterable[AnnouncementRow]) -> None:
        """Queue what is to be told; a row with the same target and url is replaced."""
        self._writer.put(ANNOUNCEMENT, (row._replace(outcome=write_message(row.outcome)) for row in rows))

    def drop(self, rows: Iterable[AnnouncementRow]) -> None:
        """Take rows out of the queue, unless an edition has queued them anew meanwhile."""
        for row in rows:
            query = "DELETE FROM announcement WHERE target = ? AND url = ? AND since = ?"
            self._connection.execute(query, (row.target, row.url, row.since))

    def delay(self, rows: Iterable[AnnouncementRow]) -> None:
        """Let rows wait as they say, unless an edition has queued them anew meanwhile."""
        waiting = {(row.target, row.url, row.since) for row in self.waiting()}
        self.put(row for row in rows if (row.target, row.url, row.since) in waiting)

    def put_targets(self, rows: Iterable[TargetRow]) -> None:
        """Remember what came of telling targets."""
        self._writer.put(TARGET, (row._replace(outcome=write_message(row.outcome)) for row in rows))

    def keep_only(self, targets: Collection[str]) -> None:
        """Forget the targets that are no longer configured, and what they were to be told."""
        known = {row.target for row in self.waiting()} | self.targets().keys()
        for table in (ANNOUNCEMENT, TARGET):
            self._writer.drop(table, "target", sorted(known - set(targets)))
