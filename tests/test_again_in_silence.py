"""Bursts, long articles, lost keys, wrong clocks and zones: who looks at changes makes and says what all would."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from histories.moves import moved
from test_again import DEEDS, STEPS, Twins, new_twins

ROOT = """\
title: 전체
archive: month
aliases: [/feed/, /people/드문이]
window: {{entries: 3, hours: {hours}, at_most: 4}}
"""


def promise(twins: Twins) -> None:
    """Promise more hours, or fewer, than there is room for."""
    moved("again: promise")
    twins.write("feeds/all.yaml", ROOT.format(hours=twins.random.choice([1, 6, 48])))


def burst(twins: Twins) -> None:
    moved("again: burst")
    for number in range(twins.random.randrange(2, 8)):
        at = twins.now - timedelta(minutes=3 * number)
        tags = f"['{twins.random.choice(['버스', '시장'])}']"
        twins.article(twins.number, published=f"{at:%Y-%m-%d %H:%M}", section="지역", tags=tags, author="강하나")
        twins.number += 1


def late(twins: Twins) -> None:
    moved("again: old date")
    at = twins.now - timedelta(days=twins.random.choice([20, 200, 900]))
    twins.article(twins.number, published=f"{at:%Y-%m-%d %H:%M}", section=twins.random.choice(["지역", "없는 부"]))
    twins.number += 1


def of_a_day(twins: Twins) -> None:
    moved("again: day without time")
    twins.article(twins.number, published=f"{twins.now:%Y-%m-%d}")
    twins.number += 1


def write_at_length(twins: Twins) -> None:
    moved("again: long article")
    for _ in range(3):
        twins.article(twins.some(), body="가나다라 " * 16_000)


def lose(twins: Twins) -> None:
    moved("again: lost member")
    number = twins.some()
    name = f"content/{number}.yaml"
    lines = dict(line.split(": ", 1) for line in twins.entries.get(name, "").splitlines())
    for key in ("author", "summary", "images", "link"):
        lines.pop(key, None)
    if lines:
        twins.entries[name] = "".join(f"{key}: {value}\n" for key, value in lines.items())
        twins.write(name, twins.entries[name])


def give(twins: Twins) -> None:
    number = twins.some()
    twins.article(number, summary=f"손으로 쓴 요약 {number}.", link=f"https://www.test.example/news/{number}")


def run_ahead(twins: Twins) -> None:
    """The clock is hours ahead for one build."""
    moved("again: clock ahead")
    right = twins.now
    twins.now += timedelta(hours=twins.random.choice([2, 23]))
    twins.article(twins.some(), updated=f"{twins.now:%Y-%m-%d %H:%M}")
    twins.build()
    twins.agree()
    twins.now = right


def slip(twins: Twins) -> None:
    """The zone is another for one build."""
    moved("again: zone slip")
    name = "feeds/publication.yaml"
    text = (twins.staying.root / name).read_text("utf-8")
    twins.write(name, f"{text}timezone: America/New_York\n")
    twins.now += timedelta(minutes=7)
    twins.build()
    twins.agree()
    twins.write(name, text)


SILENT: tuple[Callable[[Twins], None], ...] = (
    *(promise, burst, burst, late, late, of_a_day, write_at_length, write_at_length, lose, lose, give, run_ahead, slip),
)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_easily_overlooked_is_the_same_by_either_way(tmp_path: Path, seed: int) -> None:
    twins = new_twins(tmp_path, seed)
    for _ in range(STEPS):
        twins.random.choice((*SILENT, *SILENT, *DEEDS))(twins)
        twins.now += timedelta(minutes=7)
        twins.build()
        twins.agree()
