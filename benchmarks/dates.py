"""How well and how fast dates are read, against dateparser, dateutil and feedparser, in one run.

    PYTHONPATH=src python benchmarks/dates.py

Accuracy: the strings of tests/data/dates with one day, minute or second, or none. Each tool gets the text as it is, and
the reference where it takes one. Right: the same instant (of a day, its day), or a refusal where one is due.
Speed: distinct strings of the common forms, medians of five runs, in stamps a second of processor time (a busy machine
tells no other truth).
"""

import json
import random
import statistics
import time
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import dateparser
import dateutil.parser
import feedparser

from sosik.dates import DateParseError, parse_stamps

DATA = Path(__file__).parents[1] / "tests" / "data" / "dates"
SEOUL = ZoneInfo("Asia/Seoul")
Reader = Callable[[str, str, datetime | None], datetime | None]


def with_sosik(text: str, slot: str, reference: datetime | None) -> datetime | None:
    try:
        stamps = parse_stamps(text, slot=slot, reference=reference)
    except DateParseError:
        return None
    return stamps[0].timestamp.instant if len(stamps) == 1 else None


def with_dateparser(text: str, _slot: str, reference: datetime | None) -> datetime | None:
    settings = {
        "TIMEZONE": "Asia/Seoul",
        "RETURN_AS_TIMEZONE_AWARE": True,
        "DATE_ORDER": "YMD",
        "PREFER_DATES_FROM": "past",
    }
    if reference is not None:
        settings["RELATIVE_BASE"] = reference.replace(tzinfo=None)
    found: datetime | None = dateparser.parse(text, languages=["ko", "en"], settings=settings)
    return found


def with_dateutil(text: str, _slot: str, reference: datetime | None) -> datetime | None:
    default = None if reference is None else reference.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    try:
        found = dateutil.parser.parse(text, fuzzy=True, yearfirst=True, default=default)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=SEOUL)


def with_feedparser(text: str, _slot: str, _reference: datetime | None) -> datetime | None:
    found = feedparser.datetimes._parse_date(text)  # noqa: SLF001 - it has no other door to one date
    if found is None:
        return None
    year, month, day, hour, minute, second, *_ = found
    return datetime(max(year, 1), month, day, hour, minute, second, tzinfo=UTC)


READERS: dict[str, Reader] = {
    "sosik": with_sosik,
    "dateparser": with_dateparser,
    "dateutil": with_dateutil,
    "feedparser": with_feedparser,
}


def judged(row: dict[str, object], found: datetime | None) -> str:
    expect = row["expect"]
    if not isinstance(expect, list):
        return "right" if found is None else "wrong"
    if found is None:
        return "refused"
    value = str(expect[0]["value"])
    if expect[0]["precision"] == "day":
        return "right" if found.date().isoformat() == value else "wrong"
    return "right" if found == datetime.fromisoformat(value) else "wrong"


def comparable(row: dict[str, object]) -> bool:
    expect = row["expect"]
    if row["slot"] not in {"stamp", "key", "feed", "meta"}:
        return False
    if not isinstance(expect, list):
        return True
    return len(expect) == 1 and expect[0]["precision"] in {"day", "minute", "second"} and "/" not in expect[0]["value"]


def rows() -> list[dict[str, object]]:
    files = [DATA / f"{name}.jsonl" for name in ("real", "more", "blind", "second", "third", "fourth")]
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return [row for row in map(json.loads, lines) if comparable(row)]


def accuracy(reader: Reader, cases: Sequence[dict[str, object]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in cases:
        reference = datetime.fromisoformat(str(row["reference"])) if row["reference"] else None
        counts[judged(row, reader(str(row["raw"]), str(row["slot"]), reference))] += 1
    return counts


FORMS = {
    "labelled": "입력 {:%Y.%m.%d %H:%M}",
    "ISO with a blank": "{:%Y-%m-%d %H:%M:%S}",
    "RFC 3339": "{:%Y-%m-%dT%H:%M:%S+09:00}",
    "RFC 822": "{:%a, %d %b %Y %H:%M:%S +0900}",
    "Korean units": "{:%Y년 %m월 %d일 %H시 %M분}",
    "portal": "{:%Y.%m.%d. 오후 %I:%M}",
}


def distinct(form: str, count: int) -> list[str]:
    chance = random.Random(7)  # noqa: S311 - the same strings each run, no secret
    start = datetime(2000, 1, 1, tzinfo=SEOUL)
    return list(
        {
            form.format(start + timedelta(minutes=chance.randrange(12_000_000), seconds=index % 60))
            for index in range(count)
        }
    )


def speed(reader: Reader, texts: Sequence[str]) -> float:
    rates = []
    for _ in range(5):
        begun = time.process_time()
        for text in texts:
            reader(text, "stamp", None)
        rates.append(len(texts) / (time.process_time() - begun))
    return statistics.median(rates)


def main() -> None:
    warnings.simplefilter("ignore")  # dateutil warns of every zone name it does not know
    cases = rows()
    print(f"accuracy on {len(cases)} strings\n\n| tool | right | silently wrong | refused |\n|---|---|---|---|")
    for name, reader in READERS.items():
        counts = accuracy(reader, cases)
        print(f"| {name} | {counts['right']} | {counts['wrong']} | {counts['refused']} |")
    print(f"\nspeed, stamps a second\n\n| form | {' | '.join(READERS)} |\n|---|{'---|' * len(READERS)}")
    for name, form in FORMS.items():
        rates = {tool: speed(reader, distinct(form, COUNTS.get(tool, 5_000))) for tool, reader in READERS.items()}
        others = [f"{rate:,.0f} ({rates['sosik'] / rate:.1f}×)" for tool, rate in rates.items() if tool != "sosik"]
        print(f"| {name} | {rates['sosik']:,.0f} | {' | '.join(others)} |")


COUNTS = {"dateparser": 300}  # a few hundred take it seconds


if __name__ == "__main__":
    main()
