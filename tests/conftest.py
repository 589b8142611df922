"""Fixtures for all tests."""

import faulthandler
import os
import signal
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from databases import postgres
from newsrooms import ARTICLE, PUBLICATION, Newsroom, Unpack

# The sample publications are Korean, and these tests read English; tests/test_korean.py asks for Korean itself.
os.environ["SOSIK_LANG"] = "en"

# A shell that runs these tests in the background has it ignored, and so would all that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("sosik", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.load_profile("sosik")


IS_LONG = any(name.startswith("SOSIK_") and name not in ("SOSIK_LANG", "SOSIK_STORE") for name in os.environ)
"""Whether the long form of a test is asked for, as by SOSIK_FAULTS=10: it takes as long as it takes."""


@pytest.fixture(autouse=True)
def _leave_nothing_behind() -> Iterator[None]:
    """Fail a test that leaves the environment or the working directory changed."""
    if IS_LONG:
        faulthandler.cancel_dump_traceback_later()
    environment, directory = _environment(), Path.cwd()
    yield
    assert _environment() == environment
    assert Path.cwd() == directory


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}


@pytest.fixture
def newsroom(tmp_path: Path) -> Unpack:
    """Give a function that unpacks a publication; where the text has none, a small configuration is added."""

    def unpack(text: str = "") -> Newsroom:
        made = Newsroom(tmp_path / "신문")
        made.write(f"-- feeds/publication.yaml --\n{PUBLICATION}-- feeds/all.yaml --\ntitle: 전체\n")
        made.write(text or f"-- content/first.yaml --\n{ARTICLE}")
        return made

    return unpack


@pytest.fixture(params=["file", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    """Let publications have their stores in SQLite, and once more in PostgreSQL."""
    if request.param == "file":
        yield
        return
    with postgres(tmp_path / "신문"):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI, where every part is installed, a skipped test is a failure."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {item.nodeid}: {call.excinfo.value if call.excinfo else ''}"
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """In CI, show a failure at once: a run that is stopped from outside does not come to the summary."""
    if report.failed and os.environ.get("CI") and "PYTEST_XDIST_WORKER" not in os.environ:
        sys.stderr.write(f"\nFAILED {report.nodeid} ({report.when})\n{report.longreprtext}\n")
