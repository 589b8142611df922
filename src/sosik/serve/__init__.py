"""Serving: a Flask application, and a WSGI layer before its routing that responds to polls of documents.

Workers only read the store; another process watches and builds. `create_app` is for any WSGI server; `serve` runs
everything on Granian. Importing this package imports neither Flask nor Granian.
"""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["create_app"]


def create_app(
    folder: Path | str, *, access_log: Path | None = None, proxies: Collection[IPv4Network | IPv6Network] = ()
) -> Flask:
    """Return the WSGI application for the store in `folder` (`.sosik`).

    `access_log` is the file of the access log (`-`: standard output). `proxies` are the networks with a trusted
    X-Forwarded-For. Without an edition, every response is a 503. See `sosik.serve.app.create_app`.
    """
    from sosik.serve import app

    return app.create_app(folder, access_log=access_log, proxies=proxies)
