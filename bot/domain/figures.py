"""What an operator's dashboard shows: figures about the whole, never about a person.

Here: one value. Not here: counting (`bot.store.figures`) and showing (`bot.metrics`).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """`outbox` and `reminders` are rows by state; the rest are counts at this moment."""

    outbox: Mapping[str, int]
    reminders: Mapping[str, int]
    updates_set_aside: int
    alarms_open: int
    tasks_late: int
    cases_living: int
