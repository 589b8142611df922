"""What is said of a file stands beside it: NAME.problems holds its problems, one below the other, with their hints."""

from pathlib import Path

import pytest

from sosik.errors import Problem
from sosik.source import parse

DATA = Path(__file__).parent.parent / "data" / "source"
FILES = sorted(path for path in DATA.iterdir() if path.suffix in (".yaml", ".json", ".md"))
HEADLINES = frozenset({"title", "subtitles", "summary", "caption", "credit"})


def told(problem: Problem) -> str:
    location = problem.location
    return f"{location.line}:{location.column}: {problem.code}: {problem.message}\n    {problem.hint}\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_problem_of_a_file_is_told_at_once(path: Path) -> None:
    expected = path.with_name(f"{path.name}.problems")
    parsed = parse(path.read_bytes(), path.name, headlines=HEADLINES)

    assert "".join(told(problem) for problem in parsed.problems) == (
        expected.read_text("utf-8") if expected.exists() else ""
    )
    assert all(problem.location.file == path.name for problem in parsed.problems)


def test_no_expectation_is_left_without_its_file() -> None:
    assert {path.name.removesuffix(".problems") for path in DATA.glob("*.problems")} <= {path.name for path in FILES}
