"""Which function carries out which command about substitutes, days away, a change of coordinator, and staff who leave.

Here: the table. Not here: what they do.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain import change_commands, staff_commands, substitute_commands
from bot.engine.ask import Command
from bot.services import away, change_answers, change_of_coordinator, change_stopping, staff_leave, substitutes, taking_over
from bot.services.municipality import Context

HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    substitute_commands.ProposeSubstitute: substitutes.propose,
    substitute_commands.AnswerSubstitute: substitutes.answer,
    substitute_commands.EndSubstitute: substitutes.end,
    substitute_commands.SayAway: away.say_away,
    substitute_commands.ComeBack: away.come_back,
    change_commands.StartChange: change_of_coordinator.start,
    change_commands.StopChange: change_stopping.stop,
    change_commands.LeaderOnChange: change_of_coordinator.leader_answers,
    change_commands.WishCoordinator: change_of_coordinator.wish,
    change_commands.NameCoordinator: change_of_coordinator.name,
    change_commands.HandToUnit: change_of_coordinator.hand_to_unit,
    change_commands.DecideDepartment: change_of_coordinator.decide_department,
    change_commands.AnswerChange: change_answers.answer,
    change_commands.AnswerChangeAsLeader: change_answers.answer_as_leader,
    change_commands.NoteMet: taking_over.note_met,
    change_commands.WorkTogetherUntil: taking_over.work_together_until,
    change_commands.LetGo: taking_over.let_go,
    change_commands.ToolChanged: taking_over.tool_changed,
    staff_commands.EndStaffRoles: staff_leave.end_roles,
}
ON_BUTTONS: Final[tuple[type[Command[object]], ...]] = (
    change_commands.LeaderOnChange,
    change_commands.AnswerChangeAsLeader,
    change_commands.ToolChanged,
)
"""What a button carries by itself."""
