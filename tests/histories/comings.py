"""What disks, sync clients, NAS folders, git and slow uploads do to files, of which a newsroom meant nothing, or all.

Every kind of move is counted by its name: `MOVES`.
"""

import subprocess
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random

from histories.desk import WAITS
from histories.files import Files
from histories.stories import Story

MOVES: Counter[str] = Counter()
"""How often each kind of move was made, by all histories of this process."""

NAMES = (
    *("away for a moment", "fetched again", "deleted and waited for", "deleted, and said so", "moved to the trash"),
    *("deleted with git", "half an upload", "a text cut short", "an unfinished merge", "away by halves"),
)
"""The kinds of moves."""


class Comings(Files):
    """Moves of files that come and go."""

    moves = 0

    def settled(self) -> list[Story]:
        """Return the articles that readers see as their files have them, and that nobody else could be taken for."""
        claims = Counter(story.claim for story in self.stories)
        marks = Counter(story.mark for story in self.stories)
        if self.quiet or self.previous or self.allowed or (self.recovered and self.held):
            return []
        return [
            story
            for story in self.stories
            if not (story.copy or story.status or story.broken or story.redated or story.name in self.held)
            and self.reader.ids.get(story.mark) == story.claim
            and (claims[story.claim], marks[story.mark]) == (1, 1)
            and story.mark in self.reader.visible
            and self.shown.get(story.mark) == story.marks
            and self.printed.get(story.mark) == story.body
        ]

    def come_and_go(self) -> None:
        """Make a move, every kind in its turn: rules of their own would be left out of many histories."""
        chance = Random(self.builds)  # noqa: S311  # the same history, the same moves
        if self.settled() and self.own(2):
            kind = NAMES[self.moves % len(NAMES)]
            self.moves += 1
            MOVES[kind] += 1
            KINDS[kind](self, chance)

    def later(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    def take_a_file_away_for_a_moment(self, chance: Random) -> None:
        """An editor or a sync client takes it, and puts the same bytes back."""
        story = chance.choice(self.settled())
        self.remove(story)
        self.publish()
        self.later(chance.choice([0, 10, WAITS - 3]))
        self.save(story)

    def fetch_files_again(self, chance: Random) -> None:
        """A sync client deletes files, six at most, and fetches one after the other."""
        stories = self.settled()[: min(6, len(self.stories) - 1)]
        seconds = chance.choice([0, 5])
        self.remove(*stories)
        self.publish()
        for story in stories:
            self.later(seconds)
            self.save(story)
            self.publish()

    def delete_and_wait(self, chance: Random) -> None:
        """A file is gone at one look, and gone at a second one after the time."""
        self.take_away(chance.choice(self.settled()))
        self.publish()
        self.later(WAITS)

    def delete_and_say_so(self, chance: Random) -> None:
        self.take_away(chance.choice(self.settled()))
        self.meant |= self.without_a_file()
        self.goes_now |= self.without_a_file()
        self.at_once = True

    def move_to_the_trash(self, chance: Random) -> None:
        story = chance.choice(self.settled())
        folder = chance.choice(["#recycle", "@Recycle", "#recycle/2024"])
        trash = self.root / "content" / folder
        trash.mkdir(parents=True, exist_ok=True)
        (self.root / "content" / story.name).rename(trash / f"{self.count()}.yaml")
        self.stories.remove(story)
        self.deleted.append(story)
        self.meant.add(story.mark)
        self.goes_now.add(story.mark)

    def delete_with_git(self, chance: Random) -> None:
        """All is committed, then a file is taken out, and that is committed."""
        story = chance.choice(self.settled())
        if not (self.root / ".git").exists():
            self.git("init", "--quiet")
        self.git("add", "--all", "content")
        self.git("commit", "--quiet", "--allow-empty", "--message", "모두")
        self.git("rm", "--quiet", f"content/{story.name}")
        self.git("commit", "--quiet", "--message", "거둔다")
        self.stories.remove(story)
        self.deleted.append(story)
        self.meant |= self.without_a_file()
        self.goes_now.add(story.mark)

    def git(self, *arguments: str) -> None:
        who = ("-c", "user.name=김하늘", "-c", "user.email=desk@test.example", "-c", "core.quotePath=false")
        subprocess.run(["git", *who, "--literal-pathspecs", *arguments], cwd=self.root, check=True, capture_output=True)

    # --- half of a file

    def cut(self, story: Story) -> str:
        """Return the beginning of an article's text."""
        return story.body[: max(2, len(story.body) // 2)].rstrip()

    def save_half(self, story: Story) -> None:
        whole = story.body
        story.body = self.cut(story)
        self.save(story)
        story.body = whole

    def upload_by_halves(self, chance: Random) -> None:
        """A published file is written over by itself, and a build comes in between."""
        story = chance.choice(self.settled())
        self.save_half(story)
        self.publish()
        self.later(chance.choice([0, 10, 25]))
        self.save(story)

    def fetch_by_halves(self, chance: Random) -> None:
        """A file is away, comes back by half, and is whole in the end."""
        story = chance.choice(self.settled())
        self.remove(story)
        self.publish()
        self.later(WAITS - 3)
        self.save_half(story)
        self.publish()
        self.later(20)
        self.save(story)

    def cut_a_text_short(self, chance: Random) -> None:
        """An editor means it: half a minute later it is an edit."""
        story = chance.choice(self.settled())
        self.save_half(story)
        self.publish()
        self.later(30)
        story.body = self.cut(story)

    def leave_a_merge_unfinished(self, chance: Random) -> None:
        """Both versions stand in the file for a build or two; none of them is published."""
        # YAML and JSON with such marks cannot be read at all.
        markdown = [story for story in self.settled() if story.name.endswith(".md")]
        story = chance.choice(markdown or self.settled())
        marks = f"<<<<<<< HEAD\n{story.body}\n=======\n다른 가지의 글.\n>>>>>>> desk\n"
        path = f"content/{story.name}"
        self.write(
            path, story.text().replace(f"{story.body}\n", marks) if path.endswith(".md") else story.text() + marks
        )
        self.publish()
        self.save(story)


KINDS: dict[str, Callable[[Comings, Random], None]] = dict(
    zip(
        NAMES,
        (
            Comings.take_a_file_away_for_a_moment,
            Comings.fetch_files_again,
            Comings.delete_and_wait,
            Comings.delete_and_say_so,
            Comings.move_to_the_trash,
            Comings.delete_with_git,
            Comings.upload_by_halves,
            Comings.cut_a_text_short,
            Comings.leave_a_merge_unfinished,
            Comings.fetch_by_halves,
        ),
        strict=True,
    )
)
"""What each kind of move is."""
