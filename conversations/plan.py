"""The plan: where it is, the goals in the person's own words, who does what, and the services' own plans.

Requirement rows: K01 to K04, K06 to K09, K11, K12, K14, K15, K20, K22, K24. Sources: Lund §§ 8 and 9; Ås, Individuell plan; Herøy,
Innleiing, Framdrift and Livsfaser; Ringerike, Forventningar. The same for the person and for those who coordinate; each is offered what
is theirs. Nothing is decided over the person: goals are set together, and the person's own words are the person's.
"""

from collections.abc import Awaitable, Callable, Mapping
from itertools import count
from typing import Final

from bot.domain.ids import CaseId
from bot.domain.plan_commands import AddSubPlan, EndSubPlan, OpenPlan, TickPlanStep
from bot.domain.plan_queries import PlanView, SubPlanView, ThePlan
from bot.domain.plans import SUB_PLANS, PlanStep, SubPlanKind
from bot.domain.queries import Now, TheProfile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t, verbatim
from conversations.communication import communication_text
from conversations.picking import Line, pick
from conversations.plan_goals import about_goal, write_goal
from conversations.plan_words import (
    ADVICE,
    FIVE_QUESTIONS,
    NO_DAY,
    ONE_PLAN,
    USED_AT_MEETINGS,
    goal_lines,
    journal,
    step_words,
    steps_shown,
    sub_plan_lines,
    where,
    where_to_apply,
    who_opens,
)
from conversations.which_case import which_case

OTHER_TOOL: Final = "other"


async def plan(ask: Ask) -> None:
    """The conversation behind /plan, and begun from a notice."""
    case = await which_case(ask)
    if case is None:
        await ask.say(t("There is no plan to show here for you."), sensitivity=Sensitivity.NEUTRAL)
        return
    await plan_of_case(ask, case)


async def plan_of_case(ask: Ask, case: CaseId) -> None:
    """The same from the desk and from one's own case."""
    view = await ask.look(ThePlan(case))
    if view is None:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    await shown(ask, view)
    for turn in count():
        room = ask.under(f"{turn}") if turn else ask
        what = await room.choice("what", t("What do you want to do?"), offered(view))
        if what in STEPS:
            await STEPS[what](room.under(what), view)
            return
        if what == "done":
            await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
            return
        await told(room, what, view)


async def shown(ask: Ask, view: PlanView) -> None:
    """Where the plan is, the goals, and the services' own plans."""
    await ask.say(t("Case {number}, {initials}", number=str(view.number), initials=view.initials))
    await ask.say(where(view))
    for goal in view.goals:
        await ask.say(goal_lines(goal, persons=view.own_side), sensitivity=Sensitivity.HEALTH)
    own = sub_plan_lines(view)
    if own is not None:
        await ask.say(own, sensitivity=Sensitivity.HEALTH)
    if view.unread:
        names = [verbatim(each) for each in view.unread]
        await ask.say(t("Have not read how the work is followed up: {names}", names=names))


def offered(view: PlanView) -> dict[str, Text]:
    """What can be done: by what the reader may, and how far the plan has come."""
    options: dict[str, Text] = {}
    if view.may_write:
        options["goal"] = t("Write a goal")
    if view.goals and view.may_write:
        options["about"] = t("About a goal")
    if view.may_change:
        options["steps" if view.opened_on else "open"] = t("What belongs to opening it") if view.opened_on else t("The plan is opened")
        options |= {"sub_plan": t("A service's own plan"), "prepare": t("Prepare yourself")}
    return options | {"means": t("What a plan means"), "done": t("That is all")}


async def told(ask: Ask, what: str, view: PlanView) -> None:
    """What is only read: the card of five questions, and what a plan is."""
    if what == "prepare":
        questions = [t("{place}. {line}", place=place, line=words) for place, words in enumerate(FIVE_QUESTIONS, start=1)]
        await ask.say(joined(t("Five questions before you meet:"), *questions, by="\n"), sensitivity=Sensitivity.PUBLIC)
        needs = communication_text(view.communication)
        if needs is not None:
            await ask.say(t("Suit what you say and write to the person: {needs}", needs=needs), sensitivity=Sensitivity.HEALTH)
        for words in (ADVICE, NO_DAY, USED_AT_MEETINGS):
            await ask.say(words, sensitivity=Sensitivity.PUBLIC)
        return
    profile = await ask.look(TheProfile())
    await ask.say(where_to_apply(profile), sensitivity=Sensitivity.PUBLIC)
    await ask.say(ONE_PLAN if view.sub_plans or view.opened_on else NO_DAY, sensitivity=Sensitivity.PUBLIC)


async def open_plan(ask: Ask, view: PlanView) -> None:
    """In which tool, since when, and whether simple cooperation became a plan (K14)."""
    profile = await ask.look(TheProfile())
    await ask.say(who_opens(profile))
    usual = profile.records.tool_name
    how = {"new": t("A new plan"), "converted": t("Simple cooperation became a plan")}
    converted = await ask.choice("how", t("How did it begin?"), how) == "converted"
    tool = OTHER_TOOL
    if usual is not None:
        tool = await ask.choice("where", t("Where is it written?"), {"usual": verbatim(usual), OTHER_TOOL: t("Somewhere else")})
    name = usual if tool != OTHER_TOOL else await ask.text("tool", t("Where is it written? Name the program or the folder."), max_length=60)
    today = (await ask.look(Now())).date()
    day = await ask.date("day", t("Which day was it opened?"), latest=today, offered=today)
    await ask.do("open", OpenPlan(case=view.case, on=day or today, tool=name or "–", converted=converted))
    await ask.say(t("It is noted, and the person is told. There is no hurry with writing it."), sensitivity=Sensitivity.PERSONAL)
    if usual is not None and name == usual:
        await ask.say(journal(profile, usual), sensitivity=Sensitivity.PUBLIC)


async def tick_steps(ask: Ask, view: PlanView) -> None:
    """What belongs to opening a plan (K08, K20)."""
    await ask.say(steps_shown(view))
    words = step_words(view)
    left = {str(step): words[step] for step in words if step not in view.steps}
    if not left:
        await ask.say(t("Everything on the list is done. Well done!"))
        return
    ticked = await ask.choices("done", t("What is done now?"), left, none=t("Nothing new"))
    for step in ticked:
        await ask.do(f"tick/{step}", TickPlanStep(case=view.case, step=PlanStep(step)))
    await ask.say(t("It is noted.") if ticked else t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)


def _not_in_use(each: SubPlanView) -> Line:
    """The button is short; what pressing it means stands in the message."""
    name = SUB_PLANS[each.kind]
    return Line(value=f"end/{each.sub_plan}", button=t("✗ {item}", item=name), details=t("Not in use: {plan}", plan=name))


async def sub_plan(ask: Ask, view: PlanView) -> None:
    """A service's own plan: put on the list, or taken off (K07)."""
    kinds = [Line(value=f"new/{kind}", button=words) for kind, words in SUB_PLANS.items()]
    old = [_not_in_use(each) for each in view.sub_plans]
    await ask.say(t("Only its name, who holds it and the day. What stands in it stays there."), sensitivity=Sensitivity.PUBLIC)
    chosen = await pick(ask, t("Which plan is it?"), [*kinds, *old], sensitivity=Sensitivity.HEALTH)
    what, value = chosen.split("/", 1)
    if what == "end":
        found = next(each for each in view.sub_plans if str(each.sub_plan) == value)
        await ask.do("end", EndSubPlan(sub_plan=found.sub_plan))
    else:
        room = ask.under(value)
        owner = await room.text("owner", t("Who holds it? A service or a name."), max_length=100)
        today = (await ask.look(Now())).date()
        day = await room.date("day", t("Which day is it from?"), latest=today)
        await room.do("add", AddSubPlan(case=view.case, kind=SubPlanKind(value), owner=owner or "–", on=day or today))
    await ask.say(t("It is noted."), sensitivity=Sensitivity.NEUTRAL)


STEPS: Final[Mapping[str, Callable[[Ask, PlanView], Awaitable[None]]]] = {
    "goal": write_goal,
    "about": about_goal,
    "open": open_plan,
    "steps": tick_steps,
    "sub_plan": sub_plan,
}
"""Where each choice leads that changes something."""
