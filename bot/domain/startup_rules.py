"""What a municipality sets itself about the time after a coordinator has said yes.

Here: frozen values and nothing else. Not here: counting by them (`bot.domain.reminders.startup`). Guarantee: how long a case may lie still
is a value in this tree; its source stands beside it in `profiles/*.toml`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class StartupRules:
    """Calendar days. `quiet_days`: so long without anything, and the coordinator is asked about it (D17: Rana, Oppstart).

    `quiet_leader_days`: so long after that question the leader is asked to help. `introduce_days`: so long after a partner may know who
    coordinates, the coordinator is reminded to tell them (D10). `yearly_part`: the person is told of their own part each year (D19).
    """

    quiet_days: int
    quiet_leader_days: int
    introduce_days: int
    yearly_part: bool
