"""The same values give the same bytes whatever machine renders them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import locale, runpy, sys
from datetime import UTC, datetime
from sosik.model import Feed, Person, Publication
from sosik.render.formats import FORMATS

locale.setlocale(locale.LC_ALL, "")
entry = runpy.run_path(sys.argv[1])["ENTRY"]
publication = Publication(
    title="해누리일보", url="https://a.example/", feeds_url="https://a.example/", authority="a.example,2010",
    publisher=Person(name="해누리일보", email="a@a.example"), logo="https://a.example/l.png", hubs=("https://h.example/",),
)
updated = datetime(2026, 11, 21, tzinfo=UTC)
feed = Feed(name="all", title="전체", path="", id="tag:a.example,2010:feed/all", updated=updated)
for row in FORMATS.values():
    fragment = row.renderer.render_entry(entry, publication)
    sys.stdout.buffer.write(row.document(feed, publication, [fragment, fragment]))
print(datetime(2026, 11, 20).strftime("%A"), file=sys.stderr)
"""
CASE = Path(__file__).parents[1] / "data" / "render" / "corrected.py"


def rendered(**environment: str) -> tuple[bytes, str]:
    """All documents in a process of its own, and what that process calls a Friday."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, CASE], env={**os.environ, **environment}, capture_output=True, check=True
    )
    return done.stdout, done.stderr.decode().strip()


@pytest.fixture(scope="module")
def here() -> bytes:
    documents, friday = rendered(LC_ALL="C.UTF-8", TZ="Asia/Seoul", PYTHONHASHSEED="0")
    assert friday == "Friday"
    return documents


@pytest.mark.rule(85)
@pytest.mark.parametrize("seed", ["1", "4242"])
def test_hash_seeds_change_nothing(here: bytes, seed: str) -> None:
    """No set or dictionary decides an order."""
    assert rendered(PYTHONHASHSEED=seed)[0] == here


@pytest.mark.rule(25, 85)
@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati", "UTC"])
def test_the_zone_of_the_host_changes_nothing(here: bytes, zone: str) -> None:
    assert rendered(TZ=zone)[0] == here


@pytest.mark.rule(26, 85)
def test_the_locale_changes_nothing(here: bytes, tmp_path: Path) -> None:
    """Dates are English where everything else is Korean."""
    made = subprocess.run(
        ["localedef", "-i", "ko_KR", "-f", "UTF-8", tmp_path / "ko_KR.UTF-8"], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("this machine cannot make a Korean locale (localedef and its sources are missing)")
    documents, friday = rendered(LOCPATH=str(tmp_path), LC_ALL="ko_KR.UTF-8")
    assert friday == "금요일"
    assert documents == here
