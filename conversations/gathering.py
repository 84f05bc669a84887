"""The unit calls a gathering of coordinators, sees who comes, or calls it off.

Requirement rows: R03 (two gatherings a year, with the same answers as meetings), R04 (across departments and other services). Sources:
Rana, Opplæring; Ringerike.
"""

from datetime import datetime, timedelta
from typing import Final

from bot.domain.gatherings import Audience, CallGathering, CancelGathering, ComingGatherings, GatheringView, shown
from bot.domain.queries import Now, TheProfile
from bot.domain.reminders import OSLO
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, nt, t
from conversations.gathering_words import AUDIENCES
from conversations.picking import Line, pick

NEW: Final = "new"
LONGEST: Final = timedelta(days=400)


async def gathering(ask: Ask) -> None:
    """The conversation behind "gatherings" on the unit's desk."""
    coming = await ask.look(ComingGatherings())
    lines = [Line(value=str(each.gathering), button=t("{time}", time=each.at)) for each in coming]
    lines.append(Line(value=NEW, button=t("Call a new one"), listed=False))
    chosen = NEW if not coming else await pick(ask, t("Which gathering?"), lines, sensitivity=Sensitivity.PRACTICAL)
    if chosen == NEW:
        await call(ask.under(NEW))
        return
    await one_of(ask.under(f"one/{chosen}"), next(each for each in coming if str(each.gathering) == chosen))


async def call(ask: Ask) -> None:
    """Who, when, where, about what."""
    now, profile = await ask.look(Now()), await ask.look(TheProfile())
    wanted = profile.meetings.gatherings_a_year
    if wanted:
        await ask.say(
            nt("Here there is {n} gathering a year.", "Here there are {n} gatherings a year.", wanted), sensitivity=Sensitivity.PUBLIC
        )
    audience = await ask.choice(
        "audience",
        t("Who is called?"),
        {each.value: AUDIENCES[each] for each in Audience},
        label=t("Who is called"),
        sensitivity=Sensitivity.PERSONAL,
    )
    tomorrow = now.date() + timedelta(days=1)
    day = await ask.date(
        "day", t("Which day?"), label=t("Day"), earliest=tomorrow, latest=now.date() + LONGEST, sensitivity=Sensitivity.PRACTICAL
    )
    begins = await ask.time("time", t("At what time?"), label=t("Time"), sensitivity=Sensitivity.PRACTICAL)
    where = await ask.text("where", t("Where is it?"), label=t("Where it is"), sensitivity=Sensitivity.PERSONAL, max_length=200)
    about = await ask.text("about", t("What is it about?"), label=t("What it is about"), sensitivity=Sensitivity.PERSONAL, max_length=400)
    await ask.summary("send", t("Shall we send the invitation?"))
    assert day is not None
    assert begins is not None
    at = datetime.combine(day, begins, OSLO)
    asked = await ask.do("call", CallGathering(audience=Audience(audience), at=at, where=where or "", about=about or ""))
    await ask.say(nt("{n} person is invited.", "{n} people are invited.", asked), sensitivity=Sensitivity.NEUTRAL)


async def one_of(ask: Ask, one: GatheringView) -> None:
    """Who comes, and whether it takes place."""
    await ask.say(joined(shown(one.at, one.where, one.about), who_comes(one)), sensitivity=Sensitivity.PERSONAL)
    off = await ask.choice(
        "do", t("What do you want to do?"), {"keep": t("Leave it as it is"), "off": t("Call it off")}, sensitivity=Sensitivity.NEUTRAL
    )
    if off == "off":
        await ask.do("cancel", CancelGathering(gathering=one.gathering))
        await ask.say(t("It is off. Those invited are told."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)


def who_comes(one: GatheringView) -> Text:
    """The names, by what they have said."""
    groups = [
        (t("Coming: {names}", names=list(one.coming)), one.coming),
        (t("Perhaps: {names}", names=list(one.maybe)), one.maybe),
        (t("Cannot: {names}", names=list(one.cannot)), one.cannot),
        (t("No answer yet: {names}", names=list(one.silent)), one.silent),
    ]
    return joined(*(words for words, names in groups if names), by="\n")
