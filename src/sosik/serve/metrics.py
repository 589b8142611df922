"""What `/metrics` says, for Prometheus: the edition, the last build, announcements, and what polls came to."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from sosik.serve.announcer import target_tallies
from sosik.serve.counts import Counts
from sosik.serve.editions import Editions
from sosik.serve.health import last_build
from sosik.serve.status import severity
from sosik.words import Message

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""Of what `generate_latest` returns, as every version of Prometheus knows it."""


def metrics(folder: Path, editions: Editions, counts: Counts) -> bytes:
    """Return all metrics in Prometheus' text format, the same from every worker."""
    registry = CollectorRegistry()
    registry.register(_Figures(folder, editions, counts))
    return generate_latest(registry)


class _Figures(Struct, frozen=True):
    """A collector as prometheus_client knows them."""

    folder: Path
    editions: Editions
    counts: Counts

    def describe(self) -> list[Metric]:
        """Name nothing beforehand; nothing else is registered beside it."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield every metric."""
        yield from self._edition()
        yield from self._build()
        yield from self._announcements()
        yield from self._polls()

    def _edition(self) -> Iterator[Metric]:
        table = self.editions.table
        yield GaugeMetricFamily("sosik_edition", str(Message("serve.metric-edition")), table.edition.number)
        yield GaugeMetricFamily(
            "sosik_edition_composed_timestamp_seconds", str(Message("serve.metric-composed")), table.edition.composed
        )
        yield GaugeMetricFamily("sosik_documents", str(Message("serve.metric-documents")), table.documents)

    def _build(self) -> Iterator[Metric]:
        status = last_build(self.folder, self.editions)
        yield GaugeMetricFamily("sosik_build_ok", str(Message("serve.metric-build-ok")), status.succeeded)
        problems = GaugeMetricFamily(
            "sosik_build_problems", str(Message("serve.metric-problems")), labels=["code", "severity"]
        )
        for code, number in status.problems.items():
            problems.add_metric([code, severity(code)], number)
        yield problems

    def _announcements(self) -> Iterator[Metric]:
        waiting = GaugeMetricFamily(
            "sosik_announcements_waiting", str(Message("serve.metric-waiting")), labels=["target"]
        )
        told = CounterMetricFamily("sosik_announcements_told", str(Message("serve.metric-told")), labels=["target"])
        failures = CounterMetricFamily(
            "sosik_announcement_failures", str(Message("serve.metric-failures")), labels=["target"]
        )
        for tally in target_tallies(self.folder) if not self.editions.is_away else ():
            waiting.add_metric([tally.target], tally.waiting)
            told.add_metric([tally.target], tally.told)
            failures.add_metric([tally.target], tally.failed)
        yield from (waiting, told, failures)

    def _polls(self) -> Iterator[Metric]:
        polls = CounterMetricFamily("sosik_polls", str(Message("serve.metric-polls")), labels=["feed", "status"])
        sent = CounterMetricFamily("sosik_sent_bytes", str(Message("serve.metric-sent")), labels=["feed"])
        saved = CounterMetricFamily("sosik_saved_bytes", str(Message("serve.metric-saved")), labels=["feed"])
        volumes: Counter[tuple[str, str]] = Counter()
        for (figure, name, status), amount in sorted(self.counts.total().items()):
            if figure == "polls":
                polls.add_metric([name, str(status)], amount)
            else:
                volumes[figure, name] += amount
        for (figure, name), amount in volumes.items():
            (sent if figure == "sent" else saved).add_metric([name], amount)
        yield from (polls, sent, saved)
