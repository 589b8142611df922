"""The process that has sosik loaded, and forks one for each command that comes on its socket, until its input ends.

The commands' own modules are loaded by each: what they say of themselves depends on the language that is asked for.
"""

import gc
import json
import os
import pkgutil
import runpy
import select
import socket
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

PUBLICATION = """\
title: 해누리일보
url: https://haenuri.test/
feeds_url: https://feeds.haenuri.test/
authority: haenuri.test,2026
"""
ARTICLE = """\
title: 둔치 도서관, 문 열어
published: 2026-11-26 15:00
body: 둔치 도서관이 문을 열었다.
"""


def load() -> None:
    """Import what commands are made of, and check an article: by then the expressions that read one are compiled.

    Nothing is rendered: what a build made once it would know, and not keep for those that follow.
    """
    package = import_module("sosik")
    for found in pkgutil.walk_packages(package.__path__, "sosik."):
        if not found.name.startswith("sosik.cli") and not found.name.endswith("__main__"):
            import_module(found.name)
    with TemporaryDirectory() as folder:
        files = {"feeds/publication.yaml": PUBLICATION, "feeds/all.yaml": "title: 전체\n", "content/a.yaml": ARTICLE}
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        import_module("sosik.site").Site(Path(folder)).check()


def accept(listener: socket.socket) -> socket.socket | None:
    """Return the next connection, None when the input has ended."""
    ready, _, _ = select.select([listener.fileno(), 0], [], [])
    return listener.accept()[0] if listener.fileno() in ready else None


def become(connection: socket.socket) -> None:
    """Be a process of which the command may think that it was begun for it: its streams, folder and environment."""
    _, streams, _, _ = socket.recv_fds(connection, 1, 3)
    wanted = json.loads(b"".join(iter(lambda: connection.recv(65_536), b"")))
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(wanted["folder"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    time.tzset()
    sys.argv[1:] = wanted["arguments"]


def keep(connection: socket.socket) -> bool:
    """Fork the process of a command, and tell how it ended; true in that process."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        connection.sendall(str(os.waitstatus_to_exitcode(status)).encode())
        os._exit(0)
    become(connection)
    connection.close()
    return True


def forget_ended() -> None:
    """Take note of those that ended, so that none stays and what they took is counted."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def serve(path: str) -> bool:
    """Fork for whoever comes; true in the process of a command, false when the input has ended."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        print(flush=True)  # noqa: T201  # it is ready
        while connection := accept(listener):
            with connection:
                if not os.fork():
                    listener.close()
                    return keep(connection)
            forget_ended()
    return False


if __name__ == "__main__":
    load()
    gc.collect()
    gc.freeze()
    if serve(sys.argv[1]):
        runpy.run_module("sosik", run_name="__main__", alter_sys=True)
