"""Access logs of which the truth is known: one list of visits, written in every format."""

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

KOREA = timezone(timedelta(hours=9))
FIRST_DAY = datetime(2024, 1, 16, 9, 0, tzinfo=KOREA)

FEEDLY = "Feedly/1.0 (+http://www.feedly.com/fetcher.html; {} subscribers; like FeedFetcher-Google)"
FEEDBIN = "Feedbin feed-id:{} - {} subscribers"
MINIFLUX = "Mozilla/5.0 (compatible; Miniflux/2.1.0; +https://miniflux.app)"
NEWSBOAT = "newsboat/2.36 (Linux x86_64)"
BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36"


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One request. `after` is in minutes since the first day at 9 o'clock, Korean time."""

    after: float = 0
    address: str = "192.0.2.1"
    target: str = "/rss.xml"
    status: int = 200
    size: int = 5000
    agent: str = NEWSBOAT
    method: str = "GET"

    @property
    def at(self) -> datetime:
        return FIRST_DAY + timedelta(minutes=self.after)


def combined(visits: Iterable[Visit]) -> bytes:
    """Write visits as nginx does."""
    lines = [
        f"{visit.address} - - [{visit.at:%d/%b/%Y:%H:%M:%S %z}] "
        f'"{visit.method} {visit.target} HTTP/1.1" {visit.status} {visit.size} "-" "{visit.agent}"\n'
        for visit in visits
    ]
    return "".join(lines).encode()


def caddy(visits: Iterable[Visit]) -> bytes:
    """Write visits as Caddy does."""
    lines = []
    for visit in visits:
        request = {
            "remote_ip": visit.address,
            "remote_port": "50000",
            "client_ip": visit.address,
            "proto": "HTTP/1.1",
            "method": visit.method,
            "host": "feeds.test.example",
            "uri": visit.target,
            "headers": {"User-Agent": [visit.agent], "Accept": ["*/*"]},
        }
        record = {
            "level": "info",
            "ts": visit.at.timestamp() + 0.123,
            "logger": "http.log.access.log0",
            "msg": "handled request",
            "request": request,
            "size": visit.size,
            "status": visit.status,
        }
        lines.append(json.dumps(record) + "\n")
    return "".join(lines).encode()


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def polls(number: int, *, every: float, first: float = 0, **fields: object) -> list[Visit]:
    """Return visits of one client: every so many minutes, a 304 each after the first."""
    answers = [{"status": 200}, *({"status": 304, "size": 0} for _ in range(number - 1))]
    return [
        Visit(**{"after": first + every * index, **answer, **fields})  # type: ignore[arg-type]  # fields of Visit
        for index, answer in enumerate(answers)
    ]
