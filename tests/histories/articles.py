"""What a newsroom does to its articles: they come, are edited, redated, taken back, broken, deleted and restored."""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from PIL import Image

from histories.desk import Desk
from histories.stories import BREAKS, Story

MOST = 9


class Articles(Desk):
    """Rules for the text of files."""

    def pick(self, data: st.DataObject, *, alive: bool = True) -> Story:
        """Return any article but a copy, which is nobody's work yet; one that can be read where it shall be `alive`."""
        own = [story for story in self.stories if not story.copy]
        found = [story for story in own if not (alive and (story.status or story.broken))]
        return self.draw(data, found or own)

    def draw(self, data: st.DataObject, stories: list[Story]) -> Story:
        names = [f"{story.mark} in {story.name}" for story in stories]
        return stories[names.index(data.draw(st.sampled_from(names)))]

    def own(self, count: int) -> bool:
        return sum(not (story.copy or story.broken) for story in self.stories) > count

    def add(self, *, pinned: bool, link: bool, ahead: int = 0, naive: bool = False, suffix: str = ".yaml") -> Story:
        name, number = self.name(suffix), self.number
        published = self.stamp(ahead) if not naive else f"{self.now + timedelta(minutes=ahead):%Y-%m-%d %H:%M:%S}"
        story = Story(
            mark=f"기자{number}호",
            name=name,
            title=f"제목 {number}" if number % 5 else "휴간 안내",
            published=published,
            body=f"기사 {number}의 본문이다. 다리가 {number}개다." if number % 7 else f"내일은 쉽니다 {number}.",
            id=f"tag:test.example,2010:{number:012}" if pinned else "",
            link=f"/articles/{number}" if link else "",
        )
        self.stories.append(story)
        self.save(story)
        return story

    @precondition(lambda self: len(self.stories) < MOST)
    @rule(
        pinned=st.booleans(),
        link=st.booleans(),
        naive=st.booleans(),
        ahead=st.sampled_from([-600, 0, 0, 5, 3000]),
        suffix=st.sampled_from([".yaml", ".md"]),
    )
    def new(self, pinned: bool, link: bool, naive: bool, ahead: int, suffix: str) -> None:
        self.add(pinned=pinned, link=link, naive=naive, ahead=ahead, suffix=suffix)

    @precondition(lambda self: len(self.stories) < MOST)
    @rule(pinned=st.booleans())
    def import_with_a_date_to_be_confirmed(self, pinned: bool) -> None:
        story = self.add(pinned=pinned, link=True, ahead=-3000)
        story.tentative = True
        self.save(story)

    @rule(data=st.data(), minutes=st.sampled_from([0, 41]))
    def confirm_a_date(self, data: st.DataObject, minutes: int) -> None:
        story = self.pick(data)
        id_ = self.reader.ids.get(story.mark)
        if not story.tentative or story.redated or id_ not in {None, story.claim}:
            return
        story.tentative = False
        if id_ is None or id_ in self.tentative:
            moved = datetime.fromisoformat(story.published) + timedelta(minutes=minutes)
            story.published = moved.isoformat()
        self.save(story)

    @rule(data=st.data(), what=st.sampled_from(["title", "body"]), stamp=st.sampled_from(["", "updated", "ahead"]))
    def edit(self, data: st.DataObject, what: str, stamp: str) -> None:
        story = self.pick(data)
        self.change(story, what)
        if stamp:
            story.updated = self.stamp(10 if stamp == "ahead" else 0)
        self.save(story)

    def change(self, story: Story, what: str) -> None:
        setattr(story, what, f"{getattr(story, what)} {self.count()}")

    @rule(
        data=st.data(),
        section=st.sampled_from(["지역", "정치", ""]),
        tags=st.lists(st.sampled_from(["다리", "강"]), unique=True),
        summary=st.sampled_from(["", "줄인 글"]),
        authors=st.lists(st.sampled_from(["한바다", "김하늘"]), unique=True),
    )
    def file_it_elsewhere(
        self, data: st.DataObject, section: str, tags: list[str], summary: str, authors: list[str]
    ) -> None:
        story = self.pick(data)
        story.section, story.tags, story.summary, story.authors = section, tags, summary, authors
        self.save(story)

    @rule(data=st.data())
    def link_it(self, data: st.DataObject) -> None:
        story = self.pick(data)
        story.link = f"/새-주소/{self.count()}"
        self.save(story)

    @rule(data=st.data(), colour=st.sampled_from(["red", "blue", "", "missing"]))
    def illustrate(self, data: st.DataObject, colour: str) -> None:
        """A picture comes, is replaced, or is forgotten."""
        story = self.pick(data)
        story.image = f"/사진/{story.mark}.png" if colour else ""
        path = self.root / "content" / "사진" / f"{story.mark}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if colour not in {"", "missing"}:
            Image.new("RGB", (8, 8), colour).save(path)
        self.save(story)

    @rule(data=st.data(), kind=st.sampled_from(["correction", "update", "minor"]), ahead=st.sampled_from([0, 0, 30]))
    def stamp_edit(self, data: st.DataObject, kind: str, ahead: int) -> None:
        story = self.pick(data)
        story.edits.append(f"{{at: '{self.stamp(ahead)}', kind: {kind}, note: 바로잡습니다}}")
        self.save(story)

    @rule(data=st.data())
    def take_the_edits_out(self, data: st.DataObject) -> None:
        story = self.pick(data)
        story.edits, story.updated = [], ""
        self.save(story)

    @rule(data=st.data())
    def redate(self, data: st.DataObject) -> None:
        """Somebody moves `published`, or puts it back."""
        story = self.pick(data)
        story.redated = "" if story.redated else self.stamp(-2880)
        self.save(story)

    @rule(data=st.data())
    def allow_redate(self, data: st.DataObject) -> None:
        story = self.pick(data)
        id_ = self.reader.ids.get(story.mark)
        if story.redated and id_ == story.claim and self.now > story.at(self.timezone):
            story.published, story.redated = story.redated, ""
            self.allowed |= {id_}

    @rule(data=st.data(), status=st.sampled_from(["draft", "withdrawn", ""]), when=st.booleans())
    def set_status(self, data: st.DataObject, status: str, when: bool) -> None:
        story = self.pick(data, alive=False)
        story.status, story.withdrawn = status, self.stamp(-1) if status == "withdrawn" and when else ""
        self.save(story)

    @precondition(lambda self: self.own(2))
    @rule(data=st.data(), how=st.sampled_from(BREAKS))
    def break_or_mend(self, data: st.DataObject, how: str) -> None:
        story = self.pick(data, alive=False)
        story.broken = "" if story.broken else how
        self.save(story)

    @precondition(lambda self: self.own(2))
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        story = self.pick(data, alive=False)
        self.take_away(story)

    def take_away(self, story: Story) -> None:
        self.remove(story)
        self.stories.remove(story)
        self.deleted.append(story)

    @precondition(lambda self: self.deleted)
    @rule(data=st.data(), elsewhere=st.booleans(), what=st.sampled_from(["", "", "title", "body"]))
    def restore(self, data: st.DataObject, elsewhere: bool, what: str) -> None:
        story = self.draw(data, self.deleted)
        self.deleted.remove(story)
        if elsewhere or any(one.name == story.name for one in self.stories):
            story.name = self.name()
        if what:
            self.change(story, what)
        self.stories.append(story)
        self.save(story)
