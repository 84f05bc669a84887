"""What is wished for: a coordinator, an individual plan, or only a responsibility group. Three questions, never one.

Requirement rows: A08 (Lund § 11.4: a group is offered where no plan is wanted), A11, A14 and B02 (coordinator and plan are two questions:
Ringerike, Lovgrunnlaget; Ås), B04 (the wish for who it should be: Lund § 11.1; Rana).
"""

from bot.domain.cases import Wanted
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.words import YES_NO_UNSURE


async def ask_wanted(ask: Ask, *, for_me: bool, child: bool) -> Wanted:
    """The two questions, and the third where the plan is not wanted."""
    if child:
        await ask.say(
            t("A children's coordinator keeps track for the whole family. How much help is needed counts, never the name of an illness."),
            sensitivity=Sensitivity.PUBLIC,
        )
    else:
        await ask.say(t("A coordinator keeps track and makes sure that those who help work together."), sensitivity=Sensitivity.PUBLIC)
    coordinator = await ask.choice(
        "coordinator",
        t("Do you want a coordinator?") if for_me else t("Is a coordinator wanted?"),
        YES_NO_UNSURE,
        label=t("Coordinator"),
    )
    await ask.say(
        t("An individual plan shows goals, who does what, and when. You can have a coordinator without a plan."),
        sensitivity=Sensitivity.PUBLIC,
    )
    plan = await ask.choice(
        "plan",
        t("Do you want an individual plan?") if for_me else t("Is an individual plan wanted?"),
        YES_NO_UNSURE,
        label=t("Individual plan"),
    )
    group = "no"
    if plan == "no":
        group = await _ask_group(ask, coordinator)
    return wanted_of(coordinator, plan, group)


async def _ask_group(ask: Ask, coordinator: str) -> str:
    """A group can be set up without a plan. With a coordinator it comes with the coordinator, so then it is only told."""
    about = t("A responsibility group meets and agrees on what to do. It can be set up without a plan.")
    await ask.say(about, sensitivity=Sensitivity.PUBLIC)
    if coordinator == "yes":
        return "no"
    return await ask.choice("group", t("Is a responsibility group wanted?"), YES_NO_UNSURE, label=t("Responsibility group"))


def wanted_of(coordinator: str, plan: str, group: str) -> Wanted:
    """What the answers come to. A yes counts; where there is none, it is talked about, and nobody is turned away."""
    match coordinator, plan, group:
        case "yes", "yes", _:
            return Wanted.BOTH
        case "yes", _, _:
            return Wanted.COORDINATOR
        case _, "yes", _:
            return Wanted.PLAN
        case "no", "no", "yes":
            return Wanted.GROUP
    return Wanted.UNSURE


async def ask_wish(ask: Ask, *, for_me: bool) -> str | None:
    """Who it should be, in the applicant's own words, or None where there is no one in mind."""
    await ask.say(
        t("A wish for who it should be counts a lot. We cannot promise that this person has time."), sensitivity=Sensitivity.PUBLIC
    )
    return await ask.text(
        "wish",
        t("Who do you want as coordinator?") if for_me else t("Who is wanted as coordinator?"),
        skip=t("No one in mind"),
        label=t("Wished as coordinator"),
        max_length=300,
    )
