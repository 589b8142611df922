"""`sosik build`, without any option: what runs every minute, and needs nothing that reads options."""

import os
from collections.abc import Sequence
from pathlib import Path

from sosik.cli.arguments import publication_around
from sosik.cli.garbage import importing
from sosik.cli.guarding import guarded

_COMPLETION = "_SOSIK_COMPLETE"
"""The variable of the environment by which a shell asks click how a line may go on."""


def is_plain_build(arguments: Sequence[str]) -> bool:
    """Tell whether the arguments ask for a build, and for nothing about it."""
    return list(arguments) == ["build"] and _COMPLETION not in os.environ


def build_plainly() -> None:
    """Do what `sosik build` does, without click: importing that takes as long as all else of a build without changes.

    What a build does, prints and answers is in `publishing`, for both.
    """
    guarded(_build)


def _build() -> None:
    with importing():
        from sosik.cli.delivering import targets_of
        from sosik.cli.publishing import NOTHING_ASKED, build_and_publish

    directory = publication_around(Path.cwd()) or Path()
    targets = targets_of(directory, None, "", compress=False, replace=False, durable=False)
    build_and_publish(directory, targets, NOTHING_ASKED)
