"""Why entries are not as their files have them. Pure."""

from datetime import datetime

from msgspec import Struct

from sosik.errors import Problem, Severity, is_standing
from sosik.ledger.sync import Synced
from sosik.model import Outcome
from sosik.model.instants import instant


class Standing(Struct, frozen=True, kw_only=True):
    """Why entries are not as their files have them, or are not seen.

    `missing` tells since when files are gone whose entries stay up, by the ids; `held` why files are held back;
    `problems` why other entries stay as they are; `drafts` are the files that hold some.
    """

    missing: dict[str, datetime]
    problems: list[Problem]
    drafts: tuple[str, ...]
    held: dict[str, Problem]


def standing_of(synced: Synced) -> Standing:
    """Return what a sync found of entries that are not as their files have them; of a file held, its first error."""
    files = {file for file, outcome in synced.outcomes.items() if outcome is Outcome.HELD}
    errors = [problem for problem in synced.problems if problem.severity is Severity.ERROR]
    return Standing(
        missing={id_: instant(since) for id_, since in synced.missing.items()},
        problems=[problem for problem in synced.problems if is_standing(problem)],
        drafts=synced.drafts,
        held={problem.location.file: problem for problem in reversed(errors) if problem.location.file in files},
    )
