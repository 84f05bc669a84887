"""Goals: written, worked towards, and reached.

Requirement rows: K01, K02, K04, K24. Sources: Lund §§ 8 and 9; Herøy, Innleiing. Not here: the plan around them (`conversations.plan`).
The person writes in own words, and nobody else ends such a goal; those who coordinate write a short title, since the goal itself stands
in the plan.
"""

from datetime import timedelta

from bot.domain.plan_commands import EndGoal, GiveMeasure, WriteGoal
from bot.domain.plan_queries import GoalView, PlanView
from bot.domain.plans import LONGEST_OWN, LONGEST_TITLE, GoalState
from bot.domain.queries import Now
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t, verbatim
from conversations.case_tasks import ask_owner
from conversations.picking import Line, pick
from conversations.plan_words import ADVICE, MAP_FIRST, goal_lines
from conversations.staff_words import shortened

MEASURE_LONGEST = 400


async def write_goal(ask: Ask, view: PlanView) -> None:
    """One's own goal, or a short one that was set together."""
    if view.may_change:
        await ask.say(ADVICE if view.mapped else MAP_FIRST, sensitivity=Sensitivity.PUBLIC)
        prompt = t("Which goal have you set together? A short title. What belongs to it stands in the plan.")
        words = await ask.text("title", prompt, sensitivity=Sensitivity.HEALTH, max_length=LONGEST_TITLE)
    else:
        prompt = t("What do you want to reach? Write it in your own words. You decide what is important.")
        words = await ask.text("words", prompt, sensitivity=Sensitivity.HEALTH, max_length=LONGEST_OWN)
    await ask.do("write", WriteGoal(case=view.case, words=words or ""))
    if view.may_change:
        await ask.say(t("The goal is noted, and the person is told."))
    else:
        await ask.say(t("Your goal is noted. Your coordinator reads it, and you talk about it together."))


async def about_goal(ask: Ask, view: PlanView) -> None:
    """One goal: who does something towards it, or that it is reached."""
    lines = [Line(value=str(each.goal), button=verbatim(shortened(each.words, 34))) for each in view.goals]
    chosen = await pick(ask, t("Which goal is it about?"), lines, sensitivity=Sensitivity.HEALTH)
    goal = next(each for each in view.goals if str(each.goal) == chosen)
    room = ask.under(f"goal/{goal.goal}")
    await room.say(goal_lines(goal, persons=view.own_side), sensitivity=Sensitivity.HEALTH)
    what = await room.choice("what", t("What about it?"), _options(view, goal))
    if what == "measure":
        await _measure(room, view, goal)
    elif what in {GoalState.REACHED, GoalState.DROPPED}:
        await room.do("end", EndGoal(goal=goal.goal, state=GoalState(what)))
        await room.say(t("Well done! It is noted as reached.") if what == GoalState.REACHED else t("It is noted."))
    else:
        await room.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)


def _options(view: PlanView, goal: GoalView) -> dict[str, Text]:
    options: dict[str, Text] = {}
    if view.owners:
        options["measure"] = t("Somebody does something for it")
    if goal.mine:
        options |= {GoalState.REACHED: t("It is reached"), GoalState.DROPPED: t("It is not a goal any more")}
    return options | {"nothing": t("Change nothing")}


async def _measure(ask: Ask, view: PlanView, goal: GoalView) -> None:
    """Who does what by when; the person can be the one (K02)."""
    today = (await ask.look(Now())).date()
    owner = await ask_owner(ask, view.owners, t("Who does it? The person can be the one."))
    words = await ask.text("measure", t("What is to be done? A few words."), sensitivity=Sensitivity.HEALTH, max_length=MEASURE_LONGEST)
    day = await ask.date("by", t("By which day?"), earliest=today, latest=today + timedelta(days=730))
    await ask.do("give", GiveMeasure(goal=goal.goal, owner=owner, words=words or "", due_on=day or today))
    await ask.say(t("They are told. You see here how it goes."), sensitivity=Sensitivity.NEUTRAL)
