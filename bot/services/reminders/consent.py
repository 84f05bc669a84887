"""Words where a consent ends, its form has changed, or it is not registered.

Here: what is told. Not here: when (`bot.domain.reminders.consent`). Guarantee: nobody is pressed to go on (E14): what ends, ends.
"""

from typing import Final

from bot.domain.consent import Consent
from bot.domain.ids import ConsentId
from bot.domain.outgoing import MessageClass
from bot.domain.reminders import Reminder, ReminderKind
from bot.domain.rights import Matter
from bot.engine.texts import Text, t
from bot.services import consent_asking, notices, standing
from bot.services.municipality import Context
from bot.services.reminders.telling import Fires, number_of, remind, tell_ke
from bot.store import consents


def _consent(context: Context, reminder: Reminder) -> Consent | None:
    return consents.find(context.tx, ConsentId(reminder.object or 0))


def _coordinators(context: Context, reminder: Reminder, text: Text) -> None:
    assert reminder.case is not None
    ask = notices.begin(t("Ask for consent"), "ask_consent", case=reminder.case)
    at_work = consent_asking.people_at_work(context, reminder.case)
    for who in at_work:
        remind(context, who, text, reminder, ask)
    if not at_work:
        tell_ke(context, reminder, text, "ask_consent")


def _deciders(context: Context, reminder: Reminder, text: Text) -> None:
    assert reminder.case is not None
    see = notices.begin(t("Who knows what"), "my_sharing", case=reminder.case)
    for each in standing.deciders(context, reminder.case, Matter.SHARING):
        key = f"{reminder.key}/decides/{each.person}"
        notices.tell(context, each.person, text, message_class=MessageClass.REMINDER, case=reminder.case, buttons=[see], dedupe_key=key)


def _ends(context: Context, reminder: Reminder) -> None:
    found = _consent(context, reminder)
    if found is not None:
        number = number_of(context, reminder)
        text = t(
            "Case {number}: your yes to sharing ends on {day}. You need not do anything. It then stops.", number=number, day=found.until
        )
        _deciders(context, reminder, text)
        staff = t("Case {number}: the consent ends on {day}. Talk about it, and ask anew if they want.", number=number, day=found.until)
        _coordinators(context, reminder, staff)


def _ended(context: Context, reminder: Reminder) -> None:
    assert reminder.case is not None
    if consents.in_force(context.tx, reminder.case, context.today):
        return  # something else goes on: that sharing has ended would not be true
    number = number_of(context, reminder)
    _deciders(context, reminder, t("Case {number}: sharing has ended, as you chose.", number=number))
    _coordinators(context, reminder, t("Case {number}: the consent has ended. Nothing is shared through it any more.", number=number))


def _text(context: Context, reminder: Reminder) -> None:
    text = t(
        "Case {number}: the consent form has changed. Please ask anew, so that they have read the new one.",
        number=number_of(context, reminder),
    )
    _coordinators(context, reminder, text)


def _anew(context: Context, reminder: Reminder) -> None:
    found = _consent(context, reminder)
    if found is not None and not consent_asking.ask_anew(context, [found], {}):
        text = t("Case {number}: somebody else decides now. We cannot ask them yet. See who decides.", number=number_of(context, reminder))
        tell_ke(context, reminder, text)


def _register(context: Context, reminder: Reminder) -> None:
    text = t("Case {number}: a consent is not registered in the journal yet.", number=number_of(context, reminder))
    tell_ke(context, reminder, text)


FIRE: Final[Fires] = {
    ReminderKind.CONSENT_ENDS: _ends,
    ReminderKind.CONSENT_ENDED: _ended,
    ReminderKind.CONSENT_TEXT: _text,
    ReminderKind.CONSENT_ANEW: _anew,
    ReminderKind.CONSENT_REGISTER: _register,
}
