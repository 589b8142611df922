"""A picture beside an entry is found by its path and told by its bytes; nothing outside of content/ is."""

import hashlib
import io
import struct
import unicodedata
import zlib
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image

from sosik.read import PictureFacts, Pictures
from sosik.words import Message

Form = Literal["NFC", "NFD"]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "content" / "지역" / "사진").mkdir(parents=True)
    return tmp_path / "content"


def drawn(name: str, width: int = 40, height: int = 30, **options: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(stream, name, **options)
    return stream.getvalue()


def found(content: Path, url: str, source: str = "지역/강변.yaml") -> PictureFacts:
    facts = Pictures(content).find(source, url)
    assert isinstance(facts, PictureFacts), facts
    return facts


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("GIF", "image/gif"),
        ("WEBP", "image/webp"),
        ("AVIF", "image/avif"),
    ],
)
def test_the_type_is_told_by_the_bytes(content: Path, name: str, media_type: str) -> None:
    data = drawn(name)
    (content / "지역" / "사진" / "강변.jpg").write_bytes(data)

    assert found(content, "사진/강변.jpg") == PictureFacts(
        file="지역/사진/강변.jpg",
        media_type=media_type,
        width=40,
        height=30,
        length=len(data),
        digest=hashlib.sha256(data).hexdigest(),
    )


def test_a_photograph_taken_upright_is_as_wide_as_it_is_shown(content: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    (content / "a.jpg").write_bytes(drawn("JPEG", exif=exif))

    facts = found(content, "a.jpg", "a.yaml")
    assert (facts.width, facts.height) == (30, 40)


@pytest.mark.parametrize("url", ["../a.png", "./../a.png", "사진/../../a.png"])
def test_a_path_may_climb_within_content(content: Path, url: str) -> None:
    (content / "a.png").write_bytes(drawn("PNG"))

    assert found(content, url).file == "a.png"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("written", ["NFC", "NFD"])
def test_names_are_equal_however_their_hangul_is_spelt(content: Path, form: Form, written: Form) -> None:
    (content / unicodedata.normalize(form, "강 변.png")).write_bytes(drawn("PNG"))

    assert found(content, unicodedata.normalize(written, "강 변.png"), "a.yaml").file == "강 변.png"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("none.png", "file not found"),
        ("강변.PNG", "file not found"),
        ("../../secret.png", "its path leaves content/"),
        ("../../../../../../etc/passwd", "its path leaves content/"),
        ("/etc/passwd", "its path leaves content/"),
        ("사진\\강변.png", "invalid character in its path; use / between folders"),
        ("a\0.png", "invalid character in its path; use / between folders"),
        ("link.png", "link out of content/"),
        ("사진", "not a file"),
        ("", "not a file"),
        ("text.png", "not a JPEG, PNG, GIF, WebP or AVIF picture"),
        ("drawing.png", "SVG may contain scripts; export it as PNG"),
    ],
)
def test_why_there_is_no_picture(content: Path, url: str, reason: str) -> None:
    (content.parent / "secret.png").write_bytes(drawn("PNG"))
    (content / "지역" / "강변.png").write_bytes(drawn("PNG"))
    (content / "지역" / "link.png").symlink_to(content.parent / "secret.png")
    (content / "지역" / "text.png").write_bytes(b"GIF89 is not what this is")
    (content / "지역" / "drawing.png").write_bytes(b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')

    assert str(Pictures(content).find("지역/강변.yaml", url)) == reason


def bomb(width: int, height: int) -> bytes:
    """Return a PNG whose header promises pixels that it does not hold."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return head + struct.pack(">I", 1000) + b"IDAT"


@pytest.mark.parametrize("side", [12_000, 60_000])
def test_a_picture_of_too_many_pixels_is_refused_undecoded(content: Path, side: int) -> None:
    (content / "a.png").write_bytes(bomb(side, side))

    assert str(Pictures(content).find("a.yaml", "a.png")) == "too many pixels"


@pytest.mark.parametrize("length", [0, 4, 12, 20, 40])
@pytest.mark.parametrize("name", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_a_picture_that_is_cut_off_is_refused_or_measured(content: Path, name: str, length: int) -> None:
    (content / "a.png").write_bytes(drawn(name)[:length])
    facts = Pictures(content).find("a.yaml", "a.png")

    assert isinstance(facts, Message) or (facts.width, facts.height) == (40, 30)


def test_a_picture_is_read_once(content: Path) -> None:
    (content / "a.png").write_bytes(drawn("PNG"))
    pictures = Pictures(content)
    first = pictures.find("a.yaml", "a.png")
    (content / "a.png").unlink()

    assert pictures.find("지역/강변.yaml", "../a.png") is first
