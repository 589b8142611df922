"""`sosik [-C DIR] COMMAND`: the commands by name, each imported when it is called, so that `--help` is quick."""

import os
import sqlite3
import sys
from importlib import import_module
from pathlib import Path

import click

from sosik.errors import SosikError
from sosik.version import __version__

COMMANDS = {
    "init": ("sosik.cli.writing", "Make a new publication that builds at once."),
    "new": ("sosik.cli.writing", "Write a new entry file with its id and stamp."),
    "check": ("sosik.cli.building", "List every problem of every file, with hints."),
    "build": ("sosik.cli.building", "Publish the feeds as static files."),
    "diff": ("sosik.cli.differing", "Show what the next build would change for subscribers."),
    "serve": ("sosik.cli.serving", "Build, serve and watch."),
    "list": ("sosik.cli.asking", "List the entries."),
    "show": ("sosik.cli.asking", "Show one entry as normalized, with its history."),
    "date": ("sosik.cli.dating", "Tell what a date text means, and why."),
    "correct": ("sosik.cli.writing", "Stamp a correction into an entry file."),
    "withdraw": ("sosik.cli.writing", "Take an entry back."),
    "pin": ("sosik.cli.writing", "Write derived ids into their files."),
    "config": ("sosik.cli.configuring", "Print a configuration of nginx or Caddy, or robots.txt."),
    "import": ("sosik.cli.importing", "Turn old articles into entry files."),
    "audience": ("sosik.cli.audience", "Tell from access logs who polls the feeds."),
    "announce": ("sosik.cli.announcing", "Tell hubs and search engines of what changed."),
}
"""Every command: the module that holds it, and its help in one line. The order is that of the help page."""


class Commands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Return a command, importing its module."""
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command = getattr(import_module(module), f"{cmd_name}_command")
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the table, without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "directory",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Work on the publication in this folder; paths of options that name its files are seen from it.",
)
@click.version_option(__version__, prog_name="sosik")
@click.pass_context
def sosik(ctx: click.Context, directory: Path) -> None:
    """소식: publishes a newsroom's articles as RSS, Atom and JSON Feed.

    \b
    Start with:  sosik init my-paper
                 sosik -C my-paper serve
    """
    ctx.obj = directory


def main() -> None:
    """Run the command line. No traceback reaches the user, unless SOSIK_TRACEBACK is set."""
    try:
        sosik()
    except SosikError as error:
        _fail(f"sosik: {error}")
    except BrokenPipeError:
        # The reader of our output (head, less) has seen enough; keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, sqlite3.OperationalError) as error:
        # The machine's fault, not the program's: a full disk, a folder that may not be written.
        _fail(f"sosik: {_environment_fault(error)}")
    except Exception as error:
        if os.environ.get("SOSIK_TRACEBACK"):
            raise
        kind = type(error).__name__
        _fail(f"sosik: this is a mistake of sosik's own ({kind}: {error}). SOSIK_TRACEBACK=1 shows where it happened.")


def _environment_fault(error: OSError | sqlite3.OperationalError) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}."
    return f"{error}. Is the disk full, or may the folder not be written?"


def _fail(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(1)
