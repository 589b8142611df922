"""What is built after a change alone is what would be built if everything were looked at anew.

Here a process that builds again and again, and is told which files changed, stands beside one that begins anew each
time, with a store that forgot what it had listed.
"""

import json
import random
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from memberships import members_as_selected
from newsrooms import Newsroom, at
from sosik.edition.touched import forgotten
from sosik.errors import SosikError
from sosik.site import Site
from sosik.store import Changes, DocumentHead, has_store, open_snapshot, open_store, place_of

pytestmark = pytest.mark.usefixtures("database")

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
aliases: [/feed/, /people/드문이]
window: {entries: 3, hours: 1, at_most: 5}
-- feeds/tags.yaml --
each: tag
title: "{value}"
path: "tag/{slug}"
archive: month
minimum: 2
window: {entries: 1, hours: 1, at_most: 2}
-- feeds/people.yaml --
each: author
title: "{value}"
path: "people/{slug}"
exclude: {tag: [축제]}
-- feeds/brief.yaml --
title: 요약
content: summary
window: {entries: 3, hours: 1, at_most: 4}
select: {section: [지역]}
"""

TAGS = ("버스", "시장", "축제", "학교", "버 스", "버-스", "?")
"""Some share a place in the addresses, the last has none."""

STEPS = 30


@dataclass
class Twins:
    """Two publications with the same files: one built after changes, the other always as if all had changed."""

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
        forget(self.fresh)
        assert mine == self.told_by(Site(self.fresh.root), None)
        self.changed = set()

    def told_by(self, site: Site, changed: set[str] | None) -> object:
        """Return what a build says, or why it is refused."""
        try:
            report = site.build(now=self.now, changed=changed)
        except SosikError as error:
            return type(error)
        problems = sorted(str(problem).replace(str(site.root), "") for problem in report.problems)
        return report.counts, problems, report.edition.next_due, report.ahead, report.documents

    def agree(self) -> None:
        """Assert that both serve the same."""
        mine, others = (heads_of(room) for room in (self.staying, self.fresh))
        assert mine == others
        for room in (self.staying, self.fresh):
            check_documents(room)
        assert members_as_selected(self.staying.root) == members_as_selected(self.fresh.root)

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
        self.article(
            self.number,
            section=self.random.choice(["지역", "경제"]),
            tags=json.dumps(tags, ensure_ascii=False),
            author=self.random.choice(["강하나", "한두리", "[강하나, 한두리]"]),
        )
        self.number += 1

    def edit(self) -> None:
        author = self.random.choice(["강하나", "한두리"] * 4 + ["드문이"])
        tags = f"['{self.random.choice(TAGS)}']"
        self.article(self.some(), title=f"고친 제목 {self.random.random()}", tags=tags, author=author)

    def rename(self) -> None:
        """Give an article's file another name: its id stands in it."""
        number = self.some()
        name = f"content/{number}.yaml"
        if name in self.entries and (self.staying.root / name).exists():
            self.write(name, "(gone)")
            self.write(f"content/moved-{number}.yaml", self.entries.pop(name))

    def illustrate(self) -> None:
        """Give an article a picture, of which there are two."""
        number = self.some()
        for room in (self.staying, self.fresh):
            for color in ("red", "blue"):
                if not (room.root / f"content/{color}.png").exists():
                    Image.new("RGB", (1, 1), color).save(room.root / f"content/{color}.png")
        if self.changed is not None:
            self.changed |= {str(self.staying.root / f"content/{color}.png") for color in ("red", "blue")}
        self.article(number, images=f"[{{url: {self.random.choice(['red', 'blue'])}.png}}]")

    def lengthen(self) -> None:
        """Let an article be too long for a feed, or its summary for any."""
        key = self.random.choice(["body", "summary"])
        self.article(self.some(), **{key: "가나다라 " * 25_000})

    def shift(self) -> None:
        """Set the clock back, by less than a day."""
        self.now -= timedelta(hours=self.random.choice([1, 8]))

    def correct(self) -> None:
        when = self.now + timedelta(hours=self.random.choice([0, 3]))
        self.article(self.some(), edits=f"[{{at: {when:%Y-%m-%d %H:%M}, kind: correction, note: 바로잡습니다}}]")

    def embargo(self) -> None:
        self.article(self.number, published=f"{self.now + timedelta(hours=5):%Y-%m-%d %H:%M}", section="지역")
        self.number += 1

    def withdraw(self) -> None:
        self.article(self.some(), status=self.random.choice(["withdrawn", "published", "draft"]))

    def point(self) -> None:
        other = self.some()
        key = self.random.choice(["replaces", "related"])
        self.article(self.some(), **{key: self.random.choice([f"{other}.yaml", f"tag:test.example,2010:{other:012}"])})

    def spoil(self) -> None:
        self.write(f"content/{self.some()}.yaml", self.random.choice(["title: [", "title: 날짜 없음\n"]))

    def mend(self) -> None:
        for number in range(self.number):
            self.article(number)

    def wait(self) -> None:
        self.now += timedelta(hours=self.random.choice([1, 6, 24, 24 * 8]))

    def configure(self) -> None:
        lines = FEEDS.split("title: 전체\n")[1].split("-- ")[0]
        self.write("feeds/all.yaml", f"title: 전체 {self.random.randrange(3)}\n{lines}")

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


def forget(room: Newsroom) -> None:
    """Let a store forget by what its last edition was made: the next looks at everything, and lists it anew.

    What is written into all parts of content/ makes it compare every file with its row, too.
    """
    place = place_of(room.root / ".sosik")
    if has_store(place):
        with open_store(place) as store, store.transaction():
            files = store.sources.at([file.path for file in store.sources.each()])
            store.apply(Changes(meta=forgotten(), sources=[*files.values()]))


def heads_of(room: Newsroom) -> list[DocumentHead]:
    """Return the heads of all documents."""
    with closing(open_snapshot(place_of(room.root / ".sosik"))) as snapshot:
        return snapshot.heads()


def check_documents(room: Newsroom) -> None:
    """Assert that every document's bytes are those that its tag is of."""
    snapshot = open_snapshot(place_of(room.root / ".sosik"))
    for head in snapshot.heads():
        body = snapshot.body(head.path)
        assert body is not None
        assert head.etag == sha256(body).hexdigest()[:32]
    snapshot.close()


DEEDS: tuple[Callable[[Twins], None], ...] = (
    *(Twins.new, Twins.edit, Twins.edit, Twins.correct, Twins.embargo, Twins.withdraw, Twins.point),
    *(Twins.rename, Twins.illustrate, Twins.illustrate, Twins.lengthen, Twins.shift, Twins.point, Twins.new),
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


def test_an_address_that_two_claim_and_that_one_of_them_leaves(tmp_path: Path) -> None:
    """An old address gives way to the feed of a family that comes to need it as a folder, and stays away."""
    twins = new_twins(tmp_path, seed=0)
    told = []
    for author in ("강하나", "드문이", "드문이", "강하나", "드문이"):
        twins.now += timedelta(minutes=5)
        twins.article(0, author=author)
        twins.build()
        twins.agree()
        snapshot = open_snapshot(place_of(twins.staying.root / ".sosik"))
        told.append(snapshot.head("/people/드문이") is not None)
        snapshot.close()
    assert told == [True, False, False, False, False]


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
def test_who_looks_at_changes_makes_what_who_looks_at_everything_makes(tmp_path: Path, seed: int) -> None:
    twins = new_twins(tmp_path, seed)
    for _ in range(STEPS):
        twins.random.choice(DEEDS)(twins)
        twins.now += timedelta(minutes=7)
        twins.build()
        twins.agree()
