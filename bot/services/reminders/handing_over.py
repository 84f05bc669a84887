"""What happens at the reminders of a change of coordinator, of substitutes and of days on which nobody stands in.

Here: the words, and what takes effect on a day agreed. Not here: when they fall due (`bot.domain.reminders.handing_over`).
"""

from typing import Final

from bot.domain.cases import TaskKind
from bot.domain.changes import Change, ChangeState
from bot.domain.ids import ChangeId, SubstituteId
from bot.domain.reminders import OSLO, Reminder, ReminderKind
from bot.domain.substitutes import Substitute
from bot.engine.texts import t
from bot.services import cover, notices, substitutes, taking_over
from bot.services.change_of_coordinator import of_long_substitute
from bot.services.municipality import Context
from bot.services.reminders.telling import Fires, ke_task, number_of, remind, tell_ke
from bot.services.substitutes import name_of
from bot.store import assignments, changes
from bot.store import substitutes as store

LEADS_TO: Final = {
    ChangeState.LEADER_ASKED: "change_leader",
    ChangeState.PERSON_ASKED: "change_wish",
    ChangeState.LEADERS_MEET: "change_leader",
    ChangeState.DEPARTMENT_NAMES: "change_leader",
    ChangeState.UNIT_DECIDES: "change_unit",
}
"""Where whoever has the turn answers. Those who are asked to take over have a conversation of their own."""


def _change(context: Context, reminder: Reminder) -> Change:
    found = changes.find(context.tx, ChangeId(reminder.object or 0))
    assert found is not None
    return found


def _substitute(context: Context, reminder: Reminder) -> Substitute:
    found = store.find(context.tx, SubstituteId(reminder.object or 0))
    assert found is not None
    return found


def _silent(context: Context, reminder: Reminder) -> None:
    """Whoever has the turn is asked again; the person without any pressure, as they need not choose."""
    change, number = _change(context, reminder), number_of(context, reminder)
    if reminder.person is None:
        if change.state is ChangeState.PERSON_ASKED:
            text = t("Is there anybody you would like as your new coordinator? You need not choose.")
            button = notices.begin(t("Tell whom I would like"), "change_wish", case=change.case)
            notices.tell_parties(context, change.case, text, buttons=[button], dedupe_key=reminder.key, but_not_reporters=True)
        return
    text = t("Case {number}: another coordinator is being found. We still wait for you.", number=number)
    if change.state is ChangeState.ASKING:
        ask = next((each for each in changes.asked_of(context.tx, reminder.person) if each.change == change.id), None)
        if ask is None:
            return
        button = (
            notices.begin(t("Read and answer"), "change_answer", ask=ask.id)
            if ask.person == reminder.person
            else notices.begin(t("Read and answer"), "change_leader", case=change.case)
        )
    else:
        button = notices.begin(t("Read and answer"), LEADS_TO[change.state], case=change.case)
    remind(context, reminder.person, text, reminder, button)


def _still_silent(context: Context, reminder: Reminder) -> None:
    """The unit takes it up; where the person has not told a wish, the coordinator talks with them and notes it."""
    change, number = _change(context, reminder), number_of(context, reminder)
    if change.state is ChangeState.PERSON_ASKED:
        text = t("Case {number}: please talk with the person about whom they wish, and note it.", number=number)
        remind(context, change.coordinator, text, reminder, notices.begin(t("Note whom they wish"), "change_wish", case=change.case))
    if change.state is not ChangeState.UNIT_DECIDES:
        ke_task(context, reminder, TaskKind.CHANGE_SILENT)
    text = t("Case {number}: finding another coordinator stands still. Please phone whoever has the turn.", number=number)
    button = notices.begin(t("See how far it has come"), "change_coordinator", case=change.case)
    notices.tell_ke(context, text, case=change.case, buttons=[button], dedupe_key=reminder.key)


def _overlap_ends(context: Context, reminder: Reminder) -> None:
    assert reminder.case is not None
    taking_over.planned_end(context, reminder.case, reminder.key)


def _overlap_late(context: Context, reminder: Reminder) -> None:
    ke_task(context, reminder, TaskKind.CHANGE_SILENT)
    text = t("Case {number}: the new coordinator has not met the person yet. Please phone them.", number=number_of(context, reminder))
    tell_ke(context, reminder, text)


def _tool_roles(context: Context, reminder: Reminder) -> None:
    text = t("Case {number}: have you changed the roles in the planning tool?", number=number_of(context, reminder))
    remind(context, reminder.person, text, reminder, notices.act(t("The roles are changed"), "ToolChanged", change=reminder.object or 0))


def _substitute_silent(context: Context, reminder: Reminder) -> None:
    """The one asked is reminded, and whoever asked hears that there is no answer yet."""
    asked, number = _substitute(context, reminder), number_of(context, reminder)
    button = notices.begin(t("Read and answer"), "substitute_answer", substitute=asked.id)
    remind(context, asked.person, t("We still wait for your answer about case {number}.", number=number), reminder, button)
    text = t("Case {number}: {name} has not answered about standing in.", number=number, name=name_of(context, asked.person))
    again = notices.begin(t("Ask somebody else"), "substitute", case=asked.case)
    remind(context, asked.proposed_by, text, reminder, again, suffix="proposer")


def _substitute_begins(context: Context, reminder: Reminder) -> None:
    substitutes.begins(context, _substitute(context, reminder), reminder.key)


def _substitute_ends(context: Context, reminder: Reminder) -> None:
    substitutes.time_is_over(context, _substitute(context, reminder))


def _substitute_long(context: Context, reminder: Reminder) -> None:
    assert reminder.case is not None
    of_long_substitute(context, reminder.case, reminder.key)


def _gap_leader(context: Context, reminder: Reminder) -> None:
    assert reminder.case is not None
    held, gaps = assignments.accepted(context.tx, reminder.case), cover.gaps_told(context.tx, reminder.case)
    if held is None or held.candidate is None or not gaps:
        return
    text = t(
        "Case {number}: {name} is away from {day}, and nobody stands in. Please find somebody who knows the person.",
        number=number_of(context, reminder),
        name=name_of(context, held.candidate),
        day=gaps[0].starts_at.astimezone(OSLO).date(),
    )
    button = notices.begin(t("Find a substitute"), "substitute", case=reminder.case)
    remind(context, reminder.person, text, reminder, button)


def _gap_unit(context: Context, reminder: Reminder) -> None:
    text = t("Case {number}: the coordinator is away, and nobody stands in. The case is with you.", number=number_of(context, reminder))
    assert reminder.case is not None
    button = notices.begin(t("Find a substitute"), "substitute", case=reminder.case)
    notices.tell_ke(context, text, case=reminder.case, buttons=[button], dedupe_key=reminder.key)


def _away_over(context: Context, reminder: Reminder) -> None:
    assert reminder.case is not None
    cover.settle(context, reminder.case)


def _without(context: Context, reminder: Reminder) -> None:
    text = t("Case {number} has had no coordinator since theirs left. Find a new one.", number=number_of(context, reminder))
    tell_ke(context, reminder, text)


FIRE: Final[Fires] = {
    ReminderKind.CHANGE_SILENT: _silent,
    ReminderKind.CHANGE_STILL_SILENT: _still_silent,
    ReminderKind.OVERLAP_ENDS: _overlap_ends,
    ReminderKind.OVERLAP_LATE: _overlap_late,
    ReminderKind.TOOL_ROLES: _tool_roles,
    ReminderKind.SUBSTITUTE_SILENT: _substitute_silent,
    ReminderKind.SUBSTITUTE_BEGINS: _substitute_begins,
    ReminderKind.SUBSTITUTE_ENDS: _substitute_ends,
    ReminderKind.SUBSTITUTE_LONG: _substitute_long,
    ReminderKind.GAP_LEADER: _gap_leader,
    ReminderKind.GAP_UNIT: _gap_unit,
    ReminderKind.AWAY_OVER: _away_over,
    ReminderKind.WITHOUT_COORDINATOR: _without,
}
