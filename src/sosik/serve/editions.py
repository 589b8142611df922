"""The newest edition in a worker: a table of responses that is replaced as a whole, outside of requests."""

import gzip
import json
import logging
import os
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from pathlib import Path
from threading import Event, Thread

from sosik.errors import NewerStoreError, PictureError, StoreDamagedError, StoreError, UnlikeError
from sosik.model import KINDS, POLLED
from sosik.publish.answers import Answer, Full, Variant, answer, fill, poll_names
from sosik.publish.policy import Policy, read_policy
from sosik.queries import QueryAddresses
from sosik.serve.answer_table import AnswerTable, are_alike, document_path, wsgi_path
from sosik.serve.connection import Connection
from sosik.serve.newest import Newest
from sosik.serve.shelf import Shelf
from sosik.serve.status import STORE_BEHIND, STORE_DAMAGED, STORE_NEWER, STORE_UNREADABLE
from sosik.store import DocumentHead, Snapshot
from sosik.systems import CAN_FORK
from sosik.words import Message

log = logging.getLogger(__name__)

MEMORY = 4 * 2**20
"""Bytes that a worker keeps, beside the compressed feeds, of what the store could give it again."""

MEMORY_FAR = 64 * 2**20
"""The same where the store is a database elsewhere, which may be away: a small edition, compressed, is less."""


class MovedError(Exception):
    """The store holds a newer edition than the table that a request began with."""


class BehindError(StoreError):
    """The database holds an older edition than is known: a replica that lags."""


class Editions:
    """The newest edition of the store in `folder`, which need not be there yet. For any number of threads.

    `table` is replaced in one assignment: who took it answers from that edition and no other. `trouble` says why the
    store cannot be read, if it cannot, and `trouble_code` in a word; the table then stays what it was. Of `newest` the
    number is no less than that of any table from which somebody who shares it answers.
    """

    def __init__(self, folder: Path, *, memory: int | None = None, newest: Newest | None = None) -> None:
        self.table = AnswerTable()
        self.newest = newest or Newest()
        self.trouble: Message | str = ""
        self.trouble_code = ""
        self._watched = Connection(folder, self.newest.bell)
        self._read = Connection(folder)
        self._version: tuple[int, int] | None = None
        self.is_far = not self._watched.is_file
        self._shelf = Shelf(memory or (MEMORY_FAR if self.is_far else MEMORY))
        self._failed_at = 0
        self._stop = Event()
        _survive_fork(self)

    # --- noticing a new edition

    def watch(self) -> None:
        """Notice every new edition within a fraction of a second, in a thread that ends with the process."""
        self._look()
        Thread(target=self._watch, name="sosik-editions", daemon=True).start()

    def close(self) -> None:
        """Notice nothing any more and close the store."""
        self._stop.set()
        self._watched.close()
        self._read.close()

    def refresh(self) -> None:
        """Take the newest edition now, if the store has one that is not known.

        While it is away nobody waits for it, unless somebody else has found a newer edition there since.
        """
        if not self.is_away or self.newest.view[0] != self._failed_at:
            self._look()

    @property
    def is_away(self) -> bool:
        """Whether the store is a database that cannot be read now: what is in memory is served from there."""
        return self.is_far and bool(self.trouble)

    @property
    def is_behind(self) -> bool:
        """Whether a newer edition than this one is known to be somewhere."""
        return self.table.edition.number < int(self.newest.view[0])

    def give_up(self) -> None:
        """Wait no longer for a database that does not answer. To be called now and then, in a thread of its own."""
        self._watched.give_up()
        self._read.give_up()

    def _look(self) -> None:
        told = self.newest.view[0]
        try:
            self._watched.ask(partial(self._take, told))
        except (StoreError, ValueError) as error:
            reason = error.message if isinstance(error, StoreError) else str(error)
            if reason != self.trouble:
                log.warning("%s", self._unreadable(reason))
            self._failed_at = told
            self.trouble = reason
            self.trouble_code = _code_of(error)
        else:
            if self.is_away:
                log.info("%s", Message("serve.back", number=self.table.edition.number))
            self.trouble = ""

    def _take(self, told: int, snapshot: Snapshot) -> None:
        """Take the newest edition, no older than what was `told`. Raises `StoreError` and `ValueError`."""
        version = (self._watched.generation, snapshot.data_version())
        table = self.table
        if version != self._version:
            snapshot.refuse_a_newer_store()
            if self.is_far:
                self._refuse_older(snapshot, told)
            table = self._newest(snapshot)
        # Before any request can be answered from it.
        self.newest.agree(told, table.edition.number)
        if table is not self.table:
            self._replace(table)
            self._watched.forget_damage()
        self._version = version

    def _refuse_older(self, snapshot: Snapshot, told: int) -> None:
        """Raise `BehindError` where a database holds an older edition than was `told`, or than its primary has.

        A replica may lag. Another file in the place of the store is another matter: a person put it there.
        """
        number = snapshot.edition().number
        known = told or snapshot.newest_number()
        if number < known:
            self.newest.agree(told, known)
            raise BehindError(Message("serve.behind", number=number, known=known))

    def _unreadable(self, reason: Message | str) -> Message:
        if not self.is_far or not self.table.edition.number:
            return Message("serve.store-unreadable", reason=reason)
        table = self.table
        return Message(
            "serve.away",
            number=table.edition.number,
            count=table.in_memory,
            documents=table.documents,
            reason=reason,
        )

    def _watch(self) -> None:
        while not self._stop.is_set():
            self._watched.wait(self._stop)
            if self._stop.is_set():
                return
            try:
                self._look()
            except Exception as error:  # noqa: BLE001  # were this thread to end, this edition would stay up for ever
                log.error("%s", Message("serve.edition-not-taken", reason=repr(error)))

    def _newest(self, snapshot: Snapshot) -> AnswerTable:
        """Return the table of the store's edition; what did not change is taken over from the table before."""
        before = self.table
        asked = [known.head.path for known in tuple(before.answers.values()) if not known.is_polled]
        with snapshot.reading():
            policy = read_policy(snapshot.meta("publication"))
            polled, others = snapshot.heads_of(POLLED), [*snapshot.heads_at(asked).values()]
            goes_on = policy == before.policy and are_alike(polled, before.polled)
            names = before.names if goes_on else poll_names(polled)
            answers = before.of_polled() if goes_on else {}
            pairs = zip(polled, before.polled, strict=True) if goes_on else ((head, None) for head in polled)
            for head in (*(head for head, old in pairs if head is not old), *others):
                key = wsgi_path(head.path)
                answers.pop(key, None)
                if head.status == HTTPStatus.OK:
                    name = names.get(head.path) or KINDS[head.kind].counted
                    answers[key] = self._answer(head, name, policy, before.answers.get(key), snapshot)
            paths = (head.path for head in (*polled, *others))
            return AnswerTable(
                edition=snapshot.edition(),
                documents=snapshot.count(),
                policy=policy,
                answers=answers,
                polled=polled,
                names=names,
                queries=QueryAddresses({*paths, *json.loads(snapshot.meta("ended") or "[]")}),
            )

    def _answer(
        self, head: DocumentHead, name: str, policy: Policy, known: Answer | None, snapshot: Snapshot
    ) -> Answer:
        """Return the answers of a document: those `known` before where nothing of them is another."""
        if known is not None and (known.head, known.name) == (head, name) and policy == self.table.policy:
            return known
        new = answer(head, policy, name)
        if known is not None:
            self._warm(new, known, snapshot)
        return new

    def _warm(self, new: Answer, old: Answer, snapshot: Snapshot) -> None:
        """Make what was asked for before the edition changed, so that no request waits for it afterwards."""
        pairs = {(new.plain, old.plain), (new.packed, old.packed)}
        wanted = [variant for variant, known in pairs if known.full]
        body = None
        with suppress(PictureError, UnlikeError):  # told to who asks for it; the edition is good without it
            body = snapshot.body(new.head.path) if wanted else None
        if body is not None:
            for variant in wanted:
                fill(new, variant, body)
            new.used = old.used

    def _replace(self, table: AnswerTable) -> None:
        before, self.table = self.table, table
        for key, known in tuple(before.answers.items()):
            if table.answers.get(key) is not known:
                self._shelf.remove(known)
        for known in tuple(table.answers.values()):
            if known.plain.full is not None or not known.is_polled:
                self._keep(known)

    # --- answering

    def find(self, path_info: str) -> Answer | None:
        """Return the answers of a document that the table does not hold under this spelling, or None.

        Hangul may come decomposed. Raises `MovedError`; raises `StoreError` when the store cannot be read.
        """
        path = document_path(path_info)
        if path is None:
            return None
        table = self.table
        known = table.answers.get(wsgi_path(path))
        if known is not None or table.edition.number == 0:
            return known
        with self._reading(table) as snapshot:
            head = snapshot.head(path)
        return None if head is None else self.add(head, table)

    def heads(self, table: AnswerTable) -> list[DocumentHead]:
        """Return the heads of all documents of an edition. Raises like `find`."""
        with self._reading(table) as snapshot:
            return snapshot.heads()

    def add(self, head: DocumentHead, table: AnswerTable) -> Answer:
        """Return the answers of a document of an edition, from now on among those of its table."""
        new = answer(head, table.policy)
        if head.status == HTTPStatus.OK:
            new = table.answers.setdefault(wsgi_path(head.path), new)
            self._keep(new)
        return new

    def fill(self, lacking: Sequence[Answer], table: AnswerTable) -> int:
        """Bring documents of an edition into memory, compressed, read together; return the bytes that they take.

        Those that are not whole are left out. Raises `MovedError` and `StoreError`.
        """
        bodies: dict[Answer, bytes | None] = {}
        with self._reading(table) as snapshot:
            snapshot.read_ahead([known.head.path for known in lacking])
            for known in lacking:
                with suppress(PictureError, UnlikeError):  # told to who asks for it
                    bodies[known] = snapshot.body(known.head.path)
        size = 0
        for known, body in bodies.items():
            if body is not None and known.packed.full is None:
                size += len(fill(known, known.packed, body).body)
                self._keep(known)
        return size

    @property
    def room(self) -> int:
        """The bytes of memory that are left for what the store could give again."""
        return self._shelf.room

    @contextmanager
    def _reading(self, table: AnswerTable) -> Iterator[Snapshot]:
        """Lend the store, as of the edition of a table. Raises `MovedError` and `StoreError`."""
        self._refuse_while_away()
        with self._read.snapshot() as snapshot, snapshot.reading():
            if snapshot.edition() != table.edition:
                raise MovedError
            yield snapshot

    def _refuse_while_away(self) -> None:
        """Raise `StoreError` while the store is away: only who watches it waits for its coming back."""
        if reason := self.trouble if self.is_far else "":
            raise StoreError(Message("store.text", text=reason) if isinstance(reason, str) else reason)

    def is_gone(self, path_info: str) -> bool:
        """Tell whether a path had a document in an earlier edition. Raises `StoreError`."""
        path = document_path(path_info)
        if path is None or self.table.edition.number == 0:
            return False
        self._refuse_while_away()
        return self._read.ask(lambda snapshot: snapshot.is_gone(path))

    def full(self, known: Answer, variant: Variant) -> Full:
        """Return the 200 of a document, read from the store if need be, compressed at most once.

        Raises `MovedError` if the store has other bytes by now; raises `StoreError` when it cannot be read.
        """
        body = _in_memory(known) if self.is_far else None
        if body is None:
            self._refuse_while_away()
            found = self._read.ask(lambda snapshot: variant.full or _body(snapshot, known.head))
            if isinstance(found, Full):
                return found
            body = found
        made = fill(known, variant, body)
        if known.head.status == HTTPStatus.OK:
            self._keep(known)
        return made

    def _keep(self, known: Answer) -> None:
        answers = self.table.answers
        for forgotten in self._shelf.put(known):
            key = wsgi_path(forgotten.head.path)
            if not forgotten.is_polled and answers.get(key) is forgotten:
                answers.pop(key, None)

    # --- forking (a server that loads the application before it forks its workers)

    def before_fork(self) -> None:
        """Carry no open store into another process: SQLite forbids it."""
        self._watched.lock.acquire()
        self._read.lock.acquire()
        self._watched.forget()
        self._read.forget()

    def after_fork(self, *, child: bool) -> None:
        """Go on; a child needs a watching thread of its own."""
        self._read.lock.release()
        self._watched.lock.release()
        if child and not self._stop.is_set():
            self.watch()


def _in_memory(known: Answer) -> bytes | None:
    """Return the bytes of a document, made of those in the other coding, None where neither is in memory."""
    if known.plain.full is not None:
        return known.plain.full.body
    packed = known.packed.full
    return gzip.decompress(packed.body) if packed is not None else None


def _body(snapshot: Snapshot, head: DocumentHead) -> bytes:
    """Return the bytes of a document. Raises `MovedError` if the store has others by now, or none."""
    try:
        with snapshot.reading():
            body = snapshot.body(head.path)
            if body is None or snapshot.head(head.path) != head:
                raise MovedError
        return body
    except PictureError:
        # What no edition needs any more is removed, also from under who reads an earlier one.
        if snapshot.head(head.path) != head:
            raise MovedError from None
        raise


def _code_of(error: Exception) -> str:
    """Return the word for why the store cannot be read."""
    if isinstance(error, NewerStoreError):
        return STORE_NEWER
    if isinstance(error, BehindError):
        return STORE_BEHIND
    return STORE_DAMAGED if isinstance(error, StoreDamagedError) else STORE_UNREADABLE


def _survive_fork(editions: Editions) -> None:
    known = weakref.ref(editions)

    def tell(name: str, **how: bool) -> None:
        living = known()
        if living is not None:
            getattr(living, name)(**how)

    if CAN_FORK:
        os.register_at_fork(
            before=lambda: tell("before_fork"),
            after_in_parent=lambda: tell("after_fork", child=False),
            after_in_child=lambda: tell("after_fork", child=True),
        )
