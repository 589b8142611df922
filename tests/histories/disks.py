"""What disks and sync clients do to files that are there all the same: of none of it did a newsroom mean anything.

Every kind of move is counted by its name: `DISK_MOVES`.
"""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

from histories.desk import WAITS
from histories.files import Files
from histories.stories import Story
from sosik.site import Site

DISK_MOVES: Counter[str] = Counter()
"""How often each kind of move was made, by all histories of this process."""


class Disks(Files):
    """Moves of files that are there, and yet cannot be read, or twice, or beside what is no article."""

    disturbed = 0

    def steady(self, *, pinned: bool = False) -> list[Story]:
        """Return the articles that readers see as their files have them, and that nobody else could be taken for."""
        claims = Counter(story.claim for story in self.stories)
        marks = Counter(story.mark for story in self.stories)
        if self.quiet or self.previous or self.allowed or (self.recovered and self.held):
            return []
        return [
            story
            for story in self.stories
            if not (story.copy or story.status or story.broken or story.redated or story.name in self.held)
            and (story.id or not pinned)
            and self.reader.ids.get(story.mark) == story.claim
            and (claims[story.claim], marks[story.mark]) == (1, 1)
            and any(story.body in one.text for one in self.reader.visible.get(story.mark, []))
            and self.shown.get(story.mark) == story.marks
        ]

    def disturb_a_file(self) -> None:
        """Make a move, every kind in its turn; publish while it lasts, once more, and after its end."""
        stories = self.steady(pinned=True)
        if not stories:
            return
        kind = [*KINDS][self.disturbed % len(KINDS)]
        self.disturbed += 1
        DISK_MOVES[kind] += 1
        story = Random(self.builds).choice(stories)  # noqa: S311  # the same history, the same moves
        withdrawn = self.taken_back()
        with KINDS[kind](self, self.root / "content" / story.name, story):
            self.publish()
            assert self.taken_back() == withdrawn, f"{kind}: taken back"
            self.now += timedelta(seconds=WAITS)
            self.publish()
        self.publish()
        assert self.taken_back() == withdrawn, f"{kind}: taken back at its end"

    def taken_back(self) -> set[str]:
        """Return the ids of what was taken back, but for articles whose files were gone before: their time may come."""
        gone = {self.reader.ids.get(story.mark, story.claim) for story in self.deleted}
        return {id_ for id_, row in Site(self.root).ledger().items() if row.withdrawn is not None} - gone

    @contextmanager
    def renamed(self, path: Path, to: bytes) -> Iterator[None]:
        """Have a file under another name for a while, as bytes below its folder."""
        other = os.fsencode(path.parent) + b"/" + to
        os.makedirs(os.path.dirname(other), exist_ok=True)  # noqa: PTH103, PTH120  # names that no Path has
        os.rename(path, other)  # noqa: PTH104
        yield
        os.rename(other, path)  # noqa: PTH104

    @contextmanager
    def evict(self, path: Path, _: Story) -> Iterator[None]:
        with self.renamed(path, f".{path.name}.icloud".encode()):
            yield

    @contextmanager
    def name_it_in_cp949(self, path: Path, _: Story) -> Iterator[None]:
        with self.renamed(path, path.name.encode("cp949")):
            yield

    @contextmanager
    def name_it_so_that_nobody_can_read_it(self, path: Path, _: Story) -> Iterator[None]:
        with self.renamed(path, b"\xff\xfe" + path.suffix.encode()):
            yield

    @contextmanager
    def move_it_where_a_default_hides_it(self, path: Path, _: Story) -> Iterator[None]:
        with self.renamed(path, b"_includes/" + path.name.encode()):
            yield

    @contextmanager
    def put_something_else_there(self, path: Path, _: Story) -> Iterator[None]:
        """A pipe, a folder or a link to itself, one after the other."""
        kept = path.with_name(".kept")
        path.rename(kept)
        makers: list[Callable[[Path], None]] = [os.mkfifo, Path.mkdir, lambda one: one.symlink_to(one.name)]
        makers[self.count() % 3](path)
        yield
        path.rmdir() if path.is_dir() else path.unlink()
        kept.rename(path)

    @contextmanager
    def copy_it_in_conflict(self, path: Path, story: Story) -> Iterator[None]:
        """Another machine wrote another text; meanwhile the original is edited, too."""
        names = [" (1)", "-DESKTOP-7Q2", ".sync-conflict-20240201-101010-ABCDEFG", " (한바다의 충돌된 사본)", " 복사본"]
        other = path.with_name(f"{path.stem}{names[self.count() % 5]}{path.suffix}")
        other.write_text(story.text().replace(story.body, f"다른 기계에서 쓴 글 {self.count()}"), "utf-8")
        yield
        self.change(story, "body")
        self.save(story)
        self.publish()
        other.unlink()

    @contextmanager
    def keep_what_is_no_article(self, _: Path, story: Story) -> Iterator[None]:
        """Copies of an article in folders of systems, and what other programs keep beside it."""
        content = self.root / "content"
        for name in ("@eaDir/a.yaml", "__MACOSX/b.md", "README.md", "node_modules/c/package.json", "Icon\r"):
            (content / name).parent.mkdir(parents=True, exist_ok=True)
            (content / name).write_text(story.text(), "utf-8")
        yield
        for name in ("@eaDir", "__MACOSX", "node_modules"):
            shutil.rmtree(content / name)
        (content / "README.md").unlink()
        (content / "Icon\r").unlink()

    @contextmanager
    def ignore_it(self, _: Path, story: Story) -> Iterator[None]:
        patterns = [f"/{story.name}", f"*{Path(story.name).suffix}", "*", f"{story.name.split('/')[0]}/"]
        self.adjust(ignore=f"['{patterns[self.count() % 4]}']")
        yield
        del self.settings["ignore"]
        self.adjust()


KINDS: dict[str, Callable[[Disks, Path, Story], AbstractContextManager[None]]] = {
    "evicted by a sync client": Disks.evict,
    "a name in CP949": Disks.name_it_in_cp949,
    "a name that nobody can read": Disks.name_it_so_that_nobody_can_read_it,
    "moved where a default hides it": Disks.move_it_where_a_default_hides_it,
    "something else in its place": Disks.put_something_else_there,
    "a copy in conflict": Disks.copy_it_in_conflict,
    "what is no article beside it": Disks.keep_what_is_no_article,
    "ignored": Disks.ignore_it,
}
"""What each kind of move is: for how long it lasts, the article stays as it was."""
