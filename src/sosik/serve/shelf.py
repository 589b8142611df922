"""How much a worker keeps in memory of what the store could give it again."""

from collections import OrderedDict
from threading import Lock

from sosik.publish.answers import Answer


class Shelf:
    """Answers that may be forgotten, bounded by the bytes of memory they take. For any number of threads.

    An answer used since it was last considered gets a second chance, so that a request need only set a flag.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._sizes: OrderedDict[Answer, int] = OrderedDict()
        self._total = 0
        self._lock = Lock()

    @property
    def room(self) -> int:
        """The bytes that are left."""
        return self._limit - self._total

    def put(self, answer: Answer) -> list[Answer]:
        """Keep an answer, or note that its size has changed; return those that were forgotten to make room."""
        with self._lock:
            self._take(answer)
            self._sizes[answer] = answer.size
            self._total += answer.size
            return self._make_room()

    def remove(self, answer: Answer) -> None:
        """Keep an answer no longer; it may be unknown."""
        with self._lock:
            self._take(answer)

    def _take(self, answer: Answer) -> None:
        self._total -= self._sizes.pop(answer, 0)

    def _make_room(self) -> list[Answer]:
        forgotten = []
        while self._total > self._limit:
            answer, size = self._sizes.popitem(last=False)
            if answer.used:
                answer.used = False
                self._sizes[answer] = size
                continue
            self._total -= size
            answer.forget()
            forgotten.append(answer)
        return forgotten
