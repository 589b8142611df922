"""gzip in pieces that all processors compress at once; to readers it is one stream (RFC 1951, RFC 1952)."""

import os
import zlib
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

_LEVEL = 6
_PIECE = 64 * 2**10
"""Bytes of a piece: more of them cost bytes, fewer leave processors idle."""
_WINDOW = 32 * 2**10
"""How far back a reader remembers what it has unpacked; each piece refers to that much before it."""

# No time and no name: same bytes in, same bytes out, in every worker.
_HEAD = b"\x1f\x8b\x08" + bytes(6) + b"\xff"


def packed(body: bytes) -> bytes:
    """Return bytes as gzip; the same for the same bytes, however many processors there are."""
    tail = zlib.crc32(body).to_bytes(4, "little") + (len(body) & 0xFFFFFFFF).to_bytes(4, "little")
    starts = range(0, max(1, len(body)), _PIECE)
    return b"".join((_HEAD, *_pieces(body, starts), tail))


def _pieces(body: bytes, starts: range) -> Iterator[bytes]:
    def piece(start: int) -> bytes:
        before, end = body[max(0, start - _WINDOW) : start], start + _PIECE
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=before)
        return packer.compress(body[start:end]) + packer.flush(zlib.Z_FINISH if end >= len(body) else zlib.Z_SYNC_FLUSH)

    threads = _threads(os.getpid()) if len(starts) > 1 else None
    return map(piece, starts) if threads is None else threads.map(piece, starts)


@cache
def _threads(_process: int) -> "ThreadPoolExecutor | None":
    """Return the threads of a process, one for each processor; None where there is but one. A fork has none of them."""
    count = min(4, os.cpu_count() or 1)
    if count == 1:
        return None
    from concurrent.futures import ThreadPoolExecutor  # only servers need it

    return ThreadPoolExecutor(count, "sosik-gzip")
