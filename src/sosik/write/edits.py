"""One change to an entry file of a person: text in, text out, every other byte unchanged.

After the change, the result is read: every other member must be the same, in the same order. If that is impossible, the
file is not changed, and the error has the line to write.
"""

import re
from collections.abc import Callable, Iterable
from unicodedata import normalize

from sosik.errors import UnwritableError
from sosik.model import EditKind, Status
from sosik.patterns import pattern
from sosik.read.keys import ENTRY_KEYS, STATUSES, korean_names, korean_word, names_of
from sosik.source.mapping import TRUTH
from sosik.words import Message
from sosik.write import json_text, yaml_text
from sosik.write.members import Member, ShapeError, Syntax, Value
from sosik.write.quoting import quote

MARKDOWN = (".md", ".markdown")

SYNTAXES: dict[str, Syntax] = {
    ".yaml": yaml_text,
    ".yml": yaml_text,
    **dict.fromkeys(MARKDOWN, yaml_text),
    ".json": json_text,
}

FRONT_MATTER = pattern(
    r"(?:[ \t]*+(?:\r\n?+|\n))*---[ \t]*(?:\r\n|\n|\r)(.*?)(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:\r|\n|\Z)", re.DOTALL
)

_STATUSES = (*((status.value, status.value) for status in Status), *STATUSES.items())

WITHDRAWN = (Status.WITHDRAWN.value, *(word for word, status in STATUSES.items() if status == Status.WITHDRAWN))
"""What `status` says of what was taken back."""

_TRUE = frozenset(word for word, is_true in TRUTH.items() if is_true)
_DRAFT_MARKS = (
    ("status", frozenset(word for word, status in _STATUSES if status == Status.DRAFT), Status.PUBLISHED.value),
    ("draft", _TRUE, "false"),
    ("headless", _TRUE, "false"),
)
"""What keeps an entry from the public: a key, its values that do, and the one that does not."""

_NO_STAMP = frozenset({"", *(word for word, is_true in TRUTH.items() if not is_true)})
"""What `published` says where it is no time: nothing, or in the words of other programs that the entry is a draft."""

HANGUL = pattern("[가-힣]")

KEY_OF_LINE = pattern(r"^ {0,2}[\"']?([^\W\d][\w-]{0,30})[\"']? {0,2}:", re.MULTILINE)
"""What stands as a key at the beginning of a line."""


def pin(text: str, suffix: str, id: str) -> str:  # noqa: A002 - Atom's word
    """Return the entry file *text* with `id:` as its first key; a file that has this id comes back as it is.

    *suffix* is the file's, with the dot. Raises UnwritableError where the file has another id or cannot be changed.
    """
    by_hand = f"id: {quote(id)}"

    def change(syntax: Syntax, part: str) -> str:
        held = _held(syntax.members(part), "id")
        if held is None:
            return _first_true(syntax, part, {"id": id}, syntax.first(part, "id", id))
        if held.value == id:
            return part
        if held.value not in ("", None):
            raise ShapeError(Message("write.has-id", id=str(held.value)))
        return _first_true(syntax, part, {held.key: id}, [syntax.replace(part, held, id)])

    return _changed(text, suffix, by_hand, change)


def withdraw(text: str, suffix: str, stamp: str) -> str:
    """Return the entry file *text* with `status: withdrawn` and `withdrawn:` saying *stamp*.

    A file that says since when it is withdrawn comes back as it is. Korean keys and words are used where the file uses
    Korean ones. Raises UnwritableError where the file cannot be changed.
    """
    by_hand = _lines(text, {"status": "withdrawn", "withdrawn": stamp})

    def change(syntax: Syntax, part: str) -> str:
        members = syntax.members(part)
        status, since = _held(members, "status"), _held(members, "withdrawn")
        if status and status.value in WITHDRAWN and since and since.value:
            return part
        return _with_text(syntax, _with_text(syntax, part, "status", Status.WITHDRAWN.value), "withdrawn", stamp)

    return _changed(text, suffix, by_hand, change)


def release(text: str, suffix: str, stamp: str, *, flash: bool = False) -> str:
    """Return the entry file *text* without the marks of a draft, and with *stamp* as `published` where none stands.

    With *flash* the file says that the article is a headline alone. A file that is no draft and has a stamp comes back
    as it is. Raises UnwritableError where the file cannot be changed.
    """
    by_hand = _lines(text, {"status": "published", "published": stamp})

    def change(syntax: Syntax, part: str) -> str:
        for key, marks, public in _DRAFT_MARKS:
            held = _held(syntax.members(part), key)
            if held is not None and str(held.value).strip().casefold() in marks:
                part = _with_text(syntax, part, key, public)
        held = _held(syntax.members(part), "published")
        if held is None or held.value is None or str(held.value).strip().casefold() in _NO_STAMP:
            part = _with_text(syntax, part, "published", stamp)
        return _with_text(syntax, part, "body", "none") if flash else part

    return _changed(text, suffix, by_hand, change)


def correct(text: str, suffix: str, stamp: str, note: str) -> str:
    """Return the entry file *text* with one more edit: a correction at *stamp* that tells readers *note*.

    Its keys and its kind are Korean where those of other edits are, and in a first one where `고침` is the key. Raises
    UnwritableError where the file cannot be changed.
    """
    by_hand = _edit_lines(_edit(stamp, note, korean=_is_korean(text)), korean=_is_korean(text))

    def change(syntax: Syntax, part: str) -> str:
        members = syntax.members(part)
        held = _held(members, "edits")
        key = held.key if held else _name(members, "edits")
        edit = _edit(stamp, note, korean=_speaks_korean(held, key))
        if held is None:
            return _first_true(syntax, part, {key: [edit]}, syntax.last(part, key, [edit]))
        edits: Value = [*held.value, edit] if isinstance(held.value, list) else [edit]
        return _first_true(syntax, part, {held.key: edits}, [syntax.append(part, held, edit)])

    return _changed(text, suffix, by_hand, change)


def retire(text: str, paths: Iterable[str]) -> str:
    """Return the settings of a publication, *text*, with *paths* among those that `retire:` lists.

    A file that lists all of them comes back as it is. Raises UnwritableError where the file cannot be changed.
    """
    paths = list(paths)
    by_hand = "retire:\n" + "\n".join(f"  - {quote(path)}" for path in paths)

    def change(syntax: Syntax, part: str) -> str:
        for path in paths:
            part = _with_member(syntax, part, "retire", path)
        return part

    return _changed(text, ".yaml", by_hand, change)


def _with_member(syntax: Syntax, part: str, key: str, value: str) -> str:
    """*part* with *value* as one more text of the list under *key*; a text alone is a list of one."""
    held = next((member for member in syntax.members(part) if member.key == key), None)
    if held is None:
        return _first_true(syntax, part, {key: [value]}, syntax.last(part, key, [value]))
    if value in (held.value if isinstance(held.value, list) else [held.value]):
        return part
    if isinstance(held.value, str) and held.value:
        alone = f"[{quote(held.value)}]"
        part = part[: held.value_start] + alone + part[held.value_end :]
        held = next(member for member in syntax.members(part) if member.key == key)
    members = held.value if isinstance(held.value, list) else []
    return _first_true(syntax, part, {key: [*members, value]}, [syntax.append(part, held, value)])


def _changed(text: str, suffix: str, by_hand: str, change: Callable[[Syntax, str], str]) -> str:
    """*text* with *change* made to the part of it that holds the keys."""
    try:
        start, end = _part(text, suffix)
        return text[:start] + change(SYNTAXES[suffix.lower()], text[start:end]) + text[end:]
    except ShapeError as error:
        lines = "\n".join(f"    {line}" for line in by_hand.splitlines())
        raise UnwritableError(Message("write.unwritable", reason=error.message, lines=lines)) from error


def _part(text: str, suffix: str) -> tuple[int, int]:
    """Where the keys stand: after a byte order mark, and in Markdown within the front matter."""
    start = 1 if text.startswith("\ufeff") else 0
    if suffix.lower() not in SYNTAXES:
        raise ShapeError(Message("write.suffix", suffix=suffix))
    if suffix.lower() not in MARKDOWN:
        return start, len(text)
    matter = FRONT_MATTER.match(text, start)
    if matter is None:
        raise ShapeError(Message("write.front-matter"))
    return matter.span(1)


def _with_text(syntax: Syntax, part: str, key: str, value: str) -> str:
    """*part* with the text *value* under *key*, whichever of its names the file uses, and as a word of its language."""
    members = syntax.members(part)
    held = _held(members, key)
    name = held.key if held else _name(members, key)
    if HANGUL.search(f"{name} {held.value if held else ''}"):
        value = _KOREAN_BODIES[value] if key == "body" else korean_word(key, value)
    if held is not None:
        return _first_true(syntax, part, {name: value}, [syntax.replace(part, held, value)])
    return _first_true(syntax, part, {name: value}, syntax.last(part, name, value))


_KOREAN_BODIES = {"none": "없음"}
"""What a body says that there is none, in Korean."""


def _name(members: Iterable[Member], key: str) -> str:
    """The name of a key that is new to the file, in the language of most of its keys."""
    return _called(key, korean=_mostly_hangul(member.key for member in members))


def _called(key: str, *, korean: bool) -> str:
    """The name of a key of an entry, or of one of its edits."""
    return korean_names().get(key, key) if korean else key


def _mostly_hangul(names: Iterable[str]) -> bool:
    korean = [bool(HANGUL.search(name)) for name in names]
    return sum(korean) * 2 > len(korean)


def _is_korean(text: str) -> bool:
    """Whether most keys are Korean of a file whose members nobody can tell for sure."""
    return _mostly_hangul(KEY_OF_LINE.findall(text))


def _speaks_korean(held: Member | None, key: str) -> bool:
    """Whether the edits of a file are written in Korean: by their keys, or by that of the list where it has none."""
    edits = held.value if held and isinstance(held.value, list) else []
    names = [name for edit in edits if isinstance(edit, tuple) for name, _ in edit]
    return _mostly_hangul(names or [key])


def _edit(stamp: str, note: str, *, korean: bool) -> tuple[tuple[str, Value], ...]:
    kind = EditKind.CORRECTION.value
    told = {"at": stamp, "kind": korean_word("kind", kind) if korean else kind, "note": note}
    return tuple((_called(key, korean=korean), value) for key, value in told.items())


def _edit_lines(edit: tuple[tuple[str, Value], ...], *, korean: bool) -> str:
    """An edit as it is to be written by hand."""
    first, *others = (f"{key}: {quote(str(value))}" for key, value in edit)
    return "\n".join([f"{_called('edits', korean=korean)}:", f"  - {first}", *(f"    {line}" for line in others)])


def _lines(text: str, values: dict[str, str]) -> str:
    """Keys and values as they are to be written by hand into a file, in its language."""
    korean = _is_korean(text)
    told = {key: korean_word(key, value) if korean else value for key, value in values.items()}
    return "\n".join(f"{_called(key, korean=korean)}: {quote(value)}" for key, value in told.items())


def _held(members: Iterable[Member], key: str) -> Member | None:
    """The member under any name of *key*. Raises ShapeError where there are several."""
    names = names_of(ENTRY_KEYS)
    held = [member for member in members if names.get(normalize("NFC", member.key).lower()) is names[key]]
    if len(held) > 1:
        raise ShapeError(Message("write.repeated", key=held[1].key, first=held[0].key))
    return held[0] if held else None


def _first_true(syntax: Syntax, part: str, changes: dict[str, Value], candidates: Iterable[str]) -> str:
    """The first of *candidates* that differs from *part* in *changes* alone."""
    others = _without(syntax.members(part), changes)
    for candidate in candidates:
        if _reads(syntax, candidate, changes, others):
            return candidate
    raise ShapeError(Message("write.no-place"))


def _reads(syntax: Syntax, candidate: str, changes: dict[str, Value], others: list[tuple[str, Value]]) -> bool:
    try:
        members = syntax.members(candidate)
    except ShapeError:
        return False
    changed = [(member.key, member.value) for member in members if member.key in changes]
    return changed == list(changes.items()) and _without(members, changes) == others


def _without(members: Iterable[Member], changes: dict[str, Value]) -> list[tuple[str, Value]]:
    return [(member.key, member.value) for member in members if member.key not in changes]
