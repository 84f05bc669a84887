"""After the start-up talk: partners who are not told yet, a case in which nothing happens, and the person's own part each year.

Here: the rules, each with its source. Not here: gathering the facts (`bot.services.startup_facts`), nor the words
(`bot.services.reminders.startup`). Guarantee: whatever happens in a case makes the reminder of its silence anew, since the day of the last
thing that happened is part of its key.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Final

from bot.domain.calendar import months_after
from bot.domain.ids import CaseId, MemberId, PersonId
from bot.domain.reminders.facts import Reminder, ReminderKind, Rules, day_of

USEFUL: Final = timedelta(days=60)
NEAR: Final = timedelta(days=60)
"""So close to the question whether coordination is still needed, the person's own part is told with it and not apart (our default)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StartupFacts:
    """What the rules need to know of a case with a coordinator. Moments are aware, `quiet_since` is a day in Oslo.

    `untold`: members whom a consent covers and who have not been told of this coordinator, since `untold_since`. `quiet_since`: the day of
    the last thing anybody did, or of the latest meeting or talk that is agreed, whichever is later. `years`: whole years since `since`.
    `active_on`: the day the coordination began, with whichever coordinator; the question whether it is still needed counts from it.
    """

    case: CaseId
    coordinator: PersonId
    leader: PersonId | None
    since: datetime
    untold: tuple[MemberId, ...]
    untold_since: datetime | None
    quiet_since: date
    years: int
    active_on: date | None


def reminders(facts: StartupFacts, rules: Rules) -> frozenset[Reminder]:
    """Everything a case wants to be reminded of after the start."""
    return frozenset((*_introduce(facts, rules), *_quiet(facts, rules), *_part(facts, rules)))


def _introduce(facts: StartupFacts, rules: Rules) -> Iterator[Reminder]:
    """Every partner is told who coordinates (D10: Rana, Oppstart)."""
    if not facts.untold or facts.untold_since is None:
        return
    who = "+".join(str(each) for each in facts.untold)
    due_at = rules.after(facts.untold_since, rules.profile.startup.introduce_days)
    yield _reminder(facts, ReminderKind.INTRODUCE, f"{facts.coordinator}/{who}", due_at, facts.coordinator)


def _quiet(facts: StartupFacts, rules: Rules) -> Iterator[Reminder]:
    """It does not lie; who cannot give it first place asks the leader (D17: Rana, Oppstart)."""
    first = asked_on(facts, rules)
    yield _reminder(facts, ReminderKind.QUIET_CASE, f"{facts.quiet_since}", rules.on(first), facts.coordinator)
    second = rules.on(told_on(facts, rules))
    yield _reminder(facts, ReminderKind.QUIET_LEADER, f"{facts.quiet_since}", second, facts.leader)


def asked_on(facts: StartupFacts, rules: Rules) -> date:
    """The day on which the coordinator is asked about the silence."""
    return facts.quiet_since + timedelta(days=rules.profile.startup.quiet_days)


def told_on(facts: StartupFacts, rules: Rules) -> date:
    """The day on which the leader hears of it, as the coordinator is told when asked."""
    return asked_on(facts, rules) + timedelta(days=rules.profile.startup.quiet_leader_days)


def _part(facts: StartupFacts, rules: Rules) -> Iterator[Reminder]:
    """The person's own part is told again each year (D19: Rana, Hva forplikter bruker og pårørende seg til?).

    Not where it goes with a question of the same weeks: two letters about the same year are one too many.
    """
    begun = day_of(facts.since)
    for year, due_at in _parts(facts, rules):
        if _question_with(facts, day_of(due_at), rules) is not None:
            continue
        yield _reminder(facts, ReminderKind.YOUR_PART, f"{begun}/{year}", due_at, None, until=due_at + USEFUL)


def _parts(facts: StartupFacts, rules: Rules) -> Iterator[tuple[int, datetime]]:
    """The years in which the part is due now or next, each with its moment."""
    if rules.profile.startup.yearly_part:
        for year in range(max(1, facts.years), facts.years + 2):
            yield year, rules.on(_years_after(day_of(facts.since), year))


def told_with(facts: StartupFacts, asked_on: date, rules: Rules) -> bool:
    """Is the person's own part told in the question, asked on this day in Oslo, whether coordination is still needed (P10)?"""
    return any(_question_with(facts, day_of(due_at), rules) == asked_on for _, due_at in _parts(facts, rules))


def _question_with(facts: StartupFacts, part_on: date, rules: Rules) -> date | None:
    """The first day near this one on which it is asked whether coordination is still needed."""
    if facts.active_on is None:
        return None
    for turn in count(1):
        asked_on = day_of(rules.on(months_after(facts.active_on, turn * rules.profile.closing.ask_months)))
        if asked_on >= part_on - NEAR:
            return asked_on if asked_on <= part_on + NEAR else None
    raise AssertionError("counting never ends")


def _years_after(day: date, years: int) -> date:
    """The same day so many years later; the 28th of February for a leap day."""
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)


def _reminder(
    facts: StartupFacts, kind: ReminderKind, key: str, due_at: datetime, person: PersonId | None, *, until: datetime | None = None
) -> Reminder:
    return Reminder(key=f"startup/{facts.case}/{kind}/{key}", kind=kind, due_at=due_at, useful_until=until, case=facts.case, person=person)
