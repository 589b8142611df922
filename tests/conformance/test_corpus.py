"""Documents beside what is wrong with them: NAME and NAME.findings, which lists rule, level and place."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsrooms import ROOT
from sosik.conformance import CHECKED, CHECKLIST, check_path

CORPUS = ROOT / "tests" / "data" / "conformance"
EXAMPLES = sorted(path for path in CORPUS.iterdir() if path.suffix != ".findings")
JUDGED = datetime(2024, 2, 1, tzinfo=UTC)

BY_SIZE = {53, 54}
"""Rules whose examples are too large to be kept: tests/conformance/test_checking.py makes them."""


def expected(example: Path) -> list[str]:
    return (CORPUS / f"{example.name}.findings").read_text("utf-8").splitlines()


def found(example: Path) -> list[str]:
    """Return the findings of an example as its list has them: the file is told only in folders."""
    lines = []
    for finding in check_path(example, judged=JUDGED).findings:
        file = f"{Path(finding.location.file).relative_to(example).as_posix()}:" if example.is_dir() else ""
        lines.append(f"{finding.rule.name} {finding.level} {file}{finding.location.line}")
    return lines


@pytest.mark.rule(103)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_exactly_what_is_wrong_is_found(example: Path) -> None:
    assert found(example) == expected(example)


def test_good_documents_have_no_findings() -> None:
    good = [example for example in EXAMPLES if example.name.startswith("good")]

    assert len(good) >= 10
    assert [example.name for example in good if expected(example)] == []


@pytest.mark.parametrize("number", sorted(CHECKED - BY_SIZE))
def test_every_rule_that_is_checked_has_an_example_that_breaks_it(number: int) -> None:
    """The example is named after the rule it breaks."""
    name = CHECKLIST[number].name
    examples = [example for example in EXAMPLES if example.name.startswith(f"{name}-")]

    assert examples
    assert all(name in {line.split()[0] for line in expected(example)} for example in examples)
