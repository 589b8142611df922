"""The examples in docs/examples are run as they stand, with other paths and ports."""

import configparser
import gzip
import json
import os
import re
import shlex
import shutil
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.client import HTTPSConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from newsrooms import ARTICLE, PUBLICATION, ROOT, Unpack
from serve.clients import Reply
from serve.polling import polling
from serve.servers import HOST, SOSIK, eventually, free_port, serving, serving_sosik
from serve.web_servers import configured

EXAMPLES = ROOT / "docs" / "examples"
PROGRAM = Path(sys.executable).with_name("sosik")
CLIENT = "127.0.0.2"
"""Where requests to nginx come from: another address than the one that nginx listens on."""


# --- systemd


def unit(replacing: Mapping[str, str]) -> str:
    text = (EXAMPLES / "sosik.service").read_text("utf-8")
    for name, other in replacing.items():
        assert name in text
        text = text.replace(name, other)
    return text


def test_systemd_understands_every_line_of_the_unit(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    path = tmp_path / "sosik.service"
    path.write_text(unit({"/opt/sosik/bin/sosik": str(PROGRAM)}))

    done = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_commands_of_the_unit_start_reload_and_end_the_server(newsroom: Unpack, short: Path) -> None:
    made = newsroom()
    log = short.with_name("access.log")
    lines = configparser.ConfigParser(interpolation=None)
    lines.optionxform = str  # type: ignore[assignment, method-assign]  # systemd's keys have capitals
    lines.read_string(
        unit({"/srv/news": str(made.root), "/run/sosik/sosik.sock": str(short), "/var/log/sosik/access.log": str(log)})
    )
    service = lines["Service"]
    program, *arguments = shlex.split(service["ExecStart"])
    assert Path(program).name == "sosik"

    with serving(SOSIK, *arguments, unix_socket=short, said=made.root.parent / "said") as server:
        assert server.ask("/rss.xml").status == 200
        environment = {"MAINPID": str(server.process.pid), "PATH": os.environ["PATH"]}
        subprocess.run(["sh", "-c", service["ExecReload"]], env=environment, check=True)
        eventually(lambda: "Reloaded" in server.output)
        assert server.ask("/rss.xml").status == 200
        begun = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - begun < float(service["TimeoutStopSec"])
    assert log.read_text().count('"GET /rss.xml HTTP/1.1" 200 ') == 2


# --- a container


def instructions() -> list[tuple[str, str]]:
    text = (EXAMPLES / "Containerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(name, rest) for name, rest in (line.split(" ", 1) for line in lines)]


def test_the_image_is_made_of_what_is_there() -> None:
    copied = [rest.split()[:-1] for name, rest in instructions() if name == "COPY" and not rest.startswith("--from")]

    assert {name for names in copied for name in names} == {"pyproject.toml", "README.md", "LICENSE", "src"}
    assert all((ROOT / name).exists() for names in copied for name in names)


def test_the_container_s_command_serves_and_its_check_sees_it(newsroom: Unpack) -> None:
    """The commands as they stand, but for the folder and the port."""
    made, port = newsroom(), free_port()
    found = dict(instructions())
    program, *command = json.loads(found["CMD"])
    _, *check = json.loads(found["HEALTHCHECK"].split("CMD", 1)[1])
    check = [sys.executable, *(part.replace(":8000", f":{port}") for part in check)]
    assert (program, found["EXPOSE"], found["VOLUME"]) == ("sosik", "8000", "/site")
    arguments = [*(part.replace("/site", str(made.root)) for part in command), "--port", str(port)]

    assert subprocess.run(check, capture_output=True, check=False).returncode == 1
    with serving(SOSIK, *arguments, port=port, said=made.root.parent / "said") as server:
        assert subprocess.run(check, check=False).returncode == 0
        eventually(lambda: '"GET /healthz HTTP/1.1" 200' in server.output)
        assert server.stop() == 0


# --- nginx


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine, its key in the same file."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    options = f"-x509 -newkey rsa:2048 -nodes -subj /CN=sosik -addext subjectAltName=IP:{HOST} -keyout {path}"
    made = subprocess.run(["openssl", "req", *options.split()], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + made.stdout)
    return path


@contextmanager
def in_front(
    scratch: Path, unix_socket: Path, certificate: Path, *, location: str = ""
) -> Iterator[partial[HTTPSConnection]]:
    """Run nginx with the example, before a Unix socket; lend what connects to it. `location` replaces the example's."""
    port = free_port()
    text = (EXAMPLES / "nginx.conf").read_text("utf-8")
    text = text.replace("/run/sosik/sosik.sock", str(unix_socket)).replace("listen 443", f"listen {HOST}:{port}")
    text = re.sub(r"(ssl_certificate(_key)?) \S+;", rf"\1 {certificate};", text)
    if location:
        text = re.sub(r"    location / \{.*?\n    \}\n", lambda _: location, text, flags=re.DOTALL)
    trusted = ssl.create_default_context(cafile=certificate)
    with configured("nginx", text, scratch, port):
        yield partial(HTTPSConnection, HOST, port, timeout=20, context=trusted, source_address=(CLIENT, 0))


def ask(connect: partial[HTTPSConnection], target: str, **fields: str) -> Reply:
    connection = connect()
    try:
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        connection.request("GET", quote(target), headers=named)
        answer = connection.getresponse()
        return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


def test_polls_pass_nginx_unchanged(newsroom: Unpack, tmp_path: Path, short: Path, certificate: Path) -> None:
    """Bytes, validators and caching times are the server's, and the log names who asked, not what they pretend."""
    made, said = newsroom(), short.with_name("access.log")
    with (
        serving_sosik(made.root, "--access-log", said, unix_socket=short) as server,
        in_front(tmp_path, short, certificate) as connect,
    ):
        for coding in ("identity", "gzip"):
            behind = server.ask("/rss.xml", {"Accept-Encoding": coding})
            found = ask(connect, "/rss.xml", accept_encoding=coding, x_forwarded_for="203.0.113.9")
            assert (found.status, found.body, found.conduct) == (200, behind.body, behind.conduct)
            tag, date = found.headers["etag"], found.headers["last-modified"]
            assert found.headers.get("content-encoding") == (None if coding == "identity" else "gzip")
            for known in ({"if_none_match": tag}, {"if_modified_since": date}):
                again = ask(connect, "/rss.xml", accept_encoding=coding, **known)
                assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
        assert gzip.decompress(found.body) == ask(connect, "/rss.xml").body
        assert ask(connect, "/nothing").status == 404
        assert ask(connect, "/metrics").status == 403
        eventually(lambda: said.read_text().count(f"{CLIENT} - - [") == 8)
        assert "203.0.113.9" not in said.read_text()


def test_readers_behind_nginx_notice_no_reload(
    newsroom: Unpack, tmp_path: Path, short: Path, certificate: Path
) -> None:
    with serving_sosik(newsroom().root, unix_socket=short) as server, in_front(tmp_path, short, certificate) as connect:
        with polling(connect) as polls:
            server.process.send_signal(signal.SIGHUP)
            eventually(lambda: "Reloaded" in server.output)
        assert polls.lost == []
        assert all(polls.answered[kind] > 10 for kind in ("one connection", "new connections", "slow to ask"))


def test_feeds_may_lie_below_a_path(newsroom: Unpack, tmp_path: Path, short: Path, certificate: Path) -> None:
    """The path of `feeds_url` is nginx's to take off, and to put before a redirect again."""
    text = (ROOT / "docs" / "running.md").read_text("utf-8")
    (location,) = re.findall(r"<!-- nginx: below a path -->\n```nginx\n(.*?)```", text, re.DOTALL)
    settings = PUBLICATION.replace("https://feeds.test.example/", "https://news.example.kr/rss/")
    made = newsroom(
        f"-- feeds/publication.yaml --\n{settings}-- content/first.yaml --\n{ARTICLE}section: 정치\n"
        "-- feeds/sections.yaml --\neach: section\ntitle: '{value}'\n"
    )
    with (
        serving_sosik(made.root, unix_socket=short) as server,
        in_front(tmp_path, short, certificate, location=location) as connect,
    ):
        eventually(lambda: "feed:       https://news.example.kr/rss/rss.xml\n" in server.output)
        for path in ("/rss.xml", "/section/정치/rss.xml", "/feeds/"):
            assert ask(connect, f"/rss{path}").body == server.ask(quote(path)).body != b"", path
        assert b"https://news.example.kr/rss/rss.xml" in ask(connect, "/rss/rss.xml").body
        redirected = ask(connect, "/rss/feeds")
        assert redirected.status == 301
        assert redirected.headers["location"].endswith("/rss/feeds/")
        assert ask(connect, "/rss.xml").status == 404
        assert ask(connect, "/rss/healthz").status == ask(connect, "/rss/metrics").status == 404
        assert server.ask("/metrics").status == 200
