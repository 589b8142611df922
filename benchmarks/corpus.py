"""One newsroom's articles, made up and the same each time, as sosik, Hugo and Pelican read them.

    python -m benchmarks.corpus FOLDER [--entries 10000] [--shape links|pages] [--programs sosik hugo pelican]

An article has some 3 kB of Korean-looking text: paragraphs, two headings, quotations, emphasis, links, a picture by its
address. There are 12 sections, 80 authors, and 500 tags of which the first are far more used than the last, over 132
months; so 10,000 articles fill 593 feeds: one of all, and one for each section, tag and author.

Of shape `links` every article names its page elsewhere, and there are RSS and Atom. Of shape `pages` none does, so the
program makes the pages; there are three formats, and a monthly archive of the feed of all. FOLDER then holds one folder
a program, with its configuration in it.
"""

import argparse
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import accumulate
from pathlib import Path
from random import Random

from benchmarks.configurations import CONFIGURATIONS, Shape

KST = timezone(timedelta(hours=9))
NEWEST = datetime(2026, 11, 1, 9, tzinfo=KST)
"""When article 0 was published. Every other is older than the one before it."""
SPAN = timedelta(days=11 * 365 + 2)
SITE = "https://www.bench.example"
SECTIONS = ("정치", "경제", "사회", "지역", "문화", "스포츠", "국제", "과학", "교육", "환경", "생활", "사설")
AUTHORS = 80
TAGS = 500
NOUNS = 4_000

SYLLABLES = (
    "가각간감강개거건결경계고공과관광교구국군권규근금기길김나남내농다단담당대도독동두등라람래력로록료류리림마만매면명"
    "모목무문물미민박반발방배백범법변별병보복본부북분비사산상생서석선설성세소속손송수숙순술숭시식신실심아안애야양어언"
    "업역연열영예오온외요용우운원위유육윤은음응의이인일임입자작장재전절점정제조종좌주준중증지직진질집차착창책처천철청"
    "체초촌추출충취치친타탄태택토통투특파판평포표품풍필하학한함항해행향허혁현협형호화확환활황회효후훈휴흥희"
)
"""Those that Korean nouns are mostly made of."""
PARTICLES = (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"), ("의", "의"), ("에서", "에서"))
"""After a consonant, and after a vowel."""
ENDINGS = ("밝혔다", "설명했다", "내다봤다", "이어졌다", "시작했다", "마쳤다", "늘었다", "줄었다", "전했다", "바뀐다")
SURNAMES = "김이박최정강조윤장임한오서신권황안송류홍"


def _nouns(random: Random, number: int, most: int) -> list[str]:
    """Return so many different words of two syllables and more."""
    words: dict[str, None] = {}
    while len(words) < number:
        words["".join(random.choices(SYLLABLES, k=random.randint(2, most)))] = None
    return list(words)


def _with_particles(nouns: Iterable[str]) -> list[str]:
    """Return each noun alone and with each particle, as its last sound asks for."""
    forms = []
    for noun in nouns:
        is_open = (ord(noun[-1]) - ord("가")) % 28 == 0
        forms += [noun, *(noun + pair[is_open] for pair in PARTICLES)]
    return forms


def _weights(number: int, power: float) -> list[float]:
    """Return cumulated weights: the tenth is so much rarer than the first, as words and tags are."""
    return list(accumulate((rank + 1) ** -power for rank in range(number)))


_RANDOM = Random(17)  # noqa: S311  # the same words every time
WORDS = _with_particles(_nouns(_RANDOM, NOUNS, 4))
_RANDOM.shuffle(WORDS)
WORD_WEIGHTS = _weights(len(WORDS), 0.5)
TAG_NAMES = _nouns(_RANDOM, TAGS, 4)
TAG_WEIGHTS = _weights(TAGS, 0.9)
AUTHOR_NAMES = [SURNAMES[number % len(SURNAMES)] + given for number, given in enumerate(_nouns(_RANDOM, AUTHORS, 2))]


@dataclass(frozen=True)
class Article:
    """An article in no program's words. The body is Markdown that all of them take for the same."""

    number: int
    title: str
    section: str
    tags: tuple[str, ...]
    author: str
    published: datetime
    updated: datetime | None
    summary: str
    body: str

    @property
    def id(self) -> str:
        """What identifies it in every feed."""
        return f"tag:bench.example,2010:{self.number:012}"

    @property
    def link(self) -> str:
        """Its page elsewhere."""
        return f"{SITE}/news/{self.number}/"


class _Prose:
    """The sentences of one article."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def words(self, least: int, most: int) -> str:
        return " ".join(self._random.choices(WORDS, cum_weights=WORD_WEIGHTS, k=self._random.randint(least, most)))

    def sentence(self) -> str:
        return f"{self.words(6, 12)} {self._random.choice(ENDINGS)}."

    def paragraph(self, sentences: int) -> str:
        return " ".join(self.sentence() for _ in range(sentences))


def article(number: int, entries: int, edit: int = 0) -> Article:
    """Return the article of that number, of so many. Its `edit` has another headline and another first sentence."""
    random = Random(number)  # noqa: S311  # the same article every time
    prose = _Prose(random)
    published = NEWEST - number * timedelta(seconds=SPAN.total_seconds() // entries)
    tags = dict.fromkeys(random.choices(TAG_NAMES, cum_weights=TAG_WEIGHTS, k=3))
    marks = random.choice(("", "", "", "[단독] ", "[종합] "))
    title = f"{marks}{prose.words(3, 5)}…“{prose.words(2, 4)}” {number}호"
    summary = prose.sentence() if number % 2 else ""
    body = _body(random, prose, number)
    section, author = random.choice(SECTIONS), random.choice(AUTHOR_NAMES)
    updated = published + timedelta(minutes=random.randint(1, 50)) if random.random() < 0.2 else None
    # Drawn last: whatever else stands in it, an edit does not change.
    if edit:
        title, body = f"{title} {edit}보", f"{edit}보에서 더한 문장이 {prose.sentence()} {body}"
    return Article(
        number=number,
        title=title,
        section=section,
        tags=tuple(tags),
        author=author,
        published=published,
        updated=updated,
        summary=summary,
        body=body,
    )


def _body(random: Random, prose: _Prose, number: int) -> str:
    """Return a body of some 3 kB."""
    percent, count = random.randint(2, 98), random.randint(1_000, 90_000)
    parts = [
        prose.paragraph(3),
        f"![{prose.words(3, 5)}](https://cdn.bench.example/photo/{number}.jpg)",
        f"{prose.sentence()} **{prose.words(2, 3)}** {prose.sentence()} 지난해보다 {percent}% 많은 {count:,}명이다.",
        f"## {prose.words(3, 5)}",
        f"“{prose.sentence()}”라고 {prose.words(1, 2)} 말했다. {prose.paragraph(2)}",
        f"> {prose.paragraph(2)}",
        f"{prose.sentence()} [{prose.words(2, 3)}](https://data.bench.example/{count}?a=1&b=2) {prose.paragraph(2)}",
        f"## {prose.words(3, 5)}",
        f"{prose.sentence()} *{prose.words(1, 2)}* {prose.sentence()} {percent} < {count} & R&D {prose.sentence()}",
        "\n".join(f"- {prose.words(4, 7)}" for _ in range(3)),
        prose.paragraph(2),
    ]
    return "\n\n".join(parts)


# --- files of each program


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def sosik_file(one: Article, shape: Shape) -> str:
    """Return it as an entry file."""
    lines = [
        f"id: {one.id}",
        f"title: {_quoted(one.title)}",
        f"section: {one.section}",
        f"tags: [{', '.join(one.tags)}]",
        f"authors: [{one.author}]",
        f"published: {one.published.isoformat()}",
    ]
    lines += [f"updated: {one.updated.isoformat()}"] if one.updated else []
    lines += [f"summary: {_quoted(one.summary)}"] if one.summary else []
    lines += [f"link: {one.link}"] if shape == "links" else []
    return "\n".join(["---", *lines, "---", one.body, ""])


def hugo_file(one: Article, shape: Shape) -> str:
    """Return it as a page."""
    lines = [
        f"id: {one.id}",
        f"title: {_quoted(one.title)}",
        f"desks: [{one.section}]",
        f"tags: [{', '.join(one.tags)}]",
        f"authors: [{one.author}]",
        f"date: {one.published.isoformat()}",
        f"lastmod: {(one.updated or one.published).isoformat()}",
    ]
    lines += [f"summary: {_quoted(one.summary)}"] if one.summary else []
    lines += [f"link: {one.link}"] if shape == "links" else []
    return "\n".join(["---", *lines, "---", one.body, ""])


def pelican_file(one: Article, _shape: Shape) -> str:
    """Return it as an article in Markdown with Pelican's lines of metadata."""
    lines = [
        f"Title: {one.title}",
        f"Slug: {one.number}",
        f"Category: {one.section}",
        f"Tags: {', '.join(one.tags)}",
        f"Authors: {one.author}",
        f"Date: {one.published.isoformat()}",
    ]
    lines += [f"Modified: {one.updated.isoformat()}"] if one.updated else []
    lines += [f"Summary: {one.summary}"] if one.summary else []
    return "\n".join([*lines, "", one.body, ""])


FILES: dict[str, Callable[[Article, Shape], str]] = {
    "sosik": sosik_file,
    "hugo": hugo_file,
    "pelican": pelican_file,
}


class Corpus:
    """The articles in a folder, for each of these programs."""

    def __init__(self, root: Path, entries: int, shape: Shape = "links", programs: Iterable[str] = FILES) -> None:
        self.root, self.entries, self.shape, self.programs = root, entries, shape, tuple(programs)

    def folder(self, program: str) -> Path:
        """Return where that program works."""
        return self.root / program

    def file(self, program: str, number: int) -> Path:
        """Return the file of an article: a folder a month, as newsrooms have them."""
        published = NEWEST - number * timedelta(seconds=SPAN.total_seconds() // self.entries)
        return self.folder(program) / f"content/{published:%Y/%m}/{number}.md"

    def create(self) -> None:
        """Write the configurations and every article."""
        for program in self.programs:
            for name, text in CONFIGURATIONS[program](self.shape).items():
                path = self.folder(program) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
        folders: set[Path] = set()
        for number in range(self.entries):
            one = article(number, self.entries)
            for program in self.programs:
                path = self.file(program, number)
                if path.parent not in folders:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    folders.add(path.parent)
                path.write_text(FILES[program](one, self.shape), "utf-8")

    def edit(self, number: int, edit: int, programs: Iterable[str] = ()) -> None:
        """Save an edit as editors do: a file beside, renamed into place. `edit` 0 takes edits back."""
        one = article(number, self.entries, edit)
        for program in programs or self.programs:
            path = self.file(program, number)
            beside = path.with_name(f".{path.name}.new")
            beside.write_text(FILES[program](one, self.shape), "utf-8")
            beside.replace(path)


def main() -> None:
    """Write a corpus."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--shape", choices=("links", "pages"), default="links")
    parser.add_argument("--programs", nargs="+", choices=tuple(FILES), default=tuple(FILES))
    options = parser.parse_args()
    Corpus(options.folder, options.entries, options.shape, options.programs).create()


if __name__ == "__main__":
    main()
