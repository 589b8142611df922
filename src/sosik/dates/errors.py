"""The one error of this package."""

from __future__ import annotations

from sosik.errors import SosikError


class DateParseError(SosikError, ValueError):
    """A text is no date, or more than one, or one that nobody can be sure of.

    ``text`` is what was given, ``position`` the character (counted from 0) where reading stopped, ``reason`` what is
    wrong there, and ``hint`` what to write instead (may be empty).
    """

    def __init__(self, text: str, position: int, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.args = (text, position, reason, hint)
        self.text = text
        self.position = position
        self.reason = reason
        self.hint = hint

    def __str__(self) -> str:
        shown = self.text if len(self.text) <= _SHOWN else self.text[:_SHOWN] + "…"
        where = f" at character {self.position + 1}" if self.text else ""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{shown!r} is not read as a date{where}: {self.reason}{hint}"


# A date line longer than this is shown cut, so that a message stays one line of a terminal.
_SHOWN = 120
