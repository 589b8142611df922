"""How far a command is, on a line of the terminal that goes again."""

import sys
import time
from types import TracebackType
from typing import Self, TextIO

from sosik.cli.output import said
from sosik.progress import Progress, Stage
from sosik.words import Message

_AFTER = 1.0
"""Seconds after which somebody begins to wonder."""
_BETWEEN = 0.2
"""Seconds between two looks at the line."""
_MINUTE = 60

_TEXTS = {
    Stage.LOOKING: "cli.progress-looking",
    Stage.READING: "cli.progress-reading",
    Stage.MAKING: "cli.progress-making",
    Stage.WRITING: "cli.progress-writing",
}
_LEFT = {1: "cli.progress-seconds", _MINUTE: "cli.progress-minutes"}


class ProgressLine:
    """Shows what it is called with on the last line of standard error, where that is a terminal; clears it at the end.

    Nothing is shown of what takes less than a second.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._is_terminal = self._stream.isatty()
        self._begun = self._shown_at = time.monotonic()
        self._stage: Progress | None = None
        self._stage_begun = self._begun
        self._width = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._show("")

    def __call__(self, progress: Progress) -> None:
        """Take note of how far it is, and show it now and then."""
        if not self._is_terminal:
            return
        now = time.monotonic()
        is_new = self._stage is None or self._stage.stage != progress.stage
        if self._stage is None or is_new:
            self._stage, self._stage_begun = progress, now
        if now - self._begun < _AFTER or (now - self._shown_at < _BETWEEN and not is_new):
            return
        self._shown_at = now
        self._show(said(told(progress, progress.done - self._stage.done, now - self._stage_begun)))

    def _show(self, text: str) -> None:
        """Put a text over the one before; without escape sequences, which not every terminal knows."""
        if not text and not self._width:
            return
        # Most builds end before anything is shown.
        from shutil import get_terminal_size

        text = text[: get_terminal_size().columns - 1]
        blank = " " * max(0, self._width - len(text))
        self._stream.write(f"\r{text}{blank}" + ("" if text else "\r"))
        self._stream.flush()
        self._width = len(text)


def told(progress: Progress, done: int, seconds: float) -> Message:
    """Return how far it is; so many things were `done` in so many seconds."""
    if progress.done and not progress.total:
        return Message("cli.progress-found", stage=Message(_TEXTS[progress.stage]), done=progress.done)
    if not (progress.total and done and seconds):
        return Message(_TEXTS[progress.stage])
    left = (progress.total - progress.done) * seconds / done
    unit = _MINUTE if left >= _MINUTE else 1
    return Message(
        "cli.progress-count",
        stage=Message(_TEXTS[progress.stage]),
        done=progress.done,
        total=progress.total,
        rate=round(done / seconds),
        left=Message(_LEFT[unit], count=round(left / unit)),
    )
