"""Bodies up to the bounds that are accepted are read in less than two seconds of processor time, and none raises.

``SOSIK_BODIES=2000 pytest tests/normalize/test_whole_bodies.py`` tries as many; without it a few are tried.
"""

import os
import time

import pytest

import prose_count
from prose import Random
from sosik.model import BodyFormat
from sosik.normalize.limits import too_much
from whole_bodies import whole_body

COUNT = int(os.environ.get("SOSIK_BODIES", "5"))

MOST = 2.0
"""Seconds of processor time that a body may take, the best of three where the machine is busy."""


def seconds(text: str, body_format: BodyFormat) -> float:
    begun = time.process_time()
    made = prose_count.normalized(text, body_format)
    spent = time.process_time() - begun
    assert made.entry or {"body-limit"} <= {problem.code for problem in made.problems}
    return spent


@pytest.mark.parametrize("seed", range(COUNT))
def test_a_body_within_the_bounds_is_read_in_time(seed: int) -> None:
    text, body_format = whole_body(Random(seed))

    assert too_much(text, body_format) is None
    assert any(seconds(text, body_format) < MOST for _ in range(3))


@pytest.mark.parametrize(
    "text",
    [
        "<!--<![CDATA[</figure>[caption]<strike>]" * 1_500,
        '=\\&#x338;<td><img src="http://[" alt="' * 4_900,
        "<div class=caption hidden>" * 999 + "가나<br>" * 3_000 + "<img src=https://haenuri.example/1.jpg>" * 500,
        "\\<b>가</b> " * 2_000,
    ],
)
def test_what_takes_the_square_of_its_length_in_other_parsers_is_read_in_time(text: str) -> None:
    assert too_much(text, BodyFormat.AUTO) is None
    assert any(seconds(text, BodyFormat.AUTO) < MOST for _ in range(3))
