"""config: what other web servers need to serve the published files."""

from pathlib import Path

import click

from sosik.cli.options import publication_of
from sosik.site import Site


@click.command("config")
@click.argument("server", type=click.Choice(["nginx", "caddy", "robots"]))
@click.option("--root", type=click.Path(path_type=Path), help="Where the files lie on the server; default: public.")
@click.pass_obj
def config_command(directory: Path, server: str, root: Path | None) -> None:
    """Print a configuration of nginx or Caddy for the published files, or lines for robots.txt."""
    from sosik.server_config import CONFIGURATIONS, read_tree

    tree = read_tree(Site(directory).folder, publication_of(directory), root or directory / "public")
    click.echo(CONFIGURATIONS[server](tree), nl=False)
