"""What could leave readers out in silence: bursts, old dates, long articles, members lost, wrong clocks and zones."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from lxml import etree

from histories.articles import MOST
from histories.desk import SEOUL
from histories.moves import moved
from histories.room import Room
from histories.stories import Story
from sosik.edition.build import Report
from sosik.model import Outcome

WINDOWS = {
    "title: 전체\narchive: month\nwindow: {entries: 2, hours: 48, at_most: 2}\n": (2, 48, 2),
    "title: 전체\narchive: month\nwindow: {entries: 3, hours: 1, at_most: 4}\n": (3, 1, 4),
}
"""Definitions of the feed of everything that promise hours, each with its entries, hours and at_most."""

AWAY = "America/New_York"
LOST = ("link", "summary", "images")
"""The keys of a story that it may lose."""


class Silence(Room):
    """Rules for what is easily overlooked, and what every build must have said of it."""

    def __init__(self) -> None:
        super().__init__()
        self.had: dict[str, dict[str, str]] = {}
        self.last = 0

    # --- what happens

    @rule(definition=st.sampled_from(sorted(WINDOWS)))
    def promise_hours(self, definition: str) -> None:
        moved("promise")
        self.write("feeds/all.yaml", definition)

    @precondition(lambda self: len(self.stories) < MOST)
    @rule(count=st.integers(3, 8), link=st.booleans())
    def burst(self, count: int, link: bool) -> None:
        """So many articles within some minutes."""
        moved("burst")
        for number in range(count):
            self.add(pinned=True, link=link, ahead=-number)

    @precondition(lambda self: len(self.stories) < MOST)
    @rule(days=st.sampled_from([3, 40, 400]), section=st.sampled_from(["", "지역"]))
    def publish_late_with_an_old_date(self, days: int, section: str) -> None:
        moved("old date")
        story = self.add(pinned=True, link=False, ahead=-days * 1440)
        story.section = section
        self.save(story)

    @precondition(lambda self: len(self.stories) < MOST and sum(len(one.body) > 9_000 for one in self.stories) < 6)
    @rule(count=st.integers(1, 5))
    def publish_at_length(self, count: int) -> None:
        """Five of these do not fit into a document."""
        moved("long article")
        for _ in range(count):
            story = self.add(pinned=True, link=True)
            story.body += " 강가의 바람이 분다." * 9_000
            self.save(story)

    @rule(data=st.data(), keys=st.lists(st.sampled_from(LOST), min_size=1, unique=True))
    def omit_keys(self, data: st.DataObject, keys: list[str]) -> None:
        """An editor in a browser knows nothing of some keys, and writes the file without them."""
        moved("lost member")
        story = self.pick(data)
        for key in keys:
            setattr(story, "image" if key == "images" else key, "")
        self.save(story)

    @precondition(lambda self: len(self.stories) < MOST and self.at_rest and self.timezone == SEOUL)
    @rule()
    def say_the_day_alone(self) -> None:
        """An article of today has a day and no time; what came since midnight stands above it."""
        self.publish()
        moved("day without time")
        story = self.add(pinned=True, link=True)
        story.published = f"{self.now:%Y-%m-%d}"
        self.save(story)
        above = self.seen_since(story.at(SEOUL))
        report = self.publish()
        if report is not None and report.outcomes.get(story.claim) is Outcome.NEW:
            told = {problem.location.file for problem in report.problems if problem.code == "published-day"}
            assert (f"content/{story.name}" in told) is above, "a day without a time, below the morning"

    def seen_since(self, instant: datetime) -> bool:
        """Tell whether readers see something that was published after an instant."""
        return any(one.item.published > instant for found in self.reader.visible.values() for one in found)

    @precondition(lambda self: self.at_rest)
    @rule(hours=st.sampled_from([2, 5, 23]))
    def run_ahead(self, hours: int) -> None:
        """The clock is ahead for one build, then it is put right."""
        right = self.now
        wrong = right + timedelta(hours=hours)
        if any(right < one.at(self.timezone) <= wrong for one in (*self.stories, *self.deleted, *self.others)):
            return  # what comes true too early and goes again is another story
        moved("clock ahead")
        self.now = wrong
        self.publish()
        self.now = self.latest = right + timedelta(minutes=1)
        for subscriber in (self.reader, self.seldom):
            subscriber.forget_the_clock()
        if self.publish() is not None:
            late = {what: when for what, when in _stamps(self.public) if when > self.now}
            assert not late, f"dated ahead: {late}"

    @precondition(lambda self: self.at_rest and self.timezone == SEOUL)
    @rule()
    def slip_into_another_zone(self) -> None:
        """Somebody writes the zone of another place, and takes it out again."""
        self.publish()
        if self.publish() is None or self.held:
            return
        moved("zone slip")
        before = _pages(self.public)
        self.adjust(timezone=AWAY)
        report = self.publish()
        if report is not None and "timezone-changed" in {problem.code for problem in report.problems}:
            assert _pages(self.public) == before, "a page moved with the zone"
        self.adjust(timezone=SEOUL)
        self.publish()

    @property
    def at_rest(self) -> bool:
        return bool(self.builds) and not (self.quiet or self.previous or self.allowed)

    # --- what must have been said

    def publish(self) -> Report | None:
        """Publish as always; nothing is left out without a word."""
        if self.previous:
            self.had.clear()
        report = super().publish()
        if report is not None:
            # What a build has said that was killed, nobody heard.
            heard, self.last = report.edition.number <= self.last + 1, report.edition.number
            self.expect_promises(report)
            if heard and report.edition.number > 1:
                self.expect_words(report)
            self.remember_members()
        return report

    def expect_promises(self, report: Report) -> None:
        """All that the window of the root feed promises is in it, as far as three times its `at_most`."""
        path = self.root / "feeds/all.yaml"
        promise = WINDOWS.get(path.read_text("utf-8")) if path.exists() else None
        if promise is None or self.recovered:
            return
        entries, hours, at_most = promise
        ids = {shown.item.id: shown.item.published for found in self.reader.visible.values() for shown in found}
        newest = sorted(ids, key=lambda id_: -ids[id_].timestamp())
        since = ids[newest[0]] - timedelta(hours=hours) if newest else None
        wanted = [id_ for number, id_ in enumerate(newest) if number < entries or (since and ids[id_] >= since)]
        shown = {item["id"] for item in json.loads((self.public / "feed.json").read_text("utf-8"))["items"]}
        # Of entries of one instant any may come first.
        assert len(shown) >= min(len(wanted), 3 * at_most), "fewer than was promised"
        if len(wanted) <= at_most // 2:
            assert shown >= set(wanted), "other entries than was promised"
        crowded = since is not None and sum(ids[id_] >= since for id_ in newest) > 3 * at_most
        if crowded and Outcome.NEW in report.outcomes.values():
            told = {problem.location.file for problem in report.problems if problem.code == "feed-overfull"}
            assert "feeds/all.yaml" in told, "more than three times at_most, and nothing is said"

    def expect_words(self, report: Report) -> None:
        told = {problem.location.file for problem in report.problems if problem.code == "entry-unshown"}
        new = {id_ for id_, outcome in report.outcomes.items() if outcome is Outcome.NEW}
        shown = set(_current(self.public))
        for story in self.stories:
            if story.claim in new and not (story.copy or story.broken or story.status):
                says = f"content/{story.name}" in told
                assert says is (story.claim not in shown), f"{story.mark}: new, in no feed, and told: {says}"
        lost = {problem.location.file for problem in report.problems if problem.code == "lost-member"}
        for story in self.stories:
            members = _members(story)
            gone = self.had.get(story.mark, members).keys() - members.keys()
            if gone and self.is_sound(story):
                assert f"content/{story.name}" in lost, f"{story.mark}: lost {gone} in silence"

    def remember_members(self) -> None:
        """Keep what the last good version of every article had."""
        held = {story.mark for story in self.stories if story.name in self.held or story.broken}
        self.had = {mark: members for mark, members in self.had.items() if mark in held}
        self.had |= {story.mark: _members(story) for story in self.stories if self.is_sound(story)}

    def is_sound(self, story: Story) -> bool:
        """Tell whether readers have an article as its file has it, under the id that the file claims."""
        alone = sum(one.mark == story.mark or one.claim == story.claim for one in self.stories) == 1
        is_read = self.reader.ids.get(story.mark) == story.claim and story.mark in self.reader.visible
        return alone and is_read and not (story.copy or story.broken or story.status or story.name in self.held)


def _members(story: Story) -> dict[str, str]:
    values = {"link": story.link, "summary": story.summary}
    return {key: value for key, value in values.items() if value}


def _current(public: Path) -> Iterator[str]:
    """Yield the ids in all feeds that people subscribe to, none of their archives."""
    for path in public.rglob("feed.json"):
        if "archive" not in path.parts:
            yield from (item["id"] for item in json.loads(path.read_text("utf-8"))["items"])


def _pages(public: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(public.glob("articles/*/index.html"))}


def _stamps(public: Path) -> Iterator[tuple[str, datetime]]:
    for path in public.rglob("*"):
        if path.is_file():
            yield f"time of {path}", datetime.fromtimestamp(path.stat().st_mtime, UTC)
    for path in public.rglob("atom.xml"):
        text = etree.parse(path).getroot().findtext("{*}updated")
        yield f"updated of {path}", datetime.fromisoformat(text)
