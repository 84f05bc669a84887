"""Rules of the end of a case, of being sent around, and of messages in the circle, as they are read.

Here: the lines. Not here: what counts (`bot.domain.reminders.closing`, `bot.domain.reminders.message`, `bot.domain.sent_around`).
"""

from typing import Final

from bot.domain.reminder_rules.rule import LEADER, PERSON, UNIT, Rule, Setting
from bot.domain.reminders import ReminderKind
from bot.domain.reminders.closing import ANSWER_DAYS
from bot.domain.sent_around import WORKING_DAYS
from bot.engine.texts import t

RULES: Final = (
    Rule(
        kind=ReminderKind.STILL_NEEDED,
        what=t("Is coordination still needed?"),
        to=(PERSON,),
        when=t("every {months} months", months=Setting("closing.ask_months")),
        until=t("two months later"),
        source="P10: Rana, Hva forplikter bruker",
    ),
    Rule(
        kind=ReminderKind.CLOSING_UNANSWERED,
        what=t("A question about ending has no answer"),
        to=(t("whoever asked"),),
        when=t("{days} days after the question", days=str(ANSWER_DAYS)),
        source="P02: Rana, Avslutning; the days are ours",
    ),
    Rule(
        kind=ReminderKind.ARCHIVE_LATE,
        what=t("A case that has ended is not archived"),
        to=(UNIT,),
        when=t("the day after the last day"),
        source="P11: Herøy, Arkivering",
        settings=("closing.archive_working_days",),
    ),
    Rule(
        kind=ReminderKind.SENT_AROUND_LATE,
        what=t("Nobody has taken hold of somebody who is being sent around"),
        to=(UNIT, LEADER),
        when=t("working day {days} after it was said", days=str(WORKING_DAYS)),
        source="O05: Ås, BTI; the days are ours",
    ),
    Rule(
        kind=ReminderKind.MESSAGE_ANSWER,
        what=t("A message needs an answer"),
        to=(t("those who have not answered"),),
        when=t("in the morning of the last day"),
        until=t("the last day"),
        source="Ås, Enkelt samspill; the days are ours",
    ),
    Rule(
        kind=ReminderKind.MESSAGE_UNANSWERED,
        what=t("Somebody has not answered a message"),
        to=(t("whoever wrote it"),),
        when=t("the day after the last day"),
        source="Ås, Enkelt samspill; the days are ours",
    ),
)
