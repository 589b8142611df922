"""Same content, feeds, ledger and instant: same bytes, on any machine, any day."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newsrooms import ROOT


def build(folder: Path, **environment: str) -> dict[str, bytes]:
    """Build the sample publication in a folder of its own and return its files."""
    for name in ("content", "feeds"):
        shutil.copytree(ROOT / name, folder / name)
    done = subprocess.run(
        [sys.executable, "-m", "sosik", "build", "--now", "2026-11-22 12:00"],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    public = folder / "public"
    return {path.relative_to(public).as_posix(): path.read_bytes() for path in public.rglob("*") if path.is_file()}


@pytest.mark.rule(25, 26, 85)
@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "America/New_York"},
        {"TZ": "Asia/Seoul", "LC_ALL": "ko_KR.UTF-8", "LANG": "ko_KR.UTF-8"},
        {"LC_ALL": "C", "LANG": "C"},
        {"PYTHONHASHSEED": "7"},
        {"SOURCE_DATE_EPOCH": "1", "HOSTNAME": "elsewhere.example", "HOME": "/nowhere"},
    ],
    ids=lambda environment: ",".join(environment),
)
def test_the_bytes_depend_on_nothing_else(tmp_path: Path, environment: dict[str, str]) -> None:
    expected = build(tmp_path / "here", TZ="UTC", PYTHONHASHSEED="0")

    assert build(tmp_path / "저기" / "other", **environment) == expected
