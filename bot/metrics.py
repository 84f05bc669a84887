"""Figures for operators, in the form Prometheus reads.

Here: what is shown, under which labels, and the page that shows it. Not here: counting in the database (`bot.store.figures`) and what
operators must act on (`bot.store.alarms`). Guarantee: names and labels are a closed vocabulary, so that no person, chat or case can
become a label; every label is there from the start.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from http.server import HTTPServer
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest, start_http_server

from bot.domain.figures import Figures

OUTBOX_STATES: Final = ("ready", "sending", "retry", "sent", "unknown", "dead")
REMINDER_STATES: Final = ("pending", "fired", "skipped")


class Surface(StrEnum):
    """How updates come in."""

    POLL = "poll"
    WEBHOOK = "webhook"


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
    """All figures of one process. Each instance has its own registry, so that tests and the demo do not share counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._updates = Counter("samrad_updates_taken", "Updates whose effect is committed", ["surface"], registry=self.registry)
        for surface in Surface:
            self._updates.labels(surface.value)
        self._logs_dropped = Counter("samrad_log_facts_dropped", "Log facts outside the vocabulary, dropped", registry=self.registry)
        self._outbox = self._states("samrad_outbox", "Messages in the outbox, by state", OUTBOX_STATES)
        self._reminders = self._states("samrad_reminders", "Reminders, by state", REMINDER_STATES)
        self._single = {
            "updates_set_aside": Gauge("samrad_updates_set_aside", "Updates set aside after failing three times", registry=self.registry),
            "alarms_open": Gauge("samrad_alarms_open", "Alarms that nobody has seen yet", registry=self.registry),
            "tasks_late": Gauge("samrad_tasks_late", "Tasks of the coordinating unit that are overdue", registry=self.registry),
            "cases_living": Gauge("samrad_cases_living", "Cases that are being followed", registry=self.registry),
        }

    def _states(self, name: str, meaning: str, states: Sequence[str]) -> Gauge:
        gauge = Gauge(name, meaning, ["state"], registry=self.registry)
        for state in states:
            gauge.labels(state)
        return gauge

    def update_taken(self, surface: Surface, count: int = 1) -> None:
        """Updates were committed."""
        self._updates.labels(surface.value).inc(count)

    def log_fact_dropped(self) -> None:
        """Somebody tried to log something outside the vocabulary."""
        self._logs_dropped.inc()

    def show(self, figures: Figures) -> None:
        """How things stand in the database now."""
        for state in OUTBOX_STATES:
            self._outbox.labels(state).set(figures.outbox.get(state, 0))
        for state in REMINDER_STATES:
            self._reminders.labels(state).set(figures.reminders.get(state, 0))
        for name, gauge in self._single.items():
            gauge.set(getattr(figures, name))

    def text(self) -> str:
        """Everything in Prometheus' text form."""
        return generate_latest(self.registry).decode()

    def serve(self, host: str, port: int) -> MetricsPage:
        """Serve the page on its own thread. Port 0 takes a free one. Raises `OSError` when the address is taken."""
        server, thread = start_http_server(port, addr=host, registry=self.registry)
        return MetricsPage(port=server.server_port, _server=server, _thread=thread)
