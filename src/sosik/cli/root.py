"""`sosik [-C DIR] COMMAND`: the commands by name, each imported when it is called, so that `--help` is quick."""

from gettext import gettext
from importlib import import_module
from pathlib import Path

import click
from click.exceptions import Exit

from sosik.cli.arguments import publication_around
from sosik.cli.file_paths import FilePath
from sosik.cli.garbage import importing
from sosik.cli.guarding import INTERRUPTED, guarded
from sosik.cli.layout import Layout
from sosik.cli.output import complain, said
from sosik.cli.placing_store import add_store_option
from sosik.cli.values_named import with_values_named
from sosik.version import __version__
from sosik.words import Message

COMMANDS = {
    "init": ("sosik.cli.writing", Message("cli.init")),
    "new": ("sosik.cli.writing", Message("cli.new")),
    "release": ("sosik.cli.releasing", Message("cli.release")),
    "check": ("sosik.cli.building", Message("cli.check")),
    "build": ("sosik.cli.building", Message("cli.build")),
    "diff": ("sosik.cli.differing", Message("cli.diff")),
    "moved": ("sosik.cli.moving", Message("cli.moved")),
    "serve": ("sosik.cli.serving", Message("cli.serve")),
    "list": ("sosik.cli.asking", Message("cli.list")),
    "show": ("sosik.cli.asking", Message("cli.show")),
    "date": ("sosik.cli.dating", Message("cli.date")),
    "correct": ("sosik.cli.writing", Message("cli.correct")),
    "withdraw": ("sosik.cli.writing", Message("cli.withdraw")),
    "retire": ("sosik.cli.writing", Message("cli.retire")),
    "pin": ("sosik.cli.writing", Message("cli.pin")),
    "config": ("sosik.cli.configuring", Message("cli.config")),
    "import": ("sosik.cli.importing", Message("cli.import")),
    "restore": ("sosik.cli.keeping", Message("cli.restore")),
    "doctor": ("sosik.cli.keeping", Message("cli.doctor")),
    "audience": ("sosik.cli.audience", Message("cli.audience")),
    "announce": ("sosik.cli.announcing", Message("cli.announce")),
}
"""Every command: the module that holds it, and its help in one line. The order is that of the help page."""

USING_A_STORE = COMMANDS.keys() - {"init", "date", "correct", "withdraw", "retire", "import", "restore"}
"""The commands that may be told where the store is. A copy is put back where copies are made: in a folder."""


MEANT = {
    **dict.fromkeys(("preview", "drafts"), "serve --drafts"),
    **dict.fromkeys(("publish", "출고", "발행"), "release"),
    **dict.fromkeys(("delete", "remove", "unpublish", "retract", "내림", "철회"), "withdraw"),
    **dict.fromkeys(("create", "add", "write"), "new"),
}
"""What people who know other programs call our commands."""

_NEAR = 0.7
"""How alike (0 to 1) a mistyped name is to a command's, at least, to be taken for it."""


def about(name: str, more: Message) -> str:
    """Return the help of a command: its line in the table, and what is to be said beyond it."""
    return f"{said(COMMANDS[name][1])}\n\n{said(more)}"


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
        with importing():
            command = getattr(import_module(module), f"{cmd_name}_command")
        if not isinstance(command, click.Command):
            return None
        if cmd_name in USING_A_STORE:
            add_store_option(command)
        return with_values_named(command)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; Ctrl-C ends it with one line."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            complain(Message("cli.interrupted"))
            raise Exit(INTERRUPTED) from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return a command by its name; of one that is nearly right, say which may be meant."""
        if args[0] not in COMMANDS and (close := _meant_by(args[0])):
            ctx.fail(said(Message("cli.command-unknown", name=args[0], close=close)))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the table, without importing any command."""
        with formatter.section(gettext("Commands")):
            formatter.write_dl([(name, said(line)) for name, (_, line) in COMMANDS.items()])


click.Context.formatter_class = Layout  # of every command, also those that other modules make


@click.command(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, help=said(Message("cli.program"))
)
@click.option(
    "-C",
    "directory",
    type=FilePath(exists=True, file_okay=False, path_type=Path),
    help=said(Message("cli.program-directory")),
)
@click.option("--lang", type=click.Choice(["ko", "en"]), expose_value=False, help=said(Message("cli.program-language")))
@click.version_option(__version__, prog_name="sosik")
@click.pass_context
def sosik(ctx: click.Context, directory: Path | None) -> None:
    """Give the folder to the command that follows."""
    ctx.obj = directory or publication_around(Path.cwd()) or Path()


with_values_named(sosik)


def _meant_by(name: str) -> str:
    """Return the command that is meant by a name which is none, empty where that is not plain."""
    from difflib import get_close_matches

    return MEANT.get(name) or next(iter(get_close_matches(name, COMMANDS, 1, _NEAR)), "")


def main(arguments: list[str]) -> None:
    """Run the command line on arguments."""
    guarded(lambda: sosik(args=arguments))
