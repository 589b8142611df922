"""`dates:` in feeds/publication.yaml: known faults of the dates in its files."""

from datetime import time

from sosik.config.settings import Settings, named
from sosik.dates.model import Role
from sosik.dates.profile import YearLast
from sosik.model import AT_THEIR_WORD, DateHabits
from sosik.patterns import pattern
from sosik.words import Message

_KEYS = {name: name for name in ("false_offsets", "day_only_times", "year_last", "labels")}
_OFFSET = pattern(r"[+-][0-9]{2}:?[0-9]{2}|Z|GMT|UTC")


def date_habits(settings: Settings) -> DateHabits:
    """Return what the section `dates` says; its mistakes go to `settings`."""
    section = settings.section("dates", _KEYS)
    if section is None:
        return AT_THEIR_WORD
    return DateHabits(
        false_offsets=_offsets(section),
        day_only_times=_times(section),
        year_last=section.choice("year_last", None, named(YearLast)),
        labels=_labels(section),
    )


def _offsets(section: Settings) -> tuple[str, ...]:
    for item in section.items("false_offsets"):
        if not _OFFSET.fullmatch(item.text):
            message = Message("value-invalid.holds", key=section.name("false_offsets"), text=item.text)
            section.report(message, item.location, Message("value-invalid.offset-hint"))
    return section.texts("false_offsets")


def _times(section: Settings) -> tuple[time, ...]:
    times = []
    for item in section.items("day_only_times"):
        try:
            times.append(time.fromisoformat(item.text))
        except ValueError:
            message = Message("value-invalid.holds", key=section.name("day_only_times"), text=item.text)
            section.report(message, item.location, Message("value-invalid.time-hint"))
    return tuple(times)


def _labels(section: Settings) -> tuple[tuple[str, Role], ...]:
    roles = named(Role)
    labels = section.pairs("labels")
    for word, role in labels.items():
        if role not in roles:
            message = Message("value-invalid.label", key=section.name("labels"), word=word, role=role)
            section.report(message, section.place("labels"), Message("value-invalid.choice-hint", names=tuple(roles)))
    return tuple((word, roles[role]) for word, role in labels.items() if role in roles)
