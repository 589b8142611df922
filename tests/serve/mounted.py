"""Applications of WSGI run by Werkzeug's own server: any, or a site that gives some of its paths to ours."""

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
from sosik.serve.answer_table import wsgi_path


@contextmanager
def answering(application: WSGIApplication, port: int) -> Iterator[None]:
    """Let an application answer at a port, each request in a thread of its own."""
    server = make_server(HOST, port, application, threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def mounted(folders: Mapping[str, Path], port: int, *, access_log: Path | None = None) -> Iterator[None]:
    """Serve the stores in `folders`, each below its path, beside a CMS that has every other path."""
    with ExitStack() as stack:
        apps: dict[str, WSGIApplication] = {}
        for path, folder in folders.items():
            app = create_app(folder, access_log=access_log)
            stack.callback(app.extensions["sosik"].close)
            apps[wsgi_path(path)] = app
        stack.enter_context(answering(DispatcherMiddleware(_cms(), apps), port))
        yield


def _cms() -> Flask:
    cms = Flask("cms")
    shown = {"X-Cms": "yes", "Content-Type": "text/html"}
    cms.add_url_rule("/", view_func=lambda: ("cms", shown), endpoint="home")
    cms.add_url_rule("/feeds/", view_func=lambda: ("cms feeds", shown), endpoint="feeds")
    return cms
