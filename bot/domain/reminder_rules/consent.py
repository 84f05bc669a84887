"""Rules of consents and of who decides, as they are read.

Here: the lines. Not here: what counts (`bot.domain.reminders.consent`, `bot.domain.reminders.standing`).
"""

from typing import Final

from bot.domain.reminder_rules.rule import COORDINATOR, NOBODY, PERSON, UNIT, Rule, Setting
from bot.domain.reminders import ReminderKind
from bot.domain.reminders.standing import ANNOUNCED_DAYS, YOUTH_DAYS
from bot.engine.texts import t

BIRTHDAY: Final = t("the birthday")

RULES: Final = (
    Rule(
        kind=ReminderKind.CONSENT_ENDS,
        what=t("A consent ends soon"),
        to=(PERSON, COORDINATOR),
        when=t("{days} days before the last day", days=Setting("consent.warn_days")),
        until=t("the consent ends"),
        source="E10: the days are ours",
        settings=("consent.usual_months",),
    ),
    Rule(
        kind=ReminderKind.CONSENT_ENDED,
        what=t("A consent has ended"),
        to=(PERSON, COORDINATOR),
        when=t("the day after the last day"),
        source="E10, E17: Ås, Koordinators oppgaver",
    ),
    Rule(
        kind=ReminderKind.CONSENT_TEXT,
        what=t("The consent form has changed"),
        to=(COORDINATOR,),
        when=t("the next morning"),
        source="E12: ours, so that everybody has read what they said yes to",
    ),
    Rule(
        kind=ReminderKind.CONSENT_ANEW,
        what=t("Somebody else decides now, and is asked anew"),
        to=(PERSON,),
        when=t("the next morning"),
        source="E15: Herøy, Koordinator og planeigar",
    ),
    Rule(
        kind=ReminderKind.CONSENT_REGISTER,
        what=t("A consent is not registered in the journal"),
        to=(UNIT,),
        when=t("the day after working day {days}", days=Setting("consent.journal_working_days")),
        source="E02: Ås, Ansvarsgruppe",
        settings=("consent.journal",),
    ),
    Rule(
        kind=ReminderKind.RIGHTS_SOON,
        what=t("Somebody turns 16 or 18 soon"),
        to=(UNIT, COORDINATOR, t("the parents")),
        when=t("{days} days before the birthday", days=ANNOUNCED_DAYS),
        until=BIRTHDAY,
        source="E15: Herøy, Koordinator og planeigar; the days are ours",
    ),
    Rule(
        kind=ReminderKind.YOUTH_TOLD,
        what=t("Talk with the youth about turning 16"),
        to=(UNIT, COORDINATOR, t("the youth")),
        when=t("{days} days before the birthday", days=str(YOUTH_DAYS)),
        until=BIRTHDAY,
        source="E15: Herøy, Koordinator og planeigar; the days are ours",
    ),
    Rule(
        kind=ReminderKind.RIGHTS_CHANGE,
        what=t("From now on somebody else decides"),
        to=(NOBODY,),
        when=t("at midnight, when the day begins"),
        source="E15: Herøy, Koordinator og planeigar; pbrl § 4-3",
    ),
    Rule(
        kind=ReminderKind.RIGHTS_CHANGED,
        what=t("Somebody has turned 16 or 18"),
        to=(t("the youth"), t("the parents"), UNIT, COORDINATOR),
        when=t("in the morning of the birthday"),
        source="E15: Herøy, Koordinator og planeigar",
    ),
)
