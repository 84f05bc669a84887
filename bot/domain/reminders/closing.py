"""How a case ends: whether it is still needed, an answer that has not come, and what is to be archived.

Here: the rules, each with its source. Not here: gathering the facts (`bot.services.closing_facts`), nor the words
(`bot.services.reminders.closing`). Guarantee: nothing ends because nobody answered (P01).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.domain.calendar import months_after
from bot.domain.ids import CaseId, ClosingId, PersonId, TaskId
from bot.domain.reminders.facts import OSLO, Reminder, ReminderKind, Rules

ANSWER_DAYS: Final = 14
"""So long a question about ending waits before whoever asked is told to talk about it instead (our default)."""
USEFUL_DAYS: Final = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosingFacts:
    """What the rules need to know. Days are in Oslo, moments aware.

    `since`: the day the coordination began, None while there is none. `asked`: how many of the profile's spans have gone since.
    `proposed`: the question about ending that waits, with when and whose it is now (None: the unit's). `archive`: KE's open task to
    archive, with its day.
    """

    case: CaseId
    since: date | None
    asked: int
    proposed: tuple[ClosingId, datetime, PersonId | None] | None
    archive: tuple[TaskId, date] | None


def reminders(facts: ClosingFacts, rules: Rules) -> frozenset[Reminder]:
    """Everything the end of a case wants to be reminded of."""
    return frozenset((*_still_needed(facts, rules), *_unanswered(facts, rules), *_archive(facts, rules)))


def _still_needed(facts: ClosingFacts, rules: Rules) -> Iterator[Reminder]:
    """The person is asked each year whether it is time to end (P10: Rana, Hva forplikter bruker). Not while it is asked anyway."""
    if facts.since is None or facts.proposed is not None:
        return
    for turn in (facts.asked, facts.asked + 1):
        if turn > 0:
            day = months_after(facts.since, turn * rules.profile.closing.ask_months)
            until = datetime.combine(day + timedelta(days=USEFUL_DAYS), time(), OSLO).astimezone(UTC)
            key = f"case/{facts.case}/still_needed/{facts.since}/{turn}"
            yield Reminder(key=key, kind=ReminderKind.STILL_NEEDED, due_at=rules.on(day), useful_until=until, case=facts.case)


def _unanswered(facts: ClosingFacts, rules: Rules) -> Iterator[Reminder]:
    """No answer is not a yes: whoever asked is told once to talk with the person (P02: Rana, Avslutning)."""
    if facts.proposed is not None:
        closing, at, by = facts.proposed
        yield Reminder(
            key=f"closing/{closing}/unanswered",
            kind=ReminderKind.CLOSING_UNANSWERED,
            due_at=rules.after(at, ANSWER_DAYS),
            case=facts.case,
            person=by,
            object=closing,
        )


def _archive(facts: ClosingFacts, rules: Rules) -> Iterator[Reminder]:
    """The unit is told the day after the last one (P11: Herøy, Arkivering)."""
    if facts.archive is not None:
        task, day = facts.archive
        due = rules.on(day + timedelta(days=1))
        yield Reminder(key=f"task/{task}/archive_late", kind=ReminderKind.ARCHIVE_LATE, due_at=due, case=facts.case, object=task)
