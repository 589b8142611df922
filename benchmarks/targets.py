"""What is asked of speed, as data: what must be, what is aimed at, and whether it was met."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """A bound from above of one figure, which a benchmark measures under the key `name`."""

    name: str
    text: str
    unit: str
    must: float
    aim: float

    def judge(self, value: float) -> str:
        """Say what became of it."""
        if value <= self.aim:
            return "aim met"
        return "must met" if value <= self.must else "**missed**"


TARGETS = (
    Target("links/10000/cold/wall", "10,000 cold, wall", "× Hugo", 0.75, 0.5),
    Target("links/10000/cold/cpu", "10,000 cold, CPU", "× Hugo", 0.75, 0.5),
    Target("pages/10000/cold/wall", "10,000 cold with pages and archive, wall", "× Hugo", 1.0, 0.7),
    Target("pages/10000/cold/cpu", "10,000 cold with pages and archive, CPU", "× Hugo", 1.0, 0.7),
    Target("links/100000/cold/wall", "100,000 cold, wall", "× Hugo", 0.75, 0.5),
    Target("links/10000/memory", "memory, 10,000", "MiB", 300, 200),
    Target("links/100000/memory", "memory, 100,000", "MiB", 600, 350),
    Target("links/10000/edit", "one edit, new process, 10,000", "s over the floor", 0.25, 0.12),
    Target("links/100000/edit", "one edit, new process, 100,000", "s over the floor", 0.4, 0.2),
    Target("links/10000/none", "nothing changed, 10,000", "s over the floor", 0.12, 0.06),
    Target("links/100000/none", "nothing changed, 100,000", "s over the floor", 0.12, 0.06),
    Target("links/10000/served", "edit to served, 10,000", "ms", 120, 50),
    Target("links/100000/served", "edit to served, 100,000", "ms", 300, 150),
    Target("links/10000/store", "store, 10,000", "× the articles", 5, 3),
    Target("links/100000/store", "store, 100,000", "× the articles", 5, 3),
    Target("pages/10000/store", "store, 10,000 with pages and archive", "× the articles", 5, 3),
    Target("links/1000000/edit", "one edit, new process, 1,000,000", "s over the floor", 2, 2),
    Target("links/1000000/served", "edit to served, 1,000,000", "ms", 2_000, 2_000),
    Target("links/1000000/memory", "memory, 1,000,000", "MiB", 600, 350),
    Target("loop/growth", "memory after 10,000 edits in a loop, over that after 500", "%", 5, 5),
)


def judged(figures: dict[str, float]) -> list[str]:
    """Return the table of those targets that were measured, as lines of Markdown."""
    rows = []
    for one in TARGETS:
        if one.name in figures:
            value = figures[one.name]
            rows.append(f"| {one.text} | {one.unit} | {one.must:g} | {one.aim:g} | {value:.3g} | {one.judge(value)} |")
    return table(("target", "unit", "must", "aim", "measured", ""), rows) if rows else []


def table(head: Iterable[str], rows: Iterable[str]) -> list[str]:
    """Return a table of Markdown: its first column stands left, the others right."""
    names = list(head)
    return [f"| {' | '.join(names)} |", "|---|" + "--:|" * (len(names) - 1), *rows]
