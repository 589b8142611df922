"""Bodies of `prose` through the front door: how many are told of as not seen as they were written.

``python tests/prose_count.py 100000`` writes as many ordinary bodies, normalizes them, and prints for each kind how
many were told of as `text-changed`, the first three with what was told.
"""

import sys
from collections import Counter
from pathlib import Path

from prose import Random, ordinary
from sosik.errors import Location
from sosik.model import BodyFormat, Normalized, Person, Publication, RawEntry, RawText
from sosik.normalize.entry import normalize
from sosik.read import Pictures

PUBLICATION = Publication(
    title="해누리일보",
    url="https://news.haenuri.example/",
    feeds_url="https://feeds.haenuri.example/",
    authority="news.haenuri.example,2010",
    publisher=Person(name="해누리일보"),
)


def normalized(body: str, body_format: BodyFormat = BodyFormat.AUTO) -> Normalized:
    """Return what a body comes to in an entry with which nothing else is wrong."""
    place = Location(file="a.yaml", line=1, column=1)
    values = {
        "id": "tag:news.haenuri.example,2010:k7m2q9x4t1zb",
        "title": "제목",
        "published": "2024-01-16 15:20",
        "link": "https://news.haenuri.example/a/1",
        "body": body,
        "format": body_format.value,
    }
    fields = {key: RawText(text=text, location=place) for key, text in values.items()}
    raw = RawEntry(source="a.yaml", fields=fields, body_format=body_format, location=place)
    return normalize(raw, PUBLICATION, Pictures(Path("content")))


def changed(body: str, body_format: BodyFormat = BodyFormat.AUTO) -> list[str]:
    """Return what is told of a body as not seen as it was written."""
    return [
        str(problem.message) for problem in normalized(body, body_format).problems if problem.code == "text-changed"
    ]


def main(count: int) -> None:
    r = Random(11)
    tried: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for _ in range(count):
        kind, body = ordinary(r)
        tried[kind] += 1
        if messages := changed(body):
            told[kind] += 1
            if told[kind] <= 3:
                sys.stdout.write(f"{kind}: {messages}\n    {body!r}\n")
    for kind, n in sorted(tried.items()):
        sys.stdout.write(f"{kind:<28}{n:>8}{told[kind]:>8}{100 * told[kind] / n:>8.2f} %\n")
    sys.stdout.write(f"{'all':<28}{count:>8}{told.total():>8}{100 * told.total() / count:>8.2f} %\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
