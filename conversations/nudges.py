"""What I have been reminded of, and how often I want to be reminded.

Requirement rows: K05 (what is not followed up climbs step by step), K06 (everybody knows how progress is asked for). Sources: Lund § 11.3;
Ås, Tips; Ringerike, Utfordringer. Whoever is reminded answers: done, later, or not needed and why.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from bot.domain.nudge_rules import HowOften
from bot.domain.nudges import ChooseHowOften, MyNudges, NudgeDone, NudgeLater, NudgeNotNeeded, NudgesView, NudgeView
from bot.domain.queries import Now
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t, verbatim
from conversations.first_contact import note_contact
from conversations.picking import Line, pick

HOW_OFTEN: Final = "how_often"
NOTHING: Final = "nothing"
OFTEN: Final[Mapping[HowOften, Text]] = {
    HowOften.AT_ONCE: t("At once, on the day it is due"),
    HowOften.DAILY: t("Together, each working morning"),
    HowOften.WEEKLY: t("Together, once a week"),
}
DAYS: Final = {"tomorrow": 1, "week": 7, "two_weeks": 14}


async def nudges(ask: Ask) -> None:
    """Begun from the desk, from a reminder or from a digest."""
    view = await ask.look(MyNudges())
    if not view.staff:
        await ask.say(t("This part is for those who work in the municipality."), sensitivity=Sensitivity.NEUTRAL)
        return
    if "nudge" in ask.given:
        one = next((each for each in view.nudges if str(each.nudge) == ask.given["nudge"]), None)
        if one is None:
            await ask.say(t("This is answered, or no longer needed."), sensitivity=Sensitivity.NEUTRAL)
        else:
            await answer(ask, one, ask.given.get("answer"))
        return
    await choose_one(ask, view)


async def choose_one(ask: Ask, view: NudgesView) -> None:
    """What waits, and one of it."""
    lines = [Line(value=str(each.nudge), button=_short(each), details=_line(each)) for each in view.nudges]
    lines += [Line(value=HOW_OFTEN, button=t("How often?"), listed=False), Line(value=NOTHING, button=t("That is all"), listed=False)]
    prompt = t("This waits for your answer. Which one do you want to answer?") if view.nudges else t("Nothing waits for your answer.")
    chosen = await pick(ask, prompt, lines, sensitivity=Sensitivity.PERSONAL)
    if chosen == HOW_OFTEN:
        await how_often(ask.under(HOW_OFTEN), view)
    elif chosen != NOTHING:
        await answer(ask.under(f"nudge/{chosen}"), next(each for each in view.nudges if str(each.nudge) == chosen), None)


def _short(nudge: NudgeView) -> Text:
    return t("Case {number}, {day}", number=str(nudge.number), day=nudge.nudged_on)


def _line(nudge: NudgeView) -> Text:
    if nudge.leader_on is None:
        return t("{words} ({day})", day=nudge.nudged_on, words=nudge.words)
    return t("{words} ({day}) Your leader is told on {leader}.", day=nudge.nudged_on, words=nudge.words, leader=nudge.leader_on)


async def answer(ask: Ask, nudge: NudgeView, given: str | None) -> None:
    """Done, later, or not needed; `given` where a button has said it already."""
    if nudge.words:
        await ask.say(verbatim(nudge.words), sensitivity=Sensitivity.HEALTH)
    options = {"done": t("I have done it"), "later": t("Remind me later"), "not_needed": t("It is not needed")}
    today = (await ask.look(Now())).date()
    if nudge.latest <= today:
        del options["later"]
        if given == "later":
            await ask.say(t("This cannot wait until another day."), sensitivity=Sensitivity.NEUTRAL)
    what = given
    if what not in options:
        what = await ask.choice("what", t("What do you want to do with it?"), options, sensitivity=Sensitivity.NEUTRAL)
    if what == "done" and nudge.by_contact:
        await note_contact(ask.under("contact"), nudge.case)
    elif what == "done":
        await ask.do("done", NudgeDone(nudge=nudge.nudge))
        await ask.say(t("Good. It no longer waits for you."), sensitivity=Sensitivity.NEUTRAL)
    elif what == "later":
        await later(ask, nudge, today)
    else:
        why = await ask.text("why", t("Why is it not needed? A few words."), sensitivity=Sensitivity.HEALTH, max_length=400)
        await ask.do("not_needed", NudgeNotNeeded(nudge=nudge.nudge, why=why or ""))
        await ask.say(t("Noted, with your reason."), sensitivity=Sensitivity.NEUTRAL)


async def later(ask: Ask, nudge: NudgeView, today: date) -> None:
    """A new day, while it still helps."""
    words = {"tomorrow": t("Tomorrow"), "week": t("In a week"), "two_weeks": t("In two weeks"), "day": t("Another day")}
    options = {each: label for each, label in words.items() if today + timedelta(days=DAYS.get(each, 1)) <= nudge.latest}
    when = await ask.choice("when", t("When shall we remind you again?"), options, sensitivity=Sensitivity.NEUTRAL)
    day = today + timedelta(days=DAYS.get(when, 1))
    if when == "day":
        first = today + timedelta(days=1)
        day = await ask.date("day", t("On which day?"), earliest=first, latest=nudge.latest, sensitivity=Sensitivity.NEUTRAL) or day
    comes = await ask.do("later", NudgeLater(nudge=nudge.nudge, day=day))
    await ask.say(t("Good. We remind you again on {day}.", day=date.fromisoformat(comes)), sensitivity=Sensitivity.PRACTICAL)


async def how_often(ask: Ask, view: NudgesView) -> None:
    """At once, each working morning, or once a week."""
    await ask.say(
        t("We only write on working days, and less in July. What cannot wait always comes at once."), sensitivity=Sensitivity.NEUTRAL
    )
    await ask.say(t("Now: {often}.", often=OFTEN[view.how_often]), sensitivity=Sensitivity.NEUTRAL)
    options = {each.value: words for each, words in OFTEN.items()}
    chosen = await ask.choice("often", t("How do you want your reminders?"), options, sensitivity=Sensitivity.NEUTRAL)
    await ask.do("choose", ChooseHowOften(how_often=HowOften(chosen)))
    await ask.say(t("Good. It holds from now on."), sensitivity=Sensitivity.NEUTRAL)
