"""Metadata of cameras in pictures: location, device, and smaller copies.

The published copy of a picture omits them. Its pixels are not decoded, so they are unchanged. Colours (ICC), captions
of agencies (IPTC), and the EXIF for display and credit are kept.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from sosik.patterns import pattern

_KEPT_TAGS = frozenset({0x0112, 0x013B, 0x8298})
"""Orientation, artist, copyright (EXIF 2.32, 4.6.4)."""

_GPS_TAG = 0x8825
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 13: 4}
"""Bytes of one value of each TIFF type."""

_EXIF = b"Exif\0\0"
_TIFF_HEADS = {b"II*\0": "<", b"MM\0*": ">"}
_XMP_HEADS = (b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0")
_SEGMENT = pattern(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)
_END_OF_IMAGE = 0xD9
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_XMP = b"XML:com.adobe.xmp"
_PNG_RAW = pattern(rb"Raw profile type (?:exif|APP1|xmp)\0")
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04


def without_metadata(data: bytes) -> bytes:
    """Return a picture without its place and camera; bytes that are no JPEG, PNG, WebP or AVIF come back as they are.

    A picture that breaks off keeps what can be read of it. Nothing is raised, whatever the bytes are.
    """
    if data.startswith(b"\xff\xd8"):
        return b"".join(_jpeg_parts(data))
    if data.startswith(_PNG_HEAD):
        return _PNG_HEAD + b"".join(_png_chunks(data))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    if data[4:8] == b"ftyp":
        return _without_places(data)
    return data


def _jpeg_parts(data: bytes) -> Iterator[bytes]:
    """Yield the segments to keep (ISO 10918-1, B.1) and the scans between them; what follows the picture is dropped.

    Phones append further pictures and films there, each with a place of its own.
    """
    place = 0
    while segment := _SEGMENT.search(data, place):
        yield data[place : segment.start()]
        marker, place = segment[1][0], segment.end()
        if marker == _END_OF_IMAGE:
            yield b"\xff\xd9"
            return
        if marker in (0x01, 0xD8):
            yield bytes((0xFF, marker))
            continue
        length = int.from_bytes(data[place : place + 2], "big")
        body = data[place + 2 : place + length]
        place += max(length, 2)
        body = _jpeg_segment(marker, body)
        if body:
            yield bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body
    yield data[place:]


def _jpeg_segment(marker: int, body: bytes) -> bytes:
    """Return what a segment is to hold, nothing where it is to go."""
    if marker == 0xE1 and body.startswith(_EXIF):
        kept = _kept_exif(body.removeprefix(_EXIF))
        return _EXIF + kept if kept else b""
    if marker == 0xE1 and body.startswith(_XMP_HEADS):
        return b""
    if marker == 0xE2 and body.startswith(b"MPF\0"):
        return b""  # the table of the pictures behind this one
    return body


def _png_chunks(data: bytes) -> Iterator[bytes]:
    """Yield the chunks to keep (PNG 3, 5.3), up to the last."""
    place = len(_PNG_HEAD)
    while place + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        end = place + 12 + length
        body = data[place + 8 : place + 8 + length]
        if kind == b"eXIf":
            kept = _kept_exif(body)
            yield _png_chunk(kind, kept) if kept else b""
        elif not (kind in (b"iTXt", b"tEXt", b"zTXt") and (body.startswith(_PNG_XMP) or _PNG_RAW.match(body))):
            yield data[place:end]
        if kind == b"IEND":
            return
        place = end


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _webp(data: bytes) -> bytes:
    """Return a WebP file with the chunks to keep and the flags that tell of them (RFC 9649, 2.7)."""
    chunks = dict.fromkeys((b"EXIF", b"XMP "), b"")
    kept = []
    place = 12
    while place + 8 <= len(data):
        kind, length = struct.unpack("<4sI", data[place : place + 8])
        body = data[place + 8 : place + 8 + length]
        place += 8 + length + length % 2
        if kind == b"EXIF":
            body = chunks[kind] = _kept_exif(body.removeprefix(_EXIF))
        elif kind == b"XMP ":
            body = b""
        if body or kind not in chunks:
            kept.append((kind, body))
    flags = ~_WEBP_XMP & (0xFF if chunks[b"EXIF"] else ~_WEBP_EXIF)
    parts = [_webp_chunk(kind, _flagged(body, flags) if kind == b"VP8X" else body) for kind, body in kept]
    return b"RIFF" + struct.pack("<I", 4 + sum(map(len, parts))) + b"WEBP" + b"".join(parts)


def _webp_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack("<4sI", kind, len(body)) + body + b"\0" * (len(body) % 2)


def _flagged(body: bytes, flags: int) -> bytes:
    return bytes((body[0] & flags,)) + body[1:] if body else body


def _kept_exif(tiff: bytes) -> bytes:
    """Return EXIF data with no more than the tags to keep, or nothing where there are none of them."""
    order = _TIFF_HEADS.get(tiff[:4], "")
    entries = [entry for entry in _directory(tiff, order, 0) if entry[0] in _KEPT_TAGS] if order else []
    if not entries:
        return b""
    values_at = 8 + 2 + 12 * len(entries) + 4
    directory, values = struct.pack(f"{order}H", len(entries)), b""
    for tag, kind, count, value in entries:
        directory += struct.pack(f"{order}HHI", tag, kind, count)
        if len(value) <= 4:
            directory += value.ljust(4, b"\0")
        else:
            directory += struct.pack(f"{order}I", values_at + len(values))
            values += value + b"\0" * (len(value) % 2)
    return tiff[:4] + struct.pack(f"{order}I", 8) + directory + b"\0" * 4 + values


def _directory(data: bytes, order: str, start: int) -> Iterator[tuple[int, int, int, bytes]]:
    """Yield tag, type, count and value of each entry of the first directory of the TIFF data at `start`."""
    place = start + _number(data, f"{order}I", start + 4)
    for number in range(_number(data, f"{order}H", place)):
        entry = place + 2 + 12 * number
        if entry + 12 > len(data):
            return
        tag, kind, count = struct.unpack_from(f"{order}HHI", data, entry)
        size = _SIZES.get(kind, 0) * count
        at = entry + 8 if size <= 4 else start + _number(data, f"{order}I", entry + 8)
        if 0 < size <= len(data) - at:
            yield tag, kind, count, data[at : at + size]


def _number(data: bytes | bytearray, form: str, place: int) -> int:
    """Return a number of the data; 0 where the data ends before it."""
    if place + struct.calcsize(form) > len(data):
        return 0
    value: int = struct.unpack_from(form, data, place)[0]
    return value


def _without_places(data: bytes) -> bytes:
    """Return an AVIF picture with its directories of places blanked.

    Its boxes point at one another by position, so nothing may move; an EXIF block is told by its head and directory.
    """
    blanked = bytearray(data)
    for head in re.finditer(rb"II\*\x00|MM\x00\*", data):
        order = _TIFF_HEADS[head[0]]
        for tag, kind, count, value in _directory(data, order, head.start()):
            if (tag, kind, count) == (_GPS_TAG, 4, 1):
                _blank(blanked, order, head.start(), struct.unpack(f"{order}I", value)[0])
    return bytes(blanked)


def _blank(data: bytearray, order: str, start: int, offset: int) -> None:
    """Overwrite a directory and the values it points at with zeros."""
    place = start + offset
    number = _number(data, f"{order}H", place)
    for entry in range(place + 2, min(place + 2 + 12 * number, len(data) - 11), 12):
        _, kind, count, at = struct.unpack_from(f"{order}HHII", data, entry)
        size = _SIZES.get(kind, 0) * count
        if 4 < size <= len(data) - start - at:
            data[start + at : start + at + size] = bytes(size)
        data[entry : entry + 12] = bytes(12)
