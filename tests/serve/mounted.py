"""A site of WSGI that gives some of its paths to applications of ours, run by Werkzeug's own server."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from wsgiref.types import WSGIApplication

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import make_server

from serve.servers import HOST
from sosik.serve import create_app
from sosik.serve.editions import wsgi_path


@contextmanager
def mounted(folders: Mapping[str, Path], port: int, *, access_log: Path | None = None) -> Iterator[None]:
    """Serve the stores in `folders`, each below its path, beside a CMS that has every other path."""
    with ExitStack() as stack:
        apps: dict[str, WSGIApplication] = {}
        for path, folder in folders.items():
            app = create_app(folder, access_log=access_log)
            stack.callback(app.extensions["sosik"].close)
            apps[wsgi_path(path)] = app
        server = make_server(HOST, port, DispatcherMiddleware(_cms(), apps), threaded=True)
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def _cms() -> Flask:
    cms = Flask("cms")
    shown = {"X-Cms": "yes", "Content-Type": "text/html"}
    cms.add_url_rule("/", view_func=lambda: ("cms", shown), endpoint="home")
    cms.add_url_rule("/feeds/", view_func=lambda: ("cms feeds", shown), endpoint="feeds")
    return cms
