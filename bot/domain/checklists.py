"""What is ticked off and what comes back by the calendar, as a municipality writes it in its profile.

Here: frozen values and nothing else. Not here: the rest of the profile (`bot.domain.rules`), and what has been ticked (`bot.store.tasks`).
"""

from dataclasses import dataclass

from bot.domain.choices import Rhythm
from bot.domain.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class ChecklistItem:
    """One thing to tick. `id` is a fact's name and never changes."""

    id: str
    words: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Checklists:
    """What KE does after an appointment (C16), the coordinator's first week (C23), and what KE archives when a case has ended (P11)."""

    after_appointment: tuple[ChecklistItem, ...]
    first_week: tuple[ChecklistItem, ...]
    archiving: tuple[ChecklistItem, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RecurringTask:
    """A task KE gets by the calendar (A15, C17); `id` is the kind of task (`bot.domain.cases.TaskKind`).

    Weekly: `weekday` (Monday is 0). Yearly: `month` and `day`; moved to a working day.
    """

    id: str
    words: Words
    rhythm: Rhythm
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
