"""When a consent ends, when its form has changed, and when it waits to be registered.

Here: the rules. Not here: what a consent allows (`bot.domain.consent`), nor the words. Guarantee: nobody is asked anew at night, even where
what they must be asked about ended at midnight.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.consent import TEXT_VERSION
from bot.domain.ids import CaseId, ConsentId, TaskId
from bot.domain.reminders.facts import OSLO, Reminder, ReminderKind, Rules, day_of


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldFacts:
    """A consent in force, or one that has only run out. `until` is its last day, in Oslo."""

    id: ConsentId
    given_at: datetime
    until: date
    text_version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentFacts:
    """What the rules need to know of the consents in a case.

    `lapsed`: what ended because somebody else decides, with when, and has not been asked about since. `to_register`: KE's open tasks to
    register one in the journal, with the day they are due.
    """

    case: CaseId
    held: tuple[HeldFacts, ...]
    lapsed: tuple[tuple[ConsentId, datetime], ...]
    to_register: tuple[tuple[TaskId, date], ...]


def reminders(facts: ConsentFacts, rules: Rules) -> frozenset[Reminder]:
    """Everything the consents of a case want to be reminded of."""
    return frozenset((*_ends(facts, rules), *_anew(facts, rules), *_register(facts, rules)))


def _ends(facts: ConsentFacts, rules: Rules) -> Iterator[Reminder]:
    """Before it ends (E10: 30 and 7 days, a setting), the morning after, and when the form has changed. Once for all of one day."""
    for held in {each.until: each for each in reversed(facts.held)}.values():
        over = datetime.combine(held.until + timedelta(days=1), time(), OSLO).astimezone(UTC)
        key = f"case/{facts.case}/consent/{held.until}"
        for days in rules.profile.consent.warn_days:
            due = rules.on(held.until - timedelta(days=days))
            if due > held.given_at:
                yield _reminder(f"{key}/ends/{days}", ReminderKind.CONSENT_ENDS, due, facts, held.id, until=over)
        yield _reminder(f"{key}/ended", ReminderKind.CONSENT_ENDED, rules.on(held.until + timedelta(days=1)), facts, held.id)
    for held in facts.held:
        if held.text_version < TEXT_VERSION:
            due = rules.on(day_of(held.given_at))
            yield _reminder(f"consent/{held.id}/text/{TEXT_VERSION}", ReminderKind.CONSENT_TEXT, due, facts, held.id)


def _anew(facts: ConsentFacts, rules: Rules) -> Iterator[Reminder]:
    """Whoever decides from now on is asked, at an hour people are written to."""
    for consent, at in facts.lapsed:
        yield _reminder(f"consent/{consent}/anew", ReminderKind.CONSENT_ANEW, rules.on(day_of(at)), facts, consent)


def _register(facts: ConsentFacts, rules: Rules) -> Iterator[Reminder]:
    """Not registered in the journal when it was due (E02: Ås, Ansvarsgruppe; three working days, a setting)."""
    for task, due in facts.to_register:
        yield Reminder(
            key=f"task/{task}/register",
            kind=ReminderKind.CONSENT_REGISTER,
            due_at=rules.on(due + timedelta(days=1)),
            case=facts.case,
            object=task,
        )


def _reminder(
    key: str, kind: ReminderKind, due: datetime, facts: ConsentFacts, consent: ConsentId, until: datetime | None = None
) -> Reminder:
    return Reminder(key=key, kind=kind, due_at=due, useful_until=until, case=facts.case, object=consent)
