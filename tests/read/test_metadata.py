"""The published copy of a picture: the same pixels, without the place where it was taken."""

import io
import struct
from fractions import Fraction
from typing import Any, Literal
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from newsrooms import Unpack
from sosik.read.metadata import without_metadata

ORIENTATION, MODEL, ARTIST, COPYRIGHT, GPS = 0x0112, 0x0110, 0x013B, 0x8298, 0x8825
PLACE = {1: "N", 2: (Fraction(37), Fraction(33), Fraction(58)), 3: "E", 4: (Fraction(126), Fraction(58), Fraction(41))}
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf exif:GPSLatitude="37,33.97N"/></x:xmpmeta>'


def taken(orientation: int = 0) -> bytes:
    """EXIF as a camera writes it: where, with what, which way up, by whom."""
    exif = Image.Exif()
    exif[MODEL] = "Haenuri Phone 7"
    exif[ARTIST] = "Haneul Kim"
    exif[COPYRIGHT] = "Haenuri Ilbo"
    if orientation:
        exif[ORIENTATION] = orientation
    exif.get_ifd(GPS).update(PLACE)
    return exif.tobytes()


def photograph() -> Image.Image:
    image = Image.radial_gradient("L").resize((64, 48)).convert("RGB")
    image.putpixel((3, 5), (255, 0, 0))
    return image


def saved(form: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    if form == "PNG" and "xmp" in options:
        text = PngImagePlugin.PngInfo()
        text.add_itxt("XML:com.adobe.xmp", options.pop("xmp").decode())
        text.add_text("Raw profile type exif", "exif 2 4745", zip=True)
        text.add_text("Title", "Bridge")
        options["pnginfo"] = text
    photograph().save(stream, form, **options)
    return stream.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


FORMS = pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])


@FORMS
@pytest.mark.parametrize("orientation", [0, 6])
def test_place_and_camera_go_and_nothing_else(form: str, orientation: int) -> None:
    """Which way up the picture is held and whose it is stay; so does every pixel."""
    data = saved(form, exif=taken(orientation), xmp=XMP)
    assert opened(data).getexif().get_ifd(GPS)

    found = without_metadata(data)

    before, after = opened(data), opened(found)
    exif = after.getexif()
    assert dict(exif) == {ARTIST: "Haneul Kim", COPYRIGHT: "Haenuri Ilbo"} | (
        {ORIENTATION: orientation} if orientation else {}
    )
    assert not exif.get_ifd(GPS)
    assert b"GPS" not in found
    assert b"Phone" not in found
    assert b"Raw profile" not in found
    assert after.tobytes() == before.tobytes()
    assert after.format == form


@FORMS
def test_a_picture_without_metadata_comes_back_as_it_is(form: str) -> None:
    data = saved(form, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())

    assert without_metadata(data) == data


@FORMS
def test_the_published_copy_of_a_published_copy_is_itself(form: str) -> None:
    once = without_metadata(saved(form, exif=taken(8), xmp=XMP))

    assert without_metadata(once) == once


@FORMS
def test_a_picture_whose_exif_only_tells_of_the_camera_has_none_left(form: str) -> None:
    exif = Image.Exif()
    exif[MODEL] = "Haenuri Phone 7"

    found = without_metadata(saved(form, exif=exif.tobytes()))

    assert not dict(opened(found).getexif())
    assert b"Exif" not in found
    assert b"EXIF" not in found
    assert b"eXIf" not in found


def test_colours_and_captions_of_agencies_stay() -> None:
    """ICC and IPTC tell nothing of the place, and the picture would look wrong or lose its owner without them."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0e\x1c\x02\x74\0\x09(c) agency"
    data = saved("JPEG", exif=taken(), icc_profile=profile)
    data = data[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + data[2:]

    found = without_metadata(data)

    assert opened(found).info["icc_profile"] == profile
    assert iptc in found


@pytest.mark.parametrize("progressive", [False, True])
def test_what_a_phone_appends_to_a_photograph_goes(progressive: bool) -> None:
    """Behind the picture stand further ones and films, with places of their own."""
    data = saved("JPEG", progressive=progressive)

    found = without_metadata(data + saved("JPEG", exif=taken()) + b"\0\0\0\x18ftypmp42 +37.5660+126.9784/")

    assert found == data


def test_a_photograph_with_a_second_picture_loses_the_table_of_pictures() -> None:
    stream = io.BytesIO()
    photograph().save(stream, "MPO", save_all=True, append_images=[photograph()])

    found = without_metadata(stream.getvalue())

    assert opened(found).format == "JPEG"
    assert opened(found).tobytes() == opened(stream.getvalue()).tobytes()


def test_an_avif_picture_keeps_its_layout_and_loses_its_place() -> None:
    data = saved("AVIF", exif=taken(6))

    found = without_metadata(data)

    assert len(found) == len(data)
    assert not {1, 2, 3, 4} & set(opened(found).getexif().get_ifd(GPS))
    assert struct.pack("<II", 37, 1) not in found
    assert struct.pack(">II", 37, 1) not in found
    assert opened(found).tobytes() == opened(data).tobytes()


HEADS = [b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF\xff\xff\xff\xffWEBP", b"\0\0\0\x18ftypavif", b"GIF89a"]


@given(st.sampled_from(HEADS), st.binary(max_size=200), st.sampled_from([b"", b"\xff\xe1\0\x20Exif\0\0II*\0", b"VP8X"]))
def test_no_bytes_are_too_odd(head: bytes, tail: bytes, middle: bytes) -> None:
    """Whatever is not understood comes back, shorter at most by what breaks off."""
    without_metadata(head + middle + tail)


@given(st.integers(2, 1200), st.sampled_from(["JPEG", "PNG", "WEBP", "AVIF"]))
def test_a_picture_that_breaks_off_raises_nothing(length: int, form: str) -> None:
    without_metadata(_whole(form)[:length])


def _whole(form: str, known: dict[str, bytes] = {}) -> bytes:  # noqa: B006 - a cache, shared on purpose
    return known.setdefault(form, saved(form, exif=taken(6), xmp=XMP))


@pytest.mark.parametrize("spelling", ["NFC", "NFD"])
def test_published_pictures_say_nothing_of_the_place(newsroom: Unpack, spelling: Literal["NFC", "NFD"]) -> None:
    """Feeds tell length and address of the copy that is published, and that is the one without the place."""
    room = newsroom(
        "-- content/first.yaml --\ntitle: 다리\npublished: 2024-01-16 15:20\nimages: [강변.jpg]\nbody: 본문입니다.\n"
    )
    data = saved("JPEG", exif=taken(6))
    (room.root / "content" / normalize(spelling, "강변.jpg")).write_bytes(data)

    room.build()

    (file,) = (room.root / "public" / "media").rglob("*.jpg")
    assert file.read_bytes() == without_metadata(data) != data
    assert f'length="{file.stat().st_size}"'.encode() in room.read("atom.xml")
    assert b'width="48" height="64"' in room.read("rss.xml")


def test_a_picture_that_is_not_the_one_that_was_read_is_left_out(newsroom: Unpack) -> None:
    """An embargoed article waits, its file breaks, its picture is replaced: everything else goes out all the same."""
    article = (
        "-- content/first.yaml --\nid: tag:test.example,2010:aaaaaaaaaaaa\ntitle: 다리\n"
        "{}images: [강변.jpg]\nbody: 글.\n"
    )
    room = newsroom(article.format("published: 2024-01-16 15:20\n"))
    picture = room.root / "content" / "강변.jpg"
    picture.write_bytes(saved("JPEG"))
    room.build("2024-01-15 09:00")
    picture.write_bytes(saved("JPEG", quality=20))
    room.write(article.format("published: 내일\n"))

    report = room.build("2024-01-17 09:00")

    assert "picture-changed" in {problem.code for problem in report.errors}
    assert room.titles() == ["다리"]
    assert not list((room.root / "public").rglob("*.jpg"))
    room.write(article.format("published: 2024-01-16 15:20\n"))
    assert not room.build("2024-01-17 10:00").errors
    assert [path.read_bytes() for path in (room.root / "public").rglob("*.jpg")] == [picture.read_bytes()]
