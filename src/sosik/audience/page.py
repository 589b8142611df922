"""The audience as one HTML page without scripts: tables, and bars drawn as inline SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from sosik.audience.report import Audience, DayAudience

WIDTH, HEIGHT = 720, 120
"""The size of a chart, in its own units."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One bar of a chart: where it stands, and what it says when pointed at."""

    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """Bars over days. `top` is the value at the upper edge, `first` and `last` the days at the sides."""

    title: str
    bars: tuple[Bar, ...]
    top: str
    first: str
    last: str


def audience_page(audience: Audience) -> bytes:
    """Return the page, UTF-8. What strangers wrote is escaped; the page loads nothing."""
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"bytes": size_text, "share": share_text, "number": "{:,}".format}
    template = environment.from_string(files("sosik.audience").joinpath("page.html").read_text("utf-8"))
    return template.render(audience=audience, charts=_charts(audience.days), width=WIDTH, height=HEIGHT).encode()


def size_text(size: int) -> str:
    """Return a number of bytes as people read it: `1.5 MB`."""
    amount, units = float(size), ["B", "kB", "MB", "GB", "TB"]
    while amount >= 1000 and len(units) > 1:
        amount, units = amount / 1000, units[1:]
    return f"{amount:.0f} {units[0]}" if units[0] == "B" or amount >= 100 else f"{amount:.1f} {units[0]}"


def share_text(share: float) -> str:
    """Return a share of 0 to 1 in per cent; only all is 100 %."""
    return f"{min(share * 100, 99.9) if share < 1 else 100:.3g} %"


def _charts(days: Sequence[DayAudience]) -> list[Chart]:
    return [
        _chart("Subscribers, as services say", days, [day.subscribers for day in days], "{:,.0f}"),
        _chart("Readers without a number (estimate)", days, [day.readers for day in days], "{:,.0f}"),
        _chart("Polls", days, [day.traffic.polls for day in days], "{:,.0f}"),
        _chart("Polls answered with an empty 304", days, [day.traffic.unchanged_share for day in days], "{:.0%}", 1.0),
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
