"""The metrics: each counter counts what it says, under labels that are closed."""

import urllib.request

from bot.domain.figures import Figures
from bot.logs import Event, Log
from bot.metrics import OUTBOX_STATES, REMINDER_STATES, Metrics, Surface


def figures(metrics: Metrics) -> dict[str, float]:
    return {
        line.rpartition(" ")[0]: float(line.rpartition(" ")[2])
        for line in metrics.text().splitlines()
        if not line.startswith("#") and "_created" not in line
    }


def test_every_label_is_there_from_the_start_at_zero() -> None:
    found = figures(Metrics())
    assert set(found.values()) == {0.0}
    assert {f'samrad_outbox{{state="{state}"}}' for state in OUTBOX_STATES} <= set(found)
    assert len(found) == len(Surface) + len(OUTBOX_STATES) + len(REMINDER_STATES) + 5


def test_each_figure_shows_its_own() -> None:
    metrics = Metrics()
    metrics.update_taken(Surface.POLL, 3)
    metrics.show(Figures(outbox={"dead": 1}, reminders={"pending": 2}, updates_set_aside=4, alarms_open=5, tasks_late=6, cases_living=7))
    assert {name: figure for name, figure in figures(metrics).items() if figure} == {
        'samrad_updates_taken_total{surface="poll"}': 3,
        'samrad_outbox{state="dead"}': 1,
        'samrad_reminders{state="pending"}': 2,
        "samrad_updates_set_aside": 4,
        "samrad_alarms_open": 5,
        "samrad_tasks_late": 6,
        "samrad_cases_living": 7,
    }


def test_dropped_log_facts_are_counted() -> None:
    metrics = Metrics()
    Log(metrics.log_fact_dropped).drop()
    assert figures(metrics)["samrad_log_facts_dropped_total"] == 1


def test_two_instances_share_nothing() -> None:
    one, other = Metrics(), Metrics()
    one.update_taken(Surface.WEBHOOK)
    assert set(figures(other).values()) == {0.0}


def test_the_page_is_served_and_its_port_freed() -> None:
    metrics = Metrics()
    page = metrics.serve("127.0.0.1", 0)
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{page.port}/metrics") as response:
            assert "samrad_updates_taken_total" in response.read().decode()
    finally:
        page.close()
    again = metrics.serve("127.0.0.1", page.port)
    again.close()
    assert again.port == page.port


def test_every_event_is_a_word_of_its_own() -> None:
    assert all(event.value.replace("_", "").isalpha() and event.value == event.name.lower() for event in Event)
