"""Case and profile in, reminders out: every rule for when somebody is reminded, each with its source, one module a subject.

Here: what the rules give together. Not here: the table and the clock (`bot.store.reminders`, `bot.ticks`), nor the words that are sent.
Guarantees: the same facts give the same reminders with the same keys; every due moment lies within the hours the profile allows.

A subject with facts of its own (consents, the people around a case, a change of coordinator) has a module here with its facts and its
rule, and a line in `bot.services.due.subjects`, which gathers them.
"""

from bot.domain.reminders import appointing, case
from bot.domain.reminders.facts import (
    AT_ONCE,
    MORNING,
    OSLO,
    AssignmentFacts,
    CaseFacts,
    NoticeFacts,
    Reminder,
    ReminderKind,
    Rules,
    SessionFacts,
    TalkFacts,
    day_of,
)
from bot.domain.reminders.unfinished import notice_reminders, session_reminders

__all__ = [
    "AT_ONCE",
    "MORNING",
    "OSLO",
    "AssignmentFacts",
    "CaseFacts",
    "NoticeFacts",
    "Reminder",
    "ReminderKind",
    "Rules",
    "SessionFacts",
    "TalkFacts",
    "day_of",
    "notice_reminders",
    "reminders",
    "session_reminders",
]


def reminders(facts: CaseFacts, rules: Rules) -> frozenset[Reminder]:
    """Everything a case wants to be reminded of, from its facts alone."""
    return frozenset((*case.reminders(facts, rules), *appointing.reminders(facts, rules)))
