"""docs/dates.md and its Korean twin tell the truth: their tables are fresh and their examples mean what is said."""

import re
from pathlib import Path

import pytest

from dates.forms_page import KOREAN_PAGE, PAGE, fresh
from sosik.dates import DateParseError, parse_stamps

# | `text` | role value | or | `text` | refused |, read on 18 January 2024 at 10:00 in Seoul
EXAMPLE = re.compile(r"^\| `([^`]+)` \| (?:`([^`]+)`|refused|거부)[^|]*\|$", re.MULTILINE)


def examples(page: Path) -> list[tuple[str, str]]:
    return EXAMPLE.findall(re.split("## (?:Forms|형식)\n", page.read_text("utf-8"))[0])


@pytest.mark.parametrize("page", [PAGE, KOREAN_PAGE], ids=lambda page: page.name)
def test_the_table_of_forms_is_fresh(page: Path) -> None:
    assert fresh(page) == page.read_text("utf-8")


@pytest.mark.parametrize(("text", "meaning"), examples(PAGE))
def test_the_examples_are_true(text: str, meaning: str) -> None:
    from dates.test_rules import REFERENCE

    try:
        stamps = parse_stamps(text, reference=REFERENCE)
    except DateParseError:
        stamps = ()

    assert ", ".join(f"{stamp.role} {stamp.value}".removeprefix("none ") for stamp in stamps) == meaning


def test_both_pages_have_the_same_examples() -> None:
    assert len(examples(PAGE)) > 40
    assert examples(KOREAN_PAGE) == examples(PAGE)
