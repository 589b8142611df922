"""What happens to the machine in the newsroom: its settings, its memory, its clock, the folder it publishes to."""

import random
import shutil
import subprocess
import sys
import time
from copy import deepcopy
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from databases import back_up, lose_store, restore
from histories.desk import FEED, SEOUL
from histories.files import Files
from histories.stories import Marks, Story, common
from newsrooms import ROOT
from sosik.site import Site

FEEDS = {
    "sections": ['each: section\ntitle: "{value}"\npath: "section/{slug}"\n', 'each: tag\ntitle: "{value}"\n'],
    "local": ["title: 지역\nselect: {section: [지역]}\n", "title: 동네\nselect: {section: [지역, 정치]}\npath: town\n"],
    "brief": ["title: 간추림\ncontent: summary\n", "title: 간추림\ncontent: summary\nformats: [atom, json]\n"],
    "month": [
        "title: 다달이\narchive: month\nwindow: {entries: 1, hours: 0}\n",
        "title: 달마다\narchive: month\npath: monthly\n",
    ],
}
"""Feeds beside the one of everything, each in two versions."""

HOSTS = [
    ("https://www.test.example/", "https://feeds.test.example/"),
    ("http://test.example/", "http://test.example/"),
    ("https://news.other.example/", "https://news.other.example/rss/"),
]

KILLED = """\
import sys
from datetime import datetime
from pathlib import Path
from sosik import sync, edition, render, publish
from sosik.site import Site
site = Site(Path(sys.argv[1]))
print(flush=True)
site.build(now=datetime.fromisoformat(sys.argv[2]))
site.publish(site.root / "public")
"""


class Room(Files):
    """Rules for all that is not an article."""

    @rule(hosts=st.sampled_from(HOSTS))
    def move_to_another_host(self, hosts: tuple[str, str]) -> None:
        self.adjust(url=hosts[0], feeds_url=hosts[1])

    @rule(
        language=st.sampled_from(["ko", "en"]),
        tombstones=st.sampled_from(["true", "false"]),
        age=st.sampled_from([9, 300]),
    )
    def configure(self, language: str, tombstones: str, age: int) -> None:
        self.adjust(language=language, tombstones=tombstones, max_age=str(age))

    @rule(timezone=st.sampled_from([SEOUL, SEOUL, "UTC"]))
    def live_in_another_zone(self, timezone: str) -> None:
        self.adjust(timezone=timezone)

    @rule(title=st.sampled_from(["전체", "모든 기사"]), entries=st.sampled_from([2, 4, 30]))
    def define_the_feed_of_everything(self, title: str, entries: int) -> None:
        self.write("feeds/all.yaml", FEED.format(title=title, entries=entries))

    @rule(name=st.sampled_from(sorted(FEEDS)), version=st.sampled_from([0, 1, None]))
    def define_a_feed(self, name: str, version: int | None) -> None:
        if version is None:
            (self.root / "feeds" / f"{name}.yaml").unlink(missing_ok=True)
        else:
            self.write(f"feeds/{name}.yaml", FEEDS[name][version])

    # --- time

    @rule(minutes=st.sampled_from([1, 15, 600, 4000, 12_000, 50_000]))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def set_the_clock_back(self) -> None:
        """For one build the clock is half an hour slow: nothing vanishes, nothing goes back."""
        if not (self.previous or self.allowed):
            self.now -= timedelta(minutes=30)
            self.publish()
            self.now += timedelta(minutes=30)

    @rule()
    def build_again(self) -> None:
        """Where nothing happened, nothing changes, though every file is read anew."""
        first = self.publish()
        if first is not None:
            again = self.build()
            assert again.edition.number == first.edition.number
            for report in (again, Site(self.root).check(now=self.now)):
                assert [report.documents[kind] for kind in ("new", "changed", "removed")] == [0, 0, 0]

    # --- the store and the published files

    def leave_memories(self, kept: dict[str, Marks]) -> None:
        """Know articles by what is *kept* and what the published feeds say."""
        self.recovered = True
        for subscriber in (self.reader, self.seldom):
            subscriber.forget_what_is_gone()
        for story in (*self.stories, *self.others, *self.deleted):
            gone = story.mark not in self.reader.visible or story in self.deleted  # though it may still be up
            if story.mark in self.reader.ids and gone:
                self.note(story)
        told = {mark: self.shown[mark] for mark in self.reader.visible}
        self.known = kept | {mark: common(marks, kept.get(mark, marks)) for mark, marks in told.items()}
        self.held, self.hints, self.tentative = {}, {}, set()
        self.forgotten = self.reader.visible.keys() - kept.keys()

    def note(self, story: Story) -> None:
        """Write into a file what nobody will remember: the id and the date of what cannot be seen now."""
        story.id = self.reader.ids[story.mark]
        story.published, story.redated = self.reader.published[story.id].isoformat(), ""
        if story in self.stories:
            self.save(story)

    @rule(previous=st.sampled_from(["public", "web"]))
    def lose_the_store(self, previous: str) -> None:
        if self.quiet or self.previous or self.forgotten.intersection(self.held.values()):
            return
        lose_store(self.root)
        self.previous = previous
        self.leave_memories({})

    @rule()
    def back_up(self) -> None:
        if not self.previous:
            back_up(self.root)
            self.backup = deepcopy(self.known)

    @precondition(lambda self: (self.root / "backup").exists() and not self.quiet)
    @rule(previous=st.sampled_from(["public", "web"]))
    def restore_the_backup(self, previous: str) -> None:
        restore(self.root)
        self.previous = previous
        self.leave_memories(self.backup)
        for subscriber in (self.reader, self.seldom):
            subscriber.forget_times()

    @rule(how=st.sampled_from(["lost", "vandals"]), seed=st.integers(0, 99))
    def disturb_what_is_published(self, how: str, seed: int) -> None:
        if self.previous or self.quiet:
            return
        if how == "lost":
            shutil.rmtree(self.public)
            return
        for name in random.Random(seed).sample(["rss.xml", "atom.xml", "feed.json", "feeds/feeds.opml"], 2):  # noqa: S311
            (self.public / name).write_text("vandals")

    @precondition(lambda self: self.builds % 16 == 15 and not self.previous and not self.allowed)
    @rule(milliseconds=st.integers(0, 80))
    def kill_a_build(self, milliseconds: int) -> None:
        """A build dies somewhere in the middle; the next one goes on from there."""
        self.pin_strangers()
        self.now += timedelta(seconds=1)
        command = [sys.executable, "-c", KILLED, str(self.root), self.now.isoformat()]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT) as building:
            assert building.stdout is not None
            building.stdout.readline()
            time.sleep(milliseconds / 1000)
            building.kill()
        self.publish()
