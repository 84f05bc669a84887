"""A measured figure and what it was to reach.

Here: figures, and how they are printed and stored. Not here: measuring. Guarantee: a figure without a goal says nothing about being
reached.
"""

import json
import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One measured value. `reached` is None where there is no goal."""

    of: str
    name: str
    value: float
    unit: str
    goal: str = ""
    reached: bool | None = None


def at_least(of: str, name: str, value: float, unit: str, goal: float) -> Figure:
    """A figure that should not be below `goal`."""
    return Figure(of=of, name=name, value=value, unit=unit, goal=f"≥ {goal:g}", reached=value >= goal)


def at_most(of: str, name: str, value: float, unit: str, goal: float) -> Figure:
    """A figure that should not be above `goal`."""
    return Figure(of=of, name=name, value=value, unit=unit, goal=f"≤ {goal:g}", reached=value <= goal)


def seconds_of(work: Callable[[], object], times: int) -> float:
    """Seconds for one call: the median of five rounds of `times` calls."""
    rounds = []
    for _ in range(5):
        start = perf_counter()
        for _ in range(times):
            work()
        rounds.append((perf_counter() - start) / times)
    return statistics.median(rounds)


def show(figures: Sequence[Figure], console: Console) -> None:
    """Print a table."""
    table = Table("of", "figure", "value", "unit", "goal", "", box=None, pad_edge=False)
    for figure in figures:
        value = f"{figure.value:,.0f}" if abs(figure.value) >= 100 else f"{figure.value:.3g}"
        reached = "" if figure.reached is None else "reached" if figure.reached else "NOT reached"
        table.add_row(figure.of, figure.name, value, figure.unit, figure.goal, reached)
    console.print(table)


def store(figures: Sequence[Figure], path: Path) -> None:
    """Write JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(figure) for figure in figures], ensure_ascii=False, indent=1) + "\n", "utf-8")
