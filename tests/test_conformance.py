"""Every rule of the checklist is proved by a test, or says why not; docs/conformance.md shows it."""

import conformance_page
from newsrooms import ROOT
from sosik.conformance import CHECKLIST

PROVED = {mark.number for mark in conformance_page.marks()}
WITHOUT = conformance_page.WITHOUT_PROOF


def test_the_page_of_conformance_is_fresh() -> None:
    assert (ROOT / "docs" / "conformance.md").read_text("utf-8") == conformance_page.page()


def test_every_rule_is_proved_or_says_why_not() -> None:
    assert [rule.name for rule in CHECKLIST.values() if rule.number not in PROVED | WITHOUT.keys()] == []


def test_no_rule_is_excused_that_is_proved() -> None:
    assert sorted(PROVED & WITHOUT.keys()) == []


def test_marks_name_rules_that_there_are() -> None:
    assert set(CHECKLIST) >= PROVED
    assert list(CHECKLIST) == list(range(1, len(CHECKLIST) + 1))
