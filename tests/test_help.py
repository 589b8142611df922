"""Every command tells what it is for, whichever version of click it meets."""

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from sosik.cli.root import sosik


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words that name a command and every command below it."""
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, (*path, name))


@pytest.mark.parametrize("path", list(commands(sosik)), ids=" ".join)
def test_every_command_has_help(path: tuple[str, ...]) -> None:
    done = CliRunner().invoke(sosik, [*path, "--help"], prog_name="sosik")

    assert done.exit_code == 0, done.output
    assert done.output.startswith(f"Usage: {' '.join(['sosik', *path])} ")
