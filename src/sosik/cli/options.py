"""Options that several commands take."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from sosik.dates import DateParseError, parse_datetime
from sosik.errors import ConfigError
from sosik.model import Publication

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


class Instant(click.ParamType[datetime]):
    """An instant, in any form that sosik reads; without a zone it is Korean time."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the instant that a text names."""
        if isinstance(value, datetime):
            return value
        try:
            return parse_datetime(value).instant
        except DateParseError as error:
            self.fail(str(error), param, ctx)


INSTANT = Instant()


class ExistingFile(click.ParamType[Path]):
    """A file, named as seen from the publication's folder (as problems name it) or from where the command is run."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path of a file that is there."""
        directory = ctx.obj if ctx is not None and isinstance(ctx.obj, Path) else Path()
        found = next((path for path in (directory / value, Path(value)) if path.is_file()), None)
        if found is None:
            self.fail(f"there is no file {value}", param, ctx)
        return found


EXISTING_FILE = ExistingFile()


def publication_of(directory: Path) -> Publication:
    """Return the publication in a folder. Raises `ConfigError` where there is none that can be used."""
    from sosik.config import load_publication

    config = load_publication(directory)
    if config.publication is None:
        raise ConfigError(config.problems)
    return config.publication
