"""One file of content/ read into a raw entry."""

import hashlib
import io
import os
import re
import time
from collections.abc import Collection, Iterator
from datetime import date

from msgspec import Struct

from sosik.errors import Location, Problem, Severity, as_written
from sosik.model import BodyFormat, RawEntry, RawMapping, RawText, RawValue
from sosik.patterns import pattern
from sosik.read.fields import KeyResolver
from sosik.read.files import SourceFile, location_of, stamp_of_file
from sosik.read.keys import headlines
from sosik.read.scan import look_again
from sosik.reasons import reason_of
from sosik.source import MAX_BYTES, in_order, parse, problem_of
from sosik.source.mapping import is_blank
from sosik.source.yaml_errors import has_wide_colon
from sosik.systems import last_change, wait_for_tick
from sosik.words import Message

_ID = pattern(
    rb"""^[ \t{]* ["']?id["']? [ \t]* : [ \t]* (?: "([^"\r\n]+)" | '([^'\r\n]+)' | ([^\s"'#]\S*) )""",
    re.MULTILINE | re.IGNORECASE | re.VERBOSE,
)
_HINT_BYTES = 65_536

_TICK = 0.02
"""Seconds between two changes of a file that its times tell apart in any case."""
_TRIES = 3
_TO_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_ID_LENGTH = 1000

_NOTHING = RawText(text="", location=Location(file=""))

_TEXT_AS_COMMENT = pattern(r"[ \t]?(?:##+\s|#[^\s#!])")
"""A hashtag or a heading of Markdown, hardly indented; a comment has a space behind its sign."""
_LONGEST_SHOWN = 60

_POST = pattern(r"(?:.*/)?_posts/(?:.*/)?(\d{4})-(\d{1,2})-(\d{1,2})-[^/]*")
"""A post of Jekyll's: its day stands in its name (jekyllrb.com/docs/posts)."""


class EntryReading(Struct, frozen=True, kw_only=True):
    """What a file was read as.

    `digest` is the SHA-256 of its bytes in hexadecimal, empty when they could not be read. `raw` may be there beside
    errors: then it serves to find the file's other problems, and the entry is held back. `id_hint` is the id that the
    file names, even if nothing else of it can be read.
    """

    source: str
    digest: str = ""
    raw: RawEntry | None = None
    problems: tuple[Problem, ...] = ()
    id_hint: str = ""

    @property
    def failed(self) -> bool:
        """Whether an error holds the entry back."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def read_entry(file: SourceFile, *, silent: Collection[str] = ()) -> EntryReading:
    """Read an entry file once. Never raises for the file's sake: what is wrong with it is in `problems`.

    `silent` are keys that other programs read, and of which nothing is said.
    """
    data = bytes_of(file)
    return data if isinstance(data, EntryReading) else read_bytes(data, file.source, silent=silent)


def read_no_further(file: SourceFile, why: Message) -> EntryReading:
    """Return what can be told of a file whose reading was stopped, without reading what stands in it.

    Its digest is empty where it is not any more as it was.
    """
    problem = problem_of(why, file.location, Message("reading-stopped.hint"))
    data = bytes_of(file)
    if isinstance(data, EntryReading):
        return data
    is_as_it_was = look_again(file) == file
    return EntryReading(
        source=file.source, digest=digest(data) if is_as_it_was else "", problems=(problem,), id_hint=named_id(data)
    )


def bytes_of(file: SourceFile) -> bytes | EntryReading:
    """Return the bytes of a file, or what is to be said of it where they are not to be had."""
    try:
        data = _read_as_seen(file) or _read_whole(file.path)
    except OSError as error:
        return _refused(file, Message("file-unreadable.system", reason=reason_of(error)))
    if data is None:
        return _refused(file, Message("file-unreadable.busy"))
    if len(data) > MAX_BYTES:
        return EntryReading(source=file.source, problems=(_too_large(file),), id_hint=named_id(data))
    return data


def _refused(file: SourceFile, message: Message) -> EntryReading:
    return EntryReading(source=file.source, problems=(problem_of(message, file.location),))


def _read_as_seen(file: SourceFile) -> bytes | None:
    """Return the bytes of a file that is as it was when it was looked at, and had not changed a moment before.

    None of any other, which `_read_whole` is to read. Most are, and of them the system is asked for less.
    """
    begun = time.time()
    opened = os.open(file.path, _TO_READ)
    try:
        data = os.read(opened, min(file.size, MAX_BYTES) + 1)
        after = os.fstat(opened)
    finally:
        os.close(opened)
    has_settled = (last_change(after) or after.st_mtime_ns) / 1e9 + _TICK < begun
    return data if has_settled and len(data) == file.size and stamp_of_file(after) == file.stamp else None


def _read_whole(path: str) -> bytes | None:
    """Return the bytes of a file, one more than the most that count; None while it is being written.

    A file that changed a moment ago is given time first: the file system's clock ticks a few milliseconds apart, and a
    second change in the same tick could not be told from the first.
    """
    for _ in range(_TRIES):
        with io.FileIO(path) as stream:  # not through a buffer, which would be as large as a file may be
            before = os.fstat(stream.fileno())
            wait_for_tick(before, _TICK)
            data = stream.read(min(before.st_size, MAX_BYTES) + 1)
            while len(data) <= MAX_BYTES and len(data) != before.st_size and (more := stream.read(MAX_BYTES)):
                data = (data + more)[: MAX_BYTES + 1]
            after = os.fstat(stream.fileno())
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
            return data
    return None


def read_bytes(data: bytes, source: str, *, silent: Collection[str] = ()) -> EntryReading:
    """Return what the bytes of an entry file hold. `source` is its path below content/, and tells the format."""
    location = location_of(source)
    parsed = parse(data, location.file, headlines=headlines())
    problems = [*parsed.problems]
    raw = None
    if isinstance(parsed.value, RawMapping):
        resolver = KeyResolver(silent, parsed.problems)
        fields = {**resolver.resolved(parsed.value)}
        if is_blank(fields.get("published", _NOTHING)) and (day := _named_day(source, parsed.value.location)):
            fields["published"] = day
        problems = [as_written(one, resolver.names) for one in resolver.problems]
        problems += _comments_below(data, fields.get("body"), location.file)
        markdown = source.lower().endswith((".md", ".markdown"))
        body_format = BodyFormat.MARKDOWN if markdown else BodyFormat.AUTO
        raw = RawEntry(
            source=source,
            fields=fields,
            body_format=body_format,
            location=parsed.value.location,
            unknown=tuple(resolver.unknown),
            names=resolver.names,
        )
    elif parsed.value is not None:
        problems.append(_no_keys(parsed.value))
    return EntryReading(
        source=source,
        digest=digest(data),
        raw=raw,
        problems=in_order(problems),
        id_hint=_written_id(raw) if raw else named_id(data),
    )


def _comments_below(data: bytes, body: RawValue | None, file: str) -> Iterator[Problem]:
    """Yield a warning for each line below a body that reads as its text and is a comment, for want of indentation."""
    if not isinstance(body, RawText) or body.begins in (None, body.location) or b"#" not in data:
        return  # there are none below text that ends with its file
    below = body.begins.line - 1 + len(body.text.splitlines())
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines()[below:], below + 1):
        if _TEXT_AS_COMMENT.match(line):
            message = Message("comment-ignored.below", comment=line.strip()[:_LONGEST_SHOWN])
            place = Location(file=file, line=number, column=1)
            yield problem_of(message, place, Message("comment-ignored.below-hint"))
        elif line.strip() and not line.lstrip().startswith("#"):
            return


def _named_day(source: str, location: Location) -> RawText | None:
    """Return the day that the name of a post states; None of other files."""
    post = _POST.fullmatch(source)
    try:
        day = date(*map(int, post.groups())) if post else None
    except ValueError:
        day = None
    return RawText(text=day.isoformat(), location=location) if day else None


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _too_large(file: SourceFile) -> Problem:
    message = Message("file-too-large.entry", size=file.size, most=MAX_BYTES)
    return problem_of(message, file.location, Message("file-too-large.entry-hint"))


def _no_keys(value: RawValue) -> Problem:
    if isinstance(value, RawText) and has_wide_colon(value.text):
        message, hint = Message("yaml-invalid.wide-colon"), Message("yaml-invalid.wide-colon-hint")
        return problem_of(message, value.location, hint)
    return problem_of(Message("value-type.no-keys"), value.location, Message("value-type.no-keys-hint"))


def _written_id(raw: RawEntry) -> str:
    value = raw.fields.get("id")
    return value.text.strip() if isinstance(value, RawText) else ""


def named_id(data: bytes) -> str:
    """Return the id that a line of a file names, whatever else is wrong with it."""
    line = _ID.search(data, 0, _HINT_BYTES)
    return next(filter(None, line.groups())).decode("utf-8", "ignore")[:_ID_LENGTH] if line else ""
