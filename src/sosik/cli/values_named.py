"""Placeholders for values in the usage of a command (`FILE`), in the language of the process."""

import re

import click

from sosik.cli.output import said
from sosik.patterns import pattern
from sosik.words import Message

_NAMES = {
    "ADDRESS": Message("cli.value-address"),
    "DATE": Message("cli.value-date"),
    "DIR": Message("cli.value-folder"),
    "FILE": Message("cli.value-file"),
    "INSTANT": Message("cli.value-time"),
    "INTEGER RANGE": Message("cli.value-number"),
    "LOG": Message("cli.value-log"),
    "NAME": Message("cli.value-name"),
    "NETWORK": Message("cli.value-network"),
    "NOTE": Message("cli.value-note"),
    "OLD.xml": Message("cli.value-old-feed"),
    "PATH": Message("cli.value-path"),
    "TEXT": Message("cli.value-text"),
    "TIME": Message("cli.value-time"),
    "TITLE": Message("cli.value-title"),
}
"""By what commands, and click for the types of values, call them."""

_NAME = pattern("|".join(map(re.escape, sorted(_NAMES, key=len, reverse=True))))


def with_values_named(command: click.Command) -> click.Command:
    """Have the usage of a command, and of those below it, call values by names of the language; return it."""
    if command.options_metavar:
        command.options_metavar = said(Message("cli.value-options"))
    for param in command.params:
        name = param.metavar or _name_of_type(param)
        if name:
            param.metavar = _NAME.sub(lambda found: said(_NAMES[found[0]]), name)
    if isinstance(command, click.Group):
        command.subcommand_metavar = said(Message("cli.value-command"))
        for below in command.commands.values():
            with_values_named(below)
    return command


def _name_of_type(param: click.Parameter) -> str:
    """Return what click calls the value of an option, empty where there is none or its choices are listed."""
    if not isinstance(param, click.Option) or param.is_flag or param.count or isinstance(param.type, click.Choice):
        return ""
    return param.type.name.upper()
