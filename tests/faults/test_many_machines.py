"""Minutes in which machines die: three servers behind a balancer, a leader and a standby, a database, a bucket.

Somebody edits about once a second and commits; builders pull. Meanwhile leaders, servers and the database are killed
and replaced. Readers poll all the time, by way of the balancer, each server, and the bucket; every answer is judged.
Needs Linux, Caddy and git. `SOSIK_SEED` chooses other chance.
"""

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote

import pytest

from faults.machines.bucket import BucketReader, digests
from faults.machines.chaos import Chaos
from faults.machines.cluster import Machine, balanced, running
from faults.machines.database import Database, database
from faults.machines.desk import Desk, cloned, founded, pulling
from faults.machines.judging import (
    delays,
    numbered_twice,
    restless,
    row,
    seen_at,
    unknown_versions,
    wrong_for_bucket_readers,
    wrong_in_bucket,
)
from faults.machines.readers import Reader, excused, marks
from faults.soak.book import Book
from faults.trials import MINUTES, Trials
from newsrooms import Newsroom as Files
from publish.object_stores import SECRETS, Bucket, endpoint
from serve.servers import DEADLINE, eventually
from sosik.publish.bucket.pointer import NAME as POINTER
from sosik.publish.bucket.pointer import read_pointer
from sosik.store import open_snapshot
from sosik.store.address import address_of

FILES = ("rss.xml", "atom.xml", "feed.json")
SEED = int(os.environ.get("SOSIK_SEED", "0"))


@dataclass(frozen=True)
class Time:
    """How bad a time is: its seconds, articles, workers of a server, readers of the balancer, seconds between two polls
    and two edits, how many leaders, servers and databases are killed, and the seconds in which a death is noticed.
    """

    seconds: float
    entries: int
    workers: int
    readers: int
    pause: float
    edit: float
    killed: tuple[int, int, int]
    grace: float


LONG = Time(MINUTES * 60, 60, 2, 4, 0.02, 1.0, (24, 24, 7), grace=10)
SHORT = Time(12, 12, 1, 2, 0.05, 1.5, (1, 1, 1), grace=10**9)
"""The suite's machine may be busy with other tests: when something may be noticed is judged in the long form alone."""


@dataclass
class Cluster:
    """All that runs, and who is at it."""

    root: Path
    time: Time
    database: Database
    servers: list[Machine]
    builders: list[Machine]
    bucket: Bucket
    desk: Desk
    chaos: Chaos
    book: Book
    bodies: dict[tuple[str, str], bytes]
    readers: list[Reader]
    direct: list[Reader]
    fetching: BucketReader


@pytest.mark.skipif(sys.platform != "linux", reason="readers need many addresses of their own")
@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_machines_die_and_readers_notice_nothing_wrong(tmp_path: Path, trials: Trials) -> None:
    with ExitStack() as stack:
        cluster = set_up(stack, tmp_path, LONG if MINUTES else SHORT)
        with visited(cluster):
            with edited(cluster):
                cluster.chaos.run()
            wrong = [*unlike_at_the_end(cluster)]
        wrong += judged(cluster)
        for kind, count in counts(cluster).items():
            trials.note(kind, count)
        print(table(cluster))  # noqa: T201  # pytest shows it with -rP
    said = [machine.said for machine in (*cluster.servers, *cluster.builders)]
    wrong += [f"{path.name}: a traceback" for path in said if "Traceback" in path.read_text("utf-8", "replace")]
    assert not wrong, "\n".join(f"{count} × {text}" for text, count in Counter(wrong).most_common(40))


# --- what runs


def set_up(stack: ExitStack, folder: Path, time: Time) -> Cluster:
    """Start everything but who edits, reads and kills."""
    newsroom = founded(folder / "origin", time.entries)
    base, bucket = stack.enter_context(database()), made_bucket(folder)
    builders, servers = machines(folder, base, bucket, time)
    stack.enter_context(running(builders[:1]))
    base.log_versions()
    stack.enter_context(running([*servers, *builders[1:]]))
    port = stack.enter_context(balanced(servers, folder / "front"))
    eventually(lambda: bucket.read("feed.json"), deadline=3 * DEADLINE)

    done, book, bodies = Event(), Book(agreed=float("inf")), dict[tuple[str, str], bytes]()
    feeds = [*FILES, *(f"section/부서0/{name}" for name in FILES)]
    paths = [*(quote(f"/{name}") for name in feeds), "/feeds/feeds.opml", "/news-sitemap.xml"]
    readers = [Reader(n, port, paths, book, bodies, done, pause=time.pause) for n in range(time.readers)]
    often = [*(["/feed.json"] * len(paths)), *paths]
    direct = [
        Reader(20 + n, machine.port, often, book, bodies, done, pause=time.pause, machine=machine)
        for n, machine in enumerate(servers)
    ]
    fetching = BucketReader(bucket, feeds, SEED, 2 * time.pause, done)
    desk = Desk(newsroom, folder / "origin", time.edit, SEED, Event())
    chaos = Chaos(servers, builders, base, renewed, numbers=time.killed, seconds=time.seconds, seed=SEED)
    return Cluster(folder, time, base, servers, builders, bucket, desk, chaos, book, bodies, readers, direct, fetching)


def machines(folder: Path, base: Database, bucket: Bucket, time: Time) -> tuple[list[Machine], list[Machine]]:
    """Return two builders, each with a checkout of its own, and three servers with nothing but the store's address."""
    store = {"SOSIK_STORE": base.address}
    leading = ["--workers", "1", "--to", bucket.url]
    serving = ["--workers", str(time.workers), "--no-build"]
    builders = [Machine(name, folder / "builders" / name, leading, store | secrets(bucket)) for name in ("one", "two")]
    for builder in builders:
        renewed(builder.folder)
    return builders, [Machine(name, folder / "servers" / name, serving, store) for name in ("a", "b", "c")]


def renewed(checkout: Path) -> None:
    """Check the publication out anew, on a machine that has nothing else."""
    cloned(checkout.parent.parent / "origin", checkout)


def secrets(bucket: Bucket) -> dict[str, str]:
    """Return the environment that lets somebody into a bucket."""
    told = {**SECRETS, "endpoint_url": bucket.endpoint, "region": "us-east-1"}
    return {f"AWS_{name.upper()}": value for name, value in told.items()}


def made_bucket(folder: Path) -> Bucket:
    (folder / "s3").mkdir()
    made = Bucket(endpoint("seaweedfs", folder / "s3"), "machines")
    made.make()
    return made


@contextmanager
def visited(cluster: Cluster) -> Iterator[None]:
    """Have readers everywhere until the block ends."""
    threads = [*cluster.readers, *cluster.direct, cluster.fetching]
    with threading(threads, cluster.fetching.done):
        yield


@contextmanager
def edited(cluster: Cluster) -> Iterator[None]:
    """Have somebody edit, and the checkouts pull, until the block ends; then the last edit is pulled, too."""
    done = Event()
    with threading(pulling([machine.folder for machine in cluster.builders], SEED, done), done):
        with threading([cluster.desk], cluster.desk.done):
            yield
        eventually(lambda: same_everywhere(cluster), deadline=3 * DEADLINE)


@contextmanager
def threading(threads: Sequence[Thread], done: Event) -> Iterator[None]:
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join()


# --- what came of it


def same_everywhere(cluster: Cluster) -> bool:
    """Tell whether all servers and the bucket show the articles as the desk left them."""
    wanted: dict[int, int] = {}
    for path in (cluster.root / "origin" / "content").rglob("*.yaml"):
        text = path.read_text("utf-8")
        wanted |= {} if "status: withdrawn" in text else marks(text)
    shown = [marks(machine.ask("/feed.json").body) for machine in cluster.servers]
    lying = cluster.bucket.read(POINTER)
    return all(found == wanted for found in (*shown, marks(cluster.bucket.read("feed.json") or b""))) and (
        read_pointer(lying or b"").is_complete
    )


def unlike_at_the_end(cluster: Cluster) -> Iterator[str]:
    """Yield where a server or the bucket is not as the store, or the store not as a build of the same files."""
    address = address_of(cluster.database.address, cluster.root / "builders" / "one" / ".sosik")
    with closing(open_snapshot(address)) as snapshot:
        heads = {str(head.path): head.etag for head in snapshot.heads() if head.status == 200}
    for machine in cluster.servers:
        for path, tag in heads.items():
            reply = machine.ask(quote(path))
            if reply.status != 200 or digests(reply.body)[0] != tag or reply.headers["etag"] != f'"{tag}"':
                yield f"{machine.name}: {path} is not as in the store"
    yield from wrong_in_bucket(cluster.bucket, heads)
    cloned(cluster.root / "origin", cluster.root / "anew")
    anew = Files(cluster.root / "anew")
    anew.sosik("build")
    for path in ("/feed.json", "/section/부서0/feed.json"):
        served = json.loads(cluster.servers[0].ask(quote(path)).body)["items"]
        if served != json.loads(anew.read(path))["items"]:
            yield f"{path} has not the articles that a build of the same files has"


def judged(cluster: Cluster) -> list[str]:
    """Return what was wrong while all went on."""
    versions = cluster.database.versions()
    wrong = [*cluster.book.wrong, *unknown_versions(cluster.book, versions)]
    wrong += numbered_twice(cluster.database.editions())
    wrong += restless(cluster.bodies, versions)
    wrong += wrong_for_bucket_readers(cluster.fetching, versions, cluster.database.gone())
    for reader in (*cluster.readers, *cluster.direct):
        machines = [reader.machine] if reader.machine else cluster.servers
        outcome = reader.outcome
        wrong += outcome.wrong
        own = [came for _, came in outcome.front]
        for kind, times in (
            ("503", outcome.refused), ("a broken connection", outcome.broken), ("an answer of the balancer's own", own),
        ):  # fmt: skip
            lately = (excused(when, machines, cluster.database, cluster.time.grace) for when in times)
            wrong += [f"{reader.name}: {kind} without a reason"] * [*lately].count(False)
    return wrong


def counts(cluster: Cluster) -> Mapping[str, int]:
    """Return how often everything was done."""
    everyone = [reader.outcome for reader in (*cluster.readers, *cluster.direct)]
    found = {f"answers judged: {status}": number for status, number in cluster.book.statuses.items()}
    return found | cluster.chaos.counts | {
        "edits": len(cluster.desk.saved),
        "editions": len(cluster.database.editions()),
        "pages judged by the feed that led there": sum(one.pages for one in everyone),
        "objects read from the bucket": len(cluster.fetching.found),
        "answers 503": sum(len(one.refused) for one in everyone),
        "  answers 503 by way of the balancer": sum(len(reader.outcome.refused) for reader in cluster.readers),
        "answers of the balancer's own": sum(len(one.front) for one in everyone),
        "connections broken": sum(len(one.broken) for one in everyone),
        "  connections broken by way of the balancer": sum(len(reader.outcome.broken) for reader in cluster.readers),
        "readers moved to another server": sum(reader.outcome.moves for reader in cluster.readers),
        "answers older than one before, after a move": sum(len(reader.outcome.moved) for reader in cluster.readers),
    }  # fmt: skip


def table(cluster: Cluster) -> str:
    """Return what a long time is read for, in seconds."""
    saved, spans = cluster.desk.saved, cluster.chaos.spans
    at_servers = delays(saved, [seen_at(reader.seen, saved) for reader in cluster.direct])
    at_bucket = delays(saved, [seen_at(cluster.fetching.seen, saved)])
    calm = {one.turn for one in saved if not any(begun - 5 <= one.at <= ended + 10 for begun, ended, _ in spans)}
    rows = [
        ("a poll", cluster.book.latencies),
        ("committed to seen at all servers", [*at_servers.values()]),
        ("  while nothing is killed", [seconds for turn, seconds in at_servers.items() if turn in calm]),
        ("committed to seen in the bucket", [*at_bucket.values()]),
        ("older than one before, after a move, by", [s for reader in cluster.readers for s in reader.outcome.moved]),
        ("longest time without an answer, balancer", [reader.outcome.outage[0] for reader in cluster.readers]),
        ("longest time without an answer, servers", [reader.outcome.outage[0] for reader in cluster.direct]),
    ]
    lines = [f"{name:44} {number:9,}" for name, number in counts(cluster).items()]
    for reader in cluster.readers:
        seconds, ended = reader.outcome.outage
        lines.append(f"{reader.name}: no answer for {seconds:.1f} s; {near(cluster, ended)}")
        lines += [f"{reader.name}: {status}; {near(cluster, came)}" for status, came in reader.outcome.front]
    return "\n".join([*lines, f"{'seconds':44} {'median':>9} {'99 %':>9} {'most':>9}", *(row(*one) for one in rows)])


def near(cluster: Cluster, when: float) -> str:
    """Return what was killed before a time, and not replaced for long."""
    spans = [span for span in cluster.chaos.spans if span[0] < when < span[1] + 5]
    return "; ".join(f"{kind}, {when - begun:.1f} s before" for begun, _, kind in spans)
