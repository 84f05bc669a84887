"""A coordinator is away, and where nobody stands in.

Requirement row: N18 (the nearest leader answers for it; the button "away"). Source: Ås, Bytte av koordinator. Why somebody is away is
never asked.
"""

from bot.domain.change_queries import MyAbsence, Uncovered
from bot.domain.ids import CaseId
from bot.domain.queries import Now
from bot.domain.substitute_commands import ComeBack, SayAway
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import nt, t
from conversations.picking import Line, pick
from conversations.substitute import LONGEST, substitute_in


async def away(ask: Ask) -> None:
    """From when to when; or back again."""
    now, noted = await ask.look(Now()), await ask.look(MyAbsence())
    if noted is not None:
        options = {"back": t("I am back"), "other": t("Other days"), "keep": t("Leave it as it is")}
        prompt = t("You are noted as away from {first} to {last}.", first=noted.first, last=noted.last)
        what = await ask.choice(f"noted/{noted.first}/{noted.last}", prompt, options, sensitivity=Sensitivity.PERSONAL)
        if what == "back":
            await ask.do("back", ComeBack())
            await ask.say(t("Good to have you back. Your leader is told."), sensitivity=Sensitivity.PERSONAL)
            return
        if what == "keep":
            await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
            return
    first = await ask.date(
        "first", t("Which is your first day away?"), earliest=now.date(), latest=now.date() + LONGEST, sensitivity=Sensitivity.PERSONAL
    )
    first = first or now.date()
    last = await ask.date(
        f"last/{first}", t("Which is your last day away?"), earliest=first, latest=first + LONGEST, sensitivity=Sensitivity.PERSONAL
    )
    uncovered = await ask.do("away", SayAway(first=first, last=last or first))
    told = t("Noted. You are away to the end of {day}. Your leader is told.", day=last or first)
    await ask.say(told, sensitivity=Sensitivity.PERSONAL)
    if uncovered:
        await ask.say(
            nt("Nobody stands in for {n} case of yours yet.", "Nobody stands in for {n} cases of yours yet.", uncovered),
            sensitivity=Sensitivity.PERSONAL,
        )


async def uncovered_cases(ask: Ask) -> None:
    """Where nobody stands in, for the coordinator, the leader and the unit; one is opened to find somebody."""
    gaps = await ask.look(Uncovered())
    if not gaps:
        await ask.say(t("Somebody stands in everywhere."), sensitivity=Sensitivity.PERSONAL)
        return
    lines = [
        Line(
            value=f"{each.case}-{each.first}",
            button=t("{initials}, no. {number}", initials=each.initials, number=str(each.number)),
            details=t(
                "{initials}, no. {number}: {name} is away from {first} to {last}",
                initials=each.initials,
                number=str(each.number),
                name=each.coordinator,
                first=each.first,
                last=each.last,
            ),
        )
        for each in gaps
    ]
    lines.append(Line(value="done", button=t("That is all"), listed=False))
    chosen = await pick(ask, t("For which do you want to find somebody?"), lines, sensitivity=Sensitivity.PERSONAL)
    if chosen == "done":
        await ask.say(t("The coordinating unit has them until somebody stands in."), sensitivity=Sensitivity.PERSONAL)
        return
    case = chosen.partition("-")[0]
    await substitute_in(ask.under(f"case/{case}"), CaseId(int(case)))
