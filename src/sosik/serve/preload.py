"""Brings an edition into memory, so that it can be served while the database that holds it is away."""

from sosik.errors import StoreError
from sosik.publish.answers import Answer
from sosik.publish.policy import is_compressible
from sosik.serve.answer_table import AnswerTable, wsgi_path
from sosik.serve.editions import MEMORY_FAR, Editions, MovedError

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
        for known in feeds:
            size += self._bring(known, table)
            if size > self._limit:
                return

    def _others(self, table: AnswerTable) -> None:
        lacking = [head for head in self._editions.heads(table) if head.status == 200 and not _has(table, head.path)]
        lacking.sort(key=lambda head: (not is_compressible(head.media_type), head.length, head.path))
        for head in lacking:
            # A text takes a quarter of its bytes, a picture all of them.
            if self._editions.room < head.length + _PER_ANSWER:
                return
            self._bring(self._editions.add(head, table), table)

    def _bring(self, known: Answer, table: AnswerTable) -> int:
        """Bring a document into memory and return what it takes. Raises `MovedError`, and `StoreError` while away."""
        if self._editions.table is not table:
            raise MovedError
        try:
            full = known.packed.full or self._editions.full(known, known.packed)
        except StoreError:
            if self._editions.is_away:
                raise
            return 0  # one that is not whole is told to who asks for it
        return len(full.body)


def _has(table: AnswerTable, path: str) -> bool:
    known = table.answers.get(wsgi_path(path))
    return known is not None and known.packed.full is not None
