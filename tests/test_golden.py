"""Whole publications compared with what they must become, byte for byte.

Each folder of tests/data/golden is one: `site.txt`, then `2.txt`, `3.txt` … are its history, every step the files that
changed and, in the first line, the instant at which it is built; `public/` is what is published in the end. After a
change that is meant, `python tests/test_golden.py` writes `public/` anew, and the difference is there to be reviewed.
"""

import shutil
import sys
import tempfile
from itertools import zip_longest
from pathlib import Path

import pytest

from newsrooms import ROOT, Newsroom

pytestmark = pytest.mark.usefixtures("database")

GOLDEN = ROOT / "tests" / "data" / "golden"
PUBLICATIONS = sorted(folder for folder in GOLDEN.iterdir() if folder.is_dir())

ASSETS = {".css", ".js"}
"""What pages need to look and work as they do says nothing of what is published."""

SHOWN = 12
"""Documents of which a failure shows where they differ; the others it names."""

AROUND = 60
"""Characters before and after the place."""


def publish(folder: Path, scratch: Path) -> dict[str, str]:
    """Build every step of a publication at its instant; return the documents published in the end, by their paths."""
    room = Newsroom(scratch)
    later = sorted(folder.glob("[0-9]*.txt"), key=lambda file: int(file.stem))
    for file in (folder / "site.txt", *later):
        instant, files = file.read_text("utf-8").split("\n", 1)
        room.write(files)
        report = room.build(instant.removeprefix("# "))
        assert not report.errors, [str(problem) for problem in report.errors]
    return documents(room.root / "public")


def documents(public: Path) -> dict[str, str]:
    """Return the text documents below a directory, by their paths."""
    files = (path for path in public.rglob("*") if path.is_file() and path.suffix not in ASSETS)
    return {path.relative_to(public).as_posix(): path.read_bytes().decode("utf-8") for path in files}


def difference(expected: dict[str, str], found: dict[str, str]) -> str:
    """Name the documents that are missing, too many or other, and show where these begin to differ."""
    lines = [f"missing: {path}" for path in sorted(expected.keys() - found.keys())]
    lines += [f"not expected: {path}" for path in sorted(found.keys() - expected.keys())]
    differing = [path for path in sorted(expected.keys() & found.keys()) if expected[path] != found[path]]
    lines += [first_difference(path, expected[path], found[path]) for path in differing[:SHOWN]]
    lines += [f"differs too: {path}" for path in differing[SHOWN:]]
    return "\n".join(lines)


def first_difference(path: str, expected: str, found: str) -> str:
    """Show two texts around the first character in which they differ: feeds have long lines."""
    pairs = zip_longest(expected, found)
    place = next(number for number, (one, other) in enumerate(pairs) if one != other)
    line = expected.count("\n", 0, place) + 1
    shown = slice(max(0, place - AROUND), place + AROUND)
    return f"{path}, line {line}:\n    expected {expected[shown]!r}\n    found    {found[shown]!r}"


@pytest.mark.parametrize("folder", PUBLICATIONS, ids=lambda folder: folder.name)
def test_a_publication_becomes_what_it_must(folder: Path, tmp_path: Path) -> None:
    """No document is missing, none is too many, and none has another byte."""
    expected = documents(folder / "public")
    found = publish(folder, tmp_path)

    assert expected
    if differs := difference(expected, found):
        pytest.fail(f"{differs}\n\nwhere this is meant, run: python tests/test_golden.py", pytrace=False)


def refresh() -> None:
    """Write what is published now as what is expected."""
    for folder in PUBLICATIONS:
        with tempfile.TemporaryDirectory() as scratch:
            found = publish(folder, Path(scratch))
        shutil.rmtree(folder / "public", ignore_errors=True)
        for path, text in found.items():
            file = folder / "public" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode("utf-8"))
        sys.stdout.write(f"{folder.relative_to(ROOT)}: {len(found)} documents\n")


if __name__ == "__main__":
    refresh()
