"""Log files as blocks of lines: plain or gzip, however large, however long their lines."""

import sys
import zlib
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import cast

from sosik.errors import SosikError
from sosik.reasons import reason_of
from sosik.words import Message

BLOCK = 1 << 20
"""Bytes read at a time."""
LONGEST_LINE = 1 << 16
"""Bytes; what is longer is no line of a log and is counted as malformed."""

_GZIP = b"\x1f\x8b"


class LogError(SosikError):
    """A log cannot be read, or not to its end; the text names it."""


def read_blocks(name: str) -> Iterator[tuple[list[bytes], int, int]]:
    """Yield the lines of a log, a block at a time, with the number of lines skipped as too long.

    The third value is how far the file was read, in bytes as it lies on disk. `-` is standard input. Whether it is
    gzip is seen from its first bytes. Raises `LogError`, after all that could be read was yielded.
    """
    try:
        if name == "-":
            yield from _blocks(cast("BufferedReader", sys.stdin.buffer))
        else:
            with Path(name).open("rb") as stream:
                yield from _blocks(stream)
    except (OSError, EOFError, zlib.error) as error:
        reason = reason_of(error) if isinstance(error, OSError) and error.strerror else Message("audience.log-damaged")
        raise LogError(Message("audience.log-unreadable", name=name, reason=reason)) from error


def _blocks(stream: BufferedReader) -> Iterator[tuple[list[bytes], int, int]]:
    packed = stream.peek(2)[:2] == _GZIP
    rest, skipping, read = b"", False, 0
    for block in _unpacked(stream) if packed else iter(lambda: stream.read(BLOCK), b""):
        read += len(block)
        lines = block.split(b"\n")
        skipped = 0
        if skipping and len(lines) > 1:
            lines, skipping = lines[1:], False
        elif skipping:
            lines = [b""]
        else:
            lines[0] = rest + lines[0]
        rest = lines.pop()
        if len(rest) > LONGEST_LINE:
            rest, skipping, skipped = b"", True, 1
        kept = [line for line in lines if len(line) <= LONGEST_LINE]
        yield kept, skipped + len(lines) - len(kept), stream.tell() if stream.seekable() else read
    if rest:
        yield [rest], 0, read


def _unpacked(stream: BufferedReader) -> Iterator[bytes]:
    """Yield what a gzip file holds, in blocks: all of it that there is, before EOFError tells that it ends too early.

    Logs are appended to one another packed (RFC 1952, 2.2), and `gzip.GzipFile` would lose the block it breaks off in.
    """
    member, packed = zlib.decompressobj(wbits=31), stream.read(BLOCK)
    while packed:
        if block := member.decompress(packed, BLOCK):
            yield block
        packed = member.unconsumed_tail
        if member.eof:
            packed = member.unused_data.lstrip(b"\0") or stream.read(BLOCK)
            if not packed:
                return
            member = zlib.decompressobj(wbits=31)
        packed = packed or stream.read(BLOCK)
    if block := member.flush():
        yield block
    if not member.eof:
        raise EOFError
