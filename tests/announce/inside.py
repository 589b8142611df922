"""What `test_rebinding` runs in a network of its own: names, an address of the public Internet, and what asks there.

Run as `python inside.py FOLDER`, as the root of new user, network and mount namespaces. Prints what came of every
request, in JSON.
"""

import fcntl
import json
import socket
import struct
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

from sosik.web import NoAnswerError, ask

PUBLIC, PRIVATE = "1.2.3.4", "127.0.0.1"
TURNS = {
    "outer.test": [[PUBLIC]],
    "inner.test": [[PRIVATE]],
    "rebinding.test": [[PUBLIC], [PRIVATE]],
    "turning.test": [[PUBLIC], [PRIVATE]],
    "both.test": [[PUBLIC, PRIVATE]],
    "hidden.test": [["64:ff9b::7f00:1"]],
}
"""The addresses of each name, the first time it is asked for, the second, and so on; the last ones for ever."""

HITS: Counter[str] = Counter()
ASKED: Counter[str] = Counter()


def bring_up() -> None:
    """Give the loopback device a second address, which is taken for one of the Internet (netdevice(7))."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sH14x", b"lo", 0x41))  # SIOCSIFFLAGS: up, running
        address = struct.pack("16sHH4s8x", b"lo:1", socket.AF_INET, 0, socket.inet_aton(PUBLIC))
        fcntl.ioctl(any_socket, 0x8916, address)  # SIOCSIFADDR


def name_server(link: socket.socket) -> None:
    """Answer questions for addresses (RFC 1035, 4.1), none of which may be remembered."""
    while True:
        question, client = link.recvfrom(512)
        labels, place = [], 12
        while length := question[place]:
            labels.append(question[place + 1 : place + 1 + length].decode())
            place += 1 + length
        name, (kind,) = ".".join(labels).lower(), struct.unpack_from(">H", question, place + 1)
        turns = TURNS.get(name, [[]])
        wanted = {1: socket.AF_INET, 28: socket.AF_INET6}.get(kind)
        found = [address for address in turns[min(ASKED[name], len(turns) - 1)] if family(address) == wanted]
        ASKED[name] += kind == 1
        records = [socket.inet_pton(family(address), address) for address in found]
        answers = b"".join(struct.pack(">HHHIH", 0xC00C, kind, 1, 0, len(one)) + one for one in records)
        head = question[:2] + struct.pack(">HHHHH", 0x8180, 1, len(records), 0, 0)
        link.sendto(head + question[12 : place + 5] + answers, client)


def family(address: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def web_server(address: str) -> None:
    """Answer at an address: what stands behind the question mark is where to go on."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            HITS[address] += 1
            target = unquote(self.path.partition("?")[2])
            self.send_response(307 if target else 200)
            if target:
                self.send_header("Location", target)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        address_family = family(address)

    begin(Server((address, 80), Handler).serve_forever)


def begin(work: Callable[[], object]) -> None:
    Thread(target=work, daemon=True).start()


def outcome(address: str) -> dict[str, object]:
    """Ask as announcements do, and follow redirects; return what came, and who was asked."""
    HITS.clear()
    try:
        came = str(ask("POST", address, body=b"x", only_public=True, redirects=3, timeout=5).status)
    except NoAnswerError as error:
        came = str(error)
    return {"came": came, "hits": dict(HITS)}


def main(folder: Path) -> None:
    """Lay everything out, ask for each address on standard input, a line each, and print what came."""
    bring_up()
    (folder / "resolv.conf").write_text("nameserver 127.0.0.1\noptions attempts:2 timeout:2\n", "utf-8")
    subprocess.run(["mount", "--bind", folder / "resolv.conf", "/etc/resolv.conf"], check=True)
    link = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    link.bind((PRIVATE, 53))
    begin(lambda: name_server(link))
    for address in (PUBLIC, PRIVATE, "::1"):
        web_server(address)
    found = [outcome(line.strip()) for line in sys.stdin]
    print(json.dumps({"found": found, "asked": dict(ASKED)}))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
