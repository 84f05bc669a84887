"""What happens when a leader or a candidate has not answered.

Here: the words. Not here: when they fall due (`bot.domain.reminders.appointing`).
"""

from typing import Final

from bot.domain.cases import TaskKind
from bot.domain.reminders import Reminder, ReminderKind
from bot.engine.texts import t
from bot.services import notices
from bot.services.municipality import Context
from bot.services.reminders.telling import Fires, ke_task, number_of, remind, tell_ke


def _leader_silent(context: Context, reminder: Reminder) -> None:
    text = t("We still wait for your answer about case {number}.", number=number_of(context, reminder))
    button = notices.begin(t("Read and answer"), "leader_answer", assignment=reminder.object or 0)
    remind(context, reminder.person, text, reminder, button)


def _candidate_silent(context: Context, reminder: Reminder) -> None:
    text = t("We still wait for your answer about case {number}.", number=number_of(context, reminder))
    button = notices.begin(t("Read and answer"), "candidate_answer", assignment=reminder.object or 0)
    remind(context, reminder.person, text, reminder, button)


def _leader_still_silent(context: Context, reminder: Reminder) -> None:
    ke_task(context, reminder, TaskKind.LEADER_SILENT)
    tell_ke(
        context, reminder, t("Case {number}: the leader has not answered. Please phone.", number=number_of(context, reminder)), "appoint"
    )


def _candidate_still_silent(context: Context, reminder: Reminder) -> None:
    ke_task(context, reminder, TaskKind.CANDIDATE_SILENT)
    tell_ke(
        context, reminder, t("Case {number}: the candidate has not answered. Please phone.", number=number_of(context, reminder)), "appoint"
    )


FIRE: Final[Fires] = {
    ReminderKind.LEADER_SILENT: _leader_silent,
    ReminderKind.LEADER_STILL_SILENT: _leader_still_silent,
    ReminderKind.CANDIDATE_SILENT: _candidate_silent,
    ReminderKind.CANDIDATE_STILL_SILENT: _candidate_still_silent,
}
