"""Months and the register as files for a spreadsheet (CSV).

Here: lines of codes and numbers for other programs, and the form of a sheet for people. Not here: who may have them
(`bot.services.months`), nor a sheet's words (`bot.web.figures_pages`). Guarantees: a number that is withheld is empty, and the column
beside it says so; no cell begins with what a spreadsheet takes for a formula.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from bot.domain.figures_queries import MonthView
from bot.domain.monthly import of_no_cases

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def month_csv(views: Iterable[MonthView]) -> str:
    """One line for each number: month (YYYY-MM), series, key, value, withheld (yes or no)."""
    lines = [
        (
            f"{view.month:%Y-%m}",
            each.series.value,
            each.key,
            "" if each.value is None else each.value,
            "yes" if each.value is None and each.series not in none else "no",
        )
        for view in views
        for none in [of_no_cases(view.figures)]
        for each in view.figures
    ]
    return _csv([("month", "series", "key", "value", "withheld"), *lines])


def sheet(lines: Iterable[Sequence[object]]) -> str:
    """A sheet that a spreadsheet set up for Norwegian opens in columns: there a comma stands in numbers, and a semicolon between cells."""
    return _csv(lines, between=";")


def _csv(lines: Iterable[Sequence[object]], *, between: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=between, lineterminator="\r\n").writerows([_safe(cell) for cell in line] for line in lines)
    return out.getvalue()


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
