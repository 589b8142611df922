"""A small publication in which many moves are made at a time, each a generator that yields while the site is built.

What must be so is said by the moves themselves, of each article: whether readers have it, and in which words. It is
held against the store after every build. Nothing is waited for by the clock, so that a thousand of each kind take
minutes.
"""

import concurrent.futures.thread  # noqa: F401  # nobody may read the library when the program asks for it
import contextlib
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from histories.desk import MEMORY, WAITS
from newsrooms import PUBLICATION, at
from sosik.dates import format_rfc3339
from sosik.edition.build import Report
from sosik.edition.kept import is_retired
from sosik.ledger.verdicts import Allowances
from sosik.model.values import EntryId
from sosik.normalize.ids import page_path
from sosik.site import Site
from sosik.store import DocumentHead, open_snapshot

FEEDS = {
    "all": "title: 전체\nwindow: {entries: 300, hours: 0}\nformats: [atom, json]\n",
    "brief": "title: 간추림\ncontent: summary\nwindow: {entries: 4, hours: 0, at_most: 4}\nformats: [json]\n",
    "town": "title: 마을\nselect: {section: [지역]}\nformats: [rss, json]\naliases: [/old/town.xml]\n",
    "sections": 'each: section\ntitle: "{value}"\npath: "section/{slug}"\nformats: [json]\n',
}
FEWEST, MOST, AT_ONCE, STEPS, FEW = 18, 34, 20, 40, 6
"""Articles that are free, those there are, those that moves are made with at a time, steps, and few of them."""

MOST_AWAY = 8
"""Files that may be away at a time: ten would be refused."""

PAGES = ("/feeds/deep/", "/feeds/", "/구독/", "/rss/")
"""Where the pages for people are, and may move to."""

NOBODY = 65534

Move = Generator[None, None, None]


@dataclass(eq=False)
class Article:
    """An article as its file has it, and what readers must find: `texts` are those they may have of it."""

    mark: str
    name: str
    id: str
    published: str
    body: str
    keys: dict[str, str] = field(default_factory=dict)
    up: bool = True
    texts: set[str] = field(default_factory=set)
    busy: bool = False
    away: bool = False
    since: datetime | None = None
    was_up: bool = False

    @property
    def page(self) -> str:
        return page_path(EntryId(self.id))

    def text(self, body: str = "") -> str:
        """Return the file's text."""
        given = {"id": self.id, "title": f"제목 {self.mark}", "published": self.published, "authors": f"[{self.mark}]"}
        head = "".join(f"{key}: {value}\n" for key, value in {**given, **self.keys}.items() if value)
        return f"---\n{head}---\n{body or self.body}\n"


class Crowd:
    """The publication, the moves that are under way, and what its subscribers know."""

    def __init__(self, seed: int, articles: int) -> None:
        self.root = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        self.content, self.public = self.root / "content", self.root / "public"
        self.chance = Random(seed)  # noqa: S311  # a history, not a secret
        self.now = at("2024-02-01 09:00")
        self.number = 0
        self.articles: list[Article] = []
        self.settings: dict[str, str] = {}
        self.moves: list[Move] = []
        self.locked = 0
        self.options: dict[str, object] = {}
        self.answered: set[str] = set()
        self.ids: dict[str, str] = {}
        self.in_brief: set[str] = set()
        self.retired: set[str] = set()
        self.pictured: set[Article] = set()
        self.loses: set[Article] = set()
        self.heads: dict[str, DocumentHead] = {}
        self.is_unsettled = False
        self.report = Report()
        for name, text in FEEDS.items():
            self.write(f"feeds/{name}.yaml", text)
        self.adjust()
        for _ in range(articles):
            self.add()
        self.build()

    def close(self) -> None:
        for move in self.moves:
            move.close()
        shutil.rmtree(self.root)

    # --- files

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def adjust(self, **settings: str) -> None:
        """Write feeds/publication.yaml anew."""
        self.settings = {key: value for key, value in (self.settings | settings).items() if value}
        self.write("feeds/publication.yaml", PUBLICATION + "".join(f"{k}: {v}\n" for k, v in self.settings.items()))

    def count(self) -> int:
        self.number += 1
        return self.number

    def add(self, *, minutes: int = 0, **keys: str) -> Article:
        number = self.count()
        article = Article(
            mark=f"기자{number}호",
            name=f"{('', '정치/', '사회/2024/')[number % 3]}기사{number}.md",
            id=f"tag:test.example,2010:{number:012}",
            published=format_rfc3339(self.now + timedelta(minutes=minutes)),
            body=f"기사 {number}의 본문이다. 다리가 {number}개 놓인다.",
            keys={"section": self.chance.choice(["지역", "정치"])} | keys,
        )
        self.articles.append(article)
        self.save(article)
        return article

    def path(self, article: Article) -> Path:
        return self.content / article.name

    def save(self, article: Article, body: str = "") -> None:
        """Write an article's file; but for half a *body*, readers have it from now on."""
        if not body:
            article.texts = {article.body}
        article.away = False
        self.write(f"content/{article.name}", article.text(body))

    def remove(self, article: Article) -> None:
        """Take a file away: its article stays until it was missed for long enough."""
        self.path(article).unlink()
        article.away = True

    # --- what is under way

    def take(self, count: int = 1) -> list[Article]:
        """Return articles that nothing else is done with."""
        free = [one for one in self.articles if one.was_up and one.up and not one.busy]
        found = self.chance.sample(free, count)
        for one in found:
            one.busy = True
        return found

    @property
    def free(self) -> int:
        return sum(one.was_up and one.up and not one.busy for one in self.articles)

    def start(self, move: Move) -> None:
        self.moves.append(move)
        self.advance(move)

    def advance(self, move: Move) -> None:
        if next(move, self) is self:
            self.moves.remove(move)

    def step(self, seconds: int = 0) -> None:
        """Build, and let every move go on."""
        self.now += timedelta(seconds=seconds or self.chance.choice([1, 27, 27, 27]))
        self.build()
        for move in tuple(self.moves):
            self.advance(move)

    def rest(self) -> None:
        """Let every move come to its end."""
        while self.moves:
            self.step()

    # --- building

    def build(self, **given: object) -> Report:
        """Publish, and compare what readers find with what they must."""
        self.now += timedelta(seconds=1)
        site, options = Site(self.root), {**self.options, **given}
        before = {one.id for one in self.articles if one.was_up}
        with self.as_nobody() if self.locked else contextlib.nullcontext():
            self.report = site.build(now=self.now, **options)  # type: ignore[arg-type]
        assert not {problem.code for problem in self.report.problems} & {"render-failed", "document-invalid"}
        self.count_the_missing(at_once=options.get("allowed") == Allowances(withdraw_now=True))
        self.judge(before)
        return self.report

    def publish(self) -> None:
        """Bring the edition to the folder from which it is remembered."""
        site = Site(self.root)
        site.publish(self.public)
        site.leave_memory(self.public)

    @contextlib.contextmanager
    def as_nobody(self) -> Iterator[None]:
        """Build as a user for whom permissions hold."""
        if os.geteuid():
            yield
            return
        self.give_to(NOBODY)
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)
            self.give_to(0)

    def give_to(self, owner: int) -> None:
        for folder, _, names in os.walk(self.root):
            for name in (folder, *(os.path.join(folder, one) for one in names)):  # noqa: PTH118
                os.chown(name, owner, owner, follow_symlinks=False)

    def count_the_missing(self, *, at_once: bool) -> None:
        for one in self.articles:
            one.since = (one.since or self.now) if one.away else None
            if one.since and (at_once or self.now - one.since >= timedelta(seconds=WAITS)):
                one.up = False

    # --- what must be so

    def judge(self, before: Collection[str]) -> None:
        with closing(open_snapshot(self.root / ".sosik")) as snapshot:
            self.heads = heads = {str(head.path): head for head in snapshot.heads()}
            items = {
                path: json.loads(snapshot.body(path) or b'{"items": []}')["items"]
                for path in ("/feed.json", "/brief/feed.json")
            }
        answers = {path for path, head in heads.items() if head.status == 200}
        shown = {item["id"]: item for item in items["/feed.json"]}
        assert len(shown) == len(items["/feed.json"]), "an article twice"
        for one in self.articles:
            self.judge_article(one, shown.pop(one.id, None), one.page in answers)
        assert not shown, f"shown, and nobody has it: {sorted(shown)}"
        self.judge_addresses(answers)
        self.judge_news(before, [item["id"] for item in items["/brief/feed.json"]])
        self.judge_words()

    def judge_article(self, one: Article, item: dict[str, object] | None, has_page: bool) -> None:
        assert (item is not None) is one.up, f"{one.mark}: shown {item is not None}, must be {one.up}"
        if item is not None:
            assert self.ids.setdefault(one.mark, one.id) == one.id, f"{one.mark}: posted again"
            assert item["authors"] == [{"name": one.mark}], f"{one.mark}: under the id of {item['authors']}"
            words = str(item["content_html"])
            assert any(f"<p>{text}</p>" in words for text in one.texts), f"{one.mark}: {words}, not {one.texts}"
            assert "link" in one.keys or has_page, f"{one.mark}: no page"
            assert one not in self.pictured or "/media/" in words + str(item.get("image")), f"{one.mark}: no picture"
        one.was_up = one.up

    def judge_addresses(self, answers: Collection[str]) -> None:
        """What answered 200 answers until its article is withdrawn, or somebody retires it."""
        down = {one.page for one in self.articles if not one.up}
        lost = {path for path in self.answered - {*answers} if not is_retired(path, tuple(self.retired))} - down
        # A feed that is retired has no page on which it is offered.
        lost = {path for path in lost if not (self.retired and path.startswith(PAGES) and self.offers_retired(path))}
        lost = {path for path in lost if not path.startswith("/media/")}
        assert not lost, f"these answered, and nobody ended them: {sorted(lost)}"
        self.answered = {*answers}

    def offers_retired(self, path: str) -> bool:
        names = (path.removeprefix(folder) for folder in PAGES)
        return any(is_retired(f"/{name.strip('/')}/feed.json", tuple(self.retired)) for name in names)

    def judge_news(self, before: Collection[str], brief: list[str]) -> None:
        """Nothing old comes into a short window, unless something that stood there has gone."""
        here = {one.id for one in self.articles if one.up}
        new = {id_ for id_ in brief if id_ not in self.in_brief and id_ in before}
        assert not new or self.in_brief - here or self.is_unsettled, f"old, and in the window as if new: {new}"
        self.in_brief = {*self.in_brief, *brief} & here
        if self.is_unsettled:
            self.in_brief = {*brief}

    def judge_words(self) -> None:
        """What an entry loses is told."""
        told = {problem.location.file for problem in self.report.problems if problem.code == "lost-member"}
        silent = {one.mark for one in self.loses if f"content/{one.name}" not in told}
        assert not silent, f"{silent} lost what they had, in silence"
        self.loses.clear()


@dataclass(frozen=True)
class Kind:
    """A kind of move: how it is made, with how many articles, whether nothing else may be under way, or no other that
    `uses` the same.
    """

    make: Callable[..., Move]
    articles: int = 1
    alone: bool = False
    uses: str = ""


class History:
    """A crowd in which the kinds of moves are made about equally often, and counted in `made`."""

    def __init__(self, kinds: dict[str, Kind], made: Counter[str], seed: int, wanted: int) -> None:
        self.kinds, self.made, self.seed, self.wanted = kinds, made, seed, wanted
        self.under_way: list[str] = []
        self.last: list[str] = []
        self.in_use: list[str] = []
        self.begun: Counter[str] = Counter()  # by a history alone, so that its seed tells all of it

    def run(self, steps: int = STEPS) -> None:
        """Make moves many at a time, for so many steps; then those that need the place for themselves.

        Of the latter a round is made where all the others have left their traces, the rest among few articles.
        """
        before = self.made.total()
        with self.founded(MOST):
            for _ in range(steps):
                if not self.fill():
                    break
                self.crowd.step()
            self.crowd.rest()
            self.make_alone(1)
        rounds = (self.made.total() - before) // len(self.kinds)
        if rounds:
            with self.founded(FEW):
                self.make_alone(rounds)

    @contextlib.contextmanager
    def founded(self, articles: int) -> Iterator[None]:
        self.crowd = crowd = Crowd(self.seed, articles)
        try:
            yield
        except AssertionError as error:
            error.add_note(f"seed {self.seed}, under way: {self.under_way}, before that: {self.last}")
            error.add_note(f"{crowd.report.outcomes}\n" + "\n".join(map(str, crowd.report.problems)))
            raise
        finally:
            crowd.close()

    def make_alone(self, rounds: int) -> None:
        names = [name for name, kind in self.kinds.items() if kind.alone and self.made[name] < self.wanted]
        for name in self.crowd.chance.sample(names * rounds, len(names) * rounds):
            if self.crowd.free < FEW:
                self.crowd.add()
                self.crowd.build()
            self.begin(name)
            self.crowd.rest()

    def fill(self) -> bool:
        """Begin as many moves as there is room for, the seldom ones first; tell whether any is left to be made."""
        crowd = self.crowd
        for _ in range(min(FEWEST - crowd.free, MOST - sum(one.up for one in crowd.articles))):
            crowd.add()
        names = [name for name, kind in self.kinds.items() if not kind.alone and self.made[name] < self.wanted]
        for name in sorted(names, key=lambda name: (self.begun[name], crowd.chance.random())):
            kind, busy = self.kinds[name], sum(one.busy for one in crowd.articles)
            if sum(one.away and one.busy for one in crowd.articles) + kind.articles > MOST_AWAY:
                continue
            if kind.uses not in self.in_use and busy + kind.articles <= AT_ONCE and crowd.free > kind.articles:
                self.begin(name)
        return bool(names)

    def begin(self, name: str) -> None:
        self.crowd.start(self.counted(name))

    def counted(self, name: str) -> Move:
        kind = self.kinds[name]
        self.begun[name] += 1
        articles = self.crowd.take(kind.articles)
        self.in_use += [kind.uses] if kind.uses else []
        told = f"{name} of {', '.join(one.mark for one in articles)}"
        self.under_way.append(told)
        yield from kind.make(self.crowd, *articles)
        self.under_way.remove(told)
        self.in_use = [one for one in self.in_use if one != kind.uses]
        self.last = [*self.last[-5:], told]
        for one in articles:
            one.busy = False
        self.made[name] += 1
