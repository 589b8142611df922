"""Chooses the file of an imported article: a new one, or its existing one; never a file that a person edited."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from sosik.cli.files import create, rewrite
from sosik.file_names import name_of, name_on_windows, spelled
from sosik.importers.joining import article_keys
from sosik.importers.report import State
from sosik.model import Publication, RawEntry, RawList, RawMapping, RawText, RawValue
from sosik.normalize.ids import derived_id, entry_key
from sosik.read import digest, ignore_of, read_entry, scan
from sosik.read.keys import is_hangul, korean_names
from sosik.words.pages import is_korean
from sosik.write import file_name, format_entry


class Held(Struct, frozen=True, kw_only=True):
    """An article that lies in content/: its id and its file."""

    id: str
    path: Path


class Archive(Struct, kw_only=True):
    """The articles of content/ by id and by address. `written` are the digests of files that imports wrote, by name.

    New files are `korean` or English; one that is there keeps the language that it has.
    """

    root: Path
    into: Path | None = None
    dry_run: bool = False
    synced: bool = True
    korean: bool = False
    written: dict[str, str] = field(default_factory=dict)
    _by_id: dict[str, Held] = field(default_factory=dict)
    _by_key: dict[str, Held] = field(default_factory=dict)
    _taken: set[Path] = field(default_factory=set)

    def read(self, publication: Publication) -> None:
        """Read which articles there are, and what language new ones are written in."""
        self.korean = is_korean(publication.language)
        for file in scan(self.root / "content", ignore_of(publication.ignore)).entries:
            raw = read_entry(file).raw
            if raw is None:
                continue
            id_ = _text(raw.fields.get("id")) or derived_id(file.source, publication.authority)
            self._add(Held(id=id_, path=Path(file.path)), article_keys(_text(raw.fields.get("link"))))

    def _add(self, held: Held, keys: Iterable[str]) -> None:
        self._by_id.setdefault(held.id, held)
        for key in keys:
            self._by_key.setdefault(key, held)

    def find(self, id_: str, keys: Iterable[str]) -> Held | None:
        """Return the article of an id, else that of an address."""
        return self._by_id.get(id_) or next((self._by_key[key] for key in keys if key in self._by_key), None)

    def name(self, path: Path) -> str:
        """Return a path as reports have it: seen from the publication's folder where it lies there."""
        return name_of(str(path.relative_to(self.root) if path.is_relative_to(self.root) else path))

    def place(self, fields: Mapping[str, object], keys: Iterable[str]) -> tuple[Path, State]:
        """Write an article, unless it is there, and return its file and what became of it.

        Of a file that an import wrote and nobody edited, what is missing is filled in.
        """
        id_ = str(fields["id"])
        held = self._by_id.get(id_)
        if held is not None:
            return held.path, self._fill(held.path, fields)
        path, text = self._free(fields, keys), format_entry(fields, korean=self.korean)
        self._taken.add(path)
        self._add(Held(id=id_, path=path), keys)
        if not self.dry_run:
            create(path, text, synced=self.synced)
            self.written[self.name(path)] = digest(text.encode())
        return path, State.NEW

    def _fill(self, path: Path, fields: Mapping[str, object]) -> State:
        name = self.name(path)
        if path in self._taken:  # a dry run has no file to look at
            return State.UNCHANGED
        there = path.read_bytes()
        if any(there == format_entry(fields, korean=korean).encode() for korean in (self.korean, not self.korean)):
            self.written[name] = digest(there)
            return State.UNCHANGED
        if self.written.get(name) != digest(there):
            return State.KEPT
        before, korean = _plain_fields(there, path.name)
        filled = format_entry(merged(before, fields), korean=korean) if before else ""
        if not before or filled.encode() == there:
            return State.UNCHANGED
        if not self.dry_run:
            rewrite(path, lambda _: filled)
            self.written[name] = digest(filled.encode())
        return State.FILLED

    @property
    def names(self) -> Mapping[str, str]:
        """What new files call the keys that they call otherwise."""
        return korean_names() if self.korean else {}

    def is_of_this_import(self, held: Held) -> bool:
        """Tell whether an article was not there before."""
        return held.path in self._taken

    def is_taken(self, fields: Mapping[str, object]) -> bool:
        """Tell whether another article has the file that this one would have."""
        path = self.usual_path(fields)
        return path in self._taken or path.exists()

    def usual_path(self, fields: Mapping[str, object]) -> Path:
        """Return where an entry file goes: into the folder of its month, unless told otherwise."""
        day, id_ = day_of(fields), str(fields["id"])
        folder = self.into or self.root / "content" / (f"{day:%Y}/{day:%m}" if day else "imported")
        name = file_name(str(fields.get("title") or entry_key(id_)), day or date(1, 1, 1))
        if day is None:
            stem = name.removesuffix(".yaml").removeprefix("0001-01-01").removeprefix("-")
            name = f"{name_on_windows(stem) or entry_key(id_)}.yaml"
        return folder / spelled(name)

    def _free(self, fields: Mapping[str, object], keys: Iterable[str]) -> Path:
        """Return the usual path of a new article or, where another has it, one with a part of its id in the name."""
        usual, id_ = self.usual_path(fields), str(fields["id"])
        path, key, count = usual, _number(id_, keys), 1
        while path in self._taken or path.exists():
            path = usual.with_name(f"{usual.stem}-{key}{usual.suffix}")
            key, count = f"{entry_key(id_)}-{count}", count + 1
        return path


def _number(id_: str, keys: Iterable[str]) -> str:
    """The number of an article in its old address, else what its id is known by."""
    numbers = (key.rpartition("=")[2] for key in keys if "=" in key)
    return next((number for number in numbers if number.isdecimal() and number.isascii()), entry_key(id_))


def day_of(fields: Mapping[str, object]) -> date | None:
    """Return the day of publication, if there is one."""
    from sosik.dates import DateParseError, parse_stamps

    try:
        return parse_stamps(str(fields.get("published", "")))[0].timestamp.instant.date()
    except DateParseError:
        return None


def merged(before: Mapping[str, object], new: Mapping[str, object]) -> dict[str, object]:
    """Return what a file holds with what it lacks: keys that are missing, and confirmed values of unconfirmed ones."""
    open_keys, doubted = _texts(before.get("unconfirmed")), _texts(new.get("unconfirmed"))
    settled = [key for key in open_keys if key in new and (key not in doubted or key not in before)]
    added = [key for key in new if key not in before and key not in ("format", "status", "unconfirmed")]
    fields = {**before, **{key: new[key] for key in (*added, *settled)}}
    if "body" in (*settled, *added):
        fields["format"] = new.get("format", "")
    unconfirmed = [key for key in open_keys if key not in settled or key in doubted]
    unconfirmed += [key for key in added if key in doubted and key not in unconfirmed]
    fields["unconfirmed"] = unconfirmed
    if before.get("status") == "draft" and "status" not in new:
        del fields["status"]
    return {key: value for key, value in fields.items() if value}


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _plain_fields(there: bytes, name: str) -> tuple[dict[str, object], bool]:
    """What a file of an import holds, and whether its keys are Korean."""
    from sosik.read import read_bytes

    raw: RawEntry | None = read_bytes(there, name).raw
    if raw is None:
        return {}, False
    return {key: _plain(value) for key, value in raw.fields.items()}, any(map(is_hangul, raw.names.values()))


def _plain(value: RawValue) -> object:
    if isinstance(value, RawText):
        return value.text
    if isinstance(value, RawList):
        return [_plain(one) for one in value.items]
    if isinstance(value, RawMapping):
        return {key.text: _plain(one) for key, one in value.items}
    return ""


def _text(value: RawValue | None) -> str:
    return value.text.strip() if isinstance(value, RawText) else ""
