"""A process that builds again and again, and is told which files changed, makes what a new process would make."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from newsrooms import Newsroom, at
from sosik.errors import SosikError
from sosik.site import Site
from sosik.store import Snapshot

FEEDS = """\
-- feeds/publication.yaml --
title: 시험일보
url: https://www.test.example/
feeds_url: https://feeds.test.example/
authority: test.example,2010
tombstones: true
-- feeds/all.yaml --
title: 전체
archive: month
window: {entries: 3, hours: 1, at_most: 5}
-- feeds/tags.yaml --
each: tag
title: "{value}"
path: "tag/{slug}"
minimum: 2
-- feeds/brief.yaml --
title: 요약
content: summary
window: {entries: 3, hours: 1, at_most: 4}
select: {section: [지역]}
"""

TAGS = ("버스", "시장", "축제", "학교")
STEPS = 30


@dataclass
class Twins:
    """Two publications with the same files: one built by a process that stays, the other always by a new one."""

    staying: Newsroom
    fresh: Newsroom
    random: random.Random
    now: datetime

    def __post_init__(self) -> None:
        self.site = Site(self.staying.root)
        self.changed: set[str] | None = None
        self.entries: dict[str, str] = {}
        self.number = 0

    def write(self, name: str, text: str) -> None:
        for room in (self.staying, self.fresh):
            room.write(f"-- {name} --\n{text}")
        if self.changed is not None:
            self.changed.add(str(self.staying.root / name))

    def build(self) -> None:
        """Build both as at the same instant; what one refuses the other refuses."""
        mine = self.told_by(self.site, self.changed)
        assert mine == self.told_by(Site(self.fresh.root), None)
        self.changed = set()

    def told_by(self, site: Site, changed: set[str] | None) -> object:
        """Return what a build says, or why it is refused."""
        try:
            report = site.build(now=self.now, changed=changed)
        except SosikError as error:
            return type(error)
        problems = sorted(str(problem).replace(str(site.root), "") for problem in report.problems)
        return report.counts, problems, report.edition.next_due

    def agree(self) -> None:
        """Assert that both serve the same."""
        mine, others = (Snapshot(room.root / ".sosik").heads() for room in (self.staying, self.fresh))
        assert mine == others
        feeds = (Snapshot(room.root / ".sosik") for room in (self.staying, self.fresh))
        assert len({snapshot.body("/rss.xml") for snapshot in feeds}) == 1

    # --- what happens in a newsroom

    def article(self, number: int, **changes: str) -> None:
        name = f"content/{number}.yaml"
        lines = dict(line.split(": ", 1) for line in self.entries.get(name, "").splitlines())
        lines = lines or {
            "id": f"tag:test.example,2010:{number:012}",
            "title": f"기사 {number}",
            "published": f"{self.now - timedelta(days=self.random.randrange(40)):%Y-%m-%d %H:%M}",
            "body": f"본문 {number}입니다.",
        }
        lines |= changes
        self.entries[name] = "".join(f"{key}: {value}\n" for key, value in lines.items())
        self.write(name, self.entries[name])

    def some(self) -> int:
        return self.random.randrange(self.number)

    def new(self) -> None:
        tags = self.random.sample(TAGS, 2)
        self.article(self.number, section=self.random.choice(["지역", "경제"]), tags=f"[{', '.join(tags)}]")
        self.number += 1

    def edit(self) -> None:
        self.article(self.some(), title=f"고친 제목 {self.random.random()}", tags=f"[{self.random.choice(TAGS)}]")

    def correct(self) -> None:
        when = self.now + timedelta(hours=self.random.choice([0, 3]))
        self.article(self.some(), edits=f"[{{at: {when:%Y-%m-%d %H:%M}, kind: correction, note: 바로잡습니다}}]")

    def embargo(self) -> None:
        self.article(self.number, published=f"{self.now + timedelta(hours=5):%Y-%m-%d %H:%M}", section="지역")
        self.number += 1

    def withdraw(self) -> None:
        self.article(self.some(), status=self.random.choice(["withdrawn", "published", "draft"]))

    def point(self) -> None:
        self.article(self.some(), replaces=f"{self.some()}.yaml")

    def spoil(self) -> None:
        self.write(f"content/{self.some()}.yaml", self.random.choice(["title: [", "title: 날짜 없음\n"]))

    def mend(self) -> None:
        for number in range(self.number):
            self.article(number)

    def wait(self) -> None:
        self.now += timedelta(hours=self.random.choice([1, 6, 24, 24 * 8]))

    def configure(self) -> None:
        window = "{entries: 3, hours: 1, at_most: 5}"
        self.write("feeds/all.yaml", f"title: 전체 {self.random.randrange(3)}\narchive: month\nwindow: {window}\n")

    def delete(self) -> None:
        name = f"content/{self.some()}.yaml"
        if name in self.entries and (self.staying.root / name).exists():
            del self.entries[name]
            self.write(name, "(gone)")

    def intrude(self) -> None:
        """Let another process build in the store of the one that stays, and take back what it built."""
        number = self.some()
        before = self.entries.get(f"content/{number}.yaml")
        self.article(number, title="다른 손이 고친 제목", body="다른 손이 고친 본문입니다.")
        for room in (self.staying, self.fresh):
            with suppress(SosikError):
                Site(room.root).build(now=self.now)
        self.write(f"content/{number}.yaml", before or "title: [")

    def forget(self) -> None:
        """Miss what changed: the whole folder is looked at again."""
        self.changed = None


DEEDS: tuple[Callable[[Twins], None], ...] = (
    *(Twins.new, Twins.edit, Twins.edit, Twins.correct, Twins.embargo, Twins.withdraw, Twins.point),
    *(Twins.spoil, Twins.mend, Twins.wait, Twins.wait, Twins.configure, Twins.delete, Twins.intrude, Twins.forget),
)


def new_twins(folder: Path, seed: int) -> Twins:
    """Return two publications of eight articles each, built once."""
    dice = random.Random(seed)  # noqa: S311  # a history, not a secret
    twins = Twins(Newsroom(folder / "staying"), Newsroom(folder / "fresh"), dice, at("2024-03-05 09:00"))
    for room in (twins.staying, twins.fresh):
        room.write(FEEDS)
    for _ in range(8):
        twins.new()
    twins.build()
    return twins


def test_a_clock_that_ran_ahead_and_is_put_right(tmp_path: Path) -> None:
    """What had come true by the wrong clock is still to come."""
    twins = new_twins(tmp_path, seed=0)
    ahead = twins.now + timedelta(hours=3)
    twins.article(0, edits=f"[{{at: {ahead:%Y-%m-%d %H:%M}, kind: correction, note: 바로잡습니다}}]")
    for hours in (0, 5, -5):
        twins.now += timedelta(hours=hours)
        twins.build()
        twins.agree()


def test_a_link_changes_as_its_target_does(tmp_path: Path) -> None:
    """Who watches is told of the target alone, even of one that a link waited for."""
    twins = new_twins(tmp_path, seed=0)
    for room in (twins.staying, twins.fresh):
        (room.root / "content/link.png").symlink_to("real.png")
    twins.changed = {str(twins.staying.root / "content/link.png")}
    twins.article(0, images="[{url: link.png}]")
    twins.build()
    for width in (1, 2):
        for room in (twins.staying, twins.fresh):
            Image.new("RGB", (width, 1)).save(room.root / "content/real.png")
        twins.changed = {str(twins.staying.root / "content/real.png")}
        twins.now += timedelta(minutes=1)
        twins.build()
        twins.agree()


@pytest.mark.parametrize("seed", range(6))
def test_who_stays_makes_what_who_comes_makes(tmp_path: Path, seed: int) -> None:
    twins = new_twins(tmp_path, seed)
    for _ in range(STEPS):
        twins.random.choice(DEEDS)(twins)
        twins.now += timedelta(minutes=7)
        twins.build()
        twins.agree()
