"""docs/ci.md is true: its steps, run in fresh checkouts day by day, publish and tell what a kept store does."""

import os
import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
import yaml

from newsrooms import PUBLICATION, ROOT, Newsroom
from test_previous import Quiet, serving

PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
CHANGED = re.compile(rb"<(lastBuildDate|updated)>[^<]*</")
"""When a feed changed: the two builds of a day are a moment apart."""

DAYS = (
    "-- content/a.yaml --\nid: tag:test.example,2010:aaaaaaaaaaaa\ntitle: 첫 소식\npublished: 2024-01-16 15:20\n"
    "body: 강변에 산책로가 생겼다.\n"
    "-- content/b.yaml --\nid: tag:test.example,2010:bbbbbbbbbbbb\ntitle: 둘째 소식\npublished: 2024-01-17 15:20\n"
    "body: 산책로에 등을 달았다.\n",
    "-- content/a.yaml --\nid: tag:test.example,2010:aaaaaaaaaaaa\ntitle: 첫 소식\npublished: 2024-01-16 15:20\n"
    "body: 강변에 긴 산책로가 생겼다.\n-- content/b.yaml --\n(gone)\n",
    "",
)


def step(name: str) -> str:
    """Return the commands of a step."""
    [commands] = re.findall(rf"<!-- ci: {name} -->\n```\w+\n(.*?)```", PAGE, re.DOTALL)
    return str(commands)


def run(commands: str, folder: Path, address: str) -> str:
    """Run commands in a checkout and return what they print."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "FEEDS_URL": address}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f'sosik() {{ "{sys.executable}" -m sosik "$@"; }}\n{commands}'],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def documents(public: Path) -> dict[str, bytes]:
    own = {"_headers", "published.json"}
    found = {path for path in public.rglob("*") if path.is_file() and path.suffix != ".gz" and path.name not in own}
    return {str(path.relative_to(public)): CHANGED.sub(b"", path.read_bytes()) for path in found}


def test_the_steps_of_the_page_do_what_a_kept_store_does(tmp_path: Path) -> None:
    files, site = Newsroom(tmp_path / "files"), tmp_path / "site"
    site.mkdir()
    files.write(f"-- feeds/publication.yaml --\n{PUBLICATION}-- feeds/all.yaml --\ntitle: 전체\narchive: month\n")
    kept = tmp_path / "kept"
    for day in DAYS:
        if day:
            files.write(day)
        checkout = tmp_path / "checkout"
        shutil.copytree(files.root, checkout)
        with serving(partial(Quiet, directory=str(site))) as address:
            said = run(step("build"), checkout, address)
            run(step("announce"), checkout, address)
        shutil.rmtree(site)
        shutil.copytree(checkout / "public", site)
        shutil.rmtree(checkout)
        for name in ("content", "feeds"):
            shutil.rmtree(kept / name, ignore_errors=True)
            shutil.copytree(files.root / name, kept / name)
        told = run("sosik build --withdraw-now\nsosik config redirects > public/_redirects", kept, "")

        assert lines(said)[-3:-1] == lines(told)[-3:-1]
        assert documents(site) | {"_redirects": b""} == documents(kept / "public") | {"_redirects": b""}
        gone = [(folder / "_redirects").read_text().partition("\n/")[2] for folder in (site, kept / "public")]
        assert gone[0] == gone[1]
        assert all("\n" not in one or one for one in gone)


def lines(said: str) -> list[str]:
    """Return what a build said, but for the files of what is gone: without a store only their ids are known."""
    return [line for line in said.splitlines() if not line.startswith("    withdrawn: ")]


@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_the_files_for_hosts_run_those_steps(host: str) -> None:
    """They are YAML, build before they upload, and tell afterwards."""
    settings = yaml.safe_load(step(host))
    if host == "github":
        lines = [line for one in settings["jobs"]["publish"]["steps"] for line in one.get("run", "").splitlines()]
    else:
        lines = settings["publish"]["script"]
    plain = [line.partition("  #")[0] for line in lines]

    assert [line for line in plain if line.startswith("sosik")] == [
        *step("build").splitlines(),
        *step("announce").splitlines(),
    ]
    assert plain.index("./upload public") == len(plain) - 2
