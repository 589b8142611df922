"""New entry files as text: the keys in one order, every text quoted."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

from sosik.file_names import name_on_windows
from sosik.patterns import pattern
from sosik.read.keys import korean_names, korean_word
from sosik.write.quoting import block, quote
from sosik.write.template import ENGLISH, KOREAN

KEYS = (
    "id",
    "title",
    "subtitles",
    "section",
    "tags",
    "authors",
    "published",
    "updated",
    "link",
    "images",
    "summary",
    "format",
    "body",
    "edits",
    "status",
    "withdrawn",
    "unconfirmed",
)
"""The keys of an entry file in the order in which they are written."""

ON_ONE_LINE = frozenset({"tags", "authors", "unconfirmed"})
"""Lists of short things: their members stand on one line, or are mappings on one line each."""

PLAIN_KEYS = frozenset({"name", "email", "url", "caption", "credit", "alt", "at", "kind", "note"})
"""The keys inside authors, images and edits; any other but their Korean names is quoted."""

NAME_BYTES = 80
"""The most bytes (UTF-8) that the name of an entry file has before its suffix."""

NOT_IN_NAMES = pattern(r"[^\w.-]+")
"""What a file name does not hold: neither an address nor a shell nor another system reads a letter as anything else."""

FIRST_LINE = "  "
"""The first line of a body yet to be written: its indentation is there, and nothing that could go out by mistake."""


def format_entry(fields: Mapping[str, object], *, korean: bool = False) -> str:
    """Return a YAML entry file that reads back as exactly *fields*, its keys and words `korean` if asked for.

    Values are text, lists and mappings of text; keys are those of `KEYS`. Those within lists are `korean` too, and as
    they are given otherwise. Raises ValueError for any other key and TypeError for any other value: both are mistakes
    of the caller.
    """
    unknown = sorted(set(fields) - set(KEYS))
    if unknown:
        raise ValueError(f"no keys of an entry file: {', '.join(unknown)}")
    called = korean_names() if korean else {}
    values = {key: _in_korean(key, value) for key, value in fields.items()} if korean else fields
    return "".join(f"{called.get(key, key)}:{_value(key, values[key])}\n" for key in KEYS if key in values)


def new_entry(
    title: str,
    id: str,  # noqa: A002 - Atom's word
    section: str = "",
    author: str = "",
    *,
    korean: bool = True,
) -> str:
    """Return the text of a new entry file, a draft: its id, no date and no body yet, and comments on the rest.

    Keys and comments are `korean`, or else English.
    """
    template, a_section, a_name = (KOREAN, "지역", "김하늘") if korean else (ENGLISH, "section", "Name")
    called = korean_names() if korean else {"authors": "author"}
    sections, authors = called.get("section", "section"), called["authors"]
    return template.format(
        id=quote(id),
        title=quote(title),
        section=f"{sections}: {quote(section)}" if section else f'# {sections}: "{a_section}"',
        author=f"{authors}: {quote(author)}" if author else f'# {authors}: "{a_name}"',
        body=FIRST_LINE,
    )


def file_name(title: str, day: date) -> str:
    """Return a file name such as `2026-11-22-제목.yaml`: NFC, at most `NAME_BYTES` bytes before the suffix.

    It holds letters, digits, `-`, `_` and `.`: it can be pasted into a shell, and is valid on Windows.
    """
    words = NOT_IN_NAMES.sub(" ", unicodedata.normalize("NFC", title)).split()
    stem = "-".join([day.isoformat(), *words])
    cut = stem.encode("utf-8", "ignore")[:NAME_BYTES].decode("utf-8", "ignore")
    return f"{name_on_windows(cut.rstrip('-.'))}.yaml"


def _in_korean(key: str, value: object) -> object:
    """A value with the Korean names of the keys and of the words in it."""
    if isinstance(value, str):
        return korean_names().get(value, value) if key == "unconfirmed" else korean_word(key, value)
    if isinstance(value, Mapping):
        return {korean_names().get(name, name): _in_korean(name, member) for name, member in value.items()}
    return [_in_korean(key, member) for member in value] if isinstance(value, Sequence) else value


def _value(key: str, value: object) -> str:
    """A value as it stands after `key:`, with the space or the line ends that it needs."""
    if isinstance(value, str):
        literal = block(value) if key == "body" else None
        return f" {literal or quote(value)}"
    if isinstance(value, Sequence):
        return _list(key, value)
    return f" {_flow(value)}"


def _list(key: str, members: Sequence[object]) -> str:
    if not members or (key in ON_ONE_LINE and all(isinstance(member, str) for member in members)):
        return f" {_flow(members)}"
    return "".join(f"\n  - {_member(key, member)}" for member in members)


def _member(key: str, member: object) -> str:
    if isinstance(member, Mapping) and member and key not in ON_ONE_LINE:
        return "\n    ".join(f"{_key(name)}: {_flow(value)}" for name, value in member.items())
    return _flow(member)


def _flow(value: object) -> str:
    """A value on one line."""
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(name)}: {_flow(member)}" for name, member in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(_flow(member) for member in value) + "]"
    raise TypeError(f"an entry file holds text, lists and mappings, not {type(value).__name__}")


def _key(name: str) -> str:
    return name if name in PLAIN_KEYS or name in korean_names().values() else quote(name)
