"""Who kills: leaders, servers and the database, one after another, in an order that a seed decides."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from threading import Event, Thread

from faults.machines.bucket import Deliverer
from faults.machines.cluster import Machine
from faults.machines.database import Database
from serve.servers import DEADLINE, eventually

LEADERS = ("all", "all", "first", "builder")
SERVERS = ("all", "first")
DATABASES = ("fast", "immediate", "killed", "crashed")
LONGEST = 8.0
"""Seconds for which the database may be away."""


class Chaos(Thread):
    """Kills so many of each, at even distances over some seconds; `counts` says how many of which way.

    `spans` are the times from each kill until the killed one was replaced.
    """

    def __init__(
        self,
        servers: Sequence[Machine],
        builders: Sequence[Machine],
        database: Database,
        deliverers: Sequence[Deliverer],
        renew: Callable[[Path], None],
        *,
        numbers: tuple[int, int, int],
        seconds: float,
        seed: int,
    ) -> None:
        super().__init__(name="chaos")
        self.counts: Counter[str] = Counter()
        self.spans: list[tuple[float, float]] = []
        self.failure: Exception | None = None
        self.ended = Event()
        self._servers, self._builders, self._database = servers, builders, database
        self._deliverers, self._renew = deliverers, renew
        self._random = Random(seed)  # noqa: S311  # not for secrets
        leaders, killed, restarts = numbers
        self._turns = [self._leader] * leaders + [self._server] * killed + [self._away] * restarts
        self._random.shuffle(self._turns)
        self._step = seconds / max(1, len(self._turns))

    def run(self) -> None:
        """Kill."""
        begun = time.monotonic()
        try:
            for number, turn in enumerate(self._turns):
                time.sleep(max(0.0, begun + (number + 0.5) * self._step - time.monotonic()))
                at = time.monotonic()
                turn()
                self.spans.append((at, time.monotonic()))
            time.sleep(max(0.0, begun + len(self._turns) * self._step - time.monotonic()))
        except Exception as error:  # noqa: BLE001  # it is raised where the test waits
            self.failure = error
        finally:
            self.ended.set()

    def _leader(self) -> None:
        """Kill the leader, and with it what brings its editions into the bucket; let a new standby come."""
        (leader,) = eventually(self._who_leads, deadline=3 * DEADLINE)
        how = self._random.choice(LEADERS)
        deliverer = self._deliverers[self._builders.index(leader)]
        leader.kill(how)
        if how != "builder":
            deliverer.kill()
            time.sleep(self._random.uniform(0, 2))
            self._renew(leader.folder)
            leader.back()
            deliverer.start()
        self.counts[f"leaders killed: {how}"] += 1

    def _who_leads(self) -> list[Machine]:
        """Return the one that leads; nobody while none or several say so."""
        leaders = [machine for machine in self._builders if machine.role() == "leader"]
        return leaders if len(leaders) == 1 else []

    def _server(self) -> None:
        server, how = self._random.choice(self._servers), self._random.choice(SERVERS)
        server.kill(how)
        time.sleep(self._random.uniform(0, 2))
        server.back()
        self.counts[f"servers killed: {how}"] += 1

    def _away(self) -> None:
        """Have the database away for a while, and sometimes kill a server meanwhile: it finds nothing at its start."""
        how, seconds = self._random.choice(DATABASES), self._random.uniform(0, LONGEST)
        going = Thread(target=self._database.restart, args=(how, seconds), name="database")
        going.start()
        if self._random.random() < 0.4:
            time.sleep(self._random.uniform(0, 1))
            self._server()
        going.join()
        self.counts[f"database restarts: {how}"] += 1
