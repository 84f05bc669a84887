"""Counting for operators.

Here: counts over whole tables. Guarantee: no figure is about one person or one case.
"""

from datetime import date

from bot.domain.figures import Figures
from bot.store.database import Tx


def figures(tx: Tx, today: date) -> Figures:
    """How things stand. `today` is the day in Oslo."""

    def count(sql: str, **params: object) -> int:
        row = tx.one(sql, **params)
        return 0 if row is None else int(row[0])

    def by_state(table: str) -> dict[str, int]:
        return {row["state"]: row["n"] for row in tx.all(f"SELECT state, count(*) AS n FROM {table} GROUP BY state")}  # noqa: S608 (two fixed names)

    return Figures(
        outbox=by_state("outbox"),
        reminders=by_state("reminders"),
        updates_set_aside=count("SELECT count(*) FROM inbox_failed"),
        alarms_open=count("SELECT count(*) FROM alarms WHERE seen_at IS NULL"),
        tasks_late=count("SELECT count(*) FROM ke_tasks WHERE done_at IS NULL AND due_on < :today", today=today.isoformat()),
        cases_living=count("SELECT count(*) FROM cases WHERE state IN ('received', 'clarifying', 'appointing', 'active')"),
    )
