"""Two publications that are edited alike. Every build of one is disturbed, none of the other; no reader can tell."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image

from faults.forks import Ended, Forks
from newsrooms import PUBLICATION
from sosik.store import open_store

FEEDS = {
    "all": "title: 전체\narchive: month\nwindow: {entries: 6}\n",
    "sections": "each: section\ntitle: '{value}'\npath: 'section/{slug}'\n",
    "brief": "title: 간추림\ncontent: summary\n",
}
SECTIONS = ["지역", "정치", "문화"]
SENTENCES = [
    "해누리시가 바닷길 산책로를 다시 열었다.",
    "공사는 두 달 동안 이어졌다.",
    "시민들은 **밤에도** 걸을 수 있다고 반겼다.",
    "자세한 일정은 https://www.test.example/일정 에 있다.",
    "시의회는 예산 3억 원을 더 쓰기로 했다.",
    "다음 달에는 북쪽 구간이 열린다.",
]
ENTRY = """\
---
id: tag:test.example,2010:fault{number:07}
title: "{title}"
section: {section}
published: {published}
{more}---
{body}
"""


@dataclass
class Article:
    """What an article's file says."""

    number: int
    title: str
    section: str
    published: str
    body: str
    more: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        more = "".join(f"{key}: {value}\n" for key, value in self.more.items())
        return ENTRY.format_map({**vars(self), "more": more})


class Twins:
    """Two folders with the same publication, and a clock of their own."""

    def __init__(self, disturbed: Path, calm: Path, random: Random, *, seen: Path | None = None) -> None:
        """`seen` is where this process finds the disturbed one, where that is another place."""
        self.disturbed, self.calm, self.random = disturbed, calm, random
        self.seen = seen or disturbed
        self.now = datetime(2024, 2, 1, 9, tzinfo=UTC)
        self.articles: list[Article] = []
        self._written = 0
        self._put("feeds/publication.yaml", PUBLICATION.encode())
        for name, text in FEEDS.items():
            self._put(f"feeds/{name}.yaml", text.encode())
        for _ in range(9):
            self._write()

    def command(self, root: Path) -> list[str | Path]:
        """Return what builds one of them now."""
        return ["-C", root, "build", "--gzip", "--now", self.now.isoformat()]

    def build_calmly(self, forks: Forks) -> Ended:
        """Build the one that nobody disturbs."""
        return forks.run(*self.command(self.calm))

    def go_on(self) -> None:
        """Let time pass, and edit both: two to five changes of any kind."""
        self.now += timedelta(minutes=self.random.choice([1, 30, 700]))
        for _ in range(self.random.randint(2, 5)):
            self.random.choice(CHANGES)(self)

    # --- what newsrooms do

    def _write(self) -> None:
        number = self._written
        self._written += 1
        published = self.now - timedelta(hours=7 * self.random.randrange(300) if number < 9 else 0)
        article = Article(number, f"{number}번째 소식", SECTIONS[number % 3], published.isoformat(), self._text())
        if self.random.random() < 0.4:
            article.more["image"] = f"{number}.png"
            self._picture(number)
        self.articles.append(article)
        self._save(article)

    def _edit(self) -> None:
        article = self.random.choice(self.articles)
        article.body = self._text()
        self._save(article)

    def _update(self) -> None:
        article = self.random.choice(self.articles)
        article.title, article.more["updated"] = f"{article.title} 고침"[:40], self.now.isoformat()
        self._save(article)

    def _correct(self) -> None:
        article = self.random.choice(self.articles)
        article.more["edits"] = f"[{{at: '{self.now.isoformat()}', kind: correction, note: 날짜를 바로잡았다.}}]"
        self._save(article)

    def _withdraw_or_return(self) -> None:
        article = self.random.choice(self.articles)
        if article.more.pop("status", ""):
            self._save(article)
        elif sum("status" in one.more for one in self.articles) < 2:
            article.more["status"] = "withdrawn"
            self._save(article)

    def _delete(self) -> None:
        if len(self.articles) > 6:
            article = self.articles.pop(self.random.randrange(len(self.articles)))
            for root in (self.seen, self.calm):
                (root / "content" / f"{article.number}.md").unlink()

    def _draw_again(self) -> None:
        article = self.random.choice(self.articles)
        if "image" in article.more:
            self._picture(article.number)

    def _define(self) -> None:
        name = f"feeds/{self.random.choice(['brief', 'town'])}.yaml"
        text = f"title: 동네 {self.random.randrange(3)}\nselect: {{section: [지역]}}\ncontent: summary\n"
        self._put(name, text.encode())

    def _text(self) -> str:
        """Return a text of a few thousand letters that has not been there before."""
        sentences = [self.random.choice(SENTENCES) for _ in range(self.random.randint(3, 60))]
        return f"{self.random.getrandbits(64):x} 호. " + "\n\n".join(sentences)

    def _picture(self, number: int) -> None:
        drawn = BytesIO()
        colour = tuple(self.random.randbytes(3))
        Image.frombytes("RGB", (40, 30), bytes(colour) + self.random.randbytes(3597)).save(drawn, "PNG")
        self._put(f"content/{number}.png", drawn.getvalue())

    def _save(self, article: Article) -> None:
        self._put(f"content/{article.number}.md", article.text.encode())

    def _put(self, name: str, data: bytes) -> None:
        for root in (self.seen, self.calm):
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    # --- what must hold

    def assert_whole(self, before: dict[str, bytes]) -> None:
        """Nothing is torn: published files are of the edition before or of the one to come, and the store is sound."""
        after = files(self.calm / "public")
        for name, data in files(self.seen / "public").items():
            if not name.startswith(".sosik-new/"):
                assert data in (before.get(name), after.get(name)), f"{name} is torn"
        assert is_sound(self.seen, self.calm.with_name("scratch"))

    def assert_alike(self) -> None:
        """Published files with their times, documents, memory of articles and announcements: all is the same."""
        assert states(self.seen / "public") == states(self.calm / "public")
        scratch = self.calm.with_name("scratch")
        assert remembered(self.seen, scratch) == remembered(self.calm, scratch)


CHANGES: list[Callable[[Twins], None]] = [
    Twins._write,
    Twins._edit,
    Twins._edit,
    Twins._update,
    Twins._correct,
    Twins._withdraw_or_return,
    Twins._delete,
    Twins._draw_again,
    Twins._define,
]


def files(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files below a folder."""
    return {
        os.path.relpath(Path(place) / name, folder): (Path(place) / name).read_bytes()
        for place, _, names in os.walk(folder)
        for name in names
        if not name.startswith(".")
    }


def states(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return the bytes and the modification times of all files below a folder."""
    return {name: (data, (folder / name).stat().st_mtime_ns) for name, data in files(folder).items()}


def remembered(root: Path, scratch: Path) -> list[object]:
    """Return what a store knows and readers depend on; the store must be sound.

    A copy is looked at: opening the store would mend it, and SQLite does not go where `Twins.seen` leads.
    """
    assert is_sound(root, scratch)
    with open_store(scratch, is_dry=True) as store:
        waiting = [repr(row) for row in store.announcements.waiting()]
        entries = store.entries(store.ids())
        return [store.documents(), store.gone(), list(store.ledger.each()), waiting, store.edition(), entries]


def is_sound(root: Path, scratch: Path) -> bool:
    """Tell whether a store is sound as it lies there, by a copy of it."""
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    for path in (root / ".sosik").glob("site.db*"):
        if not path.name.endswith("-shm"):
            shutil.copy(path, scratch / path.name)
    with closing(sqlite3.connect(scratch / "site.db")) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)])
