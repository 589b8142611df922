"""The Flask application: health, metrics and the answers for what is no document. The polls stand in front of it."""

import json
import logging
import time
from collections.abc import Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, Response
from werkzeug.exceptions import HTTPException, InternalServerError

from sosik.serve.announcer import announcement_metrics
from sosik.serve.editions import Editions
from sosik.serve.polls import RETRY_AFTER, Polls
from sosik.serve.status import read_status
from sosik.store.records import instant

log = logging.getLogger(__name__)

_TEXTS = {
    404: "찾는 문서가 없습니다. / There is no such document.\n",
    405: "이 주소는 그렇게 쓸 수 없습니다. / This address does not take that method.\n",
    500: "서버에 문제가 생겼습니다. / Something went wrong on the server.\n",
    503: "아직 발행한 판이 없습니다. 잠시 뒤에 다시 오십시오. / Nothing is published yet, please come again.\n",
}
_METRICS = """\
# HELP sosik_edition Number of the newest edition.
# TYPE sosik_edition gauge
sosik_edition {edition}
# HELP sosik_edition_composed_timestamp_seconds When the newest edition was composed.
# TYPE sosik_edition_composed_timestamp_seconds gauge
sosik_edition_composed_timestamp_seconds {composed}
# HELP sosik_documents Documents of the newest edition.
# TYPE sosik_documents gauge
sosik_documents {documents}
# HELP sosik_build_ok Whether the last build succeeded.
# TYPE sosik_build_ok gauge
sosik_build_ok {build_ok:d}
# HELP sosik_build_problems Problems of the last build.
# TYPE sosik_build_problems gauge
sosik_build_problems {problems}
"""


def create_app(folder: Path | str) -> Flask:
    """Return a Flask application that serves the editions of the store in `folder` (`.sosik`).

    The store need not be there yet: until it has an edition, everything is a 503. A new edition is noticed within a
    second.
    """
    editions = Editions(Path(folder))
    app = Flask("sosik", static_folder=None, template_folder=None)
    # Flask would redirect to an address made from the Host field.
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = True
    app.extensions["sosik"] = editions
    app.add_url_rule("/healthz", view_func=lambda: _health(Path(folder), editions), endpoint="health")
    app.add_url_rule("/metrics", view_func=lambda: _metrics(Path(folder), editions), endpoint="metrics")
    app.register_error_handler(HTTPException, lambda error: _error(error, editions))
    flask = app.wsgi_app

    def without_host(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        # Nothing here is built from the name the client used, so a forged one cannot even be refused.
        return flask(environ | {"HTTP_HOST": "localhost"}, start_response)

    app.wsgi_app = Polls(without_host, editions, own=("/healthz", "/metrics"))  # type: ignore[method-assign]  # Flask's own idiom
    editions.watch()
    return app


def _health(folder: Path, editions: Editions) -> Response:
    """Say which edition is up, and what is wrong with the newest build."""
    table, status = editions.table, read_status(folder)
    edition = table.edition
    failing = bool(editions.trouble) or (not status.succeeded and status.at >= edition.composed)
    problems = [*status.problems, *([editions.trouble] if editions.trouble else [])]
    found = {
        "status": "empty" if not edition.number else "failing" if failing else "ok",
        "edition": edition.number,
        "composed": instant(edition.composed).isoformat() if edition.number else None,
        "age": max(0, int(time.time()) - edition.composed) if edition.number else None,
        "documents": table.documents,
        "problems": problems,
    }
    body = json.dumps(found, ensure_ascii=False) + "\n"
    return _plain(body, 200 if edition.number else 503, "application/json")


def _metrics(folder: Path, editions: Editions) -> Response:
    """Say the same in Prometheus' text format: only what every worker says alike."""
    table, status = editions.table, read_status(folder)
    text = _METRICS.format(
        edition=table.edition.number,
        composed=table.edition.composed,
        documents=table.documents,
        build_ok=status.succeeded,
        problems=len(status.problems),
    )
    return _plain(text + announcement_metrics(folder), 200, "text/plain; version=0.0.4; charset=utf-8")


def _error(error: HTTPException, editions: Editions) -> Response:
    """Answer what went wrong in two languages and few bytes, repeating nothing of the request."""
    status = error.code or 500
    if isinstance(error, InternalServerError) and error.original_exception is not None:
        log.error("A request failed: %r", error.original_exception)
    if status == 404 and not editions.table.edition.number:
        status = 503
    response = _plain(_TEXTS.get(status, f"{error.name}\n"), status, "text/plain; charset=utf-8")
    # Without it a reader that runs in a browser would take a 404 for a network that failed.
    response.headers["Access-Control-Allow-Origin"] = "*"
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _plain(text: str, status: int, content_type: str) -> Response:
    response = Response(text, status=status, content_type=content_type, headers={"Cache-Control": "no-store"})
    if status == 503:
        response.headers["Retry-After"] = RETRY_AFTER
    return response
