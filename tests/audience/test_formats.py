"""The same visits are the same audience, whoever wrote the log and however it is handed over."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from audience.logs import FEEDLY, MINIFLUX, NEWSBOAT, Visit, caddy, combined, write
from serve.clients import socket_client
from serve.servers import eventually, free_port


def visits() -> list[Visit]:
    random = Random(7)  # noqa: S311  # the same visits every time
    agents = [NEWSBOAT, MINIFLUX, *(FEEDLY.format(number) for number in range(3, 9)), "\\x22quoted\\x22"]
    return [
        Visit(
            after=minute * 1.5,
            address=f"198.51.100.{random.randrange(9)}",
            target=random.choice(["/rss.xml", "/rss.xml?a=b", "/local/feed.json", "/articles/a/"]),
            status=(status := random.choice([200, 304, 304, 404])),
            size=0 if status == 304 else random.randrange(1000, 1003),
            agent=random.choice(agents),
        )
        for minute in range(3000)
    ]


def read(folder: Path, *logs: Path | str, stdin: bytes = b"") -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "sosik", "-C", str(folder), "audience", "--json", *map(str, logs)],
        input=stdin,
        capture_output=True,
        check=True,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_every_way_to_hand_over_a_log_tells_the_same(tmp_path: Path) -> None:
    known = visits()
    expected = read(tmp_path, write(tmp_path / "access.log", combined(known)))
    assert expected["malformed"] == 0
    assert expected["lines"] == len(known)

    appended = tmp_path / "appended.log.gz"
    appended.write_bytes(gzip.compress(combined(known[:1000])) + gzip.compress(combined(known[1000:])) + bytes(512))
    ways = {
        "Caddy": [write(tmp_path / "caddy.log", caddy(known))],
        "gzip": [write(tmp_path / "access.log.gz", combined(known))],
        "gzip, appended": [appended],
        "Caddy, gzip": [write(tmp_path / "caddy.log.gz", caddy(known))],
        "rotated": [
            write(tmp_path / "access.log.2.gz", combined(known[:900])),
            write(tmp_path / "access.log.1", combined(known[900:1800])),
            write(tmp_path / "mixed.log", caddy(known[1800:2000]) + combined(known[2000:])),
        ],
    }
    for way, logs in ways.items():
        assert read(tmp_path, *logs) == expected, way
    assert read(tmp_path, "-", stdin=combined(known)) == expected
    assert read(tmp_path, "-", stdin=gzip.compress(caddy(known))) == expected


def test_caddys_own_log_is_read(tmp_path: Path) -> None:
    """What Caddy really writes, not what we think it does."""
    program = Path(sys.executable).with_name("caddy")
    if not program.exists():
        pytest.skip("caddy is not installed")
    port = free_port()
    (tmp_path / "rss.xml").write_text("<rss/>", "utf-8")
    log = tmp_path / "log.json"
    site = f":{port} {{\n root {tmp_path}\n file_server\n log {{\n output file {log}\n }}\n}}\n"
    (tmp_path / "Caddyfile").write_text("{\n admin off\n auto_https off\n}\n" + site, "utf-8")
    process = subprocess.Popen(
        [program, "run", "--config", tmp_path / "Caddyfile", "--adapter", "caddyfile"],
        stderr=subprocess.DEVNULL,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    try:
        ask = socket_client("127.0.0.1", port)
        agent = {"User-Agent": FEEDLY.format(16)}
        first = eventually(lambda: ask("/rss.xml", agent))
        assert ask("/rss.xml", {**agent, "If-None-Match": first.headers["etag"]}).status == 304
        eventually(lambda: log.exists() and log.read_bytes().count(b"handled request") == 2)
    finally:
        process.terminate()
        process.wait()

    found = read(tmp_path, log)

    assert found["subscribers"] == 16
    assert found["traffic"] == {"polls": 2, "unchanged": 1, "sent": 6, "saved": 6, "unchanged_share": 0.5}
    assert found["malformed"] == 0
