"""Somebody stands in for the coordinator: who, from when to when, and what they must know.

Requirement rows: N17 (somebody who knows the person, well informed), N18 (the leader can find one), N19 (back to the coordinator). Source:
Ås, Bytte av koordinator.
"""

from datetime import date, datetime, time, timedelta

from bot.domain.cases import CaseState
from bot.domain.change_queries import MyAbsence, StandIns, SubstitutesOf, SubstituteView
from bot.domain.ids import CaseId, PersonId
from bot.domain.queries import Now
from bot.domain.substitute_commands import EndSubstitute, ProposeSubstitute
from bot.domain.substitutes import SubstituteScope, SubstituteState
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.case_access import open_case
from conversations.change_words import SUBSTITUTES
from conversations.stand_in_lines import pick_stand_in
from conversations.talk_times import ask_moment

MEETING = timedelta(hours=3)
"""So long a substitute for one meeting has access from when it begins."""
LONGEST = timedelta(days=365)


async def substitute(ask: Ask) -> None:
    """The conversation begun from a button."""
    await substitute_in(ask, CaseId(int(ask.given["case"])))


async def substitute_in(ask: Ask, case: CaseId) -> None:
    """The same from the desk."""
    if await open_case(ask, case, {CaseState.ACTIVE}) is None:
        return
    there = await ask.look(SubstitutesOf(case))
    for each in there:
        await ask.say(
            t(
                "{name}: {state}, from {start} to {end}",
                name=each.name,
                state=SUBSTITUTES[each.state],
                start=each.starts_at,
                end=each.ends_at,
            ),
            sensitivity=Sensitivity.PERSONAL,
        )
    what = "new"
    if there:
        options = {f"end_{each.substitute}": t("End it: {name}", name=each.name) for each in there[:6]}
        options |= {"new": t("Ask one more"), "done": t("That is all")}
        what = await ask.choice("what", t("What do you want to do?"), options, sensitivity=Sensitivity.PERSONAL)
    for each in there:
        if what == f"end_{each.substitute}":
            await end(ask.under(what), each)
            return
    if what == "new":
        await propose(ask.under("new"), case)
    else:
        await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)


async def end(ask: Ask, one: SubstituteView) -> None:
    """Take the question back, or end it early."""
    prompt = (
        t("Shall {name} stop standing in now?", name=one.name)
        if one.state is SubstituteState.ACCEPTED
        else t("Shall we take the question to {name} back?", name=one.name)
    )
    if not await ask.confirm("sure", prompt, sensitivity=Sensitivity.PERSONAL):
        await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("end", EndSubstitute(substitute=one.substitute))
    await ask.say(t("It is done. Those it concerns are told."), sensitivity=Sensitivity.PERSONAL)


async def propose(ask: Ask, case: CaseId) -> None:
    """Who, when, and what they must know."""
    found = await ask.look(StandIns(case))
    if not found:
        await ask.say(t("Nobody is registered who can be asked. Talk with the coordinating unit."), sensitivity=Sensitivity.PERSONAL)
        return
    prompt = t("Who can stand in? Somebody who knows the person is best.")
    chosen = await pick_stand_in(ask.under("who"), prompt, found)
    name = next(each.name for each in found if str(each.person) == chosen)
    scope = SubstituteScope(
        await ask.choice(
            "scope",
            t("For how long?"),
            {SubstituteScope.MEETING: t("For one meeting"), SubstituteScope.PERIOD: t("For a longer time")},
            label=t("How long"),
            sensitivity=Sensitivity.PERSONAL,
        )
    )
    starts, ends = await ask_meeting(ask) if scope is SubstituteScope.MEETING else await ask_period(ask)
    note = await ask.text(
        "note",
        t("What must {name} know? Appointments, what is agreed, what is important to the person.", name=name),
        label=t("What they must know"),
        skip=t("I tell them myself"),
        sensitivity=Sensitivity.HEALTH,
        max_length=2000,
    )
    await ask.summary("send", t("Shall we ask {name}?", name=name))
    command = ProposeSubstitute(case=case, person=PersonId(int(chosen)), scope=scope, starts_at=starts, ends_at=ends, note=note)
    await ask.do("propose", command)
    await ask.say(
        t("{name} is asked. With a yes, the person is told who and how long. Until then nothing changes.", name=name),
        sensitivity=Sensitivity.PERSONAL,
    )


async def ask_meeting(ask: Ask) -> tuple[datetime, datetime]:
    """The meeting's time; access from then until it is surely over."""
    starts = await ask_moment(ask.under("meeting"))
    return starts, starts + MEETING


async def ask_period(ask: Ask) -> tuple[datetime, datetime]:
    """First and last day, both included; the days away are proposed where they are known."""
    now, away = await ask.look(Now()), await ask.look(MyAbsence())
    if away is not None:
        options = {"away": t("{first} to {last}", first=away.first, last=away.last), "other": t("Other days")}
        prompt = t("Is it for the days you are away?")
        if await ask.choice(f"days/{away.first}/{away.last}", prompt, options, sensitivity=Sensitivity.PERSONAL) == "away":
            return day_begins(now, away.first), day_begins(now, away.last + timedelta(days=1))
    latest = now.date() + LONGEST
    first = await ask.date(
        "first", t("From which day?"), earliest=now.date(), latest=latest, label=t("From"), sensitivity=Sensitivity.PERSONAL
    )
    first = first or now.date()
    last = await ask.date(
        f"last/{first}", t("To which day?"), earliest=first, latest=latest, label=t("To"), sensitivity=Sensitivity.PERSONAL
    )
    return day_begins(now, first), day_begins(now, (last or first) + timedelta(days=1))


def day_begins(now: datetime, day: date) -> datetime:
    """The first moment of a day in Oslo."""
    return datetime.combine(day, time(), now.tzinfo)
