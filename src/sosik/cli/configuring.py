"""config: what other web servers need to serve the published files."""

from pathlib import Path

import click

from sosik.addresses import split_address
from sosik.cli.options import path_seen_from_publication, publication_of
from sosik.cli.output import bad_value, misused, said
from sosik.cli.root import about
from sosik.file_names import name_of
from sosik.model import Publication
from sosik.site import Site
from sosik.words import Message

_PRIVATE = ("content", "feeds/publication.yaml", ".sosik")
"""What no folder may hold that a web server shows."""


@click.command("config", help=about("config", Message("cli.config-more")))
@click.argument("server", type=click.Choice(["nginx", "caddy", "apache", "headers", "redirects", "robots"]))
@click.option("--root", type=path_seen_from_publication, metavar="DIR", help=said(Message("cli.config-root")))
@click.option("--location", metavar="PATH", help=said(Message("cli.config-location")))
@click.pass_obj
def config_command(directory: Path, server: str, root: Path | None, location: str | None) -> None:
    """Print what another web server is to be told of the published files."""
    from sosik.publish.servers import CONFIGURATIONS, LOCATIONS, read_tree

    publication = publication_of(directory)
    root = root or directory / "public"
    _refuse_private(root, directory)
    if location is not None:
        _check_location(location, publication, server, known=server in LOCATIONS)
    is_part = location is not None or server not in CONFIGURATIONS
    tree = read_tree(Site(directory).folder, publication, root)
    click.echo((LOCATIONS if is_part else CONFIGURATIONS)[server](tree), nl=False)


def _refuse_private(root: Path, directory: Path) -> None:
    """Refuse a folder that holds more than published files: drafts and the store would be on the web."""
    private = [root / name for name in _PRIVATE if (root / name).exists()]
    own = [directory / name for name in ("content", "feeds", ".sosik")]
    private += [folder for folder in own if root.resolve().is_relative_to(folder.resolve())]
    if directory.resolve().is_relative_to(root.resolve()):
        private.append(directory)
    if private:
        wanted = name_of(str(directory / "public"))
        raise bad_value(
            Message("cli.config-root-private", private=name_of(str(private[0])), public=wanted), name="--root"
        )


def _check_location(location: str, publication: Publication, server: str, *, known: bool) -> None:
    """Refuse a path that is not that of `feeds_url`, where readers are sent."""
    if not known:
        raise misused(Message("cli.config-location-server", server=server))
    parts = split_address(publication.feeds_url)
    if f"/{location.strip('/')}/".replace("//", "/") != f"{parts.path.rstrip('/')}/":
        wanted = f"{parts.scheme}://{parts.netloc}/{location.strip('/')}/"
        raise bad_value(
            Message("cli.config-location-other", feeds_url=publication.feeds_url, wanted=wanted), name="--location"
        )
