"""Options that several commands take."""

from datetime import datetime
from typing import Any

import click

from sosik.dates import DateParseError, parse_datetime

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


class Instant(click.ParamType):
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
