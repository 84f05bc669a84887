"""Commands that only a button under a notice carries: one press, and it is done.

Here: answers nobody is asked in a conversation for. Not here: every other command (`bot.domain.commands`). What they do is in
`bot.services`; who may is asked when the button is pressed.
"""

from dataclasses import dataclass

from bot.domain.cases import Place
from bot.domain.ids import AssignmentId, CaseId
from bot.engine.ask import Command


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaderAgrees(Command[None]):
    """The leader confirms in one press that a candidate who asked first may say yes (Rana, Koordinatorrollen; Lund § 11.2.4)."""

    assignment: AssignmentId


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoosePlace(Command[None]):
    """The recipient says where to meet the coordinator first: at home, at the office or another place (Rana, Oppstart 4)."""

    case: CaseId
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeFound(Command[None]):
    """The leader has found time for a coordinator who had none: KE's task is done, and the coordinator is told."""

    case: CaseId
