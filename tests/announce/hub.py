"""A real WebSub hub (Flask-WebSub) with one subscriber, as a program: `hub.py PORT`.

The subscriber asks for what `GET /subscribe?topic=…` names; `GET /received` tells as JSON what the hub
distributed to it. The hub's tasks run at once, in the thread of the request, where Flask-WebSub expects Celery.
"""

import hashlib
import hmac
import sys
import tempfile
from pathlib import Path
from typing import Any

import requests
from flask import Flask, Response, jsonify, request
from flask_websub.hub import Hub, SQLite3HubStorage
from werkzeug.serving import make_server

SECRET = "바다"  # noqa: S105  # a subscriber's, for one test


class Task:
    """A task of Celery, run at once; `retries` is what Flask-WebSub asks of a bound one."""

    def __init__(self, run: Any, *, bind: bool) -> None:
        self._run = run
        self._own = (self,) if bind else ()
        self.request = self
        self.retries = 0

    def delay(self, *arguments: Any) -> None:
        self._run(*self._own, *arguments)


class AtOnce:
    """What the hub uses of Celery."""

    def task(self, *, bind: bool = False, **_: Any) -> Any:
        return lambda run: Task(run, bind=bind)


def application(address: str, folder: Path) -> Flask:
    app = Flask("hub")
    app.config["PUBLISH_SUPPORTED"] = True
    hub = Hub(SQLite3HubStorage(str(folder / "hub.db")), AtOnce())
    app.register_blueprint(hub.build_blueprint(url_prefix="/hub"))
    received: list[dict[str, str]] = []

    @app.get("/subscribe")
    def subscribe() -> str:
        form = {
            "hub.mode": "subscribe",
            "hub.topic": request.args["topic"],
            "hub.callback": f"{address}callback",
            "hub.secret": SECRET,
        }
        return str(requests.post(f"{address}hub", data=form, timeout=20).status_code)

    @app.get("/callback")
    def verify() -> Response:
        return Response(request.args["hub.challenge"], content_type="text/plain")

    @app.post("/callback")
    def receive() -> str:
        algorithm, _, signature = request.headers["X-Hub-Signature"].partition("=")
        own = hmac.new(SECRET.encode(), request.data, algorithm).hexdigest()
        received.append(
            {
                "type": request.headers["Content-Type"],
                "link": request.headers["Link"],
                "digest": hashlib.sha256(request.data).hexdigest() if hmac.compare_digest(own, signature) else "",
            }
        )
        return ""

    @app.get("/received")
    def tell() -> Response:
        return jsonify(received)

    return app


if __name__ == "__main__":
    port = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        make_server(
            "127.0.0.1", port, application(f"http://127.0.0.1:{port}/", Path(name)), threaded=True
        ).serve_forever()
