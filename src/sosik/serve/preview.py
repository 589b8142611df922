"""`sosik serve` without POSIX processes, that is, on Windows: one process that builds and serves."""

import logging
from collections.abc import Callable
from contextlib import closing, nullcontext
from pathlib import Path
from threading import Event, Thread

from werkzeug.serving import WSGIRequestHandler, make_server

from sosik.serve.announcer import announcing
from sosik.serve.app import create_app
from sosik.serve.builder import Builder, watch_and_build
from sosik.serve.counts import clear_counts
from sosik.serve.filling import filling
from sosik.serve.listening import listening_at
from sosik.serve.logs import log_to_stderr
from sosik.serve.start import Addresses, first_build, greeting, own_address, refuse_strangers
from sosik.site import Site
from sosik.words import Message

log = logging.getLogger("sosik.serve")


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log no request: an access log is for who serves readers."""


def preview(
    root: Path,
    *,
    host: str,
    port: int,
    build: bool = True,
    watch: bool = True,
    drafts: bool = False,
    bucket: str = "",
    onstart: Callable[[Addresses], None] | None = None,
) -> int:
    """Build, serve and watch until Ctrl-C, for who writes and looks; return the exit status, 0.

    The arguments, and what is raised, are those of `sosik.serve.run.serve`.
    """
    log_to_stderr()
    log.warning("%s", Message("serve.one-process"))
    with listening_at(host, port) as listener:
        if drafts:
            refuse_strangers(listener, host)
        site = Site(root, drafts=drafts, address=own_address(listener))
        watch = watch and build
        if build:
            first_build(site, is_only=not watch)
        clear_counts(site.folder)
        app, stop = create_app(site.folder), Event()
        server = make_server(
            host, listener.getsockname()[1], app, threaded=True, request_handler=_Quiet, fd=listener.fileno()
        )
        with (
            closing(app.extensions["sosik"]),
            announcing(site) if build and not drafts else nullcontext(),
            filling(site, bucket) as onedition,
            greeting(site.folder, listener, onstart),
        ):
            builds = Thread(target=watch_and_build, args=(root, Builder(site), stop, onedition), name="sosik-builder")
            if watch:
                builds.start()
            try:
                server.serve_forever()
            finally:
                stop.set()
                if watch:
                    builds.join()
    return 0
