"""`python -m benchmarks`: every measurement, one after the other."""

import argparse
import asyncio
import tempfile
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path

from rich.console import Console

from benchmarks import broadcasts, cold_start, reminders, replays, texts, updates
from benchmarks.figures import Figure, show, store

Measure = Callable[[Path, bool], Coroutine[None, None, list[Figure]]]
MEASURES: Mapping[str, Measure] = {
    "updates": updates.measure,
    "replays": replays.measure,
    "reminders": reminders.measure,
    "broadcasts": broadcasts.measure,
    "texts": texts.measure,
    "cold_start": cold_start.measure,
}


def main() -> None:
    """Measure, print, and write the JSON."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure, side by side with what one would pick instead.")
    parser.add_argument("--quick", action="store_true", help="smaller numbers: minutes instead of the better part of an hour")
    parser.add_argument("--only", choices=sorted(MEASURES), action="append", help="only this; may be given several times")
    parser.add_argument("--json", type=Path, default=Path("benchmarks/results/latest.json"), help="where the figures are written")
    asked = parser.parse_args()
    console, found = Console(), list[Figure]()
    with tempfile.TemporaryDirectory(prefix="samrad-bench-") as folder:
        for name in asked.only or MEASURES:
            console.print(f"[dim]measuring {name} …[/dim]")
            place = Path(folder) / name
            place.mkdir()
            figures = asyncio.run(MEASURES[name](place, asked.quick))
            show(figures, console)
            found += figures
    store(found, asked.json)
    console.print(f"{sum(each.reached is False for each in found)} goals not reached. Written: {asked.json}")


if __name__ == "__main__":
    main()
