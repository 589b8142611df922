"""The façade for the command line, the builder of the server and the tests."""

from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sosik.addresses import TRIAL_ADDRESS
from sosik.announce import Announced
from sosik.config import Config, keep_config, load_unless_known
from sosik.content_revision import REVISION, keep_revision, older_content
from sosik.edition.announcements import targets_of
from sosik.edition.build import Report, build, build_what_is_whole
from sosik.edition.still import defined_addresses
from sosik.edition.touched import make_anew_if_asked
from sosik.errors import ConfigError, Problem, StoreError
from sosik.kept_store import KeptStore
from sosik.ledger.reading import Processes
from sosik.ledger.seeing import SyncOptions
from sosik.ledger.sync import sync
from sosik.ledger.verdicts import NOTHING_ALLOWED, Allowances
from sosik.missing_store import missing_store
from sosik.model import Entry, Publication
from sosik.model.digests import digest_of
from sosik.model.instants import seconds
from sosik.previous.memory import NAME as MEMORY_NAME
from sosik.progress import Observer, unobserved
from sosik.publish.beside import kept_memory, leave_memory
from sosik.publish.files import Projection, publish
from sosik.read import Look, RepeatedScan, scan
from sosik.render.kept_shapes import shapes_kept_at
from sosik.store import (
    ANEW,
    STORE_NAME,
    Copy,
    Known,
    LedgerRow,
    Place,
    Restored,
    Store,
    asking_anew,
    copies,
    has_store,
    open_for_build,
    open_snapshot,
    open_store,
    open_trial,
    place_of,
    restore,
)
from sosik.store.statements import MOST_ROWS, batches
from sosik.words import Message

if TYPE_CHECKING:
    from sosik.doctor import Findings
    from sosik.edition.diff import Difference
    from sosik.edition.upcoming import Upcoming
    from sosik.ledger.standing import Standing
    from sosik.previous.recall import Previous
    from sosik.publish.delivery import Delivery


class Site:
    """A publication in the folder `root`: its files, its store, its editions.

    With `drafts`, the store is a separate one for previews, in which drafts count as published. `address` replaces
    `feeds_url` while it still has the value of `sosik init`. `processes` is the number of processes that read, render
    and write: the default depends on the cores, 0 means this process alone. The `observer` gets the progress.

    >>> site = Site("my-paper")
    >>> site.build().counts["new"]
    1
    >>> site.publish("public").removed
    0
    >>> [entry.title for entry, _ in site.entries()]
    ['[단독] 새 다리 이름은 해오름교']
    """

    def __init__(
        self,
        root: Path | str,
        *,
        drafts: bool = False,
        address: str = "",
        processes: int | None = None,
        observer: Observer = unobserved,
    ) -> None:
        self.root = Path(root)
        self._processes = Processes(processes)
        self._observer = observer
        self._address = address
        self._drafts = drafts
        self._config: Config | None = None
        self._scan = RepeatedScan()
        self._known = Known()
        self._has_built = False
        self.kept_store = KeptStore()
        # Whether builds refuse files that git knows to be older than the published ones (`OlderContentError`).
        self.only_newer = False
        # Called as soon as a build is committed.
        self.oncommit: Callable[[], None] = lambda: None

    @property
    def folder(self) -> Path:
        """The folder of the store."""
        return self.root / ".sosik" / "drafts" if self._drafts else self.root / ".sosik"

    def config(self) -> Config:
        """Return the configuration in feeds/, with all its errors."""
        self._config = config = load_unless_known(self.root, self._config, self.folder / "config")
        if config.publication is None or not self._address or config.publication.feeds_url != TRIAL_ADDRESS:
            return config
        return replace(config, publication=replace(config.publication, feeds_url=self._address))

    def _publication(self) -> Publication:
        """Return what feeds/publication.yaml defines. Raises `ConfigError`."""
        config = self.config()
        if config.publication is None:
            raise ConfigError(config.problems)
        return config.publication

    @property
    def place(self) -> Place:
        """The location of the store: its folder, or the address in SOSIK_STORE. Raises `StoreError`."""
        return place_of(self.folder)

    @property
    def store(self) -> str:
        """The file of the store, or its address without the password, as text."""
        place = self.place
        return str(place / STORE_NAME if isinstance(place, Path) else place)

    @property
    def has_store(self) -> bool:
        """Whether the store exists. Raises `StoreError` if the database is unreachable."""
        return has_store(self.place)

    def _trial(self) -> Store:
        """Return the store for a dry run; in memory where there is none."""
        return open_trial(self.place)

    def build(
        self,
        *,
        now: datetime | None = None,
        allowed: Allowances = NOTHING_ALLOWED,
        previous: str = "",
        or_new: bool = False,
        new_store: bool = False,
        changed: Collection[str] | None = None,
        alone: bool = True,
    ) -> Report:
        """Compose an edition of the files, as of `now` (default: the current time), and commit it to the store.

        `allowed` has the exceptions that a person has allowed. `changed` has the absolute paths of all files that
        changed since the last build of this object; content/ is then not searched. `previous` is the folder or the
        address of the published feeds, for a machine without the store; with `or_new`, they may be missing. A damaged
        store is refused; with `previous` or `new_store` it is moved to another name. With `alone` and without `now`,
        the build waits a few seconds for incomplete files; otherwise the next build reads them.

        If an exception is raised, the previous edition stays current. Raises:

        - `ConfigError` if feeds/publication.yaml cannot be used;
        - `EditionRefusedError` if the edition would harm subscribers;
        - `PreviousError` if `previous` cannot be read;
        - `StoreError` if the store cannot be written, or was deleted since the last build of this object.
        """
        config = self.config()
        before = self._previous(config, previous, or_new=or_new) if previous else None
        trusting = changed is not None and self._scan.is_known
        options = replace(self._options(now, allowed, look=self._scan.after(changed)), trusting=trusting)
        if self._has_built and not self.has_store:
            raise StoreError(Message("store.gone", path=self.store))
        opened = partial(open_for_build, self.place, self._known, has_previous=bool(previous), new_store=new_store)
        with self.kept_store.open(opened) as store:
            make_anew_if_asked(store, self.folder / ANEW)
            if not (isinstance(self.place, Path) or self._drafts):
                keep_revision(store, self.root, only_newer=self.only_newer)
            begun = self.folder / "begun"
            options = replace(options, by_clock=now is None, alone=alone and now is None, begun=begun)
            with shapes_kept_at(self.folder / "shapes"):
                report = build_what_is_whole(store, config, self.root, options, previous=before)
            self.oncommit()
            begun.unlink(missing_ok=True)
        keep_config(self._config or config, self.folder / "config")
        self._scan.settle()
        self._has_built = True
        return report

    def read_ahead(self) -> bool:
        """Read some of what the next build will probably need; return whether more is left. Raises `StoreError`."""
        from sosik.edition.ahead import read_ahead  # a server asks for it

        config, place = self.config(), self.place
        if config.publication is None or not isinstance(place, Path) or not self.has_store:
            return False
        with open_store(place, known=self._known) as store:
            return read_ahead(store, config.publication, config.feeds, seconds(datetime.now(UTC)), self._known.ahead)

    def outdated(self) -> Message | None:
        """Return the reason if git knows that the published content is newer than the files here, otherwise None.

        Raises `StoreError`.
        """
        if isinstance(self.place, Path) or not self.has_store:
            return None
        with closing(open_snapshot(self.place)) as snapshot:
            return older_content(self.root, snapshot.meta(REVISION))

    def _previous(self, config: Config, where: str, *, or_new: bool) -> "Previous | None":
        publication = self._publication()
        from sosik.previous_edition import previous_edition  # most builds have their store

        return previous_edition(self.root, publication, config, where, or_new=or_new)

    def forgotten(self, output: Path) -> list[Problem]:
        """Return a warning if `output` has feeds and the store has no edition; otherwise an empty list."""
        return missing_store(self.place, self.store, output)

    def check(self, *, now: datetime | None = None) -> Report:
        """Read every file and return the report of a build, without changes. Raises like `build`."""
        with self._trial() as store:
            return self._tried(store, self._options(now, reread=True))

    def diff(self, *, now: datetime | None = None) -> "Difference":
        """Return the changes that subscribers would see after a build, without changes. Raises like `build`."""
        from sosik.edition.diff import Comparison

        publication = self._publication()
        with self._trial() as store:
            comparison = Comparison(store, publication)
            self._tried(store, self._options(now), comparison.look)
            return comparison.difference()

    def upcoming(self, *, now: datetime | None = None) -> "Upcoming":
        """Return the edition that a build would publish, without changes. Raises like `build`."""
        from sosik.edition.upcoming import Upcoming, upcoming

        feeds, seen = self.config().feeds, list[Upcoming]()
        with self._trial() as store:  # the edition is gone after the run
            self._tried(store, self._options(now), lambda report: seen.append(upcoming(store, feeds, report.drafts)))
        return seen[0]

    def _tried(self, store: Store, options: SyncOptions, look: Callable[[Report], None] = lambda _: None) -> Report:
        return build(store, self.config(), self.root, options, wait=False, keep=False, look=look)

    def entries(self) -> list[tuple[Entry, LedgerRow | None]]:
        """Return every entry of the current files, newest first, with the ledger row of its id (None if not published).

        An entry that is held back appears as its last good version. Raises like `build`.
        """
        return list(self.each_entry())

    def each_entry(self) -> Iterator[tuple[Entry, LedgerRow | None]]:
        """Yield the items of `entries` one by one, with less memory. Raises like `build`."""
        publication = self._publication()
        with (
            self._trial() as before,
            self._trial() as store,
            store.transaction(keep=False),
        ):
            sync(store, publication, self.root / "content", self._options(None))
            for ids in batches(store.ids(), MOST_ROWS):
                entries, ledger = store.entries(ids), before.ledger.of(ids)
                yield from ((entries[id_], ledger.get(id_)) for id_ in ids)

    def missing(self) -> dict[str, datetime]:
        """Return since when the files of published entries are missing, by id. Raises like `build`."""
        return self.standing().missing

    def standing(self) -> "Standing":
        """Return the reasons why published entries differ from their files. Raises like `build`."""
        from sosik.ledger.standing import standing_of

        publication = self._publication()
        with self._trial() as store, store.transaction(keep=False):
            synced = sync(store, publication, self.root / "content", self._options(None))
            return standing_of(synced)

    def addresses(self) -> dict[str, bool]:
        """Return the addresses of published feeds, and whether a definition exists for each. Raises `StoreError`."""
        with self._trial() as store:
            return defined_addresses(store, self.config().feeds)

    def ledger(self) -> dict[str, LedgerRow]:
        """Return the ledger rows of all entries ever published, with the withdrawn ones, by id. Raises `StoreError`."""
        with self._trial() as store:
            return {row.id: row for row in store.ledger.each()}

    def publish(
        self, output: Path | str, *, compress: bool = False, replace: bool = False, durable: bool = False
    ) -> Projection:
        """Write the newest edition to the directory `output`, with `compress` also each text document as FILE.gz.

        Files of other programs are kept and reported, unless `replace` is set. With `durable`, all files are synced to
        the disk. Raises `PublishError` if a file cannot be written, and `UnlikeError` if the bytes of a document do not
        match its digest; the next build then makes the document again.
        """
        with asking_anew(self.folder), self.kept_store.open(lambda: open_store(self.place, known=self._known)) as store:
            most = self._processes.most
            return publish(store, Path(output), compress=compress, replace=replace, durable=durable, processes=most)

    def publish_to(self, address: str, *, replace: bool = False) -> "Delivery":
        """Bring the bucket at an address (`s3://bucket/prefix`) to the newest edition, with what `leave_memory` leaves.

        Objects of other programs are not changed, and are named, unless they are to be `replaced`. Raises
        `PublishError`, also where the bucket has a newer edition or another process took it over, and `UnlikeError`
        like `publish`.
        """
        # Who publishes to no bucket needs nothing of this.
        from sosik.publish.bucket.run import publish_to

        publication = self._publication()
        path = f"{publication.pages}{MEMORY_NAME}"
        with self.kept_store.open(lambda: open_store(self.place)) as store:
            memory = kept_memory(store, self.folder / "buckets" / digest_of(address)[:16], path)
        with asking_anew(self.folder), closing(open_snapshot(self.place)) as snapshot:
            return publish_to(address, snapshot, memory, replace=replace)

    def leave_memory(self, output: Path | str, *, replace: bool = False, durable: bool = False) -> list[Problem]:
        """Write `published.json` beside the published feeds in `output`, for `build(previous=…)` on a machine without
        the store.

        A file of another program is kept and reported, unless `replace` is set. With `durable`, the file is synced to
        the disk. Raises `ConfigError` and `PublishError`.
        """
        publication = self.config().publication
        if publication is None:
            return []
        path = f"{publication.pages}{MEMORY_NAME}"
        with self.kept_store.open(lambda: open_store(self.place)) as store:
            return leave_memory(store, Path(output), path, replace=replace, durable=durable)

    def keep_copy(self) -> Path | None:
        """Make a backup of the store after the first edition of a day, in the time zone of the publication.

        Returns its file, or None if there is one of the day, or no edition yet. Raises `StoreError` and `OSError`.
        """
        if self._drafts or not isinstance(self.place, Path) or not self.has_store:
            return None  # copies of a database are its own tools' work
        from sosik.daily_copy import keep_daily_copy  # only a new edition is copied

        return keep_daily_copy(self.folder)

    def copies(self) -> list[Copy]:
        """Return the backups of the store, newest first. A database has none here."""
        return copies(self.folder) if isinstance(self.place, Path) else []

    def restore(self, file: Path | str | None = None) -> Restored:
        """Replace the store by a backup: `file`, or the newest intact one.

        The existing store is kept under another name. The next build reads all other data from content/. Raises
        `StoreError` and `OSError`.
        """
        if not isinstance(self.place, Path):
            raise StoreError(Message("store.pg-backup", address=self.store))
        return restore(self.folder, Path(file) if file is not None else None)

    def examine(self, output: Path | str) -> "Findings":
        """Return the faults of the store, its pictures, the ledger and the published files in `output`."""
        from sosik.doctor import examine

        return examine(self.root, self.place, Path(output))

    def announce(self, *, by_hand: bool = False, budget: float = 60.0) -> Announced:
        """Notify hubs and search engines of the queued changes that are live at their addresses.

        With `by_hand`, only delays that a target requested are respected. No request starts after `budget` seconds.
        Raises `ConfigError` and `StoreError`, but not for faults of targets.
        """
        publication = self._publication()
        if not targets_of(publication):
            return Announced()
        from sosik.announce.run import announce  # only who has somebody to tell needs what asks the network

        return announce(self.place, publication, by_hand=by_hand, budget=budget)

    def announcements(self) -> Announced:
        """Return the queued notifications and the state of every target. Raises `StoreError`."""
        with closing(open_snapshot(self.place)) as snapshot, snapshot.reading():
            return Announced(waiting=tuple(snapshot.announcements.waiting()), targets=snapshot.announcements.targets())

    def _options(
        self, now: datetime | None, allowed: Allowances = NOTHING_ALLOWED, *, reread: bool = False, look: Look = scan
    ) -> SyncOptions:
        return SyncOptions(
            now=seconds(now or datetime.now(UTC)),
            look=look,
            allowed=allowed,
            drafts=self._drafts,
            reread=reread,
            processes=self._processes,
            observer=self._observer,
        )
