"""Rendered texts a second, with a plural, a name and a day, in both languages."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from benchmarks.figures import Figure, at_least, seconds_of
from bot.engine.texts import Language, nt, t
from bot.i18n import Catalogs

GOAL = 20_000
LANGUAGES = tuple(Language)


async def measure(_folder: Path, quick: bool) -> list[Figure]:
    """Texts a second."""
    catalogs, now = Catalogs.load(), datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
    number = count(1)

    def once() -> str:
        # No two are alike, so that nothing is found ready made.
        which = next(number)
        if which % 4 < 2:
            text = nt(
                "Next we contact you for a talk, within {n} working day.", "Next we contact you for a talk, within {n} working days.", which
            )
        else:
            day = date(2027, 3, 9) + timedelta(days=which % 300)
            text = t("New case {number}. The clarifying talk should be held by {day}.", number=str(which), day=day)
        return catalogs.render(text, LANGUAGES[which % 2], now=now)

    return [at_least("texts", "rendered", 1 / seconds_of(once, 2_000 if quick else 20_000), "a second", GOAL)]
