"""config: what other web servers need to serve the published files."""

from pathlib import Path

import click

from sosik.cli.options import path_seen_from_publication, publication_of
from sosik.cli.output import said
from sosik.cli.root import about
from sosik.site import Site
from sosik.words import Message


@click.command("config", help=about("config", Message("cli.config-more")))
@click.argument("server", type=click.Choice(["nginx", "caddy", "headers", "redirects", "robots"]))
@click.option("--root", type=path_seen_from_publication, metavar="DIR", help=said(Message("cli.config-root")))
@click.pass_obj
def config_command(directory: Path, server: str, root: Path | None) -> None:
    """Print what another web server is to be told of the published files."""
    from sosik.publish.servers import CONFIGURATIONS, read_tree

    tree = read_tree(Site(directory).folder, publication_of(directory), root or directory / "public")
    click.echo(CONFIGURATIONS[server](tree), nl=False)
