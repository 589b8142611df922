"""What `ignore:` passes over is what git would: the same patterns are asked of both."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sosik.read import Ignore

NAMES = [
    "a",
    "b",
    "ab",
    "README.md",
    "x.md",
    "_index.md",
    "node_modules",
    "[z]",
    "a b",
    "#h",
    "!n",
    "기사.yaml",
    "기사",
]
PARTS = [
    "*",
    "**",
    "***",
    "a",
    "b",
    "README*",
    "*.md",
    "[ab]",
    "기사*",
    "\\#h",
    "\\!n",
    "a\\ b",
    "[[]z]",
    "[]a]",
    "[z-a]",
]
PARTS += [
    "node_modules",
    "*.y[a-m]ml",
    "[[:alpha:]]*",
    "[",
    "x]",
    "[a-]",
    "a\\",
    "\\*",
    "a?b",
    "**/a",
    "a/**",
    "a/**/b",
]

paths = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4).map("/".join)
patterns = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["", "", "!", "/", "!/"]),
    st.sampled_from(PARTS),
    st.sampled_from(["", "/", "/"]),
    st.sampled_from(["", *PARTS]),
    st.sampled_from(["", "", "/", "  ", "/  "]),
)


@pytest.fixture(scope="module")
def work_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    tree = tmp_path_factory.mktemp("tree")
    subprocess.run([git, "init", "-q", str(tree)], check=True)
    return tree


def shown_by_git(tree: Path) -> set[str]:
    command = ["git", "-C", str(tree), "ls-files", "--others", "--exclude-standard", "-z"]
    return set(subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(patterns, min_size=1, max_size=5), wanted=st.lists(paths, min_size=1, max_size=12))
def test_git_and_we_pass_over_the_same_files(work_tree: Path, lines: list[str], wanted: list[str]) -> None:
    for kept in work_tree.iterdir():
        if kept.name != ".git":
            shutil.rmtree(kept) if kept.is_dir() else kept.unlink()
    files = set()
    for source in wanted:
        path = work_tree / source
        if not any(parent.is_file() for parent in path.parents) and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"")
            files.add(source)
    (work_tree / ".gitignore").write_text("\n".join(lines) + "\n", "utf-8")
    ignore = Ignore(lines)

    assert {source for source in files if not ignore.hides(source)} == shown_by_git(work_tree) & files


@pytest.mark.parametrize(
    ("lines", "source", "hidden"),
    [
        (["강?.md"], "강변.md", True),  # git would count the bytes of a syllable
        (["[!가]변.md"], "강변.md", True),
        (["# 강변.md", "", "\\#강변.md"], "#강변.md", True),
        (["원고/", "!원고/강변.md"], "원고/강변.md", True),
        (["원고/*", "!원고/강변.md"], "원고/강변.md", False),
        (["/강변.md"], "지역/강변.md", False),
        (["강변.md "], "강변.md", True),
    ],
)
def test_what_a_pattern_means(lines: list[str], source: str, hidden: bool) -> None:
    assert Ignore(lines).hides(source) is hidden


@pytest.mark.parametrize("source", ["README.md", "지역/LICENSE.yaml", "package-lock.json", "node_modules/a/b.md"])
def test_what_other_programs_keep_is_passed_over(source: str) -> None:
    assert Ignore().hides(source)
    assert Ignore([]).hides(source) is False
