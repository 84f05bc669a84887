"""The page `docs/procedures.md`: what the handbooks ask for, row by row, and the test that shows each; then every rule for reminders.

Here: reading `docs/procedures.toml`, finding tests by name, writing the page. Not here: judging a test; a name that bears an id is a
promise by whoever wrote it. Guarantee: a row is only called shown when a test with its id in the name exists in `tests/`.

`python -m tests.house.procedures` writes the page and prints the figures; `--settle` also takes `later` off the rows that tests show.
"""

import re
import sys
import tomllib
from ast import AsyncFunctionDef, FunctionDef, parse, walk
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.reminder_rules import RULES, Rule, Setting
from bot.engine.texts import Text

ROOT = Path(__file__).resolve().parents[2]
ROWS = ROOT / "docs" / "procedures.toml"
PAGE = ROOT / "docs" / "procedures.md"
NAME = re.compile(r"test_((?:[A-U]\d{2}_)+)")
KEYS = frozenset({"id", "what", "actor", "source", "later", "people", "first_path"})

HEAD = """# What the handbooks ask for, and what shows it

{figures}

Each row is something that one of the five handbooks asks of a municipality, or a step that completes one, in our own words. Rows, actors
and sources stand in `procedures.toml`; this page is written from there and from the names of the tests: `python -m tests.house.procedures`.
*later* is not built yet. *people* is left to people, with the reason.

| id | what | source | shown by |
| --- | --- | --- | --- |
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row. `first_path`: part of the way from the first word to an appointed coordinator."""

    id: str
    what: str
    actor: str
    source: str
    later: bool = False
    people: str | None = None
    first_path: bool = False


def rows(text: str) -> tuple[Row, ...]:
    """The rows of `procedures.toml`. Raises ValueError for a key that is not known, so that a slip is not lost."""
    tables = tomllib.loads(text)["row"]
    for table in tables:
        if unknown := table.keys() - KEYS:
            raise ValueError(f"docs/procedures.toml: {table.get('id')}: {', '.join(sorted(unknown))} is not known")
    return tuple(Row(**table) for table in tables)


def shown_by(directory: Path) -> dict[str, list[str]]:
    """For each id the tests whose names bear it, as `tests/…/test_x.py::test_C09_…`, in the order of files and lines."""
    found: dict[str, list[str]] = {}
    for path in sorted(directory.rglob("test_*.py")):
        place = path.relative_to(directory.parent).as_posix()
        for name in _names(path):
            for row_id in re.findall(r"[A-U]\d{2}", ids[1]) if (ids := NAME.match(name)) else ():
                found.setdefault(row_id, []).append(f"{place}::{name}")
    return found


def _names(path: Path) -> Iterator[str]:
    for node in walk(parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, FunctionDef | AsyncFunctionDef):
            yield node.name


def page(all_rows: tuple[Row, ...], tests: Mapping[str, list[str]]) -> str:
    """The page as text. A test that was found wins over `later` and `people`."""
    lines = [f"| {row.id} | {row.what} | {row.source} | {_shown(row, tests)} |" for row in all_rows]
    return HEAD.format(figures=figures(all_rows, tests)) + "\n".join(lines) + "\n" + reminder_rules()


REMINDERS = """
## What is reminded of, and when

From the same data as `samrad rules`, which shows them with a municipality's own numbers, in Bokmål, Nynorsk and English. What a profile
sets stands here by the setting's name.

| what | to whom | when | until when useful | source |
| --- | --- | --- | --- | --- |
"""


def reminder_rules() -> str:
    """Every rule for reminders as a line of a table, in the order of their subjects."""
    lines = []
    for rule in RULES.values():
        whom = ", ".join(each.msgid for each in rule.to)
        lines.append(f"| {rule.what.msgid} | {whom} | {_named(rule.when)} | {_named(rule.until)} | {_source(rule)} |")
    return REMINDERS + "\n".join(lines) + "\n"


def _named(text: Text) -> str:
    return text.msgid.format_map({name: _value(value) for name, value in text.args.items()})


def _value(value: object) -> str:
    if isinstance(value, Setting):
        return f"`{value.path}`"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _source(rule: Rule) -> str:
    return rule.source + (f"; set by {', '.join(f'`{path}`' for path in rule.settings)}" if rule.settings else "")


def _shown(row: Row, tests: Mapping[str, list[str]]) -> str:
    if row.id in tests:
        first, *more = tests[row.id]
        return f"`{first}`" + (f" and {len(more)} more" if more else "")
    if row.people is not None:
        return f"people: {row.people}"
    return "later" if row.later else "**no test**"


def figures(all_rows: tuple[Row, ...], tests: Mapping[str, list[str]]) -> str:
    """How many rows are shown, of all and of the first path."""
    path = [row for row in all_rows if row.first_path]
    shown, on_path = (sum(row.id in tests for row in some) for some in (all_rows, path))
    people = sum(row.people is not None and row.id not in tests for row in all_rows)
    return f"Rows shown {shown} / {len(all_rows)}; on the first path {on_path} / {len(path)}; left to people {people}."


def unshown(all_rows: tuple[Row, ...], tests: Mapping[str, list[str]]) -> list[str]:
    """Rows that are called built, and have no test."""
    return [row.id for row in all_rows if not row.later and row.people is None and row.id not in tests]


def settled(text: str, tests: Mapping[str, list[str]]) -> str:
    """The rows' file with `later` taken off every row a test shows: from then on the test may not vanish."""
    first, *blocks = text.split("[[row]]\n")
    kept = [block.replace("later = true\n", "") if block.split('"')[1] in tests else block for block in blocks]
    return "[[row]]\n".join([first, *kept])


def main() -> None:
    tests = shown_by(ROOT / "tests")
    if "--settle" in sys.argv[1:]:
        ROWS.write_text(settled(ROWS.read_text(encoding="utf-8"), tests), encoding="utf-8")
    all_rows = rows(ROWS.read_text(encoding="utf-8"))
    PAGE.write_text(page(all_rows, tests), encoding="utf-8")
    print(figures(all_rows, tests))
    if strangers := sorted(tests.keys() - {row.id for row in all_rows}):
        print(f"Tests name rows that do not exist: {', '.join(strangers)}.")
    if missing := unshown(all_rows, tests):
        print(f"Called built, but without a test: {', '.join(missing)}.")


if __name__ == "__main__":
    main()
