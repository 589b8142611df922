"""docs/dates.md tells the truth: its table is fresh and its examples mean what it says."""

import re

import pytest

from dates.forms_page import PAGE, fresh
from sosik.dates import DateParseError, parse_stamps

TEXT = PAGE.read_text("utf-8")
# | `text` | role value | or | `text` | refused |, read on 18 January 2024 at 10:00 in Seoul
EXAMPLES = re.findall(r"^\| `([^`]+)` \| (?:`([^`]+)`|refused)[^|]*\|$", TEXT.partition("## Forms")[0], re.MULTILINE)


def test_the_table_of_forms_is_fresh() -> None:
    assert fresh(TEXT) == TEXT


@pytest.mark.parametrize(("text", "meaning"), EXAMPLES)
def test_the_examples_are_true(text: str, meaning: str) -> None:
    from dates.test_rules import REFERENCE

    try:
        stamps = parse_stamps(text, reference=REFERENCE)
    except DateParseError:
        stamps = ()

    assert ", ".join(f"{stamp.role} {stamp.value}".removeprefix("none ") for stamp in stamps) == meaning


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) > 40
