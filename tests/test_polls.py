"""A poll costs nothing: whatever is asked of a published edition, nothing is rendered and nothing written."""

import subprocess
import sys
from pathlib import Path

import pytest

from newsrooms import Unpack

ASKS = """\
import sys
from pathlib import Path

from serve.clients import wsgi_client
from sosik.serve import create_app

ask = wsgi_client(create_app(Path(sys.argv[1])).wsgi_app)
first = {path: ask(path) for path in ("/rss.xml", "/atom.xml", "/feed.json")}
for turn in range(1000):
    for path, reply in first.items():
        tag, stamp = reply.headers["etag"], reply.headers["last-modified"]
        asked = {"If-None-Match": tag} if turn % 2 else {"If-Modified-Since": stamp}
        again = ask(f"{path}?_={turn}", asked)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag), (path, asked, again)
    assert ask(path, {"If-None-Match": '"another"'}).body == reply.body
print(*sorted(sys.modules))
"""


@pytest.mark.rule(78, 82)
def test_a_thousand_conditional_requests_render_nothing(newsroom: Unpack) -> None:
    """The process that answered them has not even loaded what renders, and the store is as it was."""
    room = newsroom()
    room.build()
    store = {path: path.stat() for path in (room.root / ".sosik").iterdir()}
    before = {path: (found.st_size, found.st_mtime_ns) for path, found in store.items() if path.suffix == ".db"}

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", ASKS, str(room.root / ".sosik")],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent,
    )

    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "sosik.serve" in loaded
    assert loaded.isdisjoint({"feedgen", "lxml", "sosik.render.rss", "sosik.render.atom", "sosik.render.jsonfeed"})
    assert before
    assert {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in before} == before
