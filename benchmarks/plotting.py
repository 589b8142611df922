"""A plot with two logarithmic axes, as the text of an SVG file."""

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 720, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 170, 40, 50
COLOURS = ("#0b61a4", "#c8102e", "#2e7d32", "#b26a00", "#6a1b9a", "#555555")

Points = Sequence[tuple[float, float]]


def plot(title: str, across: str, up: str, series: Mapping[str, Points]) -> str:
    """Return the plot of series of points, each with its name at its end. What is not above zero has no place there."""
    placed = {name: [(x, y) for x, y in points if x > 0 and y > 0] for name, points in series.items()}
    placed = {name: points for name, points in placed.items() if points}
    xs = [x for points in placed.values() for x, _ in points]
    ys = [y for points in placed.values() for _, y in points]
    horizontal = _Axis(min(xs), max(xs), LEFT, WIDTH - RIGHT)
    vertical = _Axis(min(ys), max(ys), HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _text(LEFT, 22, title, size=15),
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, across, anchor="middle"),
        _text(LEFT, TOP - 4, up),
        *_grid(horizontal, vertical),
        *_series(placed, horizontal, vertical),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


class _Axis:
    """Whole powers of ten that hold all values, between two edges."""

    def __init__(self, least: float, most: float, begin: float, end: float) -> None:
        self.low = math.floor(math.log10(least))
        self.high = max(self.low + 1, math.ceil(math.log10(most)))
        self.begin, self.end = begin, end

    def place(self, value: float) -> float:
        """Return where a value stands."""
        return self.begin + (math.log10(value) - self.low) / (self.high - self.low) * (self.end - self.begin)

    @property
    def powers(self) -> list[float]:
        """The powers of ten that get a line."""
        return [10.0**power for power in range(self.low, self.high + 1)]


def _grid(horizontal: _Axis, vertical: _Axis) -> Iterator[str]:
    for power in horizontal.powers:
        x = horizontal.place(power)
        yield _line(x, vertical.begin, x, vertical.end)
        yield _text(x, HEIGHT - BOTTOM + 18, f"{power:,.0f}", anchor="middle")
    for power in vertical.powers:
        y = vertical.place(power)
        yield _line(horizontal.begin, y, horizontal.end, y)
        yield _text(LEFT - 8, y + 4, f"{power:,g}", anchor="end")


def _series(placed: Mapping[str, Points], horizontal: _Axis, vertical: _Axis) -> Iterator[str]:
    """Yield the lines, and their names one below the other, in the order in which the lines end."""
    taken = math.inf
    ends = sorted(placed.items(), key=lambda one: one[1][-1][1])
    colours = dict(zip(placed, COLOURS * len(placed), strict=False))
    for name, points in ends:
        colour = colours[name]
        places = [(horizontal.place(x), vertical.place(y)) for x, y in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places)
        taken = min(places[-1][1] + 4, taken - 15)
        yield _text(WIDTH - RIGHT + 10, taken, name, colour=colour)


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#dddddd"/>'


def _text(x: float, y: float, text: str, *, anchor: str = "start", size: int = 12, colour: str = "#222222") -> str:
    look = f'text-anchor="{anchor}" font-size="{size}" fill="{colour}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{escape(text)}</text>'
