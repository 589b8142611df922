"""`--store URL`: where the store is, for this command and the processes that it starts."""

import os

import click

from sosik.cli.output import said
from sosik.words import Message

_OPTION = "--store"

_VARIABLE = "SOSIK_STORE"  # as sosik.store has it, which help need not import


def add_store_option(command: click.Command) -> None:
    """Let a command be told where the store is, once."""
    if not any(_OPTION in param.opts for param in command.params):
        command.params.append(
            click.Option([_OPTION], metavar="URL", expose_value=False, callback=_keep, help=said(Message("cli.store")))
        )


def _keep(ctx: click.Context, param: click.Parameter, value: str | None) -> None:  # noqa: ARG001 - click's signature
    """Keep the address where all that needs it looks, so that it stands in no list of processes but our own."""
    if value:
        os.environ[_VARIABLE] = value
