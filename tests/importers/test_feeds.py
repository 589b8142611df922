"""Old feeds through the front door: pairs of files, an old feed in, entry files and what is told out.

Beside each feed of tests/data/importers/feeds lies what `import feed` makes of it;
`python tests/importers/test_feeds.py` writes these files anew.
"""

import os
import sys
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsrooms import PUBLICATION
from sosik.cli.root import sosik

FEEDS = Path(__file__).parent.parent / "data" / "importers" / "feeds"
CASES = sorted(path for path in FEEDS.iterdir() if path.suffix != ".txt")


def made_of(case: Path, root: Path) -> str:
    """Return what an import in a new publication says and writes, as one text."""
    (root / "feeds").mkdir()
    (root / "feeds" / "publication.yaml").write_text(PUBLICATION, "utf-8")
    done = CliRunner().invoke(sosik, ["-C", str(root), "import", "feed", str(case)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    told = done.output.replace(f"{root}{os.sep}", "")
    files = sorted((root / "content").rglob("*.yaml")) if (root / "content").is_dir() else []
    parts = [f"-- {path.relative_to(root).as_posix()} --\n{path.read_text('utf-8')}" for path in files]
    return f"exit status {done.exit_code}\n{told}" + "".join(parts)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_an_old_feed_becomes_these_entry_files(case: Path, tmp_path: Path) -> None:
    assert made_of(case, tmp_path) == case.with_name(f"{case.name}.txt").read_text("utf-8")


if __name__ == "__main__":
    for one in CASES:
        with tempfile.TemporaryDirectory() as folder:
            one.with_name(f"{one.name}.txt").write_text(made_of(one, Path(folder)), "utf-8")
    sys.exit()
