"""The files of feeds/: their bytes, each read once."""

import unicodedata
from hashlib import sha256
from pathlib import Path

from sosik.errors import Location, Problem
from sosik.file_names import name_of
from sosik.reasons import reason_of
from sosik.source import MAX_BYTES, problem_of
from sosik.words import Message

FOLDER = "feeds"
PUBLICATION = "publication"
_SUFFIX = ".yaml"
_TAKEN_FOR_ONE = frozenset({".yaml", ".yml"})
"""What the name of a definition may end in by mistake, in any case: then it is told, and not read."""


class DefinitionFiles:
    """What lies in a folder: the `bodies` of the files by name, and what is to be told of those that are not read.

    `held` are the names of the latter. `digest` is the SHA-256 of all files together, in hexadecimal.
    """

    def __init__(self, folder: Path) -> None:
        self.problems: list[Problem] = []
        self.held: set[str] = set()
        self.bodies: dict[str, bytes] = {}
        self._list(folder)
        parts = (part for name, data in sorted(self.bodies.items()) for part in (name.encode(), data))
        self.digest = sha256(b"".join(len(part).to_bytes(8) + part for part in parts)).hexdigest()

    @property
    def is_clean(self) -> bool:
        """Whether nothing has to be told of the files before they are parsed."""
        return not (self.problems or self.held)

    def _list(self, folder: Path) -> None:
        try:
            paths = sorted(folder.iterdir()) if folder.is_dir() else []
        except OSError as error:
            self._refuse_to_read(Location(file=FOLDER), error)
            return
        for path in paths:
            if path.suffix.lower() in _TAKEN_FOR_ONE and not path.name.startswith("."):
                self._read(path)

    def _read(self, path: Path) -> None:
        name = unicodedata.normalize("NFC", name_of(path.stem))
        location = Location(file=file_of(name))
        if path.suffix != _SUFFIX:
            hint = Message("definition-name.suffix-hint", name=f"{name}{_SUFFIX}")
            self._report(Message("definition-name.suffix"), Location(file=f"{FOLDER}/{name_of(path.name)}"), hint)
            if name not in self.bodies:
                self.held.add(name)
            return
        if name in self.bodies:
            self._report(
                Message("file-name.second", name=name_of(path.name)), location, Message("file-name.second-hint")
            )
            self.held.add(name)
            return
        try:
            with path.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        except OSError as error:
            self._refuse_to_read(location, error)
            self.held.add(name)
            return
        if len(data) > MAX_BYTES:
            self._report(Message("file-too-large.config", most=MAX_BYTES), location)
            self.held.add(name)
            return
        self.bodies[name] = data

    def _refuse_to_read(self, location: Location, error: OSError) -> None:
        reason = reason_of(error)
        self._report(Message("file-unreadable.system", reason=reason), location)

    def _report(self, message: Message, location: Location, hint: Message | None = None) -> None:
        self.problems.append(problem_of(message, location, hint))


def file_of(name: str) -> str:
    """Return the path of a definition, as problems name it."""
    return f"{FOLDER}/{name}{_SUFFIX}"
