"""serve."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

import click

from sosik.cli.file_paths import FilePath
from sosik.cli.options import bucket_address
from sosik.cli.output import bad_value, misused, said, tell
from sosik.cli.root import about
from sosik.words import Message

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000


def _network(text: str) -> IPv4Network | IPv6Network:
    """Return the network that a text names, ADDRESS or ADDRESS/BITS; an address is a network of one."""
    try:
        return ip_network(text, strict=False)
    except ValueError as error:
        raise bad_value(Message("cli.serve-no-network", text=text)) from error


@click.command("serve", help=about("serve", Message("cli.serve-more")))
@click.option("--host", metavar="ADDRESS", help=said(Message("cli.serve-host", default=DEFAULT_HOST)))
@click.option("--port", type=click.IntRange(0, 65535), help=said(Message("cli.serve-port", default=DEFAULT_PORT)))
@click.option(
    "--socket",
    "unix_socket",
    type=FilePath(path_type=Path),
    metavar="PATH",
    help=said(Message("cli.serve-socket")),
)
@click.option("--workers", type=click.IntRange(1), help=said(Message("cli.serve-workers")))
@click.option(
    "--no-build", "build", is_flag=True, flag_value=False, default=True, help=said(Message("cli.serve-no-build"))
)
@click.option(
    "--no-watch", "watch", is_flag=True, flag_value=False, default=True, help=said(Message("cli.serve-no-watch"))
)
@click.option(
    "--access-log",
    type=FilePath(dir_okay=False, allow_dash=True, path_type=Path),
    metavar="FILE|-",
    help=said(Message("cli.serve-access-log")),
)
@click.option(
    "--proxy",
    "proxies",
    type=_network,
    multiple=True,
    metavar="ADDRESS|NETWORK",
    help=said(Message("cli.serve-proxy")),
)
@click.option("--to", "bucket", type=bucket_address, metavar="URL", help=said(Message("cli.serve-to")))
@click.option("--drafts", is_flag=True, help=said(Message("cli.serve-drafts")))
@click.pass_obj
def serve_command(
    directory: Path,
    host: str | None,
    port: int | None,
    unix_socket: Path | None,
    workers: int | None,
    build: bool,
    watch: bool,
    access_log: Path | None,
    proxies: tuple[IPv4Network | IPv6Network, ...],
    bucket: str | None,
    drafts: bool,
) -> None:
    """Build, serve the feeds, and build again whenever content/ or feeds/ change, until a signal ends it."""
    from sosik.serve.start import Addresses
    from sosik.systems import CAN_FORK

    if unix_socket and (host is not None or port is not None):
        raise misused(Message("cli.serve-socket-and-port"))
    if drafts and not build:
        raise misused(Message("cli.serve-drafts-unbuilt"))
    if bucket and (drafts or not build or not watch):
        raise misused(Message("cli.serve-to-alone"))

    def tell_addresses(addresses: Addresses) -> None:
        if addresses.socket:
            tell(Message("cli.serving-socket", path=str(addresses.socket)))
        if addresses.start_page:
            tell(Message("cli.serving-start-page", address=addresses.start_page))
        for feed in addresses.feeds:
            tell(Message("cli.serving-feed", address=feed))
        tell(Message("cli.serving-stop"))

    if not CAN_FORK:
        from sosik.serve.preview import preview

        if unix_socket or workers or access_log or proxies:
            raise misused(Message("cli.serve-one-process"))
        raise SystemExit(
            preview(
                directory,
                host=DEFAULT_HOST if host is None else host,
                port=DEFAULT_PORT if port is None else port,
                build=build,
                watch=watch,
                drafts=drafts,
                bucket=bucket or "",
                onstart=tell_addresses,
            )
        )
    from sosik.serve.run import serve

    status = serve(
        directory,
        host=DEFAULT_HOST if host is None else host,
        port=DEFAULT_PORT if port is None else port,
        unix_socket=unix_socket,
        workers=workers,
        build=build,
        watch=watch,
        drafts=drafts,
        access_log=access_log,
        proxies=proxies,
        bucket=bucket or "",
        onstart=tell_addresses,
    )
    raise SystemExit(status)
