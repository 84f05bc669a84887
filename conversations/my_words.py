"""Before and after the first talk, for the person: what matters most, about oneself, what one expects, and one's own part.

Requirement rows: B07 and D09 (what matters most), D05, D06 (expectations), D07 (what a coordinator does), D18 (a presentation of oneself),
D19 (one's own part). Sources: Rana, Oppstart and Hva forplikter bruker og pårørende seg til?; Ås, Tips; Herøy, Koordinator og planeigar.
"""

from itertools import count

from bot.domain.ids import CaseId
from bot.domain.startup import Point
from bot.domain.startup_commands import AskForHelpToWrite, StartupView, TheStartup, WritePoint
from bot.domain.startup_words import DOES, YOUR_PART
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t
from conversations.startup_words import way_line
from conversations.way_of_working import way_of
from conversations.which_case import which_case

TITLES = {
    Point.MATTERS: t("What matters most to me"),
    Point.PRESENTATION: t("About me"),
    Point.HOPES: t("What I expect of my coordinator"),
}
PROMPTS = {
    Point.MATTERS: t("What matters most to you now? What do you want further on? Write as you like."),
    Point.PRESENTATION: t("Tell about yourself: what you like, what you are good at, how you want to be met."),
    Point.HOPES: t("What should your coordinator do for you? How do you want to have contact?"),
}


async def my_words(ask: Ask) -> None:
    """Begun from a notice or a command."""
    case = await which_case(ask)
    if case is not None and ask.given.get("show") == "tasks":
        await ask.say(YOUR_PART, sensitivity=Sensitivity.PUBLIC)
        return
    await my_words_of(ask, case)


async def my_words_of(ask: Ask, case: CaseId | None) -> None:
    """What one has written, and what one can write or read; also from My case."""
    view = None if case is None else await ask.look(TheStartup(case))
    if view is None or not view.writes:
        await ask.say(t("There is nothing to show here for you."), sensitivity=Sensitivity.NEUTRAL)
        return
    for part in shown(view):
        await ask.say(part, sensitivity=Sensitivity.HEALTH)
    await _choose(ask, view)


def shown(view: StartupView) -> list[Text]:
    """One's own words so far, what comes next, and how one works together."""
    own = [
        t("{title}: «{words}»", title=TITLES[each.point], words=each.words) for each in view.points if each.mine and each.point in TITLES
    ]
    if view.important:
        own.insert(0, t("When you asked for help, you wrote: «{words}»", words=view.important))
    parts = [joined(t("You have written:"), *own, by="\n")] if own else [t("Your coordinator reads what you write here before you meet.")]
    if view.ended is not None and view.ended.next_on is not None:
        parts.append(t("Next: {name} makes contact by {day}.", name=view.next_name or "–", day=view.ended.next_on))
    return [*parts, way_line(view.way)]


async def _choose(ask: Ask, view: StartupView) -> None:
    """One thing at a time; whoever reads a card comes back to choose again."""
    for turn in count(1):
        if await _one(ask if turn == 1 else ask.under(str(turn)), view) != "read":
            return


async def _one(ask: Ask, view: StartupView) -> str:
    options = {str(point): words for point, words in TITLES.items()}
    options |= {"does": t("What my coordinator does"), "part": t("What I can do myself")}
    if view.chooses:
        options["way"] = t("How we work together")
    what = await ask.choice("what", t("What do you want to do?"), {**options, "done": t("That is all")}, sensitivity=Sensitivity.PERSONAL)
    match what:
        case "does":
            await ask.say(DOES, sensitivity=Sensitivity.PUBLIC)
            return "read"
        case "part":
            await ask.say(YOUR_PART, sensitivity=Sensitivity.PUBLIC)
            return "read"
        case "way":
            await way_of(ask.under("way"), view.case)
        case "done":
            await ask.say(t("That is fine. You can come back at any time."), sensitivity=Sensitivity.NEUTRAL)
        case _:
            await _write(ask.under(what), view, Point(what))
    return "done"


async def _write(ask: Ask, view: StartupView, point: Point) -> None:
    """One's own words; with help to present oneself where that is wanted (D18)."""
    if point is Point.PRESENTATION:
        how = await ask.choice("how", t("Do you want to write it yourself?"), {"self": t("I write it"), "help": t("I want help with it")})
        if how == "help":
            await ask.do("help", AskForHelpToWrite(case=view.case))
            await ask.say(t("Your coordinator is told, and helps you with it."), sensitivity=Sensitivity.PERSONAL)
            return
    words = await ask.text("words", PROMPTS[point], skip=t("Nothing now"), sensitivity=Sensitivity.HEALTH, max_length=2000)
    if words is None:
        await ask.say(t("That is fine. You can come back at any time."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("keep", WritePoint(case=view.case, point=point, words=words))
    await ask.say(t("Thank you. Your coordinator reads it."), sensitivity=Sensitivity.PERSONAL)
