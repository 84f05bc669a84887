"""Words that remind after a start-up: partners not told, a quiet case, the person's own part.

Here: what is told. Not here: when (`bot.domain.reminders.startup`). Guarantee: before a leader hears of a quiet case, the coordinator has
been asked, and told on which day the leader will be.
"""

from typing import Final

from bot.domain.ids import CaseId
from bot.domain.reminders import Reminder, ReminderKind
from bot.domain.reminders.startup import StartupFacts, told_on
from bot.domain.startup_words import YOUR_PART
from bot.engine.texts import joined, t
from bot.services import notices, startup_facts
from bot.services.municipality import Context
from bot.services.reminders.telling import Fires, number_of, remind, tell_ke
from bot.store import people


def _case(reminder: Reminder) -> CaseId:
    assert reminder.case is not None
    return reminder.case


def _facts(context: Context, reminder: Reminder) -> StartupFacts:
    found = startup_facts.facts_of(context, _case(reminder))
    assert found is not None
    return found


def _introduce(context: Context, reminder: Reminder) -> None:
    number = number_of(context, reminder)
    text = t("Case {number}: some of those around do not know yet that you are the coordinator.", number=number)
    remind(context, reminder.person, text, reminder, notices.begin(t("Tell them"), "introduce", case=_case(reminder)))


def _quiet(context: Context, reminder: Reminder) -> None:
    facts = _facts(context, reminder)
    number = number_of(context, reminder)
    text = joined(
        t("Case {number}: nothing has happened here since {day}. Is anything needed?", number=number, day=facts.quiet_since),
        t("If nobody answers, your leader is asked to help on {day}.", day=told_on(facts, context.municipality.rules)),
    )
    buttons = [
        notices.begin(t("I make contact now"), "first_contact", case=facts.case),
        notices.begin(t("I have no time for this"), "no_time", case=facts.case),
    ]
    told = context.municipality.rules.on(told_on(facts, context.municipality.rules))
    remind(context, reminder.person, text, reminder, *buttons, useful_until=told)


def _leader(context: Context, reminder: Reminder) -> None:
    facts, number = _facts(context, reminder), number_of(context, reminder)
    if reminder.person is None:
        tell_ke(context, reminder, t("Case {number}: nothing has happened here since {day}.", number=number, day=facts.quiet_since))
        return
    name = notices.named(people.person(context.tx, facts.coordinator), t("A coordinator"))
    text = t(
        "Case {number}: nothing has happened since {day}. {name} is the coordinator. Please talk together about the time it takes.",
        number=number,
        day=facts.quiet_since,
        name=name,
    )
    remind(context, reminder.person, text, reminder, suffix="leader")


def _part(context: Context, reminder: Reminder) -> None:
    case = _case(reminder)
    text = joined(t("Case {number}: a year has gone. Does it still suit you?", number=number_of(context, reminder)), YOUR_PART)
    button = notices.begin(t("Write to the coordinator"), "my_words", case=case)
    notices.tell_parties(context, case, text, buttons=[button], dedupe_key=reminder.key, but_not_reporters=True)


FIRE: Final[Fires] = {
    ReminderKind.INTRODUCE: _introduce,
    ReminderKind.QUIET_CASE: _quiet,
    ReminderKind.QUIET_LEADER: _leader,
    ReminderKind.YOUR_PART: _part,
}
