"""The audience as one HTML page without scripts: tables, and bars drawn as inline SVG."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.resources import files

from msgspec import Struct

from sosik.audience.report import Audience, DayAudience
from sosik.audience.services import KIND_NAMES, shown_name
from sosik.dates import minute_for_people
from sosik.words import Message, say

WIDTH, HEIGHT = 720, 120
"""The size of a chart, in its own units."""


class Bar(Struct, frozen=True, kw_only=True):
    """One bar of a chart: where it stands, and what it says when pointed at."""

    x: float
    y: float
    width: float
    height: float
    title: str


class Chart(Struct, frozen=True, kw_only=True):
    """Bars over days. `top` is the value at the upper edge, `first` and `last` the days at the sides."""

    title: str
    bars: tuple[Bar, ...]
    top: str
    first: str
    last: str


WORDS = {
    "title": Message("audience.title"),
    "subscribers": Message("audience.subscribers"),
    "readers_besides": Message("audience.readers-besides"),
    "polls": Message("audience.polls"),
    "unchanged": Message("audience.unchanged"),
    "sent": Message("audience.sent"),
    "saved": Message("audience.saved"),
    "explanation": Message("audience.explanation"),
    "day_by_day": Message("audience.day-by-day"),
    "feeds": Message("audience.feeds"),
    "services": Message("audience.services"),
    "wasteful": Message("audience.wasteful-page"),
    "feed": Message("audience.head-feed"),
    "readers": Message("audience.readers"),
    "name": Message("audience.head-name"),
    "kind": Message("audience.head-kind"),
    "client": Message("audience.head-client"),
    "why": Message("audience.head-why"),
    "every": Message("audience.every"),
    "wasted": Message("audience.wasted"),
}
"""The words of the page's template."""


def audience_page(audience: Audience, language: str = "") -> bytes:
    """Return the page in a language, else the one that the process speaks; UTF-8.

    What strangers wrote is escaped; the page loads nothing.
    """
    from jinja2 import Environment

    def said(message: Message | str) -> str:
        return say(message, language) if isinstance(message, Message) else message

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"bytes": size_text, "share": share_text, "number": "{:,}".format, "said": said}
    environment.filters |= {
        "kind": lambda kind: said(KIND_NAMES[kind]),
        "name": lambda name: said(shown_name(name)),
        "seconds": lambda number: said(seconds(number)),
    }
    template = environment.from_string(files("sosik.audience").joinpath("page.html").read_text("utf-8"))
    return template.render(
        audience=audience,
        charts=_charts(audience.days, said),
        height=HEIGHT,
        language=language,
        summary=_summary(audience),
        width=WIDTH,
        words={name: said(message) for name, message in WORDS.items()},
    ).encode()


def _summary(audience: Audience) -> Message:
    lines, malformed = audience.lines, audience.malformed
    if audience.first is None or audience.last is None:
        return Message("audience.page-lines", lines=lines, malformed=malformed)
    first, last = as_shown(audience.first), as_shown(audience.last)
    return Message("audience.page-span", first=first, last=last, lines=lines, malformed=malformed)


def as_shown(at: datetime) -> Message:
    """Return the time of a request as people are shown it, in its zone, which is the publication's."""
    return minute_for_people(at, at.tzinfo or UTC)


def seconds(number: int) -> Message:
    """Return a number of seconds as people are told it."""
    return Message("audience.seconds", count=number)


def size_text(size: int) -> str:
    """Return a number of bytes as people read it: `1.5 MB`."""
    amount, units = float(size), ["B", "kB", "MB", "GB", "TB"]
    while amount >= 1000 and len(units) > 1:
        amount, units = amount / 1000, units[1:]
    return f"{amount:.0f} {units[0]}" if units[0] == "B" or amount >= 100 else f"{amount:.1f} {units[0]}"


def share_text(share: float) -> str:
    """Return a share of 0 to 1 in per cent; only all is 100 %."""
    return f"{min(share * 100, 99.9) if share < 1 else 100:.3g} %"


def _charts(days: Sequence[DayAudience], said: Callable[[Message], str]) -> list[Chart]:
    shares = [day.traffic.unchanged_share for day in days]
    return [
        _chart(said(Message("audience.chart-subscribers")), days, [day.subscribers for day in days], "{:,.0f}"),
        _chart(said(Message("audience.chart-readers")), days, [day.readers for day in days], "{:,.0f}"),
        _chart(said(Message("audience.polls")), days, [day.traffic.polls for day in days], "{:,.0f}"),
        _chart(said(Message("audience.chart-unchanged")), days, shares, "{:.0%}", 1.0),
    ]


def _chart(title: str, days: Sequence[DayAudience], values: Sequence[float], form: str, top: float = 0.0) -> Chart:
    top = top or max(values, default=0) or 1
    step = WIDTH / max(len(days), 1)
    bars = tuple(
        Bar(
            x=round(step * index, 2),
            y=round(HEIGHT * (1 - value / top), 2),
            width=round(min(step * 0.85, 40), 2),
            height=round(HEIGHT * value / top, 2),
            title=f"{day.day}: {form.format(value)}",
        )
        for index, (day, value) in enumerate(zip(days, values, strict=True))
    )
    first, last = (str(days[0].day), str(days[-1].day)) if days else ("", "")
    return Chart(title=title, bars=bars, top=form.format(top), first=first, last=last)
