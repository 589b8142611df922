"""What the documents say is true: pages made from tables are fresh, and the commands they show run."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import problems_page
from newsrooms import ROOT
from sosik.cli.root import COMMANDS
from sosik.dates import doors
from sosik.importers import lines
from sosik.normalize import limits as body_limits
from sosik.normalize import signatures
from sosik.read.keys import ENTRY_KEYS
from sosik.source import limits as file_limits

DOCUMENTS = [ROOT / "README.md", ROOT / "README.ko.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
RUN = re.compile(r"<!-- run: (\S+) -->\n```sh\n(.*?)```", re.DOTALL)
"""Commands that a document shows and that a test runs, in an empty folder."""


def shown_commands() -> list[tuple[str, str]]:
    return [
        (f"{document.name}:{name}", commands)
        for document in DOCUMENTS
        for name, commands in RUN.findall(document.read_text("utf-8"))
    ]


@pytest.mark.parametrize(("name", "commands"), shown_commands(), ids=lambda value: value if "\n" not in value else "")
def test_the_commands_that_documents_show_run(tmp_path: Path, name: str, commands: str) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_page_of_problems_is_fresh() -> None:
    assert read("docs/problems.md") == problems_page.page()
    assert read("docs/problems.ko.md") == problems_page.page("ko")


def test_the_keys_of_entries_are_those_that_are_read() -> None:
    """Each row of the table is a key with the Korean name that it has, and no key is left out."""
    rows = re.findall(r"^\| `(\w+)` \| (?:`(\w+)`)? ?\|", read("docs/entries.md"), re.MULTILINE)
    known = {key.name: key for key in ENTRY_KEYS}

    assert [row for row in rows if row[0] not in known or (row[1] and row[1] not in known[row[0]].names)] == []
    assert known.keys() - dict(rows) == {"draft", "headless", "build", "categories", "publish_email"}, "told below"


def test_the_limits_of_entries_are_those_of_the_code() -> None:
    section = read("docs/entries.md").partition("## How much a file may hold")[2]
    body = [body_limits.MOST_CHARACTERS, body_limits.MOST_DEPTH, body_limits.MOST_ATTRIBUTES]
    body += [limit.most for limit in body_limits._LIMITS]
    page = [lines.MOST_CHARACTERS, lines.MOST_TAGS, lines.MOST_LINES]
    file = [file_limits.MAX_BYTES, file_limits.MAX_VALUES, file_limits.MAX_DEPTH, doors.LONGEST, signatures._LONGEST]

    assert [most for most in (*body, *page, *file) if f"{most:,}" not in section] == []


def test_every_command_is_in_the_readme() -> None:
    text = read("README.md")

    assert [name for name in COMMANDS if f"`sosik {name}" not in text] == []


def test_every_module_is_in_the_design() -> None:
    text = read("docs/design.md")
    modules = [path for path in (ROOT / "src" / "sosik").iterdir() if not path.name.startswith("_")]
    names = [f"`{path.name}/`" if path.is_dir() else f"`{path.name}`" for path in modules if path.suffix in {"", ".py"}]

    assert [name for name in sorted(names) if name not in text] == []


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    names = [entry.split(">")[0].split("=")[0] for entry in project["dependencies"]]

    assert [name for name in names if name not in read("docs/design.md").lower()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    text = re.sub(r"(`+)[^`\n]+\1", "", document.read_text("utf-8"))  # what is shown as code is no link
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (document.parent / target).exists(), f"{document.name} links to {target}"
