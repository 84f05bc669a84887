"""The command `samrad figures`: a month as it is published.

Here: what is typed and printed. Not here: what is counted and withheld (`bot.services.months`, `bot.domain.monthly`). Guarantee: what is
printed is what the unit sees on its desk, and stays the same however often it is asked for.
"""

from datetime import date, datetime
from typing import Annotated

import typer

from bot import cli_output, foundation
from bot.cli_database import on_database
from bot.cli_output import mending
from bot.clock import SystemClock
from bot.domain.figures_queries import MonthView
from bot.engine.texts import Language
from bot.services import months
from bot.services.figures_files import month_csv
from bot.services.municipality import Municipality
from bot.settings import load_settings
from conversations.figures_words import TITLES, WHY_WITHHELD, rows


@mending()
def figures(
    month: Annotated[str, typer.Option(help="The month, as 2027-03.")],
    as_csv: Annotated[bool, typer.Option("--csv", help="For a spreadsheet.")] = False,
    lang: Annotated[Language | None, typer.Option(help="Without it, the municipality's own.")] = None,
) -> None:
    """Print a month: cases, times, what was late, meetings. Small numbers are withheld. The month is published by it."""
    first = _month(month)
    settings = load_settings(needs=["SAMRAD_PROFILE"])
    municipality = foundation.municipality_of(settings)
    view = on_database(settings, lambda tx: months.of_month(tx, municipality, first))
    if view is None:
        raise foundation.StartRefused(
            f"There is nothing to publish of {month}.", "Choose a month that has ended, and in which there were cases already."
        )
    if as_csv:
        cli_output.write(month_csv([view]))
    else:
        _print(view, municipality, lang or municipality.profile.municipality.language)


def _month(words: str) -> date:
    """Raises `typer.BadParameter`."""
    try:
        return datetime.strptime(words, "%Y-%m").date()  # noqa: DTZ007 (a month, not a moment)
    except ValueError:
        raise typer.BadParameter(f"{words} is not a month. Write it as 2027-03.", param_hint="--month") from None


def _print(view: MonthView, municipality: Municipality, language: Language) -> None:
    now, series = SystemClock().now(), None
    found = rows(view.figures, municipality.profile, language)
    for row in found:
        several = sum(each.series is row.series for each in found) > 1
        if several and row.series is not series:
            cli_output.say(municipality.words(TITLES[row.series], language, now), "bold")
        series = row.series
        words = municipality.words(row.label, language, now)
        cli_output.say(f"{'  ' if several else ''}{words}: {municipality.words(row.shown, language, now)}")
    cli_output.say(municipality.words(WHY_WITHHELD, language, now))
