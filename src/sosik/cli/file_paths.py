"""Paths among the options of commands."""

from typing import Any

import click

from sosik.file_names import spelled


class FilePath(click.Path):
    """A path, as this locale spells it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return what click makes of it."""
        return super().convert(spelled(value) if isinstance(value, str) else value, param, ctx)
