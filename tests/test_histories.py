"""Random histories of a newsroom, as a reader sees them who never forgets: no old story is ever posted again.

The machine below makes every change that a newsroom makes, one a step, and publishes after each. Every article carries
a tag that tells the test, and nobody else, which one it is. `SOSIK_HISTORIES=50x200` runs 50 histories of 200 steps.
"""

import json
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import reader
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from lxml import etree

from newsrooms import PUBLICATION, at
from sosik.build import Report
from sosik.dates import format_rfc3339
from sosik.errors import EditionRefusedError
from sosik.site import Site

HISTORIES, STEPS = (int(part) for part in os.environ.get("SOSIK_HISTORIES", "6x40").split("x"))

FEED = "title: {title}\narchive: month\nwindow: {{entries: {entries}, hours: 0, at_most: {entries}}}\n"
SECTIONS = '-- feeds/sections.yaml --\neach: section\ntitle: "{value}"\npath: "section/{slug}"\n'
HOSTS = ("https://www.test.example/", "http://test.example/", "https://news.other.example/")
ATOM = "{http://www.w3.org/2005/Atom}"
MOST = 9


@dataclass
class Article:
    """An article as its file holds it; `tag` is its true identity."""

    tag: str
    name: str
    title: str
    published: str
    body: str
    id: str = ""
    link: str = ""
    extra: str = ""
    status: str = ""
    broken: bool = False
    copy: bool = False
    redated: str = ""
    edits: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Return the file's text."""
        lines = [f"id: {self.id}" if self.id else "", f"title: {self.title}"]
        lines += [f"published: {self.redated or self.published}", f"tags: [{self.tag}]", "section: 지역"]
        lines += [
            f"link: {self.link}" if self.link else "",
            self.extra,
            f"status: {self.status}" if self.status else "",
        ]
        lines += ["edits:", *self.edits] if self.edits else []
        lines += [f"body: {self.body}", 'summary: "열린' if self.broken else ""]
        return "\n".join(line for line in lines if line) + "\n"


class Reader:
    """A feed reader that keys on the id and never forgets; what it must not see fails."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._published: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._tags: dict[str, str] = {}
        self._updated: dict[Path, datetime] = {}
        self._files: dict[Path, tuple[bytes, float]] = {}

    def poll(self) -> None:
        """Read every document anew."""
        for path in self._folder.rglob("feed.json"):
            for item in json.loads(path.read_bytes())["items"]:
                self._take(item)
        for path in self._folder.rglob("atom.xml"):
            updated = datetime.fromisoformat(etree.parse(path).findtext(f"{ATOM}updated"))
            assert updated >= self._updated.get(path, updated), f"{path}: updated goes back"
            self._updated[path] = updated
        for path in self._folder.rglob("*.xml"):
            body, modified = path.read_bytes(), path.stat().st_mtime
            old_body, old = self._files.get(path, (body, modified))
            assert (modified > old) if body != old_body else (modified >= old), f"{path}: Last-Modified does not grow"
            self._files[path] = body, modified

    def _take(self, item: dict[str, str]) -> None:
        tag = next(tag for tag in item["tags"] if tag.startswith("t"))
        known = self._published.setdefault(item["id"], item["date_published"])
        assert known == item["date_published"], f"{tag}: pubDate moves"
        assert self._ids.setdefault(tag, item["id"]) == item["id"], f"{tag}: posted again"
        assert self._tags.setdefault(item["id"], tag) == tag, f"{tag}: under the id of another article"


class Newsroom(RuleBasedStateMachine):
    """A newsroom at work."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.now = at("2024-02-01 09:00")
        self.articles: list[Article] = []
        self.deleted: list[Article] = []
        self.number = 0
        self.reader = Reader(self.root / "public")
        self.held: set[str] = set()
        self.hints: dict[str, str] = {}
        self.previous = ""
        self.library = reader.make_reader(":memory:", feed_root=str(self.root / "public"))

    def teardown(self) -> None:
        self.library.close()
        shutil.rmtree(self.root)

    @initialize()
    def found(self) -> None:
        self.host(HOSTS[0])
        self.write("feeds/all.yaml", FEED.format(title="전체", entries=4))
        self.write("feeds/sections.yaml", SECTIONS.partition("--\n")[2])
        self.write_article(pinned=True, link=True, ahead=0)
        self.write_article(pinned=False, link=False, ahead=0)
        self.build()
        self.library.add_feed("atom.xml")

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def save(self, article: Article) -> None:
        self.write(f"content/{article.name}.yaml", article.text())

    def remove(self, article: Article) -> None:
        (self.root / f"content/{article.name}.yaml").unlink()

    def stamp(self) -> str:
        return format_rfc3339(self.now)

    def build(self) -> Report | None:
        """Publish, as at a moment later; a refusal changes nothing."""
        self.now += timedelta(seconds=1)
        site = Site(self.root)
        try:
            report = site.build(now=self.now, previous=self.previous)
        except EditionRefusedError as error:
            self.refused({problem.code for problem in error.problems})
            return None
        self.previous = ""
        site.publish(self.root / "public")
        self.held = {str(name) for name, outcome in report.outcomes.items() if outcome == "held"}
        self.hints = {
            problem.location.file: problem.hint.partition("id: ")[2]
            for problem in report.errors
            if problem.code == "id-changed"
        }
        assert not any(problem.code in {"render-failed", "document-invalid"} for problem in report.problems)
        return report

    def refused(self, codes: set[str]) -> None:
        """Of all refusals only one can be met here: everything was deleted at once."""
        assert "withdrawn-many" in codes

    @invariant()
    def nobody_reads_an_old_story_again(self) -> None:
        if not self.articles and not self.deleted:
            return
        self.build()
        self.reader.poll()
        self.library.update_feeds()
        entries = list(self.library.get_entries())
        assert len({tag for entry in entries for tag in tags_of(entry)}) == len(entries)

    # --- what a newsroom does

    def pick(self, data: st.DataObject, *, alive: bool = True) -> Article:
        """Return any article but a copy, which is nobody's work yet; where it shall be `alive`, one that can be read.

        What was edited and renamed while nobody could read it would be beyond recognition.
        """
        own = [one for one in self.articles if not one.copy and not (alive and one.broken)]
        found = [one for one in own if not (alive and one.status)]
        return data.draw(st.sampled_from(found or own), label="article")

    def name(self) -> str:
        self.number += 1
        return f"{'정치/' if self.number % 3 else ''}기사{self.number}"

    def write_article(self, *, pinned: bool, link: bool, ahead: int) -> None:
        name, number = self.name(), self.number
        article = Article(
            tag=f"t{number}",
            name=name,
            title=f"제목 {number}",
            published=format_rfc3339(self.now + timedelta(minutes=ahead)),
            body=f"기사 {number}의 본문이다. 다리가 {number}개다.",
            id=f"tag:test.example,2010:{number:012}" if pinned else "",
            link=f"/articles/{number}" if link else "",
        )
        self.articles.append(article)
        self.save(article)

    @precondition(lambda self: len(self.articles) < MOST)
    @rule(pinned=st.booleans(), link=st.booleans(), ahead=st.sampled_from([-600, 0, 0, 5, 3000]))
    def new(self, pinned: bool, link: bool, ahead: int) -> None:
        self.write_article(pinned=pinned, link=link, ahead=ahead)

    @rule(data=st.data(), what=st.sampled_from(["title", "body"]), stamp=st.sampled_from(["", "updated", "ahead"]))
    def edit(self, data: st.DataObject, what: str, stamp: str) -> None:
        article = self.pick(data)
        self.change(article, what)
        if stamp:
            later = self.now + timedelta(minutes=10 if stamp == "ahead" else 0)
            article.extra = f"updated: {format_rfc3339(max(later, datetime.fromisoformat(article.published)))}"
        self.save(article)

    def change(self, article: Article, what: str) -> None:
        self.number += 1
        setattr(article, what, f"{getattr(article, what)} {self.number}")

    @rule(data=st.data(), kind=st.sampled_from(["correction", "update", "minor"]), ahead=st.sampled_from([0, 0, 30]))
    def stamp_edit(self, data: st.DataObject, kind: str, ahead: int) -> None:
        article = self.pick(data)
        at_ = format_rfc3339(self.now + timedelta(minutes=ahead))
        article.edits.append(f"  - {{at: '{at_}', kind: {kind}, note: 바로잡습니다}}")
        self.save(article)

    @rule(data=st.data(), what=st.sampled_from(["", "title", "body"]))
    def move(self, data: st.DataObject, what: str) -> None:
        """A file is renamed, perhaps with an edit in the same step.

        Renamed, redated and edited in one step, without an id and a link, it is beyond recognition; so it is when it is
        renamed again while copies of it say something else.
        """
        article = self.pick(data)
        copied = any(one.copy and one.tag == article.tag for one in self.articles)
        if copied and f"content/{article.name}.yaml" in self.held:
            return
        self.remove(article)
        article.name = self.name()
        if what and not article.redated:
            self.change(article, what)
        self.save(article)

    @precondition(lambda self: len(self.articles) < MOST)
    @rule(data=st.data())
    def copy(self, data: st.DataObject) -> None:
        article = self.pick(data)
        twin = Article(**{**vars(article), "name": self.name(), "copy": True, "edits": [*article.edits]})
        self.articles.append(twin)
        self.save(twin)

    @precondition(lambda self: any(one.copy for one in self.articles))
    @rule()
    def make_a_copy_an_article(self) -> None:
        twin = next(one for one in self.articles if one.copy)
        self.articles.remove(twin)
        self.remove(twin)
        self.write_article(pinned=False, link=False, ahead=0)

    @rule(data=st.data())
    def swap(self, data: st.DataObject) -> None:
        """Two files change names."""
        first, second = self.pick(data), self.pick(data)
        first.name, second.name = second.name, first.name
        self.save(first)
        self.save(second)

    @precondition(lambda self: sum(not (one.copy or one.broken) for one in self.articles) > 2)
    @rule(data=st.data())
    def overwrite(self, data: st.DataObject) -> None:
        """A file is renamed onto another one, which is lost."""
        first, second = self.pick(data), self.pick(data)
        if first is second:
            return
        self.remove(first)
        first.name = second.name
        self.articles.remove(second)
        self.save(first)

    @precondition(lambda self: sum(not (one.copy or one.broken) for one in self.articles) > 1)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        article = self.pick(data, alive=False)
        self.remove(article)
        self.articles.remove(article)
        self.deleted.append(article)

    @precondition(lambda self: self.deleted)
    @rule(elsewhere=st.booleans())
    def restore(self, elsewhere: bool) -> None:
        article = self.deleted.pop()
        if elsewhere or any(one.name == article.name for one in self.articles):
            article.name = self.name()
        self.articles.append(article)
        self.save(article)

    @rule(data=st.data(), status=st.sampled_from(["draft", "withdrawn", ""]))
    def set_status(self, data: st.DataObject, status: str) -> None:
        article = self.pick(data, alive=False)
        article.status = status
        self.save(article)

    @rule(data=st.data())
    def break_or_repair(self, data: st.DataObject) -> None:
        article = self.pick(data, alive=False)
        others = [one for one in self.articles if one is not article and not one.copy and not one.broken]
        article.broken = bool(others) and not article.broken
        self.save(article)

    @rule(data=st.data())
    def redate(self, data: st.DataObject) -> None:
        """Somebody moves `published`, or puts it back."""
        article = self.pick(data)
        article.redated = "" if article.redated else format_rfc3339(self.now - timedelta(days=2))
        self.save(article)

    @precondition(lambda self: self.hints)
    @rule()
    def follow_the_hint(self) -> None:
        file, hint = min(self.hints.items())
        for article in self.articles:
            if f"content/{article.name}.yaml" == file:
                article.id = hint
                self.save(article)

    @precondition(lambda self: not self.held and not any(one.status or one.broken or one.copy for one in self.articles))
    @rule()
    def lose_the_store(self) -> None:
        shutil.rmtree(self.root / ".sosik")
        self.deleted.clear()
        self.previous = "public"

    @rule(host=st.sampled_from(HOSTS))
    def host(self, host: str) -> None:
        text = PUBLICATION.replace("https://www.test.example/", host).replace("https://feeds.test.example/", host)
        self.write("feeds/publication.yaml", text)

    @rule(title=st.sampled_from(["전체", "모든 기사"]), entries=st.sampled_from([2, 4, 30]))
    def configure(self, title: str, entries: int) -> None:
        self.write("feeds/all.yaml", FEED.format(title=title, entries=entries))

    @rule(minutes=st.sampled_from([1, 15, 600, 4000, 12_000]))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)


def tags_of(entry: reader.Entry) -> list[str]:
    """Return what tells the test which article an entry of the real reader is: the number in its text."""
    content = entry.get_content()
    text = content.value if content else ""
    return [text.partition("기사 ")[2].partition("의")[0]] if "기사 " in text else [entry.id]


TestHistories = Newsroom.TestCase
TestHistories.settings = settings(
    max_examples=HISTORIES,
    stateful_step_count=STEPS,
    deadline=None,
    derandomize="SOSIK_HISTORIES" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
