"""What is said of a file stands beside it: NAME.problems holds its problems, one below the other, with their hints."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from sosik.errors import Problem
from sosik.source import parse, yaml_parser

DATA = Path(__file__).parent.parent / "data" / "source"
FILES = sorted(path for path in DATA.iterdir() if path.suffix in (".yaml", ".json", ".md"))
HEADLINES = frozenset({"title", "subtitles", "summary", "caption", "credit"})


def told(problem: Problem) -> str:
    location = problem.location
    return f"{location.line}:{location.column}: {problem.code}: {problem.message}\n    {problem.hint or ''}\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_problem_of_a_file_is_told_at_once(path: Path) -> None:
    expected = path.with_name(f"{path.name}.problems")
    parsed = parse(path.read_bytes(), path.name, headlines=HEADLINES)

    assert "".join(told(problem) for problem in parsed.problems) == (
        expected.read_text("utf-8") if expected.exists() else ""
    )
    assert all(problem.location.file == path.name for problem in parsed.problems)


PARSER = vars(yaml_parser)["EventParser"]


class Reworded:
    """The parser of a PyYAML that speaks otherwise: every message stands backwards."""

    def __init__(self, text: str) -> None:
        self._parser = PARSER(text)

    def get_event(self) -> Any:
        try:
            return self._parser.get_event()
        except yaml.MarkedYAMLError as error:
            context, problem = (error.context or "")[::-1], (error.problem or "")[::-1]
            raise type(error)(context, error.context_mark, problem, error.problem_mark) from None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_but_words_depends_on_what_a_parser_says(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages change from version to version: a file comes to the same values and the same codes."""
    expected = parse(path.read_bytes(), path.name, headlines=HEADLINES)
    monkeypatch.setattr(yaml_parser, "EventParser", Reworded)
    parsed = parse(path.read_bytes(), path.name, headlines=HEADLINES)

    assert parsed.value == expected.value
    assert [problem.code for problem in parsed.problems] == [problem.code for problem in expected.problems]


def test_no_expectation_is_left_without_its_file() -> None:
    assert {path.name.removesuffix(".problems") for path in DATA.glob("*.problems")} <= {path.name for path in FILES}
