"""Gatherings of coordinators: called by the unit, answered in one press like a meeting, brought to mind.

Here: values, commands, queries, and when whom is reminded. Not here: meetings about a case (`bot.domain.meetings`), SQL. Guarantees:
everybody known in the audience is asked, across departments; an answer can be changed until it begins; who cannot come is not reminded.
Requirement rows: R03, R04, R07. Sources: Rana, Opplæring (two gatherings a year, across departments and NAV); Ringerike.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.ids import GatheringId, PersonId
from bot.domain.reminders import OSLO, Reminder, ReminderKind, Rules
from bot.engine.ask import Command, Query
from bot.engine.texts import Text, joined, t

PLANNING_MONTHS: Final = (1, 8)
"""The unit is asked to plan at the beginning of each half-year (ours: Rana says two a year)."""
NUDGE_DAYS: Final = 7
"""So many days before a gathering those who have not answered are asked once more (ours)."""


HELP_USEFUL: Final = timedelta(days=14)
"""So long after its day the monthly question is still asked (ours)."""


class Audience(StrEnum):
    """Who is called: coordinators, their leaders too, or everybody known at work, also in other services (Rana: across, and NAV)."""

    COORDINATORS = "coordinators"
    LEADERS = "leaders"
    EVERYBODY = "everybody"


class GatheringReply(StrEnum):
    """An answer. The same words as for a meeting, but for a colleague instead: each comes for their own sake."""

    COMING = "coming"
    BY_VIDEO = "by_video"
    CANNOT = "cannot"
    MAYBE = "maybe"


REPLIES: Final[Mapping[GatheringReply, Text]] = {
    GatheringReply.COMING: t("I come"),
    GatheringReply.BY_VIDEO: t("I take part by video"),
    GatheringReply.MAYBE: t("I do not know yet"),
    GatheringReply.CANNOT: t("I cannot come"),
}


def shown(at: datetime, where: str, about: str) -> Text:
    """When, where, and what it is about."""
    lines = [t("When: {time}", time=at), t("Where: {where}", where=where), t("About: {what}", what=about)]
    return joined(*lines, by="\n")


@dataclass(frozen=True, kw_only=True, slots=True)
class CallGathering(Command[int]):
    """Call a gathering. `at` is aware. The result: how many are asked."""

    audience: Audience
    at: datetime
    where: str
    about: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CancelGathering(Command[None]):
    """It does not take place; everybody who was asked and has not said no is told."""

    gathering: GatheringId


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerGathering(Command[None]):
    """Come, by video, cannot, or not sure yet: one press, changed at will until it begins."""

    gathering: GatheringId
    reply: GatheringReply


@dataclass(frozen=True, kw_only=True, slots=True)
class GatheringView:
    """A gathering to come. `mine`: the reader's own answer; `asked`: the reader is among those called. The names are for the unit alone."""

    gathering: GatheringId
    at: datetime
    where: str
    about: str
    asked: bool
    mine: GatheringReply | None
    coming: tuple[str, ...]
    cannot: tuple[str, ...]
    maybe: tuple[str, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComingGatherings(Query[tuple[GatheringView, ...]]):
    """The unit: every gathering to come. Others at work: those one is called to. The earliest first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GatheringFacts:
    """What the rules need to know of a gathering to come."""

    id: GatheringId
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitFacts:
    """What the unit's own year needs: gatherings to come that are not cancelled, and how many there are in this year so far."""

    coming: tuple[GatheringFacts, ...]
    this_year: int


def gathering_reminders(facts: UnitFacts, now: datetime, rules: Rules) -> frozenset[Reminder]:
    """What is brought to mind of gatherings, and the question each month whether coordinators need help. `now` is aware."""
    return frozenset([*_of_each(facts, rules), *_planning(facts, now, rules), _help(now, rules)])


def _of_each(facts: UnitFacts, rules: Rules) -> Iterator[Reminder]:
    for each in facts.coming:
        day = each.at.astimezone(OSLO).date()
        for kind, days in ((ReminderKind.GATHERING_ANSWER, NUDGE_DAYS), (ReminderKind.GATHERING_TOMORROW, 1)):
            yield Reminder(
                key=f"unit/{kind}/{each.id}/{day}",
                kind=kind,
                due_at=rules.on(day - timedelta(days=days)),
                useful_until=each.at,
                object=int(each.id),
            )


def _planning(facts: UnitFacts, now: datetime, rules: Rules) -> Iterator[Reminder]:
    """Each half-year the unit is asked to plan, until the year has as many as the municipality wants."""
    wanted, year = rules.profile.meetings.gatherings_a_year, now.astimezone(OSLO).year
    kind = ReminderKind.GATHERING_PLAN
    days = [date(each, month, 10) for each in (year, year + 1) for month in PLANNING_MONTHS if each > year or facts.this_year < wanted]
    day = next(each for each in days if rules.on(each) > now)
    if wanted:
        yield Reminder(key=f"unit/{kind}/{day}", kind=kind, due_at=rules.on(day))


def _help(now: datetime, rules: Rules) -> Reminder:
    """The first working day of a month: this one's until it has come, else the next."""
    this = now.astimezone(OSLO).date().replace(day=1)
    first = next(each for each in (this, (this + timedelta(days=32)).replace(day=1)) if rules.on(each) > now)
    kind, at = ReminderKind.HELP_MONTHLY, rules.on(first)
    return Reminder(key=f"unit/{kind}/{first:%Y-%m}", kind=kind, due_at=at, useful_until=at + HELP_USEFUL)


def month_of(reminder: Reminder) -> str:
    """The month a question about help is of, YYYY-MM."""
    return reminder.key.rsplit("/", 1)[1]


def is_asked(audience: Audience, *, coordinates: bool, leads: bool) -> bool:
    """Is somebody at work with these roles called?"""
    return audience is Audience.EVERYBODY or coordinates or (leads and audience is Audience.LEADERS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """One person called, and what they have said; None: nothing yet."""

    person: PersonId
    reply: GatheringReply | None
