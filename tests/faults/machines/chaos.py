"""Who kills: leaders, servers and the database, each kind again and again, as a seed decides."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

from faults.machines.cluster import Machine
from faults.machines.database import Database
from serve.servers import DEADLINE, eventually

LEADERS = ("all", "all", "first", "builder")
SERVERS = ("all", "first")
DATABASES = ("fast", "immediate", "killed", "crashed")
LONGEST = 8.0
"""Seconds for which the database may be away."""


class Chaos:
    """Kills so many leaders, servers and databases, each kind at even distances over some seconds, whatever the others
    do meanwhile; `counts` says how many of which way.

    `spans` are the times from each kill until the killed one was replaced, and its way.
    """

    def __init__(
        self,
        servers: Sequence[Machine],
        builders: Sequence[Machine],
        database: Database,
        renew: Callable[[Path], None],
        *,
        numbers: tuple[int, int, int],
        seconds: float,
        seed: int,
    ) -> None:
        self.counts: Counter[str] = Counter()
        self.spans: list[tuple[float, float, str]] = []
        self._servers, self._builders, self._database = servers, builders, database
        self._renew, self._seconds, self._numbers = renew, seconds, numbers
        self._random = Random(seed)  # noqa: S311  # not for secrets

    def run(self) -> None:
        """Kill. Raises what went wrong with it: a leader that never came, a server that never was ready again."""
        turns = (self._leader, self._server, self._away)
        with ThreadPoolExecutor(len(turns)) as killers:
            going = [killers.submit(self._again, *what) for what in zip(turns, self._numbers, strict=True)]
        for killer in going:
            killer.result()

    def _again(self, turn: Callable[[], str], number: int) -> None:
        begun, step = time.monotonic(), self._seconds / number
        for done in range(number):
            # Each some time within its part of the whole.
            time.sleep(max(0.0, begun + (done + self._random.uniform(0.1, 0.7)) * step - time.monotonic()))
            at = time.monotonic()
            kind = turn()
            self.counts[kind] += 1
            self.spans.append((at, time.monotonic(), kind))
        time.sleep(max(0.0, begun + self._seconds - time.monotonic()))

    def _leader(self) -> str:
        """Kill the leader, which fills the bucket, too; let a new standby come."""
        (leader,) = eventually(self._who_leads, deadline=3 * DEADLINE)
        how = self._random.choice(LEADERS)
        leader.kill(how)
        if how != "builder":
            time.sleep(self._random.uniform(0, 2))
            self._renew(leader.folder)
            leader.back()
        return f"leaders killed: {how}"

    def _who_leads(self) -> list[Machine]:
        """Return the one that leads; nobody while none or several say so."""
        leaders = [machine for machine in self._builders if machine.role() == "leader"]
        return leaders if len(leaders) == 1 else []

    def _server(self) -> str:
        server, how = self._random.choice(self._servers), self._random.choice(SERVERS)
        server.kill(how)
        time.sleep(self._random.uniform(0, 2))
        server.back()
        return f"servers killed: {how}"

    def _away(self) -> str:
        how = self._random.choice(DATABASES)
        self._database.restart(how, self._random.uniform(0, LONGEST))
        return f"database restarts: {how}"
