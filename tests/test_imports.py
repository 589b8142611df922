"""The stages stand in the order of the flow, and imports point only upward in it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "sosik"

ORDER = (
    "errors",
    "memo",
    "dates",
    "model",
    "source",
    "config",
    "read",
    "normalize",
    "write",
    "store",
    "previous",
    "ahead",
    "recognition",
    "ledger",
    "sync",
    "selection",
    "standing",
    "archives",
    "relations",
    "render",
    "fragments",
    "plans",
    "page_plans",
    "edition",
    "announce",
    "build",
    "diff",
    "publish",
    "audience",
    "conformance",
    "importers",
    "starter",
    "site",
    "serve",
    "server_config",
    "cli",
    "__main__",
)
"""The modules in the order in which data passes; each may import itself and those before it."""


def imports(path: Path) -> set[str]:
    """Return the modules of sosik that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "sosik":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("sosik.")}
    return found - {"__version__"}


def modules() -> list[str]:
    return sorted(path.stem for path in SOURCE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists())


def test_every_module_has_its_place_in_the_order() -> None:
    assert set(modules()) - {"__init__"} == set(ORDER)


@pytest.mark.parametrize("module", ORDER)
def test_imports_point_upward(module: str) -> None:
    allowed = set(ORDER[: ORDER.index(module) + 1])
    folder = SOURCE / module
    for path in sorted(folder.rglob("*.py")) if folder.is_dir() else [SOURCE / f"{module}.py"]:
        assert imports(path) <= allowed, f"{path} imports what comes after {module}"


def test_feedgen_is_imported_in_one_module_only() -> None:
    importing = [
        path.relative_to(SOURCE).as_posix()
        for path in sorted(SOURCE.rglob("*.py"))
        if any(
            line.lstrip().startswith(("import feedgen", "from feedgen"))
            for line in path.read_text("utf-8").splitlines()
        )
    ]

    assert importing == ["render/bridge.py"]


@pytest.mark.parametrize("arguments", [["--help"], ["date", "2024년 1월 16일(화) 오후 3시 20분"]])
def test_the_command_line_starts_without_lxml_and_flask(arguments: list[str]) -> None:
    """What takes long to import is imported when it is needed."""
    script = (
        "import sys\n"
        "from sosik.cli import main\n"
        f"sys.argv = ['sosik', *{arguments!r}]\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "heavy = {'lxml', 'flask', 'feedgen', 'jinja2', 'PIL', 'granian', 'nh3'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
