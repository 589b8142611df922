"""serve."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

import click

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000


def _network(text: str) -> IPv4Network | IPv6Network:
    """Return the network that a text names, ADDRESS or ADDRESS/BITS; an address is a network of one."""
    try:
        return ip_network(text, strict=False)
    except ValueError as error:
        wanted = "an address (10.0.0.1) nor a network (10.0.0.0/8, fd00::/8)"
        raise click.BadParameter(f"{text!r} is neither {wanted}") from error


@click.command("serve")
@click.option("--host", help=f"The address to listen on; default: {DEFAULT_HOST}.")
@click.option("--port", type=click.IntRange(0, 65535), help=f"The port to listen on; default: {DEFAULT_PORT}.")
@click.option(
    "--socket",
    "unix_socket",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Listen on this Unix socket instead, behind a proxy on this machine.",
)
@click.option("--workers", type=click.IntRange(1), help="How many processes answer; default: one a core, two to four.")
@click.option("--no-watch", "watch", is_flag=True, flag_value=False, default=True, help="Do not rebuild on changes.")
@click.option(
    "--access-log",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    metavar="FILE|-",
    help="Write a line for each request to this file, or to standard output.",
)
@click.option(
    "--proxy",
    "proxies",
    type=_network,
    multiple=True,
    metavar="ADDRESS|NETWORK",
    help="Believe this proxy's X-Forwarded-For in the access log; may be given again.",
)
@click.option("--drafts", is_flag=True, help="Show drafts; on this machine only.")
@click.pass_obj
def serve_command(
    directory: Path,
    host: str | None,
    port: int | None,
    unix_socket: Path | None,
    workers: int | None,
    watch: bool,
    access_log: Path | None,
    proxies: tuple[IPv4Network | IPv6Network, ...],
    drafts: bool,
) -> None:
    """Build, serve the feeds, and build again whenever content/ or feeds/ change.

    SIGTERM ends it once the answers under way are given. SIGHUP starts its processes anew without losing a request.
    """
    from sosik.serve.run import Addresses, serve

    if unix_socket and (host is not None or port is not None):
        raise click.UsageError("--socket takes the place of --host and --port: give one or the other.")

    def tell(addresses: Addresses) -> None:
        if addresses.socket:
            click.echo(f"socket:     {addresses.socket}")
        if addresses.start_page:
            click.echo(f"start page: {addresses.start_page}")
        for feed in addresses.feeds:
            click.echo(f"feed:       {feed}")
        click.echo("Press Ctrl-C to stop.")

    status = serve(
        directory,
        host=DEFAULT_HOST if host is None else host,
        port=DEFAULT_PORT if port is None else port,
        unix_socket=unix_socket,
        workers=workers,
        watch=watch,
        drafts=drafts,
        access_log=access_log,
        proxies=proxies,
        onstart=tell,
    )
    raise SystemExit(status)
