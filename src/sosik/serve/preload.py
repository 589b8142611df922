"""Brings an edition into memory, so that it can be served while the database that holds it is away."""

from sosik.errors import StoreError
from sosik.publish.answers import Answer
from sosik.publish.policy import is_compressible
from sosik.serve.answer_table import AnswerTable, wsgi_path
from sosik.serve.editions import MEMORY_FAR, Editions, MovedError
from sosik.store.bodies import AT_ONCE
from sosik.store.statements import batches

_SMALL = 5_000
"""Documents of an edition that is brought into memory whole, if there is room; of a larger one the feeds are."""

_PER_ANSWER = 16_384
"""Room that is left for an answer: more than one takes beside its bytes."""


class Preload:
    """Fills the answers of `editions`, compressed: feeds first, those nearest to the root before others, then the rest
    of a small edition, pages and articles before pictures. Of feeds at most `limit` bytes.
    """

    def __init__(self, editions: Editions, limit: int = MEMORY_FAR) -> None:
        self._editions = editions
        self._limit = limit
        self._done: AnswerTable | None = None

    def run(self) -> None:
        """Bring in what the newest edition lacks; to be called again and again. What fails is tried the next time."""
        table = self._editions.table
        if table is self._done or not table.edition.number or self._editions.is_away:
            return
        try:
            self._feeds(table)
            if table.documents <= _SMALL:
                self._others(table)
        except (MovedError, StoreError):
            return
        self._done = table

    def _feeds(self, table: AnswerTable) -> None:
        feeds = [known for known in [*table.answers.values()] if known.is_polled]
        feeds.sort(key=lambda known: (known.head.path.count("/"), known.head.path))
        size = 0
        for some in batches(feeds, AT_ONCE):
            size += sum(len(known.packed.full.body) for known in some if known.packed.full)
            size += self._bring([known for known in some if known.packed.full is None], table)
            if size > self._limit:
                return

    def _others(self, table: AnswerTable) -> None:
        lacking = [head for head in self._editions.heads(table) if head.status == 200 and not _has(table, head.path)]
        lacking.sort(key=lambda head: (not is_compressible(head.media_type), head.length, head.path))
        for some in batches(lacking, AT_ONCE):
            room, fitting = self._editions.room, []
            for head in some:
                # A text takes a quarter of its bytes, a picture all of them.
                room -= head.length + _PER_ANSWER
                if room >= 0:
                    fitting.append(self._editions.add(head, table))
            self._bring(fitting, table)
            if len(fitting) < len(some):
                return

    def _bring(self, lacking: list[Answer], table: AnswerTable) -> int:
        """Bring documents into memory and return what they take. Raises `MovedError`, and `StoreError` while away."""
        if self._editions.table is not table:
            raise MovedError
        return self._editions.fill(lacking, table) if lacking else 0


def _has(table: AnswerTable, path: str) -> bool:
    known = table.answers.get(wsgi_path(path))
    return known is not None and known.packed.full is not None
