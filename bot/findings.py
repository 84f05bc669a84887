"""What an operator's check finds, as values.

Here: one finding, and short ways to make one. Not here: what is looked at (`bot.checks`). Guarantee: what is not in order says what to do.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

WAIT: Final = 10.0
"""Seconds to wait for an answer from elsewhere."""


class State(StrEnum):
    OK = "OK"
    NOTE = "note"
    """Samråd runs, but somebody should look at it."""
    NOT_OK = "not OK"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing looked at: what, how it is, what was found, and what to do where it is not in order."""

    what: str
    state: State
    found: str
    remedy: str = ""


def ok(what: str, found: str) -> Finding:
    """It is as it should be."""
    return Finding(what=what, state=State.OK, found=found)


def bad(what: str, found: str, remedy: str) -> Finding:
    """It must be mended."""
    return Finding(what=what, state=State.NOT_OK, found=found, remedy=remedy)


def note(what: str, found: str, remedy: str) -> Finding:
    """Somebody should look at it."""
    return Finding(what=what, state=State.NOTE, found=found, remedy=remedy)


def several(count: int, noun: str) -> str:
    """A count with its noun in the right number."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
