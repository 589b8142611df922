"""A newsroom's desk: its stories, its files, its settings, what it publishes, and what readers must then find."""

import shutil
import tempfile
from collections import Counter
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from histories.stories import Marks, Story, are_alike
from histories.subscribers import Library, Shown, Subscriber
from memberships import members_as_selected
from newsrooms import PUBLICATION, at
from sosik.dates import format_rfc3339
from sosik.edition.build import Report
from sosik.errors import EditionRefusedError
from sosik.ledger.verdicts import Allowances
from sosik.model import FILENAMES
from sosik.site import Site
from sosik.store import open_snapshot, place_of
from test_previous import Quiet, serving

FEED = "title: {title}\narchive: month\nwindow: {{entries: {entries}, hours: 0, at_most: {entries}}}\n"
SEOUL = "Asia/Seoul"

MEMORY = Path("/dev/shm")  # noqa: S108  # a folder in memory, where there is one
WAITS = 60
"""Seconds for which a file may be away before its entry is taken back."""
CUT = 30
"""Seconds for which a text that is cut short may still be an upload."""


class Desk:
    """A newsroom in a temporary folder. A rule of a history changes it; `publish` shows readers what became of that."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        self.public = self.root / "public"
        self.now = at("2024-02-01 09:00")
        self.latest = self.now
        self.number = 0
        self.stories: list[Story] = []
        self.deleted: list[Story] = []
        self.others: list[Story] = []
        self.settings: dict[str, str] = {}
        self.reader, self.seldom = Subscriber(self.public), Subscriber(self.public)
        self.library = Library(self.public)
        self.known: dict[str, Marks] = {}
        self.shown: dict[str, Marks] = {}
        self.held: dict[str, str] = {}
        self.hints: dict[str, str] = {}
        self.confused: set[str] = set()
        self.forgotten: set[str] = set()
        self.tentative: set[str] = set()
        self.allowed: frozenset[str] = frozenset()
        self.missed: dict[str, tuple[datetime, datetime]] = {}
        self.withdrawn: set[str] = set()
        self.cut_since: dict[str, datetime] = {}
        self.previous = ""
        self.recovered = False
        self.builds = 0
        self.quiet = 0

    def close(self) -> None:
        self.library.close()
        shutil.rmtree(self.root)

    # --- files

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def save(self, *stories: Story) -> None:
        for story in stories:
            self.write(f"content/{story.name}", story.text())

    def remove(self, *stories: Story) -> None:
        for story in stories:
            (self.root / "content" / story.name).unlink()

    def adjust(self, **settings: str) -> None:
        """Write feeds/publication.yaml anew."""
        self.settings |= settings
        hosts = {"https://www.test.example/": "url", "https://feeds.test.example/": "feeds_url"}
        text = PUBLICATION
        for value, key in hosts.items():
            text = text.replace(value, self.settings.get(key, value))
        lines = (f"{key}: {value}\n" for key, value in self.settings.items() if key not in hosts.values())
        self.write("feeds/publication.yaml", text + "".join(lines))

    @property
    def timezone(self) -> str:
        return self.settings.get("timezone", SEOUL)

    def stamp(self, minutes: int = 0) -> str:
        return format_rfc3339(self.now + timedelta(minutes=minutes))

    def count(self) -> int:
        self.number += 1
        return self.number

    def name(self, suffix: str = ".yaml") -> str:
        number = self.count()
        return f"{('정치/', '사회/2024/', '')[number % 3]}기사{number}{suffix}"

    # --- publishing

    def publish(self) -> Report | None:
        """Publish, as at a moment later, and let everyone read; a refusal changes nothing."""
        self.pin_strangers()
        self.now += timedelta(seconds=1)
        self.latest = max(self.latest, self.now)
        before = set(self.reader.visible)
        for subscriber in (self.reader, self.seldom):
            subscriber.redated |= self.allowed | self.tentative
        try:
            report = self.build()
        except EditionRefusedError as error:
            self.refused({problem.code for problem in error.problems})
            return None
        had_previous = bool(self.previous)
        self.previous, self.allowed = "", frozenset()
        self.builds += 1
        self.reader.poll()
        self.remember(report)
        self.expect_nothing_taken_back(asked=had_previous)
        self.expect(before)
        if self.builds % 7 == 1:
            self.seldom.poll()
            self.library.poll(self.number)
        return report

    def refused(self, codes: set[str]) -> None:
        """Of all refusals only one can be met here: everything was deleted at once."""
        assert "withdrawn-many" in codes

    def build(self) -> Report:
        site, allowed = Site(self.root), Allowances(redate=self.allowed)
        if self.previous == "web":
            with serving(partial(Quiet, directory=str(self.public))) as address:
                report = site.build(now=self.now, previous=address, allowed=allowed)
        else:
            report = site.build(now=self.now, previous=self.previous, allowed=allowed)
        site.publish(self.public)
        if self.previous:
            self.sweep()
        members_as_selected(self.root)
        assert not {problem.code for problem in report.problems} & {"render-failed", "document-invalid"}
        self.ledger = site.ledger()
        self.tentative = {id_ for id_, row in self.ledger.items() if not row.confirmed}
        return report

    def sweep(self) -> None:
        """Delete the feeds that a machine without the store knows nothing of, as who uploads its folder does."""
        with closing(open_snapshot(place_of(self.root / ".sosik"))) as snapshot:
            known = {head.path for head in snapshot.heads()}
        for path in [path for name in FILENAMES.values() for path in self.public.rglob(name)]:
            if f"/{path.relative_to(self.public).as_posix()}" not in known:
                path.unlink()

    def pin_strangers(self) -> None:
        """Give their ids to articles that nobody could recognise: renamed, and all else edited too."""
        names, claims = (Counter(found) for found in zip(*[(one.mark, one.claim) for one in self.stories], strict=True))
        for story in self.stories:
            id_, known = self.reader.ids.get(story.mark), self.known.get(story.mark)
            if story.broken or id_ in (None, story.claim):
                continue
            gone = story.mark not in self.reader.visible or claims[story.claim] > 1
            followed = self.held.get(story.name) == story.mark and not gone
            copied = names[story.mark] > 1 and not story.copy
            alike = known and are_alike(story, known, gone=gone) and not (gone and story.id)
            if story.copy:  # which only its very words make one
                alike = known and not story.id and story.marks[::2] == known[::2]
            if not followed and (copied or not alike):
                story.id = id_
                self.save(story)

    def remember(self, report: Report) -> None:
        """Keep what the build said, and what it now knows articles by."""
        held = {str(name).removeprefix("content/") for name, outcome in report.outcomes.items() if outcome == "held"}
        self.held = {story.name: story.mark for story in self.stories if story.name in held}
        self.hints = {
            problem.location.file.removeprefix("content/"): str(problem.hint).partition("id: ")[2]
            for problem in report.errors
            if problem.code == "id-changed"
        }
        names = {story.name for story in self.stories if not story.broken}
        self.confused = (self.confused - names) | self.hints.keys()
        for story in self.stories:
            if story.copy or story.broken or story.status or story.mark not in self.reader.ids:
                continue
            if story.name not in held:
                self.known[story.mark] = self.shown[story.mark] = story.marks
                self.forgotten.discard(story.mark)
            elif story.mark in self.known:
                self.known[story.mark] = self.known[story.mark]._replace(title=story.title, body=story.body)

    # --- what must be so

    def without_a_file(self) -> set[str]:
        """Return the articles that were published and have no file."""
        return self.reader.ids.keys() - {story.mark for story in self.stories}

    def expect_nothing_taken_back(self, *, asked: bool) -> None:
        """What answered 200 answers 410 only if somebody asked for it, or its file has been away for long enough."""
        gone = self.without_a_file()
        # A build that was killed may have missed a file a second before; a clock that is slow counts for itself.
        claims = {story.claim for story in self.stories}
        # A file with another id, or one that cannot be read, is not the one that is missed.
        found = {story.mark for story in self.stories if story.claim == self.reader.ids.get(story.mark)}
        found -= {story.mark for story in self.stories if story.broken}
        absent = self.reader.ids.keys() - found
        self.missed = {mark: self.missed.get(mark, (self.now, self.latest)) for mark in absent}
        for mark, (since, _) in self.missed.items():
            if self.held or self.reader.ids[mark] in claims:  # another file may stand for it, or has its id
                self.missed[mark] = since, self.latest
        withdrawn = {id_ for id_, row in self.ledger.items() if row.withdrawn is not None}
        files = {story.claim: story for story in self.stories}
        for mark, id_ in self.reader.ids.items():
            if id_ not in withdrawn or id_ in self.withdrawn or asked:
                continue
            story = files.get(id_)
            if mark in gone:
                since = self.missed[mark][0]
                long = (self.latest - since) >= timedelta(seconds=WAITS - 2)
                assert long, f"{mark}: taken back, and nobody meant it"
            elif story is not None and story.mark == mark and not story.copy:
                assert story.status, f"{mark}: taken back, and its file is there"
        self.withdrawn = withdrawn

    def may_be_an_upload(self, story: Story, shown: list[Shown]) -> bool:
        """Tell whether a text is the beginning of what readers have, and may still be one that is being written."""
        ends = [one.text.partition(story.body)[2] for one in shown if story.body in one.text]
        if all(end.startswith("<") or not end for end in ends):
            self.cut_since.pop(story.mark, None)
            return False
        since = self.cut_since.setdefault(story.mark, self.latest)
        return self.now != self.latest or self.latest - since < timedelta(seconds=CUT)

    def expect(self, before: set[str]) -> None:
        """Compare what readers see with what the files say; `before` are the marks they saw before."""
        claims = Counter(story.claim for story in self.stories)
        marks = {story.mark for story in self.stories}
        # A file that is held back may be taken for an article, or lie where one was.
        late = {mark for mark, (_, at) in self.missed.items() if self.latest - at >= timedelta(seconds=WAITS)}
        if self.now == self.latest:
            assert self.held or not late & (self.reader.visible.keys() - marks), "shown without a file"
        if self.recovered and self.held:  # what was held back when the store was lost has no good version
            return
        for story in self.stories:
            if not story.copy:
                alone = claims[story.claim] == 1 and not any(
                    one is not story and one.mark == story.mark for one in self.stories
                )
                self.expect_of(story, before, alone=alone)
        for name, hint in self.hints.items():
            [story] = [story for story in self.stories if story.name == name]
            # What nobody has read yet, in the file of another article, may be taken for that one.
            assert hint == self.reader.ids.get(story.mark, hint), f"{name}: the hint names another article"

    def expect_of(self, story: Story, before: set[str], *, alone: bool) -> None:
        id_, shown = self.reader.ids.get(story.mark), self.reader.visible.get(story.mark, [])
        sound = alone and not story.broken and id_ in (None, story.claim)
        dated = id_ is None or self.reader.published[id_] == story.at(self.timezone) or id_ in self.tentative
        if sound and (story.status or (id_ is None and story.at(self.timezone) > self.latest)):
            assert not shown, f"{story.mark}: shown too early, or still"
        elif sound and dated:
            assert shown, f"{story.mark}: not shown"
            if self.may_be_an_upload(story, shown):
                return
            titles = {one.item.title for one in shown}
            assert titles == {story.title}, f"{story.mark}: an old headline"
            assert any(story.body in one.text for one in shown), f"{story.mark}: an old text"
            assert story.mark not in self.cut_since, f"{story.mark}: a text that was cut"
        # A draft is taken back whatever else is wrong with its file.
        lost = story.broken and (id_ != story.claim or story.name in self.confused or bool(story.status))
        if story.mark in before and story.name in self.held and story.mark not in self.forgotten and not lost:
            assert shown, f"{story.mark}: held back, and its last good version is gone"
