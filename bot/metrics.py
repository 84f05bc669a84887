"""Counters for operators, in the form Prometheus reads.

Here: what is counted, under which labels, and the page that shows it. Not here: what operators must act on (`bot.store.alarms`).
Guarantee: names and labels are a closed vocabulary, each label an enumeration in the code, so that no person, chat or case can become a
label. Counters start at zero with the process; every combination of labels is there from the start, so that a first event is seen as
a rise.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from http.server import HTTPServer

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest, start_http_server


class Surface(StrEnum):
    """How updates come in."""

    POLL = "poll"
    WEBHOOK = "webhook"


class Delivery(StrEnum):
    """What became of an attempt to send."""

    SENT = "sent"
    RETRIED = "retried"
    UNKNOWN = "unknown"
    DEAD = "dead"


class ReminderFate(StrEnum):
    """What became of a reminder that fell due."""

    FIRED = "fired"
    SKIPPED = "skipped"


class TurnEnd(StrEnum):
    """How a turn of a conversation ended."""

    ASKED = "asked"
    FINISHED = "finished"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Severity(StrEnum):
    """How soon an operator should look at an alarm."""

    NOW = "now"
    TODAY = "today"


@dataclass(frozen=True, kw_only=True, slots=True)
class MetricsPage:
    """A page that is being served. `port` is the one really taken."""

    port: int
    _server: HTTPServer
    _thread: threading.Thread

    def close(self) -> None:
        """Stop serving and wait until the port is free."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Metrics:
    """All counters of one process. Each instance has its own registry, so that tests and the demo do not share counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._updates = self._counter("updates_taken", "Updates whose effect is committed", "surface", Surface)
        self._set_aside = Counter("samrad_updates_set_aside", "Updates set aside after failing three times", registry=self.registry)
        self._outbox = self._counter("outbox", "Attempts to send, by what became of them", "result", Delivery)
        self._reminders = self._counter("reminders", "Reminders that fell due, by what became of them", "result", ReminderFate)
        self._turns = self._counter("turns", "Turns of conversations, by how they ended", "end", TurnEnd)
        self._alarms = self._counter("alarms", "Alarms raised", "severity", Severity)
        self._logs_dropped = Counter("samrad_log_facts_dropped", "Log facts outside the vocabulary, dropped", registry=self.registry)
        self._waiting = Gauge("samrad_outbox_waiting", "Messages that wait in the outbox", registry=self.registry)

    def _counter(self, name: str, meaning: str, label: str, values: type[StrEnum]) -> Counter:
        counter = Counter(f"samrad_{name}", meaning, [label], registry=self.registry)
        for value in values:
            counter.labels(value.value)
        return counter

    def update_taken(self, surface: Surface, count: int = 1) -> None:
        self._updates.labels(surface.value).inc(count)

    def update_set_aside(self) -> None:
        self._set_aside.inc()

    def delivery(self, result: Delivery, count: int = 1) -> None:
        self._outbox.labels(result.value).inc(count)

    def reminder(self, fate: ReminderFate, count: int = 1) -> None:
        self._reminders.labels(fate.value).inc(count)

    def turn(self, end: TurnEnd) -> None:
        self._turns.labels(end.value).inc()

    def alarm(self, severity: Severity) -> None:
        self._alarms.labels(severity.value).inc()

    def log_fact_dropped(self) -> None:
        self._logs_dropped.inc()

    def outbox_waiting(self, count: Callable[[], int]) -> None:
        """Ask `count` for the number of waiting messages whenever the page is read. It is called on the page's thread."""
        self._waiting.set_function(lambda: float(count()))

    def text(self) -> str:
        """Everything in Prometheus' text form."""
        return generate_latest(self.registry).decode()

    def serve(self, host: str, port: int) -> MetricsPage:
        """Serve the page on its own thread. Port 0 takes a free one. Raises `OSError` when the address is taken."""
        server, thread = start_http_server(port, addr=host, registry=self.registry)
        return MetricsPage(port=server.server_port, _server=server, _thread=thread)
