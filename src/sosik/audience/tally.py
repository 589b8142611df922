"""Counts requests in memory that does not depend on the size of the log."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from hashlib import blake2b
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from sosik.audience.distinct import Distinct
from sosik.audience.lines import Hit, MalformedError, parse_line
from sosik.audience.services import OTHER, Agent, ServiceKind, read_agent
from sosik.queries import QueryAddresses

MOST_SUBSCRIBERS = 100_000
"""What a service may say; a greater number is not believed. Anybody can put any number into a User-Agent."""
MOST_CLAIMS = 32
"""Services (or their feed-ids) that are believed for one feed on one day."""
MOST_CELLS = 20_000
"""Feeds times days that are counted apart."""
MOST_CLIENTS = 100_000
"""Clients that are watched for waste; beyond, those that polled least are forgotten."""
MOST_NAMES = 500
"""Services by name; the rest is counted together."""
MOST_KEPT = 1_000_000
"""Hashes kept for counting readers, all feeds and days together."""
_MOST_CACHED = 20_000
_NEVER = 2**62


class Cell(Struct):
    """One feed on one day. `full` are answers with a body, `full_bytes` theirs; `claims` by service and feed-id."""

    polls: int = 0
    unchanged: int = 0
    full: int = 0
    full_bytes: int = 0
    bytes: int = 0
    claims: dict[tuple[str, str], int] = field(default_factory=dict)
    readers: Distinct = field(default_factory=Distinct)


class Client(Struct):
    """One client (address and agent) of one feed. `repeats` are bodies as long as the one before, `wasted` bytes."""

    first: int
    last: int = 0
    day: int = -1
    polls: int = 0
    unchanged: int = 0
    repeats: int = 0
    wasted: int = 0
    size: int = -1


class ServicePolls(Struct):
    """What one service did."""

    kind: ServiceKind
    polls: int = 0
    unchanged: int = 0
    bytes: int = 0


class Tally:
    """Counts the requests for feeds. `is_feed` tells of a decoded path whether it is one; days begin in `zone`.

    `queries` are the feeds that their queries tell apart.

    `overflow` counts what went beyond a bound, by the message that tells of it.
    """

    def __init__(self, is_feed: Callable[[str], bool], zone: ZoneInfo, queries: QueryAddresses | None = None) -> None:
        self.lines = 0
        self.malformed = 0
        self.elsewhere = 0
        self.refused: Counter[int] = Counter()
        self.unbelieved = 0
        self.cells: dict[tuple[str, int], Cell] = {}
        self.clients: dict[tuple[bytes, bytes, str], Client] = {}
        self.services: dict[str, ServicePolls] = {}
        self.overflow: Counter[str] = Counter()
        self.precision = 1024
        self._earliest, self._latest = _NEVER, -1
        self._is_feed = is_feed
        self._queries = queries or QueryAddresses()
        self.zone = zone
        self._kept = 0
        self._paths: dict[bytes, str] = {}
        self._agents: dict[bytes, Agent] = {}
        self._days: dict[int, int] = {}

    @property
    def span(self) -> tuple[int, int] | None:
        """The instants (seconds) of the first and the last poll, None where there was none."""
        return (self._earliest, self._latest) if self._latest >= 0 else None

    def add_lines(self, lines: Iterable[bytes]) -> None:
        """Count lines of a log; what is malformed is counted as that."""
        for line in lines:
            if not line:
                continue
            self.lines += 1
            try:
                hit = parse_line(line)
            except MalformedError:
                self.malformed += 1
                continue
            path = self._path(hit.target) if hit else ""
            if hit and path:
                self._add(hit, path)
            else:
                self.elsewhere += 1

    def skip(self, lines: int) -> None:
        """Count lines that were too long to be any."""
        self.lines += lines
        self.malformed += lines

    def _add(self, hit: Hit, path: str) -> None:
        if hit.status not in (200, 304) or hit.method not in (b"GET", b"HEAD"):
            self.refused[hit.status] += 1
            return
        if hit.at > self._latest:
            self._latest = hit.at
        if hit.at < self._earliest:
            self._earliest = hit.at
        agent = self._agent(hit.agent)
        day = self._day(hit.at)
        self._add_service(hit, agent)
        is_new = self._add_client(hit, path, day)
        cell = self._cell(path, day)
        if cell is None:
            return
        cell.polls += 1
        cell.bytes += hit.size
        if hit.status == 304:
            cell.unchanged += 1
        elif hit.method == b"GET":
            cell.full += 1
            cell.full_bytes += hit.size
        if agent.count is not None:
            self._add_claim(cell, agent, agent.count)
        elif is_new and agent.kind in (ServiceKind.READER, ServiceKind.OTHER):
            self._add_reader(cell, hit)

    def _cell(self, path: str, day: int) -> Cell | None:
        cell = self.cells.get((path, day))
        if cell is None and len(self.cells) < MOST_CELLS:
            cell = self.cells[path, day] = Cell()
        elif cell is None:
            self.overflow["audience.requests-uncounted"] += 1
        return cell

    def _add_service(self, hit: Hit, agent: Agent) -> None:
        name = agent.name if agent.name in self.services or len(self.services) < MOST_NAMES else OTHER
        polls = self.services.get(name)
        if polls is None:
            polls = self.services[name] = ServicePolls(agent.kind)
        polls.polls += 1
        polls.bytes += hit.size
        polls.unchanged += hit.status == 304

    def _add_claim(self, cell: Cell, agent: Agent, count: int) -> None:
        """Believe the greatest number that a service said of a feed on a day: several of its machines say the same."""
        key = agent.name, agent.feed
        if count > MOST_SUBSCRIBERS or (key not in cell.claims and len(cell.claims) >= MOST_CLAIMS):
            self.unbelieved += 1
        elif count > cell.claims.get(key, -1):
            cell.claims[key] = count

    def _add_reader(self, cell: Cell, hit: Hit) -> None:
        digest = blake2b(hit.address + b"\0" + hit.agent, digest_size=8).digest()
        before = len(cell.readers)
        cell.readers.add(int.from_bytes(digest, "big"), self.precision)
        self._kept += len(cell.readers) - before
        if self._kept > MOST_KEPT:
            self.precision = max(16, self.precision // 2)
            for other in self.cells.values():
                other.readers.trim(self.precision)
            self._kept = sum(len(other.readers) for other in self.cells.values())

    def _add_client(self, hit: Hit, path: str, day: int) -> bool:
        """Watch a client for waste; tell whether it was not seen before on this day, as far as is known."""
        key = hit.address, hit.agent, path
        client = self.clients.get(key)
        if client is None:
            if len(self.clients) >= MOST_CLIENTS:
                self._forget_clients()
            client = self.clients[key] = Client(hit.at)
        client.polls += 1
        if hit.at > client.last:
            client.last = hit.at
        if hit.at < client.first:
            client.first = hit.at
        if hit.status == 304:
            client.unchanged += 1
        elif hit.method == b"GET":
            if hit.size == client.size:
                client.repeats += 1
                client.wasted += hit.size
            client.size = hit.size
        is_new = client.day != day
        client.day = day
        return is_new

    def _forget_clients(self) -> None:
        ranked = sorted(self.clients.items(), key=lambda item: (-item[1].wasted, -item[1].polls))
        self.overflow["audience.clients-forgotten"] += len(ranked) // 2
        self.clients = dict(ranked[: len(ranked) // 2])

    def _path(self, target: bytes) -> str:
        """Return the path of a feed, with a query only where that tells it apart; nothing for anything else."""
        path = self._paths.get(target)
        if path is None:
            if len(self._paths) >= _MOST_CACHED:
                self._paths.clear()
            address, _, query = target.decode("utf-8", "replace").partition("?")
            asked = unquote(address)
            found = self._queries.find(asked, query) if query else ""
            path = self._paths[target] = found or (asked if len(asked) < 500 and self._is_feed(asked) else "")
        return path

    def _agent(self, agent: bytes) -> Agent:
        known = self._agents.get(agent)
        if known is None:
            if len(self._agents) >= _MOST_CACHED:
                self._agents.clear()
            known = self._agents[agent] = read_agent(agent)
        return known

    def _day(self, at: int) -> int:
        """Return the day of an instant, as its ordinal; every zone's days begin at a quarter of an hour."""
        quarter = at // 900
        day = self._days.get(quarter)
        if day is None:
            if len(self._days) >= _MOST_CACHED:
                self._days.clear()
            day = self._days[quarter] = datetime.fromtimestamp(at, UTC).astimezone(self.zone).toordinal()
        return day
