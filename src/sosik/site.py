"""The façade: the command line, the server's builder and the tests call these few methods."""

from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sosik.addresses import TRIAL_ADDRESS
from sosik.announce import Announced
from sosik.config import Config, load_unless_known
from sosik.dates.zones import zone_of
from sosik.edition.announcements import targets_of
from sosik.edition.build import Report, build, build_what_is_whole
from sosik.edition.still import defined_addresses
from sosik.edition.touched import forgotten
from sosik.errors import (
    ConfigError,
    Location,
    Problem,
    StoreError,
)
from sosik.ledger.reading import Processes
from sosik.ledger.seeing import SyncOptions
from sosik.ledger.standing import Standing, standing_of
from sosik.ledger.sync import sync
from sosik.ledger.verdicts import NOTHING_ALLOWED, Allowances
from sosik.model import Entry, FormatName, Publication
from sosik.model.digests import dump
from sosik.model.instants import instant, seconds
from sosik.previous.described import META as DESCRIBED
from sosik.previous.memory import NAME as MEMORY_NAME
from sosik.previous.memory import describe
from sosik.progress import Observer, unobserved
from sosik.publish.beside import leave_memory
from sosik.publish.files import Projection, publish
from sosik.read import Ignore, Scan, scan, scan_again
from sosik.render.formats import FORMATS
from sosik.render.kept_shapes import shapes_kept_at
from sosik.store import (
    ANEW,
    STORE_NAME,
    Changes,
    Copy,
    LedgerRow,
    Rendered,
    Restored,
    Store,
    copies,
    copy_of_day,
    keep_copy,
    open_for_build,
    open_snapshot,
    open_store,
    restore,
)
from sosik.store.statements import MOST_ROWS, batches
from sosik.words import Message

if TYPE_CHECKING:
    from sosik.doctor import Findings
    from sosik.edition.diff import Difference
    from sosik.edition.upcoming import Upcoming
    from sosik.previous.recall import Previous

Look = Callable[[Path, Ignore], Scan]


class Site:
    """A publication in the folder `root`. With `drafts`, an edition of its own in which drafts count as published.

    Served at `address` for trying it out, a publication that still has the address of `sosik init` has this one.
    So many `processes` read files, by default as many as pay; with 0 this one does. The
    `observer` is told how far a build is.

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
        self._scan: Scan | None = None
        self._rendered: Rendered | None = None
        self._has_built = False
        self._is_settled = False

    @property
    def folder(self) -> Path:
        """The folder of the store."""
        return self.root / ".sosik" / "drafts" if self._drafts else self.root / ".sosik"

    def config(self) -> Config:
        """Return what feeds/ defines, with every mistake in it."""
        self._config = config = load_unless_known(self.root, self._config)
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
    def store(self) -> Path:
        """The file of the store; its folder holds more."""
        return self.folder / STORE_NAME

    @property
    def has_store(self) -> bool:
        """Whether anything is remembered of earlier editions."""
        return self.store.exists()

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
        """Make an edition of what is there now, or at the instant `now`, and commit it to the store.

        `changed` are the absolute paths of all files that changed since this very object built last, for one who knows
        them: content/ is not searched then. `previous` is the folder or the address of the feeds that were published,
        for a machine without the store; with `or_new` there may be none yet. A damaged store is put aside for it, and
        where a `new_store` is asked for; otherwise it is refused. A build that is `alone`, by the clock,
        waits a few seconds for what is being written; other builds leave it to the next one.
        Raises `ConfigError` when feeds/publication.yaml cannot be used, `EditionRefusedError` when the edition would
        harm subscribers, `PreviousError` when `previous` cannot be read, `StoreError` when the store cannot be
        written, or is gone since this very object built last; then the edition before stays up.
        """
        config = self.config()
        before = self._previous(config, previous, or_new=or_new) if previous else None
        trusting = changed is not None and self._scan is not None
        options = replace(self._options(now, allowed, look=self._look(changed)), trusting=trusting)
        if self._has_built and not self.has_store:
            raise StoreError(Message("store.gone", path=str(self.store)))
        with open_for_build(self.folder, has_previous=bool(previous), new_store=new_store) as store:
            self._make_anew(store)
            begun = self.folder / "begun"
            options = replace(options, by_clock=now is None, alone=alone and now is None, begun=begun)
            with shapes_kept_at(self.folder / "shapes"):
                report = build_what_is_whole(store, config, self.root, options, previous=before)
            # Where builds leave things to the next one, nobody is about to publish.
            self._rendered = store.rendered if alone else None
            begun.unlink(missing_ok=True)
        self._has_built = self._is_settled = True
        return report

    def _make_anew(self, store: Store) -> None:
        """Have every document made anew where somebody found one that is not what it was composed as."""
        asked = self.folder / ANEW
        if asked.exists():
            with store.transaction():
                store.make_anew()
                store.apply(Changes(meta=forgotten()))
            asked.unlink(missing_ok=True)

    def _look(self, changed: Collection[str] | None) -> Look:
        """Return how to find out which files there are; nothing is known from before while that has not been done."""
        known, self._scan = self._scan, None
        is_settled, self._is_settled = self._is_settled, False

        def look(content: Path, ignore: Ignore) -> Scan:
            if known is None or changed is None:
                self._scan = scan(content, ignore)
            else:
                self._scan = scan_again(content, known, changed, ignore)
            # What was seen by a build that failed is not in the store.
            return self._scan if is_settled else replace(self._scan, changed=None)

        return look

    def _previous(self, config: Config, where: str, *, or_new: bool) -> "Previous | None":
        pages = self._publication().pages
        from sosik.previous.recall import NOTHING, read_previous

        inside = self.root / where
        names = {definition.id: definition.name for definition in config.feeds if definition.id}
        found = read_previous(
            str(inside) if inside.is_dir() else where,
            pages=pages,
            names=names,
            types={FormatName(name): form.media_type for name, form in FORMATS.items()},
            or_new=or_new,
        )
        return None if found == NOTHING else found

    def forgotten(self, output: Path) -> list[Problem]:
        """Return a warning where `output` holds feeds and nothing is remembered of them, else nothing."""
        published = any((output / form.filename).exists() for form in FORMATS.values())
        if not published or (self.has_store and self._has_edition()):
            return []
        message = Message("store-missing.published", output=str(output))
        hint = Message("store-missing.hint", output=str(output))
        return [Problem(code="store-missing", message=message, location=Location(file=".sosik/site.db"), hint=hint)]

    def _has_edition(self) -> bool:
        """Tell whether the store holds an edition; one that cannot be read is told of elsewhere."""
        try:
            with closing(open_snapshot(self.folder)) as snapshot:
                return snapshot.edition().number > 0
        except StoreError:
            return True

    def check(self, *, now: datetime | None = None) -> Report:
        """Return what a build would do, having read every file, and change nothing. Raises like `build`."""
        config = self.config()
        with open_store(self.folder if self.has_store else None, is_dry=True) as store:
            options = self._options(now, NOTHING_ALLOWED, reread=True)
            return build(store, config, self.root, options, wait=False, keep=False)

    def diff(self, *, now: datetime | None = None) -> "Difference":
        """Return what a build would change for those who subscribe, and change nothing. Raises like `build`."""
        from sosik.edition.diff import Comparison

        publication, config = self._publication(), self.config()
        with open_store(self.folder if self.has_store else None, is_dry=True) as store:
            comparison = Comparison(store, publication)
            options = self._options(now, NOTHING_ALLOWED)
            build(store, config, self.root, options, wait=False, keep=False, look=comparison.look)
            return comparison.difference()

    def upcoming(self, *, now: datetime | None = None) -> "Upcoming":
        """Return what a build would publish, and change nothing. Raises like `build`."""
        from sosik.edition.upcoming import Upcoming, upcoming

        config = self.config()
        seen: list[Upcoming] = []
        with open_store(self.folder if self.has_store else None, is_dry=True) as store:
            options = self._options(now, NOTHING_ALLOWED)
            look = lambda report: seen.append(upcoming(store, config.feeds, report.drafts))  # noqa: E731 - the edition is gone after the run
            build(store, config, self.root, options, wait=False, keep=False, look=look)
        return seen[0]

    def entries(self) -> list[tuple[Entry, LedgerRow | None]]:
        """Return every entry as its file has it now, newest first, with what the ledger holds of its id.

        An entry that is held back appears as its last good version. Raises like `build`.
        """
        return list(self.each_entry())

    def each_entry(self) -> Iterator[tuple[Entry, LedgerRow | None]]:
        """Yield what `entries` returns, for one who need not have all at once. Raises like `build`."""
        publication = self._publication()
        where = self.folder if self.has_store else None
        with (
            open_store(where, is_dry=True) as before,
            open_store(where, is_dry=True) as store,
            store.transaction(keep=False),
        ):
            sync(store, publication, self.root / "content", self._options(None, NOTHING_ALLOWED))
            for ids in batches(store.ids(), MOST_ROWS):
                entries, ledger = store.entries(ids), before.ledger.of(ids)
                yield from ((entries[id_], ledger.get(id_)) for id_ in ids)

    def missing(self) -> dict[str, datetime]:
        """Return since when files are gone whose entries stay up for now, by the ids. Raises like `build`."""
        return self.standing().missing

    def standing(self) -> Standing:
        """Return why entries are not as their files have them. Raises like `build`."""
        publication = self._publication()
        with open_store(self.folder if self.has_store else None, is_dry=True) as store, store.transaction(keep=False):
            synced = sync(store, publication, self.root / "content", self._options(None, NOTHING_ALLOWED))
            return standing_of(synced)

    def addresses(self) -> dict[str, bool]:
        """Return the addresses at which feeds answer, and whether a definition asks for each. Raises `StoreError`."""
        if not self.has_store:
            return {}
        with open_store(self.folder, is_dry=True) as store:
            return defined_addresses(store, self.config().feeds)

    def ledger(self) -> dict[str, LedgerRow]:
        """Return what was ever published, by id, the withdrawn too. Raises `StoreError`."""
        if not self.has_store:
            return {}
        with open_store(self.folder, is_dry=True) as store:
            return {row.id: row for row in store.ledger.each()}

    def publish(
        self, output: Path | str, *, compress: bool = False, replace: bool = False, durable: bool = False
    ) -> Projection:
        """Project the newest edition into a directory, and each text document as FILE.gz too if `compress`.

        Files there that are not ours are left as they are and named, unless they are to be `replaced`. With `durable`
        all is on the disk when this returns. Raises `PublishError`, and `UnlikeError` for a document that is not what
        it was composed as: the next build makes it anew.
        """
        rendered, self._rendered = self._rendered, None
        with open_store(self.folder, rendered=rendered) as store:
            return publish(store, Path(output), compress=compress, replace=replace, durable=durable)

    def leave_memory(self, output: Path | str, *, replace: bool = False, durable: bool = False) -> list[Problem]:
        """Leave beside published feeds what a machine without the store needs to go on from them (`previous`).

        A file of others in its place is left as it is and returned as a problem, unless it is to be `replaced`. Raises
        `ConfigError` and `PublishError`.
        """
        publication = self.config().publication
        if publication is None:
            return []
        path = f"{publication.pages}{MEMORY_NAME}"
        with open_store(self.folder) as store:
            return leave_memory(store, Path(output), path, replace=replace, durable=durable)

    def keep_copy(self) -> Path | None:
        """Keep a safety copy of the store after the first edition of a day, the publication's; return its new file.

        None where there is one of that day, or no edition yet. Raises `StoreError` and `OSError`.
        """
        if self._drafts or not self.has_store:
            return None
        with closing(open_snapshot(self.folder)) as snapshot:
            edition, zone = snapshot.edition(), snapshot.meta("timezone")
        day = instant(edition.composed).astimezone(zone_of(zone)).date().isoformat() if edition.number else ""
        if not day or copy_of_day(self.folder, day).exists():
            return None
        with open_store(self.folder, is_dry=True) as store:
            described = dump(describe(store, store.documents()))
        return keep_copy(self.folder, day, {**forgotten(), DESCRIBED: described})

    def copies(self) -> list[Copy]:
        """Return the safety copies of the store, the newest first."""
        return copies(self.folder)

    def restore(self, file: Path | str | None = None) -> Restored:
        """Put a safety copy (the newest whole one, or `file`, which may be a backup) into the place of the store.

        What lay there is put aside. The next build takes the rest from content/. Raises `StoreError` and `OSError`.
        """
        return restore(self.folder, Path(file) if file is not None else None)

    def examine(self, output: Path | str) -> "Findings":
        """Return what is wrong with the store, its pictures, the ledger and what was published to `output`."""
        from sosik.doctor import examine

        return examine(self.root, self.folder, Path(output))

    def announce(self, *, by_hand: bool = False, budget: float = 60.0) -> Announced:
        """Tell hubs and search engines of what changed and can be had at its address, as the builds have queued it.

        By hand, only what they themselves asked us to wait for is waited for; no request begins after `budget`
        seconds. Raises `ConfigError` and `StoreError`, never for what others do.
        """
        publication = self._publication()
        if not targets_of(publication):
            return Announced()
        # Only who has somebody to tell needs what asks the network.
        from sosik.announce.run import announce

        return announce(self.folder, publication, by_hand=by_hand, budget=budget)

    def announcements(self) -> Announced:
        """Return what waits to be told and what is known of everyone who is told. Raises `StoreError`."""
        with closing(open_snapshot(self.folder)) as snapshot, snapshot.reading():
            return Announced(waiting=tuple(snapshot.announcements.waiting()), targets=snapshot.announcements.targets())

    def _options(
        self, now: datetime | None, allowed: Allowances, *, reread: bool = False, look: Look = scan
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
