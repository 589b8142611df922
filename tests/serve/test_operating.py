"""`sosik serve` as machines run it: behind a Unix socket, reloaded, stopped and started again."""

import os
import pty
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest

from newsrooms import ARTICLE, Unpack
from serve.clients import Reply
from serve.polling import polling
from serve.servers import DEADLINE, HOST, Server, eventually, free_port, processes, serving, serving_sosik
from serve.unix_sockets import UnixConnection, unix_client

RUN_LOADED = """
import os, sys
sys.path.insert(0, sys.argv[2])
os.environ["PYTHONPATH"] = sys.argv[2]
from sosik.serve.listening import listening_at
from sosik.serve.workers import run_application
from loaded import load
with listening_at("127.0.0.1", int(sys.argv[1])) as listener:
    sys.exit(run_application(load, listener, 1))
"""

SLOW = """
import time
def load():
    def application(environ, start_response):
        time.sleep(float(environ["QUERY_STRING"] or 0))
        start_response("200 OK", [("Content-Length", "4")])
        return [b"done"]
    return application
"""

BROKEN_LATER = """
import os, sys, time
def load():
    if os.path.exists(os.path.join(os.path.dirname(__file__), "broken")):
        sys.exit("it cannot start")
    def application(environ, start_response):
        start_response("200 OK", [("Content-Length", "4")])
        return [b"done"]
    return application
"""


# --- a Unix socket


def test_a_unix_socket_answers_as_a_port_does(newsroom: Unpack, short: Path) -> None:
    """Whoever reaches it may connect; the file is there while the server is."""
    made = newsroom()
    with serving_sosik(made.root, unix_socket=short) as server:
        found = server.ask("/rss.xml", {"Accept-Encoding": "gzip"})
        again = server.ask("/rss.xml", {"Accept-Encoding": "gzip", "If-None-Match": found.headers["etag"]})
        assert (found.status, found.headers["content-encoding"], again.status) == (200, "gzip", 304)
        assert stat.S_IMODE(short.stat().st_mode) == 0o666

        eventually(lambda: "Ctrl-C" in server.output)
        assert f"socket:     {short}\n" in server.output
        assert "start page: https://feeds.test.example/feeds/\n" in server.output
        assert "feed:       https://feeds.test.example/rss.xml\n" in server.output
        assert server.stop() == 0
    assert not short.exists()


def test_a_socket_that_a_killed_server_left_is_replaced(newsroom: Unpack, short: Path) -> None:
    made = newsroom()
    with serving_sosik(made.root, unix_socket=short) as server:
        server.process.kill()
        server.process.wait()
    assert short.exists()

    with serving_sosik(made.root, unix_socket=short) as server:
        assert server.ask("/rss.xml").status == 200
    assert not short.exists()


def test_two_servers_never_share_a_socket(newsroom: Unpack, short: Path) -> None:
    made = newsroom()
    with serving_sosik(made.root, unix_socket=short) as server:
        assert "another server is using it" in made.sosik("serve", "--socket", short, status=1)
        assert server.ask("/rss.xml").status == 200
    assert not short.exists()


def test_a_socket_that_was_replaced_is_left_alone(newsroom: Unpack, short: Path) -> None:
    """The file that a server removes at its end is its own."""
    with serving_sosik(newsroom().root, unix_socket=short), ExitStack() as stack:
        short.unlink()
        other = stack.enter_context(socket.socket(socket.AF_UNIX))
        other.bind(str(short))
    assert short.exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere/sosik.sock", "not found"),
        ("notes.txt", "not a socket"),
        ("해" * 40, "more than 107"),
    ],
)
def test_a_path_that_cannot_be_a_socket_is_said_plainly(newsroom: Unpack, short: Path, name: str, said: str) -> None:
    (short.parent / "notes.txt").write_text("keep me")

    assert said in newsroom().sosik("serve", "--socket", short.parent / name, status=1)
    assert (short.parent / "notes.txt").read_text() == "keep me"


@pytest.mark.parametrize("option", [("--port", "8000"), ("--host", "127.0.0.1")])
def test_a_socket_and_a_port_are_a_contradiction(newsroom: Unpack, short: Path, option: tuple[str, str]) -> None:
    said = newsroom().sosik("serve", "--socket", short, *option, status=2)

    assert "--socket" in said
    assert not short.exists()


def test_drafts_are_not_shown_behind_a_proxy(newsroom: Unpack, short: Path) -> None:
    assert "--drafts" in newsroom().sosik("serve", "--drafts", "--socket", short, status=1)
    assert not short.exists()


# --- whom the log names


@pytest.mark.parametrize(("proxy", "named"), [((), HOST), (("--proxy", "127.0.0.0/8"), "203.0.113.9")])
def test_a_proxy_is_believed_when_it_is_named(newsroom: Unpack, proxy: tuple[str, ...], named: str) -> None:
    made = newsroom()
    said = made.root.parent / "access.log"
    with serving_sosik(made.root, "--access-log", said, *proxy) as server:
        assert server.ask("/rss.xml", {"X-Forwarded-For": "203.0.113.9"}).status == 200
        eventually(lambda: f"{named} - - [" in said.read_text())


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        (("--proxy", "nginx"), 2, "not an address"),
        (("--access-log", "nowhere/access.log"), 1, "not found"),
    ],
)
def test_what_cannot_be_logged_is_said_plainly(
    newsroom: Unpack, options: tuple[str, ...], status: int, said: str
) -> None:
    assert said in newsroom().sosik("serve", "--port", "0", *options, status=status)


# --- a reload


@pytest.mark.parametrize("kind", ["port", "socket"])
def test_a_reload_loses_no_request(newsroom: Unpack, short: Path, kind: str) -> None:
    """Every process is another one afterwards; on kept connections, new ones and slow ones, each poll is answered."""
    made = newsroom()
    unix_socket = short if kind == "socket" else None
    with serving_sosik(made.root, unix_socket=unix_socket) as server:
        connect: Callable[[], HTTPConnection] = (
            partial(UnixConnection, short) if unix_socket else partial(HTTPConnection, HOST, server.port, timeout=20)
        )
        builder = eventually(server.builder)
        before = {*server.workers(), builder}
        with polling(connect) as polls:
            for times in range(2):
                server.process.send_signal(signal.SIGHUP)
                eventually(lambda times=times: server.output.count("Reloaded") == times + 1)  # type: ignore[misc]  # a default cannot be typed
        assert polls.lost == []
        assert all(polls.answered[kind] > 10 for kind in ("one connection", "new connections", "slow to ask"))
        eventually(lambda: len(server.workers()) == 2)
        assert before.isdisjoint({*server.workers(), eventually(server.builder)})

        made.write(f"-- content/first.yaml --\n{ARTICLE.replace('본문', '고친 본문')}")
        eventually(lambda: "고친 본문" in server.ask("/rss.xml").body.decode())


def test_a_worker_killed_right_after_a_reload_is_replaced(newsroom: Unpack) -> None:
    with serving_sosik(newsroom().root) as server:
        server.process.send_signal(signal.SIGHUP)
        eventually(lambda: "Reloaded" in server.output)
        killed = server.workers()[0]
        os.kill(killed, signal.SIGKILL)
        eventually(lambda: killed not in server.workers() and len(server.workers()) == 2)
        assert server.ask("/rss.xml").status == 200


@contextmanager
def running(text: str, folder: Path) -> Iterator[Server]:
    """Run workers of an application given as the text of a module."""
    (folder / "loaded.py").write_text(text)
    port = free_port()
    with serving(RUN_LOADED, str(port), folder, port=port, said=folder / "said") as server:
        yield server


def test_what_cannot_start_does_not_replace_what_runs(tmp_path: Path) -> None:
    """A reload with an application that is broken leaves the workers before, and the next one is as good as any."""
    with running(BROKEN_LATER, tmp_path) as server:
        before = server.workers()
        (tmp_path / "broken").touch()
        server.process.send_signal(signal.SIGHUP)
        eventually(lambda: "Reload failed" in server.output)
        assert server.workers() == before
        assert server.ask("/").status == 200

        (tmp_path / "broken").unlink()
        server.process.send_signal(signal.SIGHUP)
        eventually(lambda: "Reloaded" in server.output)
        assert server.ask("/").status == 200


# --- the end


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_answers_under_way_are_finished(tmp_path: Path, how: signal.Signals) -> None:
    """Whoever has asked gets the answer; nobody is let in after that, and the status is 0."""
    with running(SLOW, tmp_path) as server:
        replies: list[Reply] = []
        asking = [Thread(target=lambda: replies.append(server.ask("/?1.5"))) for _ in range(3)]
        for thread in asking:
            thread.start()
        time.sleep(0.7)
        assert server.stop(how) == 0
        for thread in asking:
            thread.join()
        assert [(reply.status, reply.body) for reply in replies] == [(200, b"done")] * 3
        with pytest.raises(ConnectionRefusedError):
            server.ask("/")


@pytest.mark.parametrize("delay", [0.0, 0.2, 0.5, 1.0])
def test_ctrl_c_while_processes_start_shows_no_traceback(newsroom: Unpack, short: Path, delay: float) -> None:
    """A terminal sends the signal to all of them, be they still importing."""
    command = [sys.executable, "-m", "sosik", "-C", str(newsroom().root), "serve", "--socket", str(short)]
    process = subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        eventually(lambda: short.exists() or process.poll() is not None)
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=30)
    finally:
        process.kill()

    assert "Traceback" not in said
    eventually(lambda: not processes(session=process.pid))


def test_ctrl_c_reaches_none_of_the_processes_behind_the_first(newsroom: Unpack) -> None:
    """However early it comes: each was started with the signal blocked, also the first worker."""
    if not Path("/proc/self/status").exists():
        pytest.skip("no /proc to read a process's signals from")
    with serving_sosik(newsroom().root) as server:
        pids = {pid for pid, _, _ in processes(session=server.process.pid)} - {server.process.pid}
        assert len(pids) >= 3  # a worker, the builder, and the tracker of multiprocessing
        for pid in pids:
            assert signal.SIGINT in _unheard(pid), pid


def _unheard(pid: int) -> set[int]:
    """Return the signals that a process blocks or ignores."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    mask = int(lines["SigBlk"], 16) | int(lines["SigIgn"], 16)
    return {number for number in range(1, 65) if mask >> (number - 1) & 1}


@pytest.mark.skipif(sys.platform != "linux", reason="a policy of Linux")
def test_workers_are_not_interrupted_by_their_own_threads(newsroom: Unpack) -> None:
    with serving_sosik(newsroom().root) as server:
        eventually(lambda: all(os.sched_getscheduler(worker) == os.SCHED_BATCH for worker in server.workers()))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP])
def test_signals_count_from_the_first_build_on(newsroom: Unpack, short: Path, how: signal.Signals) -> None:
    """Before there is anything to end or to reload, both leave nothing behind, and neither is an error."""
    command = [sys.executable, "-m", "sosik", "-C", str(newsroom().root), "serve", "--socket", str(short)]
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        eventually(lambda: short.exists() or process.poll() is not None)
        process.send_signal(how)
        if how is signal.SIGHUP:
            eventually(lambda: unix_client(short)("/healthz").status == 200)
    finally:
        process.terminate()
        assert process.wait(DEADLINE) == 0
    assert not short.exists()
    eventually(lambda: not processes(session=process.pid))


def test_a_stop_during_a_reload_is_a_stop(newsroom: Unpack) -> None:
    with serving_sosik(newsroom().root) as server:
        server.process.send_signal(signal.SIGHUP)
        time.sleep(0.5)
        assert server.stop() == 0


def test_a_signal_to_all_its_processes_at_once_is_an_end_like_any_other(newsroom: Unpack) -> None:
    """So service managers and `timeout` end a server; nothing has died of it."""
    made = newsroom()
    with serving_sosik(made.root) as server:
        made.write(f"-- content/first.yaml --\n{ARTICLE.replace('본문', '고친 본문')}")
        eventually(lambda: "Edition 2" in server.output)
        os.killpg(server.process.pid, signal.SIGTERM)
        assert server.process.wait(DEADLINE) == 0
    assert "died" not in server.output


def test_a_reader_keeps_what_it_knows_over_a_restart(newsroom: Unpack) -> None:
    """Validators are the store's, not the process's: what a poll was answered with yesterday is a 304 today."""
    made = newsroom()
    known: dict[str, Reply] = {}
    for _ in range(2):
        with serving_sosik(made.root) as server:
            for path in ("/rss.xml", "/atom.xml", "/feed.json", "/feeds/"):
                reply = server.ask(path)
                assert reply.headers["etag"] == known.setdefault(path, reply).headers["etag"]
                for asked, field in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified")):
                    assert server.ask(path, {asked: known[path].headers[field]}).status == 304, (path, asked)
            assert server.stop() == 0


def test_a_closed_terminal_ends_the_server_and_a_reload_does_not(newsroom: Unpack) -> None:
    """SIGHUP is a reload from whoever sends it by hand, and the end when it means that the terminal is gone."""
    made, port = newsroom(), free_port()
    child, terminal = pty.fork()
    if not child:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup it is ignored, by children too
        command = [sys.executable, "-m", "sosik", "-C", str(made.root), "serve", "--port", str(port)]
        os.execv(sys.executable, command)  # noqa: S606  # it is the terminal's first process, as a shell would be
    os.set_blocking(terminal, False)
    said = bytearray()
    try:
        eventually(lambda: b"Ctrl-C" in _heard(terminal, said))
        os.kill(child, signal.SIGHUP)
        eventually(lambda: b"Reloaded" in _heard(terminal, said))
        connection = HTTPConnection(HOST, port, timeout=20)
        connection.request("GET", "/rss.xml")
        assert connection.getresponse().status == 200
        connection.close()
    finally:
        os.close(terminal)
        _, ended = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(ended) == 0
    eventually(lambda: not processes(session=child))


def _heard(terminal: int, said: bytearray) -> bytearray:
    with suppress(BlockingIOError):
        said += os.read(terminal, 4_096)
    return said
