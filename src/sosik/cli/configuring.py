"""config: what other web servers need to serve the published files."""

from pathlib import Path

import click

from sosik.cli.options import path_seen_from_publication, publication_of
from sosik.site import Site


@click.command("config")
@click.argument("server", type=click.Choice(["nginx", "caddy", "headers", "redirects", "robots"]))
@click.option(
    "--root", type=path_seen_from_publication, metavar="DIR", help="Where the files lie on the server; default: public."
)
@click.pass_obj
def config_command(directory: Path, server: str, root: Path | None) -> None:
    """Print what another web server is to be told of the published files.

    nginx and caddy are configurations of these servers; headers and redirects are the files _headers and _redirects,
    which static hosts read; robots are lines for robots.txt.
    """
    from sosik.publish.servers import CONFIGURATIONS, read_tree

    tree = read_tree(Site(directory).folder, publication_of(directory), root or directory / "public")
    click.echo(CONFIGURATIONS[server](tree), nl=False)
