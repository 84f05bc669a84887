"""What needs nothing from a case: a private moment to look back, and a word on our texts.

Here: commands and queries. Guarantees: what a coordinator thinks when looking back is stored nowhere, only whether they want to be
reminded (O04: Rana, Etiske dilemmaer); a word on our texts is stored without who wrote it (O07: Rana, last page).
"""

from dataclasses import dataclass

from bot.engine.ask import Command, Query


@dataclass(frozen=True, kw_only=True, slots=True)
class RemindToLookBack(Command[None]):
    """On: a prompt each Friday. Off: none."""

    on: bool


@dataclass(frozen=True, slots=True)
class LooksBack(Query[bool]):
    """Does whoever asks want the prompt on Fridays?"""


@dataclass(frozen=True, kw_only=True, slots=True)
class GiveFeedback(Command[None]):
    """A word on one of our texts, for KE. `about`: which text."""

    about: str | None
    words: str
