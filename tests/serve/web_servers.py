"""nginx and Caddy, run with a configuration, such as the one that `sosik config` prints for published files."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsrooms import Newsroom
from serve.servers import HOST, free_port

PATIENCE = 15
"""Seconds that a server may take to start."""

NGINX = """\
daemon off;
{user}
pid {scratch}/nginx.pid;
error_log stderr warn;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {scratch}/body;
    proxy_temp_path {scratch}/proxy;
    fastcgi_temp_path {scratch}/fastcgi;
    uwsgi_temp_path {scratch}/uwsgi;
    scgi_temp_path {scratch}/scgi;
    include {printed};
}}
"""
CADDY = "{{\n\tadmin {host}:{admin}\n\tpersist_config off\n}}\nimport {printed}\n"


def nginx_command(scratch: Path, printed: Path) -> list[str]:
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed")
    # Started by root, its workers would be somebody else, to whom the test's folder is closed.
    user = "" if os.geteuid() else "user root;"
    (scratch / "nginx.conf").write_text(NGINX.format(scratch=scratch, printed=printed, user=user))
    return [program, "-e", "stderr", "-p", str(scratch), "-c", str(scratch / "nginx.conf")]


def caddy_command(scratch: Path, printed: Path) -> list[str]:
    program = shutil.which("caddy", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if program is None:
        pytest.skip("caddy is not installed")
    (scratch / "Caddyfile").write_text(CADDY.format(host=HOST, admin=free_port(), printed=printed))
    return [program, "run", "--adapter", "caddyfile", "--config", str(scratch / "Caddyfile")]


APACHE_MODULES = Path("/usr/lib/apache2/modules")
APACHE = """\
ServerRoot {scratch}
PidFile {scratch}/apache.pid
ErrorLog {scratch}/apache.log
DefaultRuntimeDir {scratch}
Mutex posixsem
TypesConfig /dev/null
{modules}
AddOutputFilterByType DEFLATE text/html text/plain text/xml text/css application/javascript application/xml
AddOutputFilterByType DEFLATE application/rss+xml
IndexOptions FancyIndexing
Include {printed}
"""


def apache_command(scratch: Path, printed: Path) -> list[str]:
    program = shutil.which("apache2", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("Apache is not installed")
    names = ["mpm_event", "authz_core", "alias", "dir", "headers", "mime", "rewrite"]
    # Those that a system switches on by itself: each could change what is printed for the ones above.
    names += ["autoindex", "deflate", "env", "filter", "negotiation", "setenvif"]
    modules = "\n".join(f"LoadModule {name}_module {APACHE_MODULES}/mod_{name}.so" for name in names)
    (scratch / "apache.conf").write_text(APACHE.format(scratch=scratch, modules=modules, printed=printed))
    return [program, "-D", "FOREGROUND", "-f", str(scratch / "apache.conf")]


COMMANDS: dict[str, Callable[[Path, Path], list[str]]] = {"nginx": nginx_command, "caddy": caddy_command}

BESIDE_A_SITE = {**COMMANDS, "apache": apache_command}


@contextmanager
def running(name: str, room: Newsroom, scratch: Path, port: int) -> Iterator[None]:
    """Run a server with the configuration printed for a publication."""
    with configured(name, room.sosik("config", name), scratch, port):
        yield


@contextmanager
def configured(name: str, configuration: str, scratch: Path, port: int) -> Iterator[None]:
    """Run a server with a configuration of which it listens on a port of this machine."""
    scratch.chmod(0o755)
    printed = scratch / f"{name}.printed"
    printed.write_text(configuration)
    home = {"HOME": str(scratch), "XDG_DATA_HOME": str(scratch), "XDG_CONFIG_HOME": str(scratch)}
    log = (scratch / f"{name}.log").open("wb")
    command = BESIDE_A_SITE[name](scratch, printed)
    process = subprocess.Popen(command, stderr=log, stdout=log, env={**os.environ, **home})
    try:
        until = time.monotonic() + PATIENCE
        while not _listens(port):
            told = (scratch / f"{name}.log").read_text(errors="replace")
            assert process.poll() is None and time.monotonic() < until, told  # noqa: PT018 - one question: is it up
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)
        log.close()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0
