"""Moments as they are stored.

Here: the one text form of a moment in the database. Not here: dates and clocks for people. Guarantee: the text sorts as the moments
do, and what was stored comes back equal, aware and in UTC.
"""

from datetime import UTC, datetime
from functools import lru_cache

FORM = "%Y-%m-%dT%H:%M:%S.%fZ"


def stamp(moment_: datetime) -> str:
    """The stored text of an aware moment. Raises `ValueError` for a naive one, which is always a bug."""
    if moment_.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be stored")
    return _written(moment_.astimezone(UTC))


@lru_cache(maxsize=256)
def _written(utc: datetime) -> str:
    # A transaction writes its one moment many times. Only UTC is kept here: in Oslo's time two moments of one night are equal.
    return utc.strftime(FORM)


def moment(text: str) -> datetime:
    """The aware UTC moment of a stored text."""
    return datetime.fromisoformat(text)


def moment_or_none(text: str | None) -> datetime | None:
    """As `moment`, for a column that may be empty."""
    return None if text is None else moment(text)
