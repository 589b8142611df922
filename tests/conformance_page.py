"""docs/conformance.md, made of the checklist and of marks on tests.

`python tests/conformance_page.py > docs/conformance.md` brings it up to date.
The marks (`@pytest.mark.rule(12, 13)`) are read from the source of the tests; nothing is run.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sosik.conformance import CHECKED, CHECKLIST, GROUPS, Rule

TESTS = Path(__file__).parent

WITHOUT_PROOF = {
    2: "By hand: tests cannot install the W3C validator. Its source, run offline on the sample, the golden "
    "publications and 60 publications made by tests/written.py (1,080 feeds), finds no error.",
    3: "As above. It warns about texts of the newsroom (tags in a title, equal times of several articles), and about "
    "two intended cases: an alias has the address of its feed, and the validator does not know tombstones.",
    60: "Not built: portals give their requirements only to partners, so no test can check them.",
    93: "Not built: the format is an individual draft. The subscribe pages and OPML list the feeds.",
    100: "Not built: sosik publishes for everyone and has no secret addresses.",
}
"""Rules that no test proves, each with its reason."""

HEAD = """\
# Conformance

This page lists the rules for published feeds and the tests that prove each. A MUST is never broken. A SHOULD may be
broken for a good reason. A NICE is optional. `sosik check --feeds [FILE|DIR]` checks the rules marked with ✓ in the
feeds of any publisher, and names them by letter and number:

```
public/rss.xml:3:1: error: A5: missing link in channel
    hint: add <link>
```

A broken MUST is an error, with exit status 1; all others are warnings. This page is generated from
`src/sosik/conformance/checklist.py` and from the marks on the tests:
`python tests/conformance_page.py > docs/conformance.md`.
"""


class Mark(NamedTuple):
    """A test that proves a rule: the rule's number, the test's file below tests/, and its name."""

    number: int
    file: str
    test: str


def marks() -> Iterator[Mark]:
    """Yield every mark on every test, in the order of files and lines."""
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for number in _numbers(node):
                    yield Mark(number, path.relative_to(TESTS).as_posix(), node.name)


def _numbers(test: ast.FunctionDef) -> Iterator[int]:
    for decorator in test.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.rule":
            yield from (ast.literal_eval(argument) for argument in decorator.args)


def page() -> str:
    """Return the text of docs/conformance.md."""
    proofs: dict[int, list[Mark]] = {}
    for mark in marks():
        proofs.setdefault(mark.number, []).append(mark)
    lines = [HEAD]
    for letter, title in GROUPS.items():
        lines += [f"## {letter}. {title}", "", "| | level | rule | check | proved by |", "|---|---|---|---|---|"]
        lines += [_row(rule, proofs.get(rule.number, [])) for rule in CHECKLIST.values() if rule.group == letter]
        lines.append("")
    return "\n".join(lines)


def _row(rule: Rule, proofs: list[Mark]) -> str:
    checked = "✓" if rule.number in CHECKED else ""
    proved = ", ".join(f"[{_words(mark.test)}](../tests/{mark.file})" for mark in proofs)
    if not proved:
        proved = f"*{WITHOUT_PROOF.get(rule.number, '')}*"
    return f"| {rule.name} | {rule.level} | {rule.sentence} | {checked} | {proved} |"


def _words(test: str) -> str:
    return test.removeprefix("test_").replace("_", " ")


if __name__ == "__main__":
    sys.stdout.write(page())
