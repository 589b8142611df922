"""The Flask application: health, metrics, and responses without a document. Polls are handled before it."""

import json
import logging
import time
from collections.abc import Collection
from contextlib import ExitStack
from pathlib import Path
from wsgiref.types import WSGIApplication

from flask import Flask, Response
from werkzeug.exceptions import HTTPException, InternalServerError

from sosik.model.instants import instant
from sosik.publish.policy import EXPOSED
from sosik.serve.access_lines import Network
from sosik.serve.access_log import AccessLog
from sosik.serve.announcer import hindrances
from sosik.serve.counts import Counts
from sosik.serve.editions import Editions
from sosik.serve.newest import Newest
from sosik.serve.polls import RETRY_AFTER, Polls
from sosik.serve.preload import Preload
from sosik.serve.rounds import Rounds
from sosik.serve.status import BUCKET, STORE_DAMAGED, read_status
from sosik.store import ANEW
from sosik.words import Message
from sosik.words.refusals import FAILED, MISSING, NOTHING_YET, OTHER_METHOD

log = logging.getLogger(__name__)

_ROUND = 0.5
"""Seconds between two looks whether a database answers, and whether a new edition lacks documents in memory."""

_REFUSALS = {404: MISSING, 405: OTHER_METHOD, 500: FAILED, 503: NOTHING_YET}


def create_app(
    folder: Path | str,
    *,
    access_log: Path | None = None,
    proxies: Collection[Network] = (),
    newest: Newest | None = None,
) -> Flask:
    """Return a Flask application that serves the editions of the store in `folder` (`.sosik`).

    The store may be created later: without an edition, every response is a 503. A new edition is served within a
    second. `access_log` is the file of the access log (`-`: standard output). `proxies` are the networks whose
    X-Forwarded-For is trusted. Processes that share `newest`, or were forked from this one, never serve an older
    edition than another one does. The background threads end with the process or with `extensions["sosik"].close()`.
    The application may be mounted below a path (SCRIPT_NAME), with health and metrics.
    """
    folder, ends = Path(folder), ExitStack()
    editions, counts = Editions(folder, newest=newest), Counts(folder)
    ends.callback(editions.close)
    ends.callback(counts.close)
    ends.callback(Rounds(counts.save, counts.INTERVAL, renew=counts.renew).close)
    if editions.is_far:
        ends.callback(Rounds(editions.give_up, _ROUND, renew=lambda: None).close)
        ends.callback(Rounds(Preload(editions).run, _ROUND, renew=lambda: None).close)
    app = Flask("sosik", static_folder=None, template_folder=None)
    # Flask would redirect to an address made from the Host field.
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = True
    app.extensions["sosik"] = ends
    app.add_url_rule("/healthz", view_func=lambda: _health(folder, editions), endpoint="health")
    app.add_url_rule("/metrics", view_func=lambda: _metrics(folder, editions, counts), endpoint="metrics")
    app.register_error_handler(HTTPException, lambda error: _error(error, editions))
    polls = Polls(
        _without_host(app.wsgi_app),
        editions,
        own=("/healthz", "/metrics"),
        count=counts.count,
        access_log=_begun(AccessLog(access_log, proxies), ends) if access_log else None,
    )
    # The method, not the object: Python calls the one without leaving its own loop, the other by way of C.
    app.wsgi_app = polls.__call__  # type: ignore[method-assign]  # Flask's own idiom
    editions.watch()
    return app


def _without_host(application: WSGIApplication) -> WSGIApplication:
    """Wrap the application: nothing in it is built from the name the client used, so none can even be refused."""
    return lambda environ, start_response: application(environ | {"HTTP_HOST": "localhost"}, start_response)


def _begun(access_log: AccessLog, ends: ExitStack) -> AccessLog:
    """Return an access log that is written from now on, until `ends` is closed."""
    ends.callback(access_log.close)
    ends.callback(Rounds(access_log.write, access_log.INTERVAL, renew=access_log.renew).close)
    ends.callback(Rounds(access_log.take, access_log.INTERVAL, renew=lambda: None).close)
    return access_log


def _health(folder: Path, editions: Editions) -> Response:
    """Say which edition is up, and how many problems of which codes hold something back, or leave readers behind."""
    table, status = editions.table, read_status(folder)
    edition = table.edition
    failing = bool(editions.trouble) or editions.is_behind or (not status.succeeded and status.at >= edition.composed)
    troubles = {editions.trouble_code: 1} if editions.trouble else {}
    troubles |= read_status(folder, BUCKET).told
    if (folder / ANEW).exists():
        troubles[STORE_DAMAGED] = 1
    health = {
        "status": "empty" if not edition.number else "failing" if failing else "ok",
        "edition": edition.number,
        "composed": instant(edition.composed).isoformat() if edition.number else None,
        "age": max(0, int(time.time()) - edition.composed) if edition.number else None,
        "documents": table.documents,
        "problems": status.told | troubles | (hindrances(folder) if not editions.is_away else {}),
    }
    if editions.is_far:
        health["cached"] = table.in_memory
    if status.role:
        health["role"] = status.role
    is_ready = edition.number and not editions.is_behind
    return _plain(json.dumps(health) + "\n", 200 if is_ready else 503, "application/json")


def _metrics(folder: Path, editions: Editions, counts: Counts) -> Response:
    """Say the same in Prometheus' text format, and what polls came to: only what every worker says alike."""
    # Not before it is asked for: the library takes a tenth of a second to import.
    from sosik.serve.metrics import CONTENT_TYPE, metrics

    return _plain(metrics(folder, editions, counts), 200, CONTENT_TYPE)


def _error(error: HTTPException, editions: Editions) -> Response:
    """Answer what went wrong in two languages and few bytes, repeating nothing of the request."""
    status = error.code or 500
    if isinstance(error, InternalServerError) and error.original_exception is not None:
        log.error("%s", Message("serve.request-failed", reason=repr(error.original_exception)))
    if status == 404 and not editions.table.edition.number:
        status = 503
    response = _plain(f"{_REFUSALS.get(status, error.name)}\n", status, "text/plain; charset=utf-8")
    # Without it a reader that runs in a browser would take a 404 for a network that failed.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers.update(EXPOSED)
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _plain(text: str | bytes, status: int, content_type: str) -> Response:
    response = Response(text, status=status, content_type=content_type, headers={"Cache-Control": "no-store"})
    if status == 503:
        response.headers["Retry-After"] = RETRY_AFTER
    return response
