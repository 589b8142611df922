"""Articles as a newsroom's files hold them, each with a mark that tells the tests, and nobody else, which one it is."""

import re
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sosik.normalize.ids import derived_id

AUTHORITY = "test.example,2010"

_BROKEN = {
    "quote": 'summary: "열린\n',
    "twice": "title: 두 번째 제목\n",
    "date": "updated: 언젠가\n",
    "conflict": "<<<<<<< HEAD\ntitle: 이 가지\n=======\n",
    "merge": "<<<<<<< HEAD\ntitle: 이 가지\n=======\ntitle: 저 가지\n>>>>>>> desk\n",
}
BREAKS = [*_BROKEN, "cut"]
"""How a file can be broken: what is added to it, or that it ends in the middle of a quoted value."""


class Marks(NamedTuple):
    """What an article can be recognised by, whatever its file and its id."""

    title: str
    published: str
    body: str
    link: str


@dataclass
class Story:
    """An article as its file, `name` below content/, holds it; its author `mark` is its true identity.

    A `copy` is a file that nobody works on yet, `naive` a date without offset, `tentative` one to be confirmed.
    """

    mark: str
    name: str
    title: str
    published: str
    body: str
    id: str = ""
    link: str = ""
    section: str = "지역"
    tags: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    summary: str = ""
    updated: str = ""
    image: str = ""
    edits: list[str] = field(default_factory=list)
    status: str = ""
    withdrawn: str = ""
    tentative: bool = False
    redated: str = ""
    broken: str = ""
    copy: bool = False

    @property
    def date(self) -> str:
        """What the file says of publication."""
        return self.redated or self.published

    @property
    def claim(self) -> str:
        """The id that the file claims."""
        return self.id or derived_id(self.name, AUTHORITY)

    @property
    def marks(self) -> Marks:
        """What the article as it stands in the file could be recognised by."""
        return Marks(self.title, self.date, self.body, self.link)

    def at(self, timezone: str) -> datetime:
        """Return the instant of publication, a naive date being of *timezone*."""
        found = datetime.fromisoformat(self.date)
        return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(timezone))

    def twin(self, name: str) -> "Story":
        """Return a copy of the file under another name."""
        twin = deepcopy(self)
        twin.name, twin.copy = name, True
        return twin

    def text(self) -> str:
        """Return the file's text."""
        values = {
            "id": self.id,
            "title": self.title,
            "published": self.date,
            "updated": self.updated,
            "authors": f"[{', '.join([self.mark, *self.authors])}]",
            "section": self.section,
            "tags": f"[{', '.join(self.tags)}]" if self.tags else "",
            "link": self.link,
            "summary": self.summary,
            "images": f"[{{url: {self.image}, caption: 사진}}]" if self.image else "",
            "status": self.status,
            "withdrawn": self.withdrawn,
            "unconfirmed": "[published]" if self.tentative else "",
            "edits": "".join(f"\n  - {edit}" for edit in self.edits),
        }
        head = "".join(f"{key}: {value}\n" for key, value in values.items() if value)
        if self.broken == "cut":
            return f'{head}summary: "여기서 끊'
        head += _BROKEN.get(self.broken, "")
        return f"---\n{head}---\n{self.body}\n" if self.name.endswith(".md") else f"{head}body: {self.body}\n"


def mark_of(names: str) -> str:
    """Return the mark among the names of authors."""
    found = re.search(r"기자\d+호", names)
    assert found, names
    return found[0]


def common(first: Marks, second: Marks) -> Marks:
    """Return what both memories of an article say of it, in either of which it may be looked up."""
    return Marks(*(one if one == other else "" for one, other in zip(first, second, strict=True)))


def are_alike(story: Story, known: Marks, *, gone: bool) -> bool:
    """Tell whether an article that lost its id can still be recognised, `gone` where it was taken back meanwhile."""
    now = story.marks
    same = [bool(value) and value == mark for value, mark in zip(now[:3], known[:3], strict=True)]
    if same.count(True) >= 2 or (now.link and now.link == known.link):
        return True
    return same[2] and not gone
