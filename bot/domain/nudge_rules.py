"""How a municipality nudges those who work for it: how often, how long it waits for an answer, and how softly in July.

Here: values. Not here: reading them (`bot.profile`) and counting by them (`bot.domain.nudges`). Guarantee: what one person may be sent in
a day, and how long an unanswered nudge waits before a leader hears of it, is a value here and never a number in the code.
"""

from dataclasses import dataclass
from enum import StrEnum


class HowOften(StrEnum):
    """How often somebody wants to be reminded. At once: only what is due today; the rest comes with the morning's digest."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, kw_only=True, slots=True)
class NudgeRules:
    """`how_often`: what holds for staff who have chosen nothing. `most_a_day`: messages one person is sent in a day (None: no limit).

    A nudge without an answer is told to the leader after `leader_working_days` working days, and `warned_working_days` before that the
    one who was nudged is told that it will be. `softer_in_july`: in July one step less often, and no day of July counts.
    """

    how_often: HowOften
    most_a_day: int | None
    leader_working_days: int
    warned_working_days: int
    softer_in_july: bool
