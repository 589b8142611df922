"""The README's first article, in a real reader: typed as it stands, served, subscribed to."""

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from newsrooms import ROOT
from serve.servers import HOST, SOSIK, free_port, serving
from serve.test_typed_lines import commands

WITHOUT_POSIX = ROOT / "tests" / "data" / "no_posix"


def read_by_newsboat(address: str, scratch: Path) -> list[str]:
    """Subscribe to a feed in newsboat; return the headlines that it shows, the newest first."""
    program = shutil.which("newsboat")
    if program is None:
        pytest.skip("newsboat is not installed")
    (scratch / "urls").write_text(f"{address}\n")
    cache = scratch / "cache.db"
    command = [program, "-u", str(scratch / "urls"), "-c", str(cache), "-C", "/dev/null", "-x", "reload"]
    environment = {**os.environ, "HOME": str(scratch), "LC_ALL": "C.UTF-8"}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    with closing(sqlite3.connect(cache)) as connection:
        return [title for (title,) in connection.execute("SELECT title FROM rss_item ORDER BY pubDate DESC")]


@pytest.mark.parametrize("without", [(), (WITHOUT_POSIX,)], ids=["here", "without-posix"])
@pytest.mark.parametrize(("document", "paper"), [("README.md", "my-paper"), ("README.ko.md", "우리신문")])
def test_the_first_article_is_in_a_reader(tmp_path: Path, document: str, paper: str, without: tuple[Path, ...]) -> None:
    """Also where nothing is that only POSIX has, as on Windows."""
    text = (ROOT / document).read_text("utf-8")
    (lines,) = re.findall(r"<!-- run: first-article -->\n```sh\n(.*?)```", text, re.DOTALL)
    sources = {"PYTHONPATH": os.pathsep.join(map(str, (*without, ROOT / "src")))}
    path = commands(tmp_path / "bin")
    environment = {**os.environ, **sources, "PATH": path}

    subprocess.run(["bash", "-euc", lines], cwd=tmp_path, env=environment, check=True, capture_output=True)

    port, said = free_port(), tmp_path / "said"
    arguments = ("-C", tmp_path / paper, "serve", "--port", str(port))
    with serving(SOSIK, *arguments, port=port, said=said, environment=sources) as server:
        assert f"http://{HOST}:{port}/rss.xml" in server.ask("/rss.xml").body.decode()
        assert read_by_newsboat(f"http://{HOST}:{port}/rss.xml", tmp_path) == ["[속보] 새 다리 이름은 '해오름교'"]
