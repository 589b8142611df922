"""`sosik check --feeds` through the front door: what it says, what it exits with, what it survives."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsrooms import ROOT, Newsroom, Unpack
from sosik.conformance import CHECKLIST, Level, check_bytes, check_path

CORPUS = ROOT / "tests" / "data" / "conformance"
JUDGED = datetime(2024, 2, 1, tzinfo=UTC)
GOOD = {name: (CORPUS / name).read_bytes() for name in ("good.rss.xml", "good.atom.xml", "good.json", "good.opml")}


def names(body: bytes) -> list[str]:
    return [finding.rule.name for finding in check_bytes(body, "feed", judged=JUDGED)]


def test_the_sample_publication_has_no_finding(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    for name in ("content", "feeds"):
        (tmp_path / name).symlink_to(ROOT / name)
    room.sosik("build")

    printed = room.sosik("check", "--feeds")

    assert printed.endswith(" documents, 0 errors, 0 warnings\n")
    assert int(printed.split()[0]) > 30


def test_what_breaks_a_must_is_named_with_its_place_and_fails(newsroom: Unpack) -> None:
    room = newsroom()

    printed = room.sosik("check", "--feeds", CORPUS / "A5-no-link.rss.xml", status=1)

    assert f"{CORPUS}/A5-no-link.rss.xml:3:1: error: A5: missing link in channel\n    hint: add <link>\n" in printed
    assert printed.endswith("1 document, 1 error, 0 warnings\n")


def test_what_breaks_a_should_only_warns_unless_told_otherwise(newsroom: Unpack) -> None:
    room = newsroom()
    example = CORPUS / "A6-no-language.rss.xml"

    assert "A6: missing language in channel" in room.sosik("check", "--feeds", example)
    room.sosik("check", "--strict", "--feeds", example, status=1)


def test_programs_get_json(newsroom: Unpack) -> None:
    room = newsroom()
    room.build()
    (room.root / "public" / "rss.xml").write_bytes((CORPUS / "C27-kst.rss.xml").read_bytes())

    printed = json.loads(room.sosik("check", "--feeds", "public/rss.xml", "--json", status=1))

    assert printed["documents"] == 1
    (finding,) = printed["findings"]
    assert (finding["severity"], finding["rule"], finding["level"]) == ("error", "C27", "MUST")
    assert (finding["file"], finding["line"]) == (str(room.root / "public" / "rss.xml"), 29)
    assert "KST" in finding["message"]
    assert finding["hint"] == "write +0900"


def test_what_is_not_there_is_a_mistake_of_usage(
    newsroom: Unpack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The public/ of another publication, in which the command is run, is not taken for ours."""
    (tmp_path / "elsewhere" / "public").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "elsewhere")

    assert "file or folder not found: public" in newsroom().sosik("check", "--feeds", status=2)


def test_a_folder_of_anything_is_looked_through(tmp_path: Path) -> None:
    """Other files are left alone, what pretends to be a feed is told, names that are no UTF-8 are printed."""
    (tmp_path / "page.html").write_text("<p>")
    (tmp_path / "data.json").write_text("[1]")
    (tmp_path / "empty.xml").write_bytes(b"")
    (tmp_path / "folder.xml").mkdir()
    Path(str(tmp_path) + "/\udcff.xml").write_bytes(b"<rss")

    checked = check_path(tmp_path, judged=JUDGED)

    assert checked.documents == 0
    assert [finding.rule.name for finding in checked.findings] == ["A1", "A1"]
    assert str(checked.findings[1]).encode()


def _many(items: int, text: str = "") -> bytes:
    """Return a good feed of so many items, each with a text."""
    feed = json.loads(GOOD["good.json"])
    first = feed["items"][0]
    feed["items"] = [{**first, "id": f"tag:a.example,2010:{n}x", "content_html": f"<p>{text}"} for n in range(items)]
    return json.dumps(feed).encode()


@pytest.mark.parametrize(("items", "found"), [(300, []), (301, ["E53"])])
def test_a_window_has_bounds(items: int, found: list[str]) -> None:
    assert names(_many(items)) == found


@pytest.mark.parametrize(
    ("size", "found"),
    [(400_000, []), (600_000, [Level.SHOULD]), (2_100_000, [Level.MUST]), (17_000_000, [Level.MUST])],
)
def test_a_document_has_bounds(size: int, found: list[Level]) -> None:
    findings = check_bytes(_many(1, "a" * size), "feed", judged=JUDGED)

    assert [finding.level for finding in findings] == found
    assert {finding.rule.number for finding in findings} <= {54}


def test_the_same_mistake_in_every_item_is_told_ten_times_and_counted() -> None:
    body = _many(200).replace(b"2024-01-16T15:20:00+09:00", b"2024-01-16 15:20")

    findings = [one for one in check_bytes(body, "feed", judged=JUDGED) if one.rule.number == 28]

    assert len(findings) == 11
    assert "190 more of the same" in str(findings[-1].message)


HOSTILE = {
    "bomb": b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]><rss>&c;</rss>',
    "outside": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><rss>&b;</rss>',
    "deep elements": b"<a>" * 100_000,
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "many elements": b"<rss>" + b"<a/>" * 1_000_000 + b"</rss>",
    "many references": b"<rss><channel><title>" + b"&amp;" * 1_000_000 + b"</title></channel></rss>",
    "digits": b'{"title": "a", "items": ' + b"9" * 100_000 + b"}",
    "long title": GOOD["good.rss.xml"].replace(b"<title>", b"<title>&lt;b a=" + b" " * 500_000, 1),
    "long author": GOOD["good.rss.xml"].replace(
        b"<dc:creator>", b"<author>" + b"a" * 500_000 + b"</author><dc:creator>"
    ),
    "tags": GOOD["good.rss.xml"].replace(b"&lt;p&gt;", b"&lt;p &lt;![" * 50_000),
    "empty": b"",
    "not a number": b'{"title": "a", "items": [NaN, Infinity]}',
}


@pytest.mark.rule(99)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_are_told_of_in_no_time(name: str) -> None:
    before = time.process_time()

    findings = check_bytes(HOSTILE[name], "feed", judged=JUDGED)

    assert findings
    assert all("root:" not in str(finding.message) for finding in findings)
    assert time.process_time() - before < 10


EDITS = st.lists(
    st.tuples(
        st.integers(0, 4000),
        st.integers(0, 8),
        st.one_of(
            st.binary(max_size=6),
            st.sampled_from([b"<", b">", b"&lt;", b'"', b"&#0;", b"\\ud800", b"{", b"]", b"<!DOCTYPE a>", b"9" * 30]),
            st.text(max_size=4).map(lambda text: text.encode("utf-8", "surrogatepass")),
        ),
    ),
    max_size=8,
)


@given(good=st.sampled_from(sorted(GOOD)), edits=EDITS)
def test_no_bytes_crash_the_check(good: str, edits: list[tuple[int, int, bytes]]) -> None:
    """Each finding is of a rule, at a place, and can be printed."""
    body = GOOD[good]
    for at, length, put in edits:
        body = body[:at] + put + body[at + length :]

    for finding in check_bytes(body, "feed", judged=JUDGED):
        assert CHECKLIST[finding.rule.number] is finding.rule
        assert finding.location.line >= 0
        assert str(finding.message).isprintable()
        assert str(finding).encode()


@given(body=st.binary(max_size=200))
def test_any_bytes_come_to_something(body: bytes) -> None:
    assert names(body)
