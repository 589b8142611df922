"""The façade: the command line, the server's builder and the tests call these few methods."""

from datetime import UTC, datetime
from pathlib import Path

from sosik.build import Report, build
from sosik.config import Config, load_publication
from sosik.ledger import NOTHING_ALLOWED, Allowances
from sosik.publish import Projection, publish
from sosik.store import Store
from sosik.sync import Orders


class Site:
    """A publication in the folder `root`. With `drafts`, an edition of its own in which drafts count as published."""

    def __init__(self, root: Path, *, drafts: bool = False) -> None:
        self.root = root
        self._drafts = drafts

    @property
    def folder(self) -> Path:
        """The folder of the store."""
        return self.root / ".sosik" / "drafts" if self._drafts else self.root / ".sosik"

    def config(self) -> Config:
        """Return what feeds/ defines, with every mistake in it."""
        return load_publication(self.root)

    def build(self, *, now: datetime | None = None, allowed: Allowances = NOTHING_ALLOWED) -> Report:
        """Make an edition of what is there now, or at the instant `now`, and commit it to the store.

        Raises `ConfigError` when feeds/publication.yaml cannot be used, `EditionRefusedError` when the edition would
        harm subscribers, `StoreError` when the store cannot be written; then the edition before stays up.
        """
        config = self.config()
        with Store(self.folder) as store:
            return build(store, config, self.root, self._orders(now, allowed), wait=now is None)

    def check(self, *, now: datetime | None = None) -> Report:
        """Return what a build would do, having read every file, and change nothing. Raises like `build`."""
        config = self.config()
        known = (self.folder / "site.db").exists()
        with Store(self.folder if known else None) as store:
            orders = self._orders(now, NOTHING_ALLOWED, reread=True)
            return build(store, config, self.root, orders, wait=False, keep=False)

    def publish(self, output: Path, *, compress: bool = False) -> Projection:
        """Project the newest edition into a directory, and each text document as FILE.gz too if `compress`.

        Raises `PublishError`.
        """
        with Store(self.folder) as store:
            return publish(store, output, compress=compress)

    def _orders(self, now: datetime | None, allowed: Allowances, *, reread: bool = False) -> Orders:
        at = now or datetime.now(UTC)
        return Orders(now=int(at.timestamp()), allowed=allowed, drafts=self._drafts, reread=reread)
