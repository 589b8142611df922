"""A newsroom that never rests: a publication of any size, and edits of every kind to it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from random import Random

SECTION = 40
"""Entries of a section at first: every one of them is in its feed, and so are those that come."""
WINDOW = 100
"""Entries of a feed."""
KOREA = timezone(timedelta(hours=9))
SYLLABLES = [chr(code) for code in range(ord("가"), ord("힣"), 37)]

PUBLICATION = """\
title: 쉼없는일보
url: https://www.soak.example/
feeds_url: {base}
authority: soak.example,2010
"""
ENTRY = """\
id: tag:soak.example,2010:{name}
title: {number}번 기사
section: {section}
published: {published}
{stamps}body: |
  {mark} {body}
"""


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What was saved: `mark` is to be seen in the feeds of `section`, or, of what was withdrawn, no more."""

    section: str
    mark: str
    shown: bool


class Newsroom:
    """A publication in a folder; the same edits in the same order every time, but for the clock."""

    def __init__(self, root: Path, entries: int, base: str) -> None:
        self.sections = [f"부서{number}" for number in range(max(1, entries // SECTION))]
        self._root = root
        self._random = Random(17)  # noqa: S311  # not for secrets
        self._published: list[datetime] = []
        self._withdrawn: set[int] = set()
        self._edits = 0
        self._put("feeds/publication.yaml", PUBLICATION.format(base=base))
        self._put("feeds/all.yaml", f"title: 전체\nwindow: {{entries: {WINDOW}}}\n")
        family = "each: section\ntitle: '{value}'\npath: 'section/{slug}'\n"
        self._put("feeds/sections.yaml", f"{family}window: {{entries: {WINDOW}}}\n")
        begun = datetime.now(UTC) - timedelta(hours=entries + 1)
        for number in range(entries):
            self._published.append(begun + timedelta(hours=number))
            self._write(number)

    def edit(self) -> Edit:
        """Save an edit of an entry, sometimes a new one, sometimes a withdrawal or a return."""
        self._edits += 1
        now, chance = datetime.now(UTC), self._random.random()
        if chance < 0.05:
            self._published.append(now)
            return self._write(len(self._published) - 1)
        if chance < 0.1 and self._withdrawn:
            number = self._random.choice(sorted(self._withdrawn))
            self._withdrawn.remove(number)
        else:
            number = self._random.choice([n for n in range(len(self._published)) if n not in self._withdrawn])
            if chance > 0.95:
                self._withdrawn.add(number)
        return self._write(number, f"updated: {_stamp(now)}\n")

    def _write(self, number: int, stamps: str = "") -> Edit:
        shown = number not in self._withdrawn
        mark = f"[{number}:{self._edits}]"
        section = self.sections[number % len(self.sections)]
        text = ENTRY.format(
            name=f"{number:012}",
            number=number,
            section=section,
            published=_stamp(self._published[number]),
            stamps=stamps + ("" if shown else "status: withdrawn\n"),
            mark=mark,
            body=" ".join("".join(self._random.choices(SYLLABLES, k=3)) for _ in range(250)),
        )
        self._put(f"content/{number % 12 + 1:02}/{number}.yaml", text)
        # Of what was withdrawn, whatever mark it had must be gone.
        return Edit(section=section, mark=mark if shown else f"[{number}:", shown=shown)

    def _put(self, name: str, text: str) -> None:
        """Save as an editor does: a file beside, renamed into place."""
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.new")
        beside.write_text(text, "utf-8")
        beside.replace(path)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(KOREA).isoformat(timespec="seconds")
