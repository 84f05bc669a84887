"""The unit reads the monthly picture, and the register of coordinators, groups and plans.

Requirement rows: R12 (the unit knows all coordinators, groups and plans), R14 (figures for each department). Sources: Lund § 6; Rana, KE og
saksbehandling; Ringerike. The files and the chart are on the secure page.
"""

from itertools import groupby

from bot.domain.figures_queries import MonthView, RegisterLine, TheMonths, TheRegister
from bot.domain.ids import CaseId
from bot.domain.queries import Me, TheProfile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Month, Text, joined, nt, t, verbatim
from conversations.case_desk import case_desk
from conversations.figures_words import TITLES, WHY_WITHHELD, rows
from conversations.picking import Line, pick
from conversations.words import WANTED


async def figures(ask: Ask) -> None:
    """The conversation behind "the monthly picture, and the register"."""
    options = {"register": t("All open cases"), "month": t("The monthly picture")}
    what = await ask.choice("what", t("What do you want to see?"), options, sensitivity=Sensitivity.NEUTRAL)
    await (unit_register if what == "register" else month)(ask.under(what))


async def month(ask: Ask) -> None:
    """One month as it is published."""
    months, me, profile = await ask.look(TheMonths()), await ask.look(Me()), await ask.look(TheProfile())
    if not months:
        await ask.say(t("There are no figures yet. They come when the first month has ended."), sensitivity=Sensitivity.NEUTRAL)
        return
    lines = [Line(value=each.month.isoformat(), button=t("{month}", month=Month(each.month)), listed=False) for each in months]
    chosen = await pick(ask, t("Which month?"), lines, sensitivity=Sensitivity.PERSONAL)
    view = next(each for each in months if each.month.isoformat() == chosen)
    parts = []
    for series, group in groupby(rows(view.figures, profile, me.language), key=lambda row: row.series):
        found = list(group)
        numbers = [t("{what}: {number}", what=row.label, number=row.shown) for row in found]
        parts.append(joined(*([TITLES[series]] if len(found) > 1 or not found[0].total else []), *numbers, by="\n"))
    half = len(parts) // 2
    await ask.say(joined(heading(view), *parts[:half]), sensitivity=Sensitivity.PERSONAL)
    await ask.say(joined(*parts[half:], WHY_WITHHELD), sensitivity=Sensitivity.PERSONAL)


def heading(view: MonthView) -> Text:
    """Which month it is."""
    return t("Figures for {month}", month=Month(view.month))


async def unit_register(ask: Ask) -> None:
    """Every living case, those without a coordinator first; one is opened."""
    found = await ask.look(TheRegister())
    if not found:
        await ask.say(t("No case waits for us now."), sensitivity=Sensitivity.NEUTRAL)
        return
    without = sum(each.coordinator is None for each in found)
    many = nt("{n} case is open.", "{n} cases are open.", len(found))
    alone = nt("{n} has no coordinator.", "{n} have no coordinator.", without)
    lines = [
        Line(
            value=str(each.case),
            button=t("{initials}, no. {number}", initials=each.initials, number=str(each.number)),
            details=line_of(each),
        )
        for each in found
    ]
    prompt = joined(joined(many, alone, by=" "), t("Which case do you want to open?"))
    chosen = await pick(ask, prompt, lines, sensitivity=Sensitivity.PERSONAL)
    await case_desk(ask.under(f"case/{chosen}"), CaseId(int(chosen)))


def line_of(line: RegisterLine) -> Text:
    """One case in the register."""
    has = [
        words for there, words in ((line.group, t("a group")), (line.plan, t("a plan")), (line.own_decision, t("own decision"))) if there
    ]
    parts = [
        t("{initials}, no. {number}: {what}", initials=line.initials, number=str(line.number), what=WANTED[line.wanted]),
        verbatim(line.coordinator) if line.coordinator else t("no coordinator"),
        *has,
    ]
    return joined(*parts, by=", ")
