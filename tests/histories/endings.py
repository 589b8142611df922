"""What a newsroom does to its feeds: definitions go and come under other names, formats and aliases are dropped, a
section is renamed, feeds are retired, and the store is lost beside a memory of what was published.

The rule: an address that answered goes on answering, unless it was retired.
"""

import re
from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from databases import lose_store
from histories.room import Room
from sosik.edition.build import Report
from sosik.edition.kept import is_retired
from sosik.model import FEEDS as FEED_KINDS
from sosik.site import Site
from sosik.store import open_snapshot, place_of

MOVES: Counter[str] = Counter()
"""How often each move was made, by its name."""

TOWN = "title: 마을\nselect: {section: [지역, 정치]}\narchive: month\naliases: [/old/town.xml, /old/feed.json]\n"
SECTIONS = ("지역", "지역사회", "정치", "동네")


class Endings(Room):
    """Rules for the addresses of feeds."""

    def __init__(self) -> None:
        super().__init__()
        self.answering: set[str] = set()
        self.retired: tuple[str, ...] = ()
        self.has_memory = True

    # --- the rule

    def build(self) -> Report:
        is_recalled = bool(self.previous)
        report = super().build()
        Site(self.root).leave_memory(self.public)
        if not (is_recalled and not self.has_memory):
            self.expect_addresses()
        self.has_memory = True
        self.answering |= self.addresses()
        return report

    def addresses(self) -> set[str]:
        """Return where feeds answer now, their archives and old addresses too."""
        snapshot = open_snapshot(place_of(self.root / ".sosik"))
        found: set[str] = {head.path for head in snapshot.heads_of(FEED_KINDS)}
        snapshot.close()
        return found

    def expect_addresses(self) -> None:
        """Whatever answered answers, as a file and from the store, unless it was retired."""
        here = self.addresses()
        lost = {path for path in self.answering - here if not is_retired(path, self.retired)}
        assert not lost, f"these addresses answered, and nobody ended them: {sorted(lost)}"
        missing = {path for path in here if not (self.public / path.strip("/")).is_file()}
        assert not missing, f"no file: {sorted(missing)}"
        self.answering &= here

    # --- the moves

    @rule(name=st.sampled_from(["sections", "local", "brief", "month", "town"]))
    def take_a_definition_away(self, name: str) -> None:
        MOVES["definition removed"] += 1
        (self.root / "feeds" / f"{name}.yaml").unlink(missing_ok=True)

    @rule(name=st.sampled_from(["all", "local", "brief", "town"]), other=st.sampled_from(["main", "지방", "ours"]))
    def rename_a_definition(self, name: str, other: str) -> None:
        """Under its new name it has other addresses; those of before answer all the same, and it may come back."""
        MOVES["definition renamed"] += 1
        first, second = (self.root / "feeds" / f"{one}.yaml" for one in (name, other))
        if first.exists() and not second.exists():
            first.rename(second)
        elif second.exists() and not first.exists():
            second.rename(first)

    @rule(formats=st.sampled_from(["[rss, json]", "[atom, json]", "[rss, atom, json]"]))
    def drop_a_format(self, formats: str) -> None:
        MOVES["format removed"] += 1
        text = re.sub(r"formats: .*\n", "", TOWN)
        if "rss" not in formats:
            text = re.sub(r"aliases: .*\n", "aliases: [/old/feed.json]\n", text)
        self.write("feeds/town.yaml", f"{text}formats: {formats}\n")

    @rule(aliases=st.sampled_from(["[/old/town.xml]", "[/old/feed.json]", "[/older.xml]", "[]"]))
    def drop_an_alias(self, aliases: str) -> None:
        MOVES["alias removed"] += 1
        line = "" if aliases == "[]" else f"aliases: {aliases}\n"
        self.write("feeds/town.yaml", re.sub(r"aliases: .*\n", line, TOWN))

    @rule(path=st.sampled_from(["town", "마을/소식"]), archive=st.sampled_from(["month", "none"]))
    def move_a_feed(self, path: str, archive: str) -> None:
        MOVES["path or archive changed"] += 1
        self.write("feeds/town.yaml", TOWN.replace("archive: month", f"archive: {archive}") + f"path: {path}\n")

    @rule(old=st.sampled_from(SECTIONS), new=st.sampled_from(SECTIONS))
    def rename_a_section(self, old: str, new: str) -> None:
        """In every article at once."""
        MOVES["section renamed"] += 1
        found = [story for story in self.stories if story.section == old]
        for story in found:
            story.section = new
        self.save(*found)

    @rule(data=st.data(), wildly=st.booleans())
    def retire_a_feed(self, data: st.DataObject, wildly: bool) -> None:
        """One address, or a pattern: what is defined answers all the same."""
        if not self.answering:
            return
        MOVES["retire"] += 1
        path = data.draw(st.sampled_from(sorted(self.answering)))
        pattern = f"{path.rpartition('/')[0]}/*" if wildly and path.count("/") > 1 else path
        self.retired = (*self.retired[-3:], pattern)
        self.adjust(retire="[" + ", ".join(f"'{one}'" for one in self.retired) + "]")

    @rule()
    def retire_nothing(self) -> None:
        MOVES["retire taken back"] += 1
        self.retired = ()
        self.settings.pop("retire", None)
        self.adjust()

    @precondition(lambda self: not self.quiet and not self.previous)
    @rule(previous=st.sampled_from(["public", "web"]))
    def begin_anew_from_what_was_published(self, previous: str) -> None:
        """As in CI: no store, and the files of the last deployment with what was left beside them."""
        if self.forgotten.intersection(self.held.values()) or not (self.public / "feeds/published.json").exists():
            return
        MOVES["--previous"] += 1
        lose_store(self.root)
        self.previous = previous
        self.leave_memories({})

    @precondition(lambda self: (self.public / "feeds/published.json").exists() and not self.previous)
    @rule()
    def an_earlier_version_published_it(self) -> None:
        MOVES["--previous without memory"] += 1
        (self.public / "feeds/published.json").unlink()
        self.has_memory = False
