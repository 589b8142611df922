"""The clock of a machine that serves is set back, and put right again.

A library of ours (clock.c) answers every process of `sosik serve` that asks for the time, so Python, SQLite and Granian
see the clock go back as if somebody had set it. The kernel's own clock stays, for others live by it, and so do the
times that it gives to files. Needs a C compiler, and Linux.
"""

import json
import os
import shutil
import subprocess
import sys
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from faults.trials import MINUTES, Trials
from newsrooms import ARTICLE, Newsroom, Unpack
from serve.clients import Reply
from serve.servers import DEADLINE, Server, eventually, serving_sosik

COMPILER = shutil.which("cc")

pytestmark = [
    pytest.mark.skipif(COMPILER is None, reason="there is no C compiler"),
    pytest.mark.skipif(sys.platform != "linux", reason="the library is for Linux"),
]

FEEDS = ("/rss.xml", "/atom.xml", "/feed.json")


class Clock:
    """The clock that a server sees, seconds behind the real one; what its processes need for it lies in a folder."""

    def __init__(self, folder: Path) -> None:
        self._file, library = folder / "behind", folder / "clock.so"
        self._file.write_bytes(bytes(8))
        source = Path(__file__).with_name("clock.c")
        subprocess.run([str(COMPILER), "-shared", "-fPIC", "-O1", "-o", library, source], check=True)
        self.environment = {"LD_PRELOAD": str(library), "CLOCK": str(self._file)}

    def set_back(self, seconds: int) -> None:
        # In place, for the file is mapped.
        with self._file.open("r+b") as file:
            file.write(seconds.to_bytes(8, sys.byteorder))


class Reader:
    """A reader that polls, and knows what it saw: nothing may go back, nothing may be posted again."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._changed: dict[str, float] = {}
        self._items: dict[str, object] = {}

    def poll(self) -> str:
        """Ask for every feed; return the newest as JSON."""
        for path in FEEDS:
            answer = self._server.ask(path)
            assert answer.status == 200, answer
            changed = moment(answer, "last-modified")
            assert changed >= self._changed.get(path, 0), f"{path} went back"
            self._changed[path] = changed
        items = {item["id"]: item["date_published"] for item in json.loads(answer.body)["items"]}
        assert self._items.items() <= items.items(), "an article went, or is dated anew"
        self._items = items
        return answer.body.decode()


def moment(answer: Reply, field: str) -> float:
    return parsedate_to_datetime(answer.headers[field]).timestamp()


def write(room: Newsroom, number: int) -> str:
    """Save an article that was not there before, and edit the first one; return what is to be seen."""
    text = ARTICLE.replace("aaaaaaaaaaaa", f"clock{number:07}").replace("첫 기사", f"{number}번째 기사")
    if number < 299:  # a feed has room for 300, and what leaves it would be missed
        room.write(f"-- content/{number}.yaml --\n{text}")
    room.write(f"-- content/first.yaml --\n{ARTICLE.replace('본문입니다', f'{number}번째 본문입니다')}")
    return f"{number}번째 본문입니다"


def test_the_clock_is_set_back_under_serve(newsroom: Unpack, trials: Trials, tmp_path: Path) -> None:
    everything = "-- feeds/all.yaml --\ntitle: 전체\nwindow: {entries: 300}\n"
    room, clock = newsroom(f"{everything}-- content/first.yaml --\n{ARTICLE}"), Clock(tmp_path)
    with serving_sosik(room.root, environment=clock.environment) as server:
        reader, number = Reader(server), 0
        reader.poll()
        for random in trials.rounds(1):
            for seconds in (random.randint(2, 120), random.randint(600, 3_000)):
                number += 1
                clock.set_back(seconds)
                mark = write(room, number)
                eventually(lambda mark=mark: mark in reader.poll())  # type: ignore[misc]  # a default cannot be typed
                trials.note("set back within the hour: every edit was shown")
            clock.set_back(0)
            lose_the_time(room, clock, server, reader, number := number + 1)
            trials.note("set back by days: nothing was changed, and all was shown once it was right")


def lose_the_time(room: Newsroom, clock: Clock, server: Server, reader: Reader, number: int) -> None:
    """Set the clock back by days: readers keep what they have, and health says why; put right, it shows everything."""
    clock.set_back(3 * 86_400)
    mark = write(room, number)
    eventually(lambda: server.output.count("clock-back"))
    assert mark not in reader.poll()
    clock.set_back(0)
    if not MINUTES:  # half a minute later it would be seen without another edit
        mark = write(room, number)
    eventually(lambda: mark in reader.poll(), deadline=3 * DEADLINE)


TRY_AGAIN = """
import sys, time
from pathlib import Path
from sosik.serve import builder
from sosik.site import Site

builder._RETRY = 0.2
built = builder.Builder(Site(Path(sys.argv[1])))
assert built.build() is None
before = time.time()
Path(sys.argv[2]).write_bytes((3_600).to_bytes(8, sys.byteorder))
assert time.time() < before - 3_500
while not built.is_due():
    time.sleep(0.05)
"""


def test_what_failed_is_tried_again_though_the_clock_was_set_back(newsroom: Unpack, tmp_path: Path) -> None:
    """A disk with room again changes no file; nobody waits until the hour has come a second time."""
    room, clock = newsroom("-- feeds/publication.yaml --\ntitle:\n"), Clock(tmp_path)
    command = [sys.executable, "-c", TRY_AGAIN, str(room.root), clock.environment["CLOCK"]]

    subprocess.run(command, check=True, env={**os.environ, **clock.environment}, timeout=DEADLINE)
