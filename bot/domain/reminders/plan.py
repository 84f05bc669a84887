"""The plan between meetings: brought up to date in time, questions answered by their day, and the coordinator's own look.

Here: the rules, each with its source. Not here: tasks and their ladder (`bot.domain.reminders.minutes`), gathering the facts
(`bot.services.plan_facts`), nor the words (`bot.services.reminders.plan`). Guarantee: nothing here asks that a plan be written by a day:
some need years, others weeks (K09: Rana, Når skrives planen).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.domain.ids import CaseId, MeetingId, PersonId, PromiseId
from bot.domain.reminders.facts import Reminder, ReminderKind, Rules, day_of

SOON_DAYS: Final = 1
"""So long before a promised answer whoever coordinates is reminded (our default)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseFacts:
    """Something that waits for an answer by a day in Oslo."""

    promise: PromiseId
    due_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ComingFacts:
    """A meeting that is called, and who has something open to do before it. `at` is aware."""

    meeting: MeetingId
    at: datetime
    owners: tuple[PersonId, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanFacts:
    """What the rules need to know. `holder`: whoever coordinates; None: the unit. `looked_at`: the coordinator's last own look, or when
    the coordinator said yes; None where there is no coordinator."""

    case: CaseId
    holder: PersonId | None
    promises: tuple[PromiseFacts, ...]
    meetings: tuple[ComingFacts, ...]
    looked_at: datetime | None


def reminders(facts: PlanFacts, rules: Rules) -> frozenset[Reminder]:
    """Everything a case wants to be reminded of about its plan."""
    return frozenset((*_promises(facts, rules), *_before_meetings(facts, rules), *_own_look(facts, rules)))


def _promises(facts: PlanFacts, rules: Rules) -> Iterator[Reminder]:
    """An answer is given by its day; when it is late, whoever coordinates and the person are told (K18: Rana, Samarbeid)."""
    for each in facts.promises:
        steps = (
            (ReminderKind.PROMISE_SOON, rules.on(each.due_on - timedelta(days=SOON_DAYS)), rules.on(each.due_on)),
            (ReminderKind.PROMISE_LATE, rules.on(each.due_on + timedelta(days=1)), None),
        )
        for kind, due_at, until in steps:
            yield Reminder(
                key=f"promise/{each.promise}/{kind}/{facts.holder or 'unit'}",
                kind=kind,
                due_at=due_at,
                useful_until=until,
                case=facts.case,
                person=facts.holder,
                object=each.promise,
            )


def _before_meetings(facts: PlanFacts, rules: Rules) -> Iterator[Reminder]:
    """Each owner brings goals and measures up to date before a meeting (K03: Ås; Herøy, IP-møte)."""
    for each in facts.meetings:
        day = day_of(each.at) - timedelta(days=rules.profile.progress.before_meeting_days)
        for owner in each.owners:
            yield Reminder(
                key=f"meeting/{each.meeting}/up-to-date/{day_of(each.at)}/{owner}",
                kind=ReminderKind.PLAN_UP_TO_DATE,
                due_at=rules.on(day),
                useful_until=each.at,
                case=facts.case,
                person=owner,
                object=each.meeting,
            )


def _own_look(facts: PlanFacts, rules: Rules) -> Iterator[Reminder]:
    """The coordinator looks at the own work, so often as the profile says (K10: Rana, Oppfølging)."""
    if facts.looked_at is not None and facts.holder is not None:
        yield Reminder(
            key=f"case/{facts.case}/own-look/{day_of(facts.looked_at)}/{facts.holder}",
            kind=ReminderKind.OWN_LOOK,
            due_at=rules.after(facts.looked_at, rules.profile.progress.own_look_days),
            case=facts.case,
            person=facts.holder,
        )
