"""Agreeing a time for a talk: up to three times offered, or one that is agreed already.

Here: the questions, shared by the first talk (B12) and the start-up talk (D02). Not here: who holds which talk. Guarantee: a time offered
lies ahead; times are in Oslo.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from bot.domain.cases import Place, TalkKind
from bot.domain.commands import ProposeTalk
from bot.domain.ids import CaseId
from bot.domain.queries import Now
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t
from conversations.words import PLACES

MOST_TIMES = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Arranged:
    """What came of the questions: the times, and whether the person has already agreed to the one there is."""

    times: tuple[datetime, ...]
    agreed: bool


async def ask_place(ask: Ask) -> Place:
    """Where the talk is. The recipient chooses (Rana, Oppstart; D01)."""
    place = await ask.choice(
        "place",
        t("Where does the person want to meet? The person chooses."),
        {str(place): words for place, words in PLACES.items()},
        label=t("Place"),
        sensitivity=Sensitivity.PRACTICAL,
    )
    return Place(place)


async def ask_moment(ask: Ask, *, offered: date | None = None) -> datetime:
    """A day and a time that lie ahead. `offered`: the first day on a button."""
    now = await ask.look(Now())
    for attempt in count():
        day = await ask.date(
            f"day/{attempt}",
            t("Which day?"),
            earliest=now.date(),
            latest=now.date() + timedelta(days=365),
            offered=offered,
            sensitivity=Sensitivity.PRACTICAL,
        )
        clock = await ask.time(f"time/{attempt}", t("What time?"), sensitivity=Sensitivity.PRACTICAL)
        moment = datetime.combine(day or now.date(), clock.replace(tzinfo=None), tzinfo=now.tzinfo)
        if moment > now:
            return moment
        await ask.say(t("That time has passed. Please choose a later one."), sensitivity=Sensitivity.PRACTICAL)
    raise AssertionError("counting never ends")


async def ask_times(ask: Ask, *, agreed: bool, most: int = MOST_TIMES, offered: date | None = None) -> Arranged:
    """One time that is agreed, or up to `most` to offer, earliest first and none twice. `offered`: the first day on a button."""
    if agreed:
        return Arranged(times=(await ask_moment(ask.under("agreed"), offered=offered),), agreed=True)
    times: list[datetime] = []
    for number in range(most):
        times.append(await ask_moment(ask.under(f"offer/{number}"), offered=offered))
        if number + 1 == most:
            break
        another = await ask.confirm(
            f"more/{number}",
            t("Offered so far: {times}. Do you want to offer one more?", times=[Text("{value}", {"value": each}) for each in times]),
            sensitivity=Sensitivity.PRACTICAL,
        )
        if not another:
            break
    return Arranged(times=tuple(sorted(set(times))), agreed=False)


async def arrange(ask: Ask, case: CaseId, kind: TalkKind, place: Place, arranged: Arranged) -> None:
    """Offer the times; where one is agreed, book it at once."""
    await ask.do("offer", ProposeTalk(case=case, kind=kind, place=place, times=arranged.times, agreed=arranged.agreed))
    if arranged.agreed:
        await ask.say(
            t("Booked: {moment}. We confirm it to the person.", moment=arranged.times[0]),
            sensitivity=Sensitivity.PRACTICAL,
        )
        return
    await ask.say(t("The times are sent. You hear from us when the person has chosen."), sensitivity=Sensitivity.PRACTICAL)
