"""What the documents say is true: pages made from tables are fresh, and the commands they show run."""

from pathlib import Path

import problems_page
from newsrooms import ROOT
from sosik.cli.root import COMMANDS


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_page_of_problems_is_fresh() -> None:
    assert read("docs/problems.md") == problems_page.page()


def test_every_command_is_in_the_readme() -> None:
    text = read("README.md")

    assert [name for name in COMMANDS if f"`sosik {name}" not in text] == []


def test_every_module_is_in_the_design() -> None:
    text = read("docs/design.md")
    modules = [path for path in (ROOT / "src" / "sosik").iterdir() if not path.name.startswith("_")]
    names = [f"`{path.name}/`" if path.is_dir() else f"`{path.name}`" for path in modules if path.suffix in {"", ".py"}]

    assert [name for name in sorted(names) if name not in text] == []


def test_every_dependency_is_explained() -> None:
    import tomllib

    project = tomllib.loads(read("pyproject.toml"))["project"]
    names = [entry.split(">")[0].split("=")[0] for entry in project["dependencies"]]

    assert [name for name in names if name not in read("docs/design.md").lower()] == []


def test_links_between_documents_lead_somewhere() -> None:
    import re

    for document in [
        ROOT / "README.md",
        ROOT / "README.ko.md",
        ROOT / "CONTRIBUTING.md",
        *(ROOT / "docs").glob("*.md"),
    ]:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"
    assert Path(ROOT / "docs").exists()
