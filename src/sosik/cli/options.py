"""Options that several commands take, and what their texts mean: functions, which every version of click takes."""

from datetime import datetime
from pathlib import Path

import click

from sosik.addresses import split_address
from sosik.cli.output import bad_value, said
from sosik.errors import ConfigError
from sosik.file_names import spelled
from sosik.model import Publication
from sosik.words import Message

json_option = click.option("--json", "as_json", is_flag=True, help=said(Message("cli.json")))


SCHEMES = ("s3", "gs", "az")
"""What the address of a bucket begins with: S3 and what speaks its protocol, Google Cloud Storage, Azure Blobs."""


def bucket_address(text: str) -> str:
    """Return the address of a bucket that an option names: no secret has a place in it."""
    try:
        parts = split_address(text)
    except ValueError:
        parts = split_address("")
    is_named = bool(parts.netloc if parts.scheme != "az" else parts.netloc and parts.path.strip("/"))
    if parts.scheme not in SCHEMES or not is_named or "@" in parts.netloc or parts.query or parts.fragment:
        raise click.BadParameter(said(Message("cli.to-invalid")))
    return text


def instant(text: str) -> datetime:
    """Return the instant that a text names, in any form that sosik reads; without a zone it is Korean time."""
    from sosik.dates import DateParseError, parse_datetime

    try:
        return parse_datetime(text).instant
    except DateParseError as error:
        raise bad_value(error.message) from error


def path_seen_from_publication(text: str) -> Path:
    """Return a path that an option names: an absolute one as it stands, any other as seen from the folder of `-C`."""
    return (click.get_current_context().find_object(Path) or Path()) / spelled(text)


def existing_file(text: str) -> Path:
    """Return the path of a file, named as seen from the publication's folder or from where the command is run."""
    directory = click.get_current_context().find_object(Path) or Path()
    path = next((path for path in (directory / spelled(text), Path(spelled(text))) if path.is_file()), None)
    if path is None:
        raise bad_value(Message("cli.file-missing", name=text))
    return path


def entry_file(text: str) -> Path:
    """Return the path of an entry file, named like any existing file; what lies outside content/ is refused."""
    path = existing_file(text)
    content = (click.get_current_context().find_object(Path) or Path()) / "content"
    if not path.resolve().is_relative_to(content.resolve()):
        raise bad_value(Message("cli.no-entry", name=text, folder=str(content)))
    return path


def publication_of(directory: Path) -> Publication:
    """Return the publication in a folder. Raises `ConfigError` where there is none that can be used."""
    from sosik.config import load_publication

    config = load_publication(directory)
    if config.publication is None:
        raise ConfigError(config.problems)
    return config.publication
