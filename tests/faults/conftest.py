"""The fixtures of all kinds of faults, and the table of them after the long form."""

from collections import Counter
from collections.abc import Iterator

import pytest

from faults.forks import Forks, forking
from faults.trials import MINUTES, Trials

KEY = "faults"
"""Under which a test's report carries its counts, also from the process of another worker."""


@pytest.fixture
def trials(request: pytest.FixtureRequest) -> Iterator[Trials]:
    """Count what a test tries."""
    beside = [item for item in request.session.items if item.path == request.path]
    made = Trials(MINUTES * 60 / len(beside))
    yield made
    request.node.user_properties.append((KEY, dict(made.counts)))


@pytest.fixture(scope="session")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    """Have one process that forks builds: it takes a second to load what they need."""
    with forking(tmp_path_factory.mktemp("forks") / "said") as made:
        yield made


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many trials of each kind there were, as rows of a table."""
    counts: Counter[tuple[str, str]] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            for key, found in (
                getattr(report, "user_properties", ()) if getattr(report, "when", "") == "teardown" else ()
            ):
                if key == KEY:
                    file = report.nodeid.split("::")[0].rpartition("/")[2]
                    counts.update({(file, kind): number for kind, number in found.items()})
    if MINUTES and counts:
        terminalreporter.section(f"faults, {MINUTES:g} minutes of each file")
        terminalreporter.write_line("| file | tried | times |")
        terminalreporter.write_line("|---|---|---:|")
        for (file, kind), number in sorted(counts.items()):
            terminalreporter.write_line(f"| {file} | {kind} | {number:,} |")
