"""What a newsroom does to its files: they are renamed, copied, swapped, overwritten, and given wrong ids."""

from copy import deepcopy
from pathlib import PurePosixPath

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from histories.articles import MOST, Articles
from histories.stories import Story
from sosik.errors import EditionRefusedError
from sosik.site import Site


class Files(Articles):
    """Rules for names, folders and ids."""

    @rule(data=st.data(), what=st.sampled_from(["", "title", "body"]), suffix=st.sampled_from([".yaml", ".md"]))
    def move(self, data: st.DataObject, what: str, suffix: str) -> None:
        """A file is renamed, perhaps with an edit in the same step, perhaps into another form."""
        story = self.pick(data, alive=False)
        self.remove(story)
        story.name = self.name(suffix)
        if what:
            self.change(story, what)
        self.save(story)

    @rule(folder=st.sampled_from(["정치", "사회", "보관/2024"]))
    def move_a_folder(self, folder: str) -> None:
        for story in self.stories:
            path = PurePosixPath(story.name)
            if path.parts[0] == "정치" and str(path.parent) != folder:
                self.remove(story)
                story.name = f"{folder}/{path.stem}-{self.count()}{path.suffix}"
                self.save(story)

    @precondition(lambda self: len(self.stories) < MOST)
    @rule(data=st.data())
    def copy(self, data: st.DataObject) -> None:
        """A file is copied, one whose article was published: of two new ones each would be as good as the other."""
        story = self.pick(data)
        if story.mark in self.reader.ids:
            twin = story.twin(self.name())
            self.stories.append(twin)
            self.save(twin)

    @precondition(lambda self: any(story.copy for story in self.stories))
    @rule(written_over=st.booleans())
    def make_a_copy_an_article(self, written_over: bool) -> None:
        twin = next(story for story in self.stories if story.copy)
        self.stories.remove(twin)
        self.remove(twin)
        if written_over:
            story = self.add(pinned=True, link=False)
            self.remove(story)
            story.name = twin.name
            self.save(story)

    @rule(data=st.data())
    def swap(self, data: st.DataObject) -> None:
        """Two files change names."""
        first, second = self.pick(data), self.pick(data)
        if PurePosixPath(first.name).suffix == PurePosixPath(second.name).suffix:
            first.name, second.name = second.name, first.name
            self.save(first, second)

    @precondition(lambda self: self.own(2))
    @rule(data=st.data())
    def overwrite(self, data: st.DataObject) -> None:
        """A file is renamed onto another one, whose article is lost for now."""
        first, second = self.pick(data), self.pick(data)
        if first is not second:
            self.remove(first)
            self.take_away(second)
            first.name = second.name
            self.save(first)

    # --- ids go wrong, and right again

    @rule(data=st.data(), how=st.sampled_from(["lost", "fresh", "another's"]))
    def spoil_an_id(self, data: st.DataObject, how: str) -> None:
        """With another id of its own, one of two files that say the same is another article: nobody can tell which."""
        story, other = self.pick(data), self.pick(data)
        if any(one.copy and one.mark == story.mark for one in self.stories):
            return
        ids = {"lost": "", "fresh": f"tag:test.example,2010:{self.count():012}", "another's": other.claim}
        story.id = ids[how]
        self.save(story)

    @rule(data=st.data())
    def put_an_id_right(self, data: st.DataObject) -> None:
        story = self.pick(data)
        story.id = self.reader.ids.get(story.mark, story.claim)
        self.save(story)

    @precondition(lambda self: self.hints)
    @rule()
    def follow_the_hint(self) -> None:
        file, hint = min(self.hints.items())
        for story in self.stories:
            if story.name == file:
                self.take_over(story)
                story.id = hint
                self.save(story)

    def take_over(self, twin: Story) -> None:
        """A copy that gets the id is the article from now on, and its original a copy."""
        for story in self.stories:
            if story.mark == twin.mark:
                story.copy = True
        self.deleted = [story for story in self.deleted if story.mark != twin.mark]
        twin.copy = False

    # --- the whole of content/ changes

    @rule()
    def another_branch(self) -> None:
        """Every file is what it is on another branch: the one that was left when the branches were last changed."""
        left, found = deepcopy(self.stories), self.others or self.stories
        if not any(not (story.broken or story.copy) for story in found):
            return
        self.remove(*self.stories)
        gone = {story.mark: story for story in self.stories if not story.copy}
        self.stories, self.others = deepcopy(found), left
        self.save(*self.stories)
        here = {story.mark for story in self.stories}
        self.deleted = [story for story in (*self.deleted, *gone.values()) if story.mark not in here]

    @rule()
    def unmount(self) -> None:
        """content/ is away while a build runs: nothing changes."""
        (self.root / "content").rename(self.root / "elsewhere")
        with pytest.raises(EditionRefusedError, match="content-missing"):
            Site(self.root).build(now=self.now)
        (self.root / "elsewhere").rename(self.root / "content")
