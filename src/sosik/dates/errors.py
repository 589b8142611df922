"""The one error of this package."""

from __future__ import annotations

from sosik.errors import SosikError
from sosik.words import Message


class DateParseError(SosikError, ValueError):
    """The text is not a date, or is ambiguous.

    ``text`` is the input and ``position`` the character (from 0) where reading stopped. ``reason`` is the fault there,
    and ``hint`` the correction, or None. ``refusal`` is the message without the hint, ``message`` the whole one.
    """

    def __init__(self, text: str, position: int, reason: Message, hint: Message | None = None) -> None:
        self.text = text
        self.position = position
        self.reason = reason
        self.hint = hint
        self.refusal = _refusal(text, position, reason)
        super().__init__(self.refusal if hint is None else Message("dates.hinted", refusal=self.refusal, hint=hint))
        self.args = (text, position, reason, hint)

    def __str__(self) -> str:
        return str(self.message)


def _refusal(text: str, position: int, reason: Message) -> Message:
    if not text:
        return Message("dates.refusal-of-nothing", reason=reason)
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return Message("dates.refusal", text=shown, n=position + 1, reason=reason)


# A date line longer than this is shown cut, so that a message stays one line of a terminal.
_SHOWN = 120
