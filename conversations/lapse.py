"""Recording that health personnel have decided that a person cannot decide in a matter, and that the person can again.

Source: pbrl § 4-3: decided by health personnel, with the reason, in writing. Samråd never asks what is wrong with the person and never
judges; next of kin are heard, and who decides then is settled by people (a task at the unit).
"""

from bot.domain.ids import CaseId, LapseId
from bot.domain.queries import Now
from bot.domain.rights import Matter
from bot.domain.standing import EndLapse, HealthProfession, RecordLapse, StandingView, TheStanding
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.standing_words import MATTERS, PROFESSIONS


async def lapse(ask: Ask) -> None:
    """The conversation begun from a notice."""
    view = await ask.look(TheStanding(CaseId(int(ask.given["case"]))))
    if view is None or not view.may_record:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    await record_lapse(ask, view)


async def record_lapse(ask: Ask, view: StandingView) -> None:
    """Who of the health personnel, in which matter, from when, why."""
    today = (await ask.look(Now())).date()
    await ask.say(t("Only health personnel decide this (pbrl § 4-3). Here you record what they decided."), sensitivity=Sensitivity.PERSONAL)
    matter = await ask.choice(
        "matter", t("What can the person not decide?"), dict(MATTERS), label=t("About"), sensitivity=Sensitivity.HEALTH
    )
    profession = await ask.choice(
        "profession", t("Who decided it?"), dict(PROFESSIONS), label=t("Decided by"), sensitivity=Sensitivity.HEALTH
    )
    name = await ask.text("name", t("What is the name of who decided?"), label=t("Name"), sensitivity=Sensitivity.HEALTH, max_length=100)
    day = (
        await ask.date(
            "day", t("On which day was it decided?"), latest=today, offered=today, label=t("Day"), sensitivity=Sensitivity.HEALTH
        )
        or today
    )
    until = await ask.date(
        "until", t("Until which day does it hold?"), earliest=day, skip=t("No last day"), label=t("To"), sensitivity=Sensitivity.HEALTH
    )
    why = await ask.text(
        "why", t("Which reason did they give? Write it short."), label=t("Why"), sensitivity=Sensitivity.HEALTH, max_length=600
    )
    await ask.summary("right", t("Is this right?"))
    command = RecordLapse(
        case=view.case,
        matter=Matter(matter),
        profession=HealthProfession(profession),
        decided_by=name or "",
        why=why or "",
        decided_on=day,
        until=until,
    )
    await ask.do("record", command)
    await ask.say(t("Noted. Hear the next of kin. If nobody can decide, you get a task."), sensitivity=Sensitivity.PERSONAL)


async def end_lapse(ask: Ask, view: StandingView) -> None:
    """The person decides again, from now."""
    options = {str(each.lapse): MATTERS[each.matter] for each in view.lapses}
    which = await ask.choice("which_lapse", t("What can the person decide again?"), options, sensitivity=Sensitivity.HEALTH)
    await ask.do("end_lapse", EndLapse(lapse=LapseId(int(which))))
    await ask.say(t("Noted. The person decides again from now on."), sensitivity=Sensitivity.PERSONAL)
