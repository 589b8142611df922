"""The lines of docs/serving.md and docs/running.md that are meant to be typed: run as they stand, in another folder.

What a machine of its own is needed for (systemd, containers) is held against the examples that it concerns.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from newsrooms import ARTICLE, PUBLICATION, ROOT, Newsroom
from serve.clients import Client, socket_client
from serve.servers import HOST, SOSIK, eventually, free_port, serving
from serve.web_servers import configured

PAGES = ("serving.md", "running.md")
BLOCK = re.compile(r"(?:<!-- (\w+: .+?) -->\n)?```(\w+)\n(.*?)```", re.DOTALL)
SHELL = {"sh", "crontab"}


def blocks() -> list[tuple[str, str, str]]:
    """Return the mark, the language and the text of every block that these pages show."""
    return [found for page in PAGES for found in BLOCK.findall((ROOT / "docs" / page).read_text("utf-8"))]


def typed(name: str) -> str:
    (lines,) = [lines for mark, _, lines in blocks() if mark == f"server: {name}"]
    return lines


def test_no_line_to_type_is_left_out() -> None:
    """Each block has a mark, and a test of this folder that names it."""
    marks = [mark for mark, _, _ in blocks()]
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))

    assert "" not in marks
    assert [mark for mark in marks if mark.partition(": ")[2] not in tests] == []


@pytest.fixture
def site(tmp_path: Path) -> Newsroom:
    """A publication with an article and a draft, as it lies on a server."""
    tmp_path.chmod(0o755)
    room = Newsroom(tmp_path / "srv" / "news")
    room.write(
        f"-- feeds/publication.yaml --\n{PUBLICATION}-- feeds/all.yaml --\ntitle: 전체\n"
        f"-- content/first.yaml --\n{ARTICLE}-- content/draft.yaml --\ntitle: 비밀\nstatus: draft\n"
    )
    return room


def at_address(room: Newsroom, port: int, path: str) -> None:
    settings = room.root / "feeds" / "publication.yaml"
    address = f"http://{HOST}:{port}{path}"
    settings.write_text(settings.read_text("utf-8").replace("https://feeds.test.example/", address), "utf-8")


def commands(folder: Path, **programs: str) -> str:
    """Return a PATH on which some programs are to be found under their names, sosik among them."""
    folder.mkdir(exist_ok=True)
    programs["sosik"] = f"{shlex.quote(sys.executable)} -m sosik"
    for name, command in programs.items():
        (folder / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        (folder / name).chmod(0o755)
    return f"{folder}:{os.environ['PATH']}:/usr/sbin"


def run(lines: str, room: Newsroom, path: str, places: Mapping[str, Path]) -> None:
    """Type lines in the folder of a publication, with other folders than those of a server."""
    for place, other in {"/srv/news": room.root, **places}.items():
        assert place in lines
        lines = lines.replace(place, str(other))
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", lines],
        cwd=room.root,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def assert_published(ask: Client, below: str = "") -> None:
    """Assert that readers get the feeds, nothing else of the publication, and that a new configuration counts."""
    # A server that takes a new configuration answers from the old one for a moment, by some of its processes.
    eventually(lambda: all(ask(f"{below}/rss.xml").status == 200 for _ in range(20)))
    assert "첫 기사".encode() in ask(f"{below}/rss.xml").body
    for path in ("/content/draft.yaml", "/.sosik/site.db", "/feeds/publication.yaml", "/public/rss.xml"):
        assert ask(f"{below}{path}").status == 404, path


# --- nginx and Caddy, with a configuration of their own and a site that is there already


NGINX_SITE = "server {{ listen {host}:{port}; root {cms}; location = / {{ return 200 cms; }} {included} }}\n"


def nginx(scratch: Path) -> str:
    """Return how nginx is called for a folder of its own."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    return f"{program} -e stderr -p {scratch} -c {scratch}/nginx.conf"


def test_nginx_serves_what_is_typed(site: Newsroom, tmp_path: Path) -> None:
    there, port = free_port(), free_port()
    at_address(site, port, "/")
    (tmp_path / "conf.d").mkdir()
    beside = NGINX_SITE.format(host=HOST, port=there, cms=tmp_path, included="")
    with configured("nginx", f"{beside}include conf.d/*.conf;\n", tmp_path, there):
        path = commands(tmp_path / "bin", nginx=nginx(tmp_path))
        run(typed("nginx"), site, path, {"/etc/nginx": tmp_path})
        assert_published(socket_client(HOST, port))
        assert socket_client(HOST, there)("/").body == b"cms"


def test_nginx_serves_below_a_path_what_is_typed(site: Newsroom, tmp_path: Path) -> None:
    port = free_port()
    at_address(site, port, "/rss/")
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets" / "sosik.conf").touch()
    there = NGINX_SITE.format(host=HOST, port=port, cms=tmp_path / "cms", included="include snippets/sosik.conf;")
    with configured("nginx", there, tmp_path, port):
        path = commands(tmp_path / "bin", nginx=nginx(tmp_path))
        run(typed("nginx below a path"), site, path, {"/etc/nginx": tmp_path})
        assert_published(socket_client(HOST, port), "/rss")
        assert socket_client(HOST, port)("/").body == b"cms"


@pytest.mark.parametrize(("name", "below"), [("caddy", ""), ("caddy below a path", "/rss")])
def test_caddy_serves_what_is_typed(site: Newsroom, tmp_path: Path, name: str, below: str) -> None:
    there, port = free_port(), free_port()
    at_address(site, there if below else port, f"{below}/")
    imported = ("\timport sosik.caddy\n", "") if below else ("", "import sosik.caddy\n")
    (tmp_path / "sosik.caddy").write_text("# nothing yet\n")
    beside = f"http://{HOST}:{there} {{\n{imported[0]}\trespond / cms\n}}\n{imported[1]}"
    with configured("caddy", beside, tmp_path, there):
        program = shutil.which("caddy", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
        path = commands(tmp_path / "bin", caddy=str(program))
        run(typed(name), site, path, {"/etc/caddy": tmp_path})
        assert_published(socket_client(HOST, there if below else port), below)
        assert socket_client(HOST, there)("/").body == b"cms"


def test_apache_serves_below_a_path_what_is_typed(site: Newsroom, tmp_path: Path) -> None:
    port = free_port()
    at_address(site, port, "/rss/")
    (tmp_path / "sosik.conf").touch()
    (tmp_path / "index.html").write_text("cms")
    block = (
        f"Listen {HOST}:{port}\nServerName {HOST}\n<VirtualHost {HOST}:{port}>\nDocumentRoot {tmp_path}\n"
        f"<Directory {tmp_path}>\nRequire all granted\n</Directory>\nInclude sosik.conf\n</VirtualHost>\n"
    )
    program = shutil.which("apache2", path=f"{os.environ['PATH']}:/usr/sbin")
    with configured("apache", block, tmp_path, port):
        path = commands(tmp_path / "bin")
        # Debian's own script for it, which reads the system's configuration, does this with the two words.
        (tmp_path / "bin" / "apachectl").write_text(
            f'#!/bin/sh\n[ $1 = configtest ] && set -- -t || set -- -k "$1"\n'
            f'exec {program} -f {tmp_path}/apache.conf "$@"\n'
        )
        (tmp_path / "bin" / "apachectl").chmod(0o755)
        run(typed("apache below a path"), site, path, {"/etc/apache2": tmp_path})
        assert_published(socket_client(HOST, port), "/rss")
        assert socket_client(HOST, port)("/index.html").body == b"cms"


# --- files for others, and what runs by the clock


def test_cron_brings_out_what_falls_due(site: Newsroom, tmp_path: Path) -> None:
    """With nothing in its environment that a person has."""
    *when, command = typed("cron").strip().split(" ", 5)
    commands(tmp_path / "bin")
    assert all(re.fullmatch(r"[*\d/,-]+", field) for field in when)
    for place, other in {"/srv/news": site.root, "/opt/sosik/bin": tmp_path / "bin"}.items():
        assert place in command
        command = command.replace(place, str(other))
    kept = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}

    subprocess.run(["sh", "-c", command], env={"PATH": "/usr/bin:/bin", **kept}, check=True, capture_output=True)

    assert site.titles() == ["첫 기사"]
    assert (site.root / "public" / "rss.xml.gz").exists()


def test_static_hosts_get_their_files(site: Newsroom, tmp_path: Path) -> None:
    run(f"{typed('static host')}: /srv/news\n", site, commands(tmp_path / "bin"), {})

    assert "application/rss+xml" in (site.root / "public" / "_headers").read_text("utf-8")
    assert (site.root / "public" / "_redirects").exists()
    run(f"{typed('robots')}: /srv/news\n", site, commands(tmp_path / "bin"), {})


# --- sosik serve


SERVED: Mapping[str, Callable[[Path, int], Mapping[str, str]]] = {
    "serve at a socket": lambda folder, _: {"/run/sosik/": f"{folder}/"},
    "serve with a log": lambda folder, _: {"/run/sosik/": f"{folder}/", "/var/log/sosik/": f"{folder}/"},
    "serve behind a proxy": lambda _, port: {
        "--host 10.0.0.5": f"--host {HOST} --port {port}",
        "10.0.0.1 ": f"{HOST} ",
    },
}


@pytest.mark.parametrize("name", SERVED)
def test_the_server_starts_as_it_is_typed(
    site: Newsroom, short: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, lines = free_port(), typed(name).strip()
    for place, other in SERVED[name](short.parent, port).items():
        assert place in lines
        lines = lines.replace(place, other)
    program, *arguments = shlex.split(lines)
    is_socket = "--socket" in arguments
    monkeypatch.chdir(short.parent)

    assert program == "sosik"
    where = {"unix_socket": short} if is_socket else {"port": port}
    with serving(SOSIK, "-C", site.root, *arguments, said=short.parent / "said", **where) as server:
        fields = {} if is_socket else {"X-Forwarded-For": "203.0.113.9"}
        assert server.ask("/rss.xml", fields).status == 200
        if "--access-log" in arguments:
            log = short.parent / "access.log"
            wanted = '"GET /rss.xml' if is_socket else "203.0.113.9 - - "
            eventually(lambda: wanted in log.read_text())
        assert server.stop() == 0


# --- what needs a machine of its own


def words(name: str) -> list[str]:
    return shlex.split(typed(name).replace("\n", " ; "))


def test_the_lines_for_systemd_are_those_of_the_unit() -> None:
    lines = words("systemd")
    unit = (ROOT / "docs" / "examples" / "sosik.service").read_text("utf-8")

    assert "ExecReload=" in unit
    assert "User=sosik\nGroup=sosik\n" in unit
    assert "sosik:sosik" in lines
    assert "/opt/sosik/bin/pip" in lines
    assert "ExecStart=/opt/sosik/bin/sosik -C /srv/news serve" in unit
    assert "ReadWritePaths=/srv/news/.sosik\n" in unit
    assert "/srv/news/.sosik" in lines
    for file in ("docs/examples/sosik.service", "locks/runtime.txt"):
        assert file in lines
        assert (ROOT / file).exists()


def test_the_lines_for_a_container_are_those_of_the_image() -> None:
    lines = words("container")
    image = (ROOT / "docs" / "examples" / "Containerfile").read_text("utf-8")

    assert (ROOT / lines[lines.index("-f") + 1]).name == "Containerfile"
    assert "USER 10001:10001" in image
    assert "10001:10001" in lines
    assert "EXPOSE 8000" in image
    assert "127.0.0.1:8000:8000" in lines
    assert "VOLUME /site" in image
    assert "/srv/news:/site" in lines
    assert lines[lines.index("--name") + 1] == lines[-2] == "sosik"
