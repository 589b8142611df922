"""What is compressed in pieces is one stream to every reader, and the same wherever it is made."""

import gzip
import zlib
from random import Random

import pytest

from sosik.publish import packed as packing
from sosik.publish.packed import packed

SENTENCE = "해오름교는 봄에 열리고 시장에는 지붕이 생긴다. ".encode()
PIECE = 64 * 1024


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 5 * PIECE + 7])
def test_readers_unpack_what_was_packed(size: int) -> None:
    body = (SENTENCE * (size // len(SENTENCE) + 1))[:size]

    assert gzip.decompress(packed(body)) == body
    assert zlib.decompress(packed(body), wbits=31) == body


def test_pieces_refer_to_what_stands_before_them() -> None:
    words = SENTENCE.decode().split()
    body = " ".join(Random(3).choices(words, k=40_000)).encode()  # noqa: S311  # the same words every time

    assert len(packed(body)) < len(gzip.compress(body, 6)) * 1.01


def test_how_many_processors_there_are_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    body = SENTENCE * 10_000
    by_all = packed(body)
    monkeypatch.setattr(packing, "_threads", lambda _: None)

    assert packed(body) == by_all
