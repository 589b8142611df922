"""Polls a second: sosik against Flask, WhiteNoise, a bare WSGI hello on the same Granian, and nginx.

    python benchmarks/serving.py [--rounds 5] [--seconds 1] [--entries 50]

Every server gets one worker on processor 0 and the same full-text Korean feed; wrk asks from processor 1, over 32
connections kept alive. Rounds are interleaved, so that noise of the machine meets all alike; the best round and the
median are printed, and the processor time of the server for one answer, which a busy machine disturbs least; then
what sosik is of each in all three. At last every server is asked half of what it can do, by 128 connections of which
each thinks between two questions, and the slowest answer in a hundred is printed. Needs Linux and wrk; nginx is left
out where there is none.
"""

import argparse
import gzip
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from sosik.model import DocumentKind
from sosik.model.values import Digest, DocumentPath, Seconds
from sosik.render.formats import FORMATS
from sosik.serve.listening import listening_at
from sosik.serve.workers import application, run_application
from sosik.store import Changes, DocumentRow, EditionRow, PageRow, open_store

CONNECTIONS = 32
THINKING_CONNECTIONS = 128
THINKING = """\
math.randomseed(17)
function delay() return math.random(0, {twice}) end
"""
"""A script for wrk: how long a connection thinks before each question, on average half of `twice` milliseconds."""
MODIFIED = Seconds(1_700_000_000)
SYLLABLES = [chr(code) for code in range(ord("가"), ord("힣"), 37)]
QUESTIONS = {"304": True, "200 gzip": True, "200 identity": False}
"""What is asked for, and whether gzip is accepted."""


# --- the feed


def feed(entries: int) -> bytes:
    """Return an RSS document of so many articles of about 3,700 bytes, the same each time."""
    random = Random(17)  # noqa: S311  # not for secrets
    vocabulary = ["".join(random.choices(SYLLABLES, k=random.randint(2, 4))) for _ in range(600)]
    weights = [1 / rank for rank in range(1, len(vocabulary) + 1)]

    def words(count: int) -> str:
        return " ".join(random.choices(vocabulary, weights, k=count))

    items = (
        f"<item><title>{words(6)}</title><link>https://news.example/{number}</link>"
        f"<description>{words(20)}</description><content:encoded>{words(340)}</content:encoded></item>"
        for number in range(entries)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0">{"".join(items)}</rss>'.encode()


def lay_out(folder: Path, entries: int) -> None:
    """Put the feed into a store and into a folder of static files."""
    body = feed(entries)
    media_type = FORMATS["rss"].media_type
    etag = sha256(body).hexdigest()[:20]
    with open_store(folder / ".sosik") as store, store.transaction():
        row = DocumentRow(
            path=DocumentPath("/rss.xml"),
            kind=DocumentKind.FEED,
            media_type=media_type,
            etag=etag,
            last_modified=MODIFIED,
            length=len(body),
            blob="",
            inputs=Digest(""),
            owner="",
        )
        store.apply(
            Changes(documents=[row], pages=[PageRow(etag, "feed", body)], edition=EditionRow(1, MODIFIED, None))
        )
    public = folder / "public"
    public.mkdir()
    for name, content in (("rss.xml", body), ("rss.xml.gz", gzip.compress(body, 6, mtime=0))):
        (public / name).write_bytes(content)
        os.utime(public / name, (MODIFIED, MODIFIED))


# --- the servers: each function is called in the worker and returns its application


def hello(_folder: Path) -> WSGIApplication:
    def answer(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "13")])
        return [b"Hello, World!"]

    return answer


def flask(folder: Path) -> WSGIApplication:
    from flask import Flask, Response, request

    app = Flask("bench")
    plain = (folder / "public" / "rss.xml").read_bytes()
    packed = (folder / "public" / "rss.xml.gz").read_bytes()
    tag = sha256(plain).hexdigest()

    @app.get("/rss.xml")
    def rss() -> Response:
        zipped = request.accept_encodings.quality("gzip") > 0
        response = Response(packed if zipped else plain, content_type="application/rss+xml; charset=utf-8")
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Cache-Control"] = "public, max-age=300"
        response.headers["Vary"] = "Accept-Encoding"
        response.set_etag(tag + ("-gzip" if zipped else ""))
        response.make_conditional(request)
        return response

    return app.wsgi_app


def whitenoise(folder: Path) -> WSGIApplication:
    from whitenoise import WhiteNoise

    found: WSGIApplication = WhiteNoise(hello(folder), root=str(folder / "public"), max_age=300)
    return found


PEERS: dict[str, Callable[[Path], WSGIApplication]] = {
    "hello": hello,
    "sosik": lambda folder: application(folder / ".sosik"),
    "sosik, log": lambda folder: application(folder / ".sosik", access_log=folder / "access.log"),
    "flask": flask,
    "whitenoise": whitenoise,
}

NGINX = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; etag on; gzip_static on; keepalive_requests 1000000;
  types {{ application/rss+xml xml; }}
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder};
  scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {folder}/public; location / {{ add_header Cache-Control "max-age=300"; }} }}
}}
"""


def load(name: str, folder: Path) -> WSGIApplication:
    return PEERS[name](folder)


def run(name: str, port: int, folder: Path) -> int:
    with listening_at("127.0.0.1", port) as listener:
        return run_application(partial(load, name, folder), listener, 1)


# --- measuring


@contextmanager
def serving(name: str, folder: Path) -> Iterator[tuple[int, int]]:
    """Run a server on processor 0; give its port and process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, __file__, "--run", name, str(port), str(folder)]
    if name == "nginx":
        (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
        command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    process = subprocess.Popen(["taskset", "-c", "0", *command], stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def wait_for(port: int) -> None:
    for _ in range(400):
        try:
            ask(port, {})
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"nothing answers on port {port}")


def ask(port: int, headers: dict[str, str]) -> tuple[int, str]:
    """Return the status and the entity tag of one answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/rss.xml", headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.getheader("ETag") or ""


@dataclass
class Rates:
    """What rounds came to: answers a second, and microseconds of processor time for an answer."""

    a_second: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    slowest: list[float] = field(default_factory=list)
    """At half load, of each round: the milliseconds that all but one answer in a hundred took at most."""

    def figures(self) -> tuple[float, float, float]:
        return max(self.a_second), statistics.median(self.a_second), statistics.median(self.costs)


def processor_time(process: int) -> float:
    """Return the seconds that a process and all below it have used of the processor."""
    place = Path(f"/proc/{process}")
    user, system = (place / "stat").read_text().rpartition(")")[2].split()[11:13]
    children = (place / "task" / str(process) / "children").read_text().split()
    # Threads other than the first start workers too.
    for task in (place / "task").iterdir():
        children += (task / "children").read_text().split()
    ticks = os.sysconf("SC_CLK_TCK")
    return (int(user) + int(system)) / ticks + sum(processor_time(int(child)) for child in set(children))


def wrk(port: int, headers: dict[str, str], seconds: float, *options: str) -> str:
    """Ask as fast as the options allow; return what wrk says of it."""
    fields = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["taskset", "-c", "1", "wrk", "-t1", f"-d{seconds}s", *fields, *options]
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{port}/rss.xml"], capture_output=True, text=True, check=True
    ).stdout
    assert "Socket errors" not in done, done
    return done


def polls(port: int, headers: dict[str, str], seconds: float) -> tuple[float, int]:
    """Return the answers a second and in all."""
    done = wrk(port, headers, seconds, f"-c{CONNECTIONS}")
    (rate,) = [line.split(":")[1] for line in done.splitlines() if line.startswith("Requests/sec")]
    (count,) = [line.split()[0] for line in done.splitlines() if " requests in " in line]
    return float(rate), int(count)


def slowest_at(rate: float, port: int, headers: dict[str, str], seconds: float, folder: Path) -> float:
    """Return the milliseconds that all but one answer in a hundred take at most, at so many questions a second."""
    script = folder / "thinking.lua"
    script.write_text(THINKING.format(twice=max(1, round(2 * 1000 * THINKING_CONNECTIONS / rate))))
    done = wrk(port, headers, seconds, f"-c{THINKING_CONNECTIONS}", "--latency", "-s", str(script))
    (found,) = [line.split()[1] for line in done.splitlines() if line.strip().startswith("99%")]
    number, unit = found.rstrip("mus"), found.lstrip("0123456789.")
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def questions(port: int) -> dict[str, dict[str, str]]:
    """Return the header fields of every question, each tried once."""
    found = {}
    for name, zipped in QUESTIONS.items():
        headers = {"Accept-Encoding": "gzip"} if zipped else {}
        status, etag = ask(port, headers)
        if name == "304":
            # One without tags is asked in as many words.
            headers["If-None-Match"] = etag or f'"{"0" * 20}-gzip"'
            status, _ = ask(port, headers)
            assert status == 304 or not etag, f"port {port} answers {status} to its own tag"
        found[name] = headers
    return found


def measure(folder: Path, rounds: int, seconds: float) -> dict[str, dict[str, Rates]]:
    names = [*PEERS, *(["nginx"] if shutil.which("nginx") else [])]
    rates = {question: {name: Rates() for name in names} for question in QUESTIONS}
    with ExitStack() as stack:
        servers = {name: stack.enter_context(serving(name, folder)) for name in names}
        asked = {name: questions(port) for name, (port, _) in servers.items()}
        for _ in range(rounds):
            for question in QUESTIONS:
                for name, (port, process) in servers.items():
                    before = processor_time(process)
                    rate, count = polls(port, asked[name][question], seconds)
                    rates[question][name].a_second.append(rate)
                    rates[question][name].costs.append((processor_time(process) - before) / count * 1e6)
        for _ in range(rounds):
            for question in QUESTIONS:
                for name, (port, _) in servers.items():
                    found = rates[question][name]
                    half = statistics.median(found.a_second) / 2
                    found.slowest.append(slowest_at(half, port, asked[name][question], seconds, folder))
    return rates


def show(rates: dict[str, dict[str, Rates]]) -> None:
    for question, by_name in rates.items():
        columns = f"{'best/s':>9} {'median/s':>9} {'µs each':>8} {'99 % ms':>8}"
        print(f"\n{question:14} {columns}   sosik: × best, × median, × per µs")
        ours = by_name["sosik"].figures()
        for name, found in by_name.items():
            best, median, cost = found.figures()
            ratios = f"{ours[0] / best:8.2f} {ours[1] / median:8.2f} {cost / ours[2]:8.2f}"
            slowest = statistics.median(found.slowest)
            print(f"  {name:12} {best:9,.0f} {median:9,.0f} {cost:8.1f} {slowest:8.2f}   {ratios}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=1)
    parser.add_argument("--entries", type=int, nargs="*", default=[50, 16])
    parser.add_argument("--run", nargs=3, metavar=("NAME", "PORT", "FOLDER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        name, port, folder = given.run
        raise SystemExit(run(name, int(port), Path(folder)))
    for entries in given.entries:
        with tempfile.TemporaryDirectory() as place:
            lay_out(Path(place), entries)
            # nginx gives up its rights and must still reach the files.
            Path(place).chmod(0o755)
            size, packed = ((Path(place) / "public" / name).stat().st_size for name in ("rss.xml", "rss.xml.gz"))
            print(f"\n=== {entries} entries, {size:,} bytes, {packed:,} with gzip ===")
            show(measure(Path(place), given.rounds, given.seconds))


if __name__ == "__main__":
    main()
