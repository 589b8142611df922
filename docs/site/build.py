"""The site of the documents in both languages, from nothing: `python docs/site/build.py [DIR]`, by default build/site.

Warnings are errors. DIR is emptied first; it may be opened from disk, but for the search, which needs a server:
`python -m http.server -d build/site`.
"""

import shutil
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from sphinx.cmd.build import main as sphinx

from contents import ROOT, start

LANGUAGES = ("en", "ko")
OPTIONS = ("--builder", "html", "--fail-on-warning", "--nitpicky", "--keep-going", "--quiet")
MARK = ".site"
"""The file that tells a folder which this script filled."""

FIRST = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>sosik</title>
<script>location.replace(navigator.language.startsWith("ko") ? "{ko}" : "{en}")</script>
<noscript><meta http-equiv="refresh" content="0; url={en}"></noscript>
<p><a href="{en}">English</a> · <a href="{ko}" lang="ko">한국어</a></p>
</html>
"""
"""The page at the root, and at the root of each language: it leads on."""


def build(folder: Path) -> int:
    """Make the site in a folder and return the exit status. A folder with anything else in it is left alone."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        sys.exit(f"{folder} holds other files")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    with tempfile.TemporaryDirectory() as scratch:
        for language in LANGUAGES:
            places = ["--conf-dir", str(ROOT / "docs"), "--doctree-dir", f"{scratch}/{language}"]
            if status := sphinx([*OPTIONS, *places, "--tag", language, str(ROOT), str(folder / language)]):
                return status
    starts = {language: f"{start(language)}.html" for language in LANGUAGES}
    first = {language: f"{language}/{page}" for language, page in starts.items()}
    (folder / "index.html").write_text(FIRST.format(**first), "utf-8")
    for language, page in starts.items():
        (folder / language / "index.html").write_text(FIRST.format(en=page, ko=page), "utf-8")
    return 0


if __name__ == "__main__":
    arguments = ArgumentParser(description="Build the site of the documents in both languages.")
    arguments.add_argument("folder", metavar="DIR", nargs="?", type=Path, default=ROOT / "build" / "site")
    sys.exit(build(arguments.parse_args().folder))
