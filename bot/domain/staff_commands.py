"""What can be asked for about the staff.

Here: commands as values. Not here: what they do (`bot.services.staff_leave`) and who may (`bot.domain.access`).
"""

from dataclasses import dataclass

from bot.domain.ids import PersonId
from bot.engine.ask import Command


@dataclass(frozen=True, kw_only=True, slots=True)
class EndStaffRoles(Command[None]):
    """Somebody no longer works here: every role ends now, and their cases get somebody else."""

    person: PersonId
