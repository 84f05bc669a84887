"""A message that needs an answer by a day: those who have not answered, and whoever asked.

Here: the rules. Not here: gathering the facts (`bot.services.message_readers`), nor the words (`bot.services.reminders.message`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.ids import CaseId, MessageId, PersonId
from bot.domain.reminders.facts import OSLO, Reminder, ReminderKind, Rules
from bot.domain.reminders.meeting import before


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageFacts:
    """A message that needs an answer. `day` is in Oslo; `silent`: who may read it now and has not answered.

    `sender`: whoever wrote it, while they may read it; then whoever coordinates. None: nobody is told of the silence.
    """

    id: MessageId
    case: CaseId
    sender: PersonId | None
    sent_at: datetime
    day: date
    silent: tuple[PersonId, ...]


def reminders(message: MessageFacts, rules: Rules) -> frozenset[Reminder]:
    """Everything one message wants (Ås, Enkelt samspill; the days are our default)."""
    return frozenset((*_please(message, rules), *_silence(message, rules)))


def _please(message: MessageFacts, rules: Rules) -> Iterator[Reminder]:
    """Those who have not answered, on the morning of the last day; not on the day it was sent."""
    due = before(rules, message.day)
    if due <= message.sent_at:
        return
    until = datetime.combine(message.day + timedelta(days=1), time(), OSLO).astimezone(UTC)
    for person in message.silent:
        yield Reminder(
            key=f"message/{message.id}/answer/{person}",
            kind=ReminderKind.MESSAGE_ANSWER,
            due_at=due,
            useful_until=until,
            case=message.case,
            person=person,
            object=message.id,
        )


def _silence(message: MessageFacts, rules: Rules) -> Iterator[Reminder]:
    """Whoever asked is told the morning after that somebody has not answered."""
    if message.silent and message.sender is not None:
        yield Reminder(
            key=f"message/{message.id}/unanswered",
            kind=ReminderKind.MESSAGE_UNANSWERED,
            due_at=rules.on(message.day + timedelta(days=1)),
            case=message.case,
            person=message.sender,
            object=message.id,
        )
