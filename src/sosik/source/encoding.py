"""Bytes to text: UTF-8, and what old editors and systems in Korea still write."""

import codecs

from sosik.errors import Location, Problem
from sosik.source.places import problem_of
from sosik.words import Message

# UTF-32 first: its little-endian mark begins with that of UTF-16. The names are those that iconv knows, too.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32le"),
    (codecs.BOM_UTF32_BE, "utf-32be"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)
_FIRST = {mark[:1] for mark, _ in _MARKS}
_BOM = "\ufeff"


def decode(data: bytes, file: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the text of a file's bytes, None when they are none, and what is to be said of their encoding.

    Recognised are UTF-8, UTF-16 and UTF-32 with a byte order mark, UTF-16 without one, and CP949, which holds EUC-KR.
    """
    for mark, name in _MARKS if data[:1] in _FIRST else ():
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], name, file)
    if b"\0" in data and (name := _guess_utf16(data)):
        return data.decode(name), (_old(name, file),)
    try:
        return data.decode(), ()
    except UnicodeDecodeError as error:
        return _decode_korean(data, file, error)


def _decode_marked(data: bytes, name: str, file: str) -> tuple[str | None, tuple[Problem, ...]]:
    try:
        text = data.decode(name).lstrip(_BOM)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(name, "replace")
        return None, (
            _unknown(before, file, Message("encoding-unknown.marked", byte=data[error.start], name=name.upper())),
        )
    return text, () if name == "utf-8" else (_old(name, file),)


def _guess_utf16(data: bytes) -> str:
    """Return the byte order that makes mostly Hangul and ASCII of the bytes, or nothing."""
    for name in ("utf-16le", "utf-16be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        plain = sum("\t" <= character <= "~" or "가" <= character <= "힣" for character in text)
        if plain > 0.8 * len(text):
            return name
    return ""


def _decode_korean(data: bytes, file: str, error: UnicodeDecodeError) -> tuple[str | None, tuple[Problem, ...]]:
    """Read CP949, unless the bytes are rather UTF-8 with a few broken places, which CP949 would turn into nonsense."""
    lenient = data.decode(errors="replace")
    broken = lenient.count("\ufffd")
    intact = sum(character > "\x7f" for character in lenient) - broken
    if broken >= intact:
        try:
            return data.decode("cp949"), (_old("cp949", file),)
        except UnicodeDecodeError:
            pass
    before = data[: error.start].decode()
    return None, (_unknown(before, file, Message("encoding-unknown.byte", byte=data[error.start])),)


def _old(name: str, file: str) -> Problem:
    import shlex

    hint = Message("encoding-old.file-hint", name=name.upper(), file=shlex.quote(file))
    return problem_of(Message("encoding-old.file", name=name.upper()), Location(file=file), hint)


def _unknown(before: str, file: str, message: Message) -> Problem:
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    location = Location(file=file, line=len(lines), column=len(lines[-1]) + 1)
    return problem_of(message, location, Message("encoding-unknown.hint"))
