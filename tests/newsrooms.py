"""A whole publication in a temporary folder, for tests: written from one text, built, and read as readers do."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import loaded
from sosik.dates import parse_datetime
from sosik.edition.build import Report
from sosik.ledger.verdicts import Allowances
from sosik.site import Site

ROOT = Path(__file__).parent.parent

PUBLICATION = """\
title: 시험일보
url: https://www.test.example/
feeds_url: https://feeds.test.example/
authority: test.example,2010
"""

ARTICLE = """\
id: tag:test.example,2010:aaaaaaaaaaaa
title: 첫 기사
published: 2024-01-16 15:20
body: 본문입니다.
"""


@dataclass
class Newsroom:
    """A publication in a temporary folder, worked on as a newsroom would."""

    root: Path

    def write(self, text: str) -> None:
        """Unpack files: each begins at a line `-- path --`; a file that says only `(gone)` is deleted."""
        parts = re.split(r"^-- (\S.*?) --\n", text, flags=re.MULTILINE)
        assert not parts[0].strip(), "the text must begin with a line -- path --"
        for name, content in zip(parts[1::2], parts[2::2], strict=True):
            path = self.root / name
            if content.strip() == "(gone)":
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")

    def build(
        self,
        now: str = "2024-02-01 09:00",
        *,
        redate: tuple[str, ...] = (),
        withdrawals: bool = False,
        deleted: bool = False,
    ) -> Report:
        """Build and publish as at `now`, Korean time; what is gone was `deleted`, or else is waited for."""
        site = Site(self.root)
        allowed = Allowances(redate=frozenset(redate), withdrawals=withdrawals, withdraw_now=deleted)
        report = site.build(now=at(now), allowed=allowed)
        site.publish(self.root / "public")
        return report

    def sosik(self, *arguments: str | Path, status: int = 0) -> str:
        """Run the command line in a process of its own and return what it printed; its exit status must be `status`."""
        done = loaded.sosik("-C", self.root, *arguments)
        assert "Traceback" not in done.stderr
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def read(self, path: str) -> bytes:
        """Return a published document."""
        return (self.root / "public" / path.lstrip("/")).read_bytes()

    def items(self, path: str = "/feed.json") -> list[dict[str, object]]:
        """Return the items of a published JSON Feed."""
        found: list[dict[str, object]] = json.loads(self.read(path))["items"]
        return found

    def titles(self, path: str = "/feed.json") -> list[object]:
        """Return the titles of a published JSON Feed."""
        return [item["title"] for item in self.items(path)]


def at(text: str) -> datetime:
    """Return the instant of a Korean date text."""
    return parse_datetime(text).instant


Unpack = Callable[..., Newsroom]
"""The `newsroom` fixture: a text of files in, a publication out."""
