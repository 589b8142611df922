"""The locks are those of pyproject.toml, and name no place to install from; whether they install, .ci/wheels tells."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from newsrooms import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
RUNTIME = [Requirement(text) for text in PROJECT["dependencies"]]
EXTRAS = PROJECT["optional-dependencies"]
PARTS = [Requirement(text) for extra in ("docs", "postgres", "s3") for text in EXTRAS[extra]]
TEST = PARTS + [Requirement(text) for text in EXTRAS["test"] if not text.startswith("sosik[")]


def locked(name: str) -> dict[str, Version]:
    """Return the version of each package of a lock."""
    found = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "locks" / f"{name}.txt").read_text("utf-8"), re.MULTILINE)
    assert len(found) == len(dict(found)), "a package has one version, on every Python"
    return {package: Version(version) for package, version in found}


@pytest.mark.parametrize(
    ("name", "requirements"), [("runtime", RUNTIME), ("test", RUNTIME + TEST), ("lowest", RUNTIME)]
)
def test_a_lock_holds_what_the_project_asks_for(name: str, requirements: list[Requirement]) -> None:
    versions = locked(name)

    assert [str(asked) for asked in requirements if versions[asked.name.lower()] not in asked.specifier] == []


def test_the_tests_run_on_what_is_installed_for_users() -> None:
    test = locked("test")

    assert {package: test[package] for package in locked("runtime")} == locked("runtime")


def test_the_lowest_versions_are_the_lower_bounds() -> None:
    versions = locked("lowest")
    bounds = {
        asked.name.lower(): Version(bound.version)
        for asked in RUNTIME
        for bound in asked.specifier
        if bound.operator in (">=", "==")
    }

    assert {name: versions[name] for name in bounds} == bounds


@pytest.mark.parametrize("name", ["runtime", "test", "lowest", "moto"])
def test_a_lock_has_digests_and_names_no_host(name: str) -> None:
    text = (ROOT / "locks" / f"{name}.txt").read_text("utf-8")

    assert "://" not in text
    assert all("--hash=sha256:" in entry for entry in re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:])


def test_the_readme_names_every_python_that_the_project_allows() -> None:
    lowest, bound = re.fullmatch(r">=3\.(\d+),<3\.(\d+)", PROJECT["requires-python"]).groups()  # type: ignore[union-attr] # else it fails
    pythons = [f"3.{minor}" for minor in range(int(lowest), int(bound))]

    assert f"{', '.join(pythons[:-1])} or {pythons[-1]}" in (ROOT / "README.md").read_text("utf-8")
    assert f"pythons=({' '.join(pythons)})" in (ROOT / ".ci" / "wheels").read_text("utf-8")
