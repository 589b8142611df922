"""What became of the last build, left beside the store for the workers to report."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "build.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildStatus:
    """Whether the last build made an edition (or found nothing to do), when in seconds since 1970-01-01 UTC, and why
    not: one text a problem.
    """

    succeeded: bool = True
    at: int = 0
    problems: tuple[str, ...] = ()


def write_status(folder: Path, status: BuildStatus) -> None:
    """Leave the outcome of a build in the store's folder; it replaces the one before whole."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{NAME}.new"
    beside.write_text(json.dumps(asdict(status), ensure_ascii=False), encoding="utf-8")
    beside.replace(folder / NAME)


def read_status(folder: Path) -> BuildStatus:
    """Return the outcome of the last build; a success where nobody left one."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return BuildStatus(succeeded=found["succeeded"], at=found["at"], problems=tuple(found["problems"]))
    except (OSError, ValueError, KeyError, TypeError):
        return BuildStatus()
