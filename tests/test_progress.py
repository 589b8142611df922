"""Who waits at a terminal is told how far it is; nobody else is."""

import os
import sys
from io import StringIO
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from newsrooms import PUBLICATION, Newsroom
from sosik.cli import progress
from sosik.cli.output import said
from sosik.cli.progress import ProgressLine, told
from sosik.progress import Progress, Stage

pty = pytest.importorskip("pty", reason="there are no terminals here")


def test_a_build_on_a_terminal_says_how_far_it_is_and_leaves_nothing_of_it(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}-- feeds/all.yaml --\ntitle: 전체\n")
    for number in range(700):
        room.write(
            f"-- content/{number}.yaml --\nid: tag:test.example,2010:{number:012}\ntitle: {number}번 소식\n"
            f"published: 2024-01-02 09:00\nbody: {'느린 기계도 빠른 기계도 있습니다. ' * 80}\n"
        )
    script = "from sosik.cli import main, progress; progress._AFTER = progress._BETWEEN = 0.0; main()"
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", script, "-C", str(tmp_path), "build"]
    with Popen(command, stdout=PIPE, stderr=theirs, text=True) as build:
        os.close(theirs)
        shown = b""
        while True:
            try:
                shown += os.read(ours, 65536)
            except OSError:  # the terminal is closed
                break
        printed = build.stdout.read() if build.stdout else ""
    os.close(ours)

    lines = [line.strip() for line in shown.decode().split("\r")]
    assert "looking for articles: 700 files" in lines
    assert any(line.startswith("reading articles: 500 of 700, ") for line in lines)
    assert "making documents" in lines
    assert "writing files" in lines
    assert lines[-1] == ""
    assert "700 new" in printed
    assert "reading" not in printed


def test_where_no_terminal_is_nothing_is_said(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}-- feeds/all.yaml --\ntitle: 전체\n")
    (tmp_path / "content").mkdir()

    assert "reading" not in room.sosik("build")


def test_of_what_is_found_it_is_said_how_much() -> None:
    assert said(told(Progress(Stage.LOOKING, 120_000), 100_000, 1.0)) == "looking for articles: 120,000 files"


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_what_is_done_within_a_second_shows_nothing() -> None:
    terminal = Terminal()

    with ProgressLine(terminal) as line:
        line(Progress(Stage.READING, 3, 10))

    assert terminal.getvalue() == ""


def test_a_shorter_line_covers_a_longer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_AFTER", 0.0)
    terminal = Terminal()

    with ProgressLine(terminal) as line:
        line(Progress(Stage.MAKING))
        line(Progress(Stage.WRITING))

    assert terminal.getvalue() == "\rmaking documents\rwriting files   \r" + " " * 13 + "\r"


@pytest.mark.parametrize(
    ("seen", "done", "seconds", "text"),
    [
        (Progress(Stage.READING, 500, 10_000), 500, 0.5, "500 of 10,000, 1,000 a second, 10 seconds left"),
        (Progress(Stage.READING, 9_999, 10_000), 500, 0.5, "9,999 of 10,000, 1,000 a second, 0 seconds left"),
        (Progress(Stage.READING, 1_000, 301_000), 1_000, 1.0, "1,000 of 301,000, 1,000 a second, 5 minutes left"),
    ],
)
def test_rate_and_time_left(seen: Progress, done: int, seconds: float, text: str) -> None:
    assert said(told(seen, done, seconds)) == f"reading articles: {text}"
