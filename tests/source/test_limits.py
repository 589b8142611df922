"""No file takes the reader down: what is too deep, too much or repeats itself too often is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosik.source import parse

SIZE = 400_000

TOO_MUCH = {
    "flow lists.yaml": "[" * SIZE,
    "flow mappings.yaml": "{" * SIZE,
    "flow keys.yaml": "{a: " * (SIZE // 4),
    "block lists.yaml": "- " * (SIZE // 2),
    "complex keys.yaml": "? " * (SIZE // 2),
    "indented.yaml": "".join(f"{' ' * depth}a:\n" for depth in range(900)),
    "many items.yaml": "- a\n" * (SIZE // 4),
    "many flow items.yaml": f"[{'a,' * (SIZE // 2)}]",
    "billion.yaml": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{chr(98 + at)}: &{chr(98 + at)} [{','.join(['*' + chr(97 + at)] * 9)}]\n" for at in range(20)),
    "long alias.yaml": f"a: &a {'x' * SIZE}\nb: [{'*a,' * 1000}]\n",
    "arrays.json": "[" * SIZE,
    "objects.json": '{"a":' * (SIZE // 5),
    "many.json": f"[{'1,' * SIZE}1]",
    "unclosed.yaml": "title: 가\nbody: " + "[" * 21 + '"\\q"',
    "below a list.yaml": "a: [[[[[[[[[[\n" + "{" * 11 + "]",
    "deep.md": f"---\n{'[' * SIZE}\n---\n",
}

SLOW = {
    "quotes.yaml": "a: '" + "''" * (SIZE // 2),
    "open quote.yaml": 'title: "' + "가\n" * (SIZE // 2),
    "titles.yaml": "title: [단독] 가\n" * (SIZE // 20),
    "colons.yaml": "a: " * (SIZE // 3),
    "blank.yaml": "\n" * SIZE,
    "spaces.yaml": " " * SIZE,
    "tabs.yaml": "\t" * SIZE,
    "anchors.yaml": "&a " * (SIZE // 3),
    "tag.yaml": "a: !<" + "x" * SIZE,
    "wide.yaml": f"a: [b\na{' ' * SIZE}b{' ' * SIZE}c: d: e",
    "wide value.yaml": f"title: [가] {' ' * SIZE}나{' ' * SIZE}다",
    "controls.yaml": "\x00" * SIZE,
    "blank.json": "\n" * SIZE,
    "backslashes.json": '"' + "\\\\" * SIZE,
    "blank.md": "\n" * SIZE,
    "spaces.md": " " * SIZE + "\n---",
    "open.md": "---\n" * 2 + "a\n" * SIZE,
}


@pytest.mark.rule(99)
@pytest.mark.parametrize(("name", "text"), TOO_MUCH.items(), ids=TOO_MUCH)
def test_what_is_too_much_is_refused(name: str, text: str) -> None:
    parsed = parse(text.encode(), name)

    assert [problem.code for problem in parsed.problems] == ["json-limit" if name.endswith("json") else "yaml-limit"]
    assert "YAML" not in "".join(map(str, parsed.problems))
    assert parsed.value is None


@pytest.mark.rule(99)
@pytest.mark.parametrize(("name", "text"), SLOW.items(), ids=SLOW)
def test_what_could_be_slow_is_answered(name: str, text: str) -> None:
    """Each of these would take minutes where the time grows with the square of the size."""
    parsed = parse(text.encode(), name, headlines=frozenset({"title"}))

    assert all(len(str(problem)) < 1000 for problem in parsed.problems)


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_twenty_levels_are_read_and_no_more(suffix: str) -> None:
    at_most, too_deep = (parse(("[" * depth + "]" * depth).encode(), f"a.{suffix}") for depth in (20, 21))

    assert at_most.problems == ()
    assert at_most.value is not None
    assert [problem.code for problem in too_deep.problems] == [f"{suffix}-limit"]


def test_brackets_within_quotation_marks_nest_nothing() -> None:
    parsed = parse(f'a: "{"[" * 50}" b'.encode(), "a.yaml")

    assert "yaml-limit" not in [problem.code for problem in parsed.problems]


@pytest.mark.rule(99)
def test_a_value_cannot_hold_itself() -> None:
    parsed = parse(b"a: &a [*a]\n", "a.yaml")

    assert [problem.code for problem in parsed.problems] == ["yaml-invalid"]


def test_a_long_article_is_within_the_limits() -> None:
    body = "  해누리시는 이날 강변 도서관의 문을 열었다.\n" * 20_000
    parsed = parse(f"title: 강변\nbody: |\n{body}".encode(), "a.yaml")

    assert parsed.problems == ()


@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.md"])
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    parsed = parse(data, name, headlines=frozenset({"title"}))

    assert parsed.value is not None or parsed.problems


marks = [*"[]{},:?-&*!|>'\"%@`#\n\r\t ", "a", "가", ": ", "- ", "\n  ", "title: ", "\\u", "\ufdd0"]


@given(st.lists(st.sampled_from(marks), max_size=40).map("".join), st.sampled_from(["a.yaml", "a.json", "a.md"]))
def test_any_heap_of_marks_is_read_or_refused(text: str, name: str) -> None:
    for whole in (text, f"---\n{text}\n---\n"):
        parsed = parse(whole.encode(), name, headlines=frozenset({"title", "a"}))
        lines = max(1, len(whole.splitlines())) + 1
        assert parsed.value is not None or parsed.problems
        assert all(problem.location.line <= lines for problem in parsed.problems)
