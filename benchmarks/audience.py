"""How fast `sosik audience` reads, in MB of log a second, and the memory it takes.

PYTHONPATH=src python benchmarks/audience.py [LINES]
"""

import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from sosik.audience import Tally, read_blocks

AGENTS = (
    "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers; like FeedFetcher-Google)",
    "Mozilla/5.0 (compatible; Miniflux/2.1.0; +https://miniflux.app)",
    "newsboat/2.36 (Linux x86_64)",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36",
)
PATHS = ("/rss.xml", "/atom.xml", "/feed.json", "/local/rss.xml", "/articles/abcdefghijkl/", "/media/0123abcd/a.jpg")


def lines(number: int) -> Iterator[str]:
    """Yield the log of a month: 1,500 addresses, four polls of five unchanged."""
    random = Random(1)  # noqa: S311  # the same log every time
    addresses = [f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(256)}" for _ in range(1500)]
    for index in range(number):
        minute = index * 40_000 // number
        clock = f"{minute // 60 % 24:02d}:{minute % 60:02d}:{random.randrange(60):02d}"
        stamp = f"{1 + minute // 1440:02d}/Jan/2024:{clock} +0900"
        status, size = (304, 0) if random.random() < 0.8 else (200, random.choice((51_234, 52_345)))
        yield (
            f'{random.choice(addresses)} - - [{stamp}] "GET {random.choice(PATHS)} HTTP/1.1" '
            f'{status} {size} "-" "{random.choice(AGENTS)}"\n'
        )


def count(log: Path) -> Tally:
    tally = Tally(lambda path: path.endswith(("/rss.xml", "/atom.xml", "/feed.json")), ZoneInfo("Asia/Seoul"))
    for block, skipped, _ in read_blocks(str(log)):
        tally.add_lines(block)
        tally.skip(skipped)
    return tally


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "access.log"
        with log.open("w", encoding="ascii") as stream:
            stream.writelines(lines(number))
        begun = time.process_time()
        tally = count(log)
        took = time.process_time() - begun
        assert (tally.lines, tally.malformed) == (number, 0)
        size = log.stat().st_size / 1e6
        tracemalloc.start()
        count(log)
        _, peak = tracemalloc.get_traced_memory()
        print(f"{size:.0f} MB, {number:,} lines: {size / took:.1f} MB/s, {took / number * 1e6:.1f} µs a line")
        print(f"{peak / 1e6:.0f} MB of memory at most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300_000)
