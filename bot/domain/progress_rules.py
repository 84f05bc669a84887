"""What a municipality sets itself about asking how the work goes.

Here: frozen values and nothing else. Not here: the rest of the profile (`bot.domain.rules`), nor the reminders they lead to
(`bot.domain.reminders.minutes`, `bot.domain.reminders.plan`). Lund § 11.3 refers to a procedure that is not in the handbook: the ladder is
ours (T11), and each value's source stands beside it in `profiles/*.toml`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgressRules:
    """The ladder, in calendar days after the day something was to be done: its owner, again, the owner's leader, the unit (K05).

    `owner_day` 0 is the first morning on which it is late. `before_meeting_days`: so long before a meeting each owner brings goals and
    measures up to date (K03). `promise_days`: so soon "I'll find out" is answered (K18). `own_look_days`: so often the coordinator
    looks at the own work (K10).
    """

    owner_day: int
    again_day: int
    leader_day: int
    unit_day: int
    before_meeting_days: int
    promise_days: int
    own_look_days: int
