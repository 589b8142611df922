"""Every command tells what it is for, whichever version of click it meets."""

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from sosik.cli.root import COMMANDS, sosik


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


def test_the_help_of_a_command_begins_with_its_line_in_the_list() -> None:
    runner = CliRunner()
    listed = runner.invoke(sosik, ["--help"]).output

    for name, (_, line) in COMMANDS.items():
        assert f"  {name}" in listed
        assert str(line) in " ".join(listed.split())
        assert runner.invoke(sosik, [name, "--help"]).output.split("\n\n")[1].strip() == str(line)
