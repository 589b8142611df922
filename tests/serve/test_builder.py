"""The process that builds: whatever fails, it goes on, and finds out by itself when it need not fail any more."""

import gc
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from newsrooms import ARTICLE, Unpack
from serve.servers import eventually
from sosik.edition.build import Report
from sosik.errors import EditionRefusedError
from sosik.ledger.verdicts import Allowances
from sosik.serve.builder import Builder, watch_and_build
from sosik.serve.counts import clear_counts
from sosik.serve.mounts import Mount
from sosik.serve.run import _keep_running
from sosik.serve.status import BuildStatus, read_status, write_status
from sosik.site import Site

SOON = 60.0
"""Seconds within which what failed is tried again."""


def test_a_store_put_back_from_a_backup_is_built_in(newsroom: Unpack) -> None:
    """No file of content/ tells that the store is sound again, so the builder tries by itself."""
    made = newsroom(f"-- content/first.yaml --\n{ARTICLE}")
    builder = Builder(Site(made.root))
    builder.build()
    store = made.root / ".sosik" / "site.db"
    backup = store.read_bytes()
    store.write_bytes(b"this is no database" * 1000)
    assert builder.build() is None
    assert builder.again is not None
    assert 0 < builder.again - time.monotonic() <= SOON

    store.write_bytes(backup)

    made.write("-- content/second.yaml --\ntitle: 둘째\npublished: 2024-01-17 09:00\nbody: 글입니다.\n")
    report = builder.build()
    assert report is not None
    assert report.counts["new"] == 1
    assert read_status(made.root / ".sosik").succeeded


def test_what_a_person_allows_elsewhere_is_gone_on_from(newsroom: Unpack) -> None:
    """`sosik build --allow-withdrawals` by hand changes no file; an embargo after it is kept all the same."""
    made = newsroom(f"-- content/first.yaml --\n{ARTICLE}")
    builder = Builder(Site(made.root))
    builder.build()
    made.write("-- content/first.yaml --\n(gone)\n")
    assert builder.build() is None
    with pytest.raises(EditionRefusedError):
        Site(made.root).build()
    Site(made.root).build(allowed=Allowances(withdrawals=True))

    assert builder.again is not None
    assert 0 < builder.again - time.monotonic() <= SOON
    assert builder.build(()) is not None
    assert json.loads((made.root / ".sosik" / "build.json").read_text("utf-8"))["succeeded"]


def test_an_outcome_that_cannot_be_left_for_health_stops_nothing(
    newsroom: Unpack, caplog: pytest.LogCaptureFixture
) -> None:
    made = newsroom(f"-- content/first.yaml --\n{ARTICLE}")
    (made.root / ".sosik" / ".build.json.new").mkdir(parents=True)

    assert Builder(Site(made.root)).build() is not None
    assert "/healthz" in caplog.text


def test_a_store_that_vanishes_is_not_begun_anew(newsroom: Unpack, caplog: pytest.LogCaptureFixture) -> None:
    """A disk that is no longer mounted leaves an empty folder: what was published must not count as new there."""
    made = newsroom(f"-- content/first.yaml --\n{ARTICLE}")
    builder = Builder(Site(made.root))
    builder.build()
    aside = (made.root / ".sosik").rename(made.root / "aside")
    (made.root / ".sosik").mkdir()

    assert builder.build() is None
    assert "site.db is missing" in caplog.text
    assert not read_status(made.root / ".sosik").succeeded

    shutil.copytree(aside, made.root / ".sosik", dirs_exist_ok=True)
    report = builder.build()
    assert report is not None
    assert (report.counts["new"], report.counts["unchanged"]) == (0, 1)


def test_only_what_kept_the_edition_back_is_logged_as_the_reason(
    newsroom: Unpack, caplog: pytest.LogCaptureFixture
) -> None:
    made = newsroom()
    definition = made.root / "feeds" / "publication.yaml"
    definition.write_text(f"{definition.read_text('utf-8')}timezone: Nowhere\n", "utf-8")
    made.write("-- feeds/all.yaml --\ntitle: 전체\nselect:\n  section: 정치 #선거\n")

    assert Builder(Site(made.root)).build() is None
    told = [record.getMessage() for record in caplog.records]

    assert len(told) == 1
    assert told[0].startswith("Not published: feeds/publication.yaml:5:11: error: ")
    assert "feeds/all.yaml:3:12: warning: comment-ignored: " in made.sosik("check", status=1)


def test_an_outcome_finds_room_on_a_full_disk(tmp_path: Path) -> None:
    """In that of the outcome before, which may be longer: beside it nothing can be written any more."""
    write_status(tmp_path, BuildStatus(at=1, problems={"headline-quote": 1, "published-missing": 1}))
    (tmp_path / ".build.json.new").mkdir()

    write_status(tmp_path, BuildStatus(succeeded=False, at=2, problems={"build-failed": 1}))

    assert read_status(tmp_path) == BuildStatus(succeeded=False, at=2, problems={"build-failed": 1})


def test_counts_that_cannot_be_removed_keep_no_server_from_starting(tmp_path: Path) -> None:
    stuck = tmp_path / "metrics" / "0.json"
    stuck.mkdir(parents=True)
    removable = tmp_path / "metrics" / "1.json"
    removable.write_text("[]")

    clear_counts(tmp_path)

    assert stuck.exists()
    assert not removable.exists()


def test_a_process_that_cannot_be_started_is_started_once_it_can(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A machine without room for one more process stops the building only while it has none."""
    program, started, ended = tmp_path / "program", tmp_path / "started", Event()
    keeper = Thread(target=_keep_running, args=([str(program)], ended, Event()))
    keeper.start()
    try:
        eventually(lambda: "cannot be started" in caplog.text)
        program.touch(0o755)
        program.write_text(f"#!/bin/sh\ntouch {started}\nexec sleep 60\n")
        eventually(started.exists)
    finally:
        ended.set()
        keeper.join()


UNTOLD = "echo 1 > /proc/sys/user/max_inotify_watches && exec"


def test_changes_are_noticed_where_the_system_tells_of_none(newsroom: Unpack, tmp_path: Path) -> None:
    """Other programs may have used up what a machine can watch; the builder looks for itself then."""
    own_limits = ["unshare", "--user", "--map-root-user", "sh", "-c"]
    if subprocess.run([*own_limits, f"{UNTOLD} true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine gives nobody limits of its own")
    made = newsroom()
    command = f"{UNTOLD} {sys.executable} -m sosik.serve.builder {made.root}"
    said = tmp_path / "said"
    with (
        said.open("wb") as errors,
        subprocess.Popen([*own_limits, command], stdin=subprocess.PIPE, stderr=errors) as process,
    ):
        eventually(lambda: read_status(made.root / ".sosik").at)
        made.write("-- content/later.yaml --\ntitle: 나중\npublished: 2024-01-17 09:00\nbody: 글입니다.\n")
        eventually(lambda: len(Site(made.root).ledger()) == 2)
        process.communicate()  # its input ends, and so does it

    assert "does not report changed files" in said.read_text("utf-8")
    assert "Traceback" not in said.read_text("utf-8")


@pytest.mark.parametrize("type_", ["nfs4", "ext4"])
def test_a_mount_that_sends_no_notices_is_looked_at_before_a_first_event(
    newsroom: Unpack, type_: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Here of a minute nothing is left, and the watcher sees nothing: on a mount of a network it is not believed."""
    made = newsroom(f"-- content/first.yaml --\n{ARTICLE}")
    content = str((made.root / "content").resolve())
    looked: list[object] = []
    stop = Event()

    def sees_nothing(_: list[Path], stop: Event) -> Iterator[set[str]]:
        yield from (set() for _number in range(20))
        stop.set()

    class Looking(Builder):
        def build(self, changed: Collection[str] | None = None) -> Report | None:
            looked.append(changed)
            return None

    monkeypatch.setattr("sosik.serve.watching.mounts", lambda: [Mount("/", "ext4"), Mount(content, type_)])
    monkeypatch.setattr("sosik.serve.watching._BELIEVED", -1.0)
    monkeypatch.setattr("sosik.serve.watching._watched", sees_nothing)
    with caplog.at_level("INFO"):
        watch_and_build(made.root, Looking(Site(made.root)), stop)
    gc.unfreeze()
    gc.enable()

    assert set(looked) == {None}
    assert (len(looked) > 10) is (type_ == "nfs4")
    assert ("nfs4" in caplog.text) is (type_ == "nfs4")
