"""Months and the register as files for a spreadsheet (CSV).

Here: lines of codes and numbers. Not here: who may have them (`bot.services.months`). Guarantees: a number that is withheld is empty, and
the column beside it says so; no cell begins with what a spreadsheet takes for a formula.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from bot.domain.figures_queries import MonthView, RegisterLine

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def month_csv(views: Iterable[MonthView]) -> str:
    """One line for each number: month (YYYY-MM), series, key, value, withheld (yes or no)."""
    lines = [
        (
            f"{view.month:%Y-%m}",
            each.series.value,
            each.key,
            "" if each.value is None else each.value,
            "yes" if each.value is None else "no",
        )
        for view in views
        for each in view.figures
    ]
    return _csv([("month", "series", "key", "value", "withheld"), *lines])


def register_csv(register: Iterable[RegisterLine]) -> str:
    """One line for each living case."""
    head = ("number", "initials", "state", "wanted", "coordinator", "department", "since", "own_decision", "group", "plan")
    lines = [
        (
            each.number,
            each.initials,
            each.state.value,
            each.wanted.value,
            each.coordinator or "",
            each.department or "",
            each.since.isoformat() if each.since else "",
            *("yes" if there else "no" for there in (each.own_decision, each.group, each.plan)),
        )
        for each in register
    ]
    return _csv([head, *lines])


def _csv(lines: Iterable[Sequence[object]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([_safe(cell) for cell in line] for line in lines)
    return out.getvalue()


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
