"""The three steps by which a coordinator is found, and which of them is next.

Requirement rows: C04 to C07, N09, B04. Sources: Lund §§ 11.1.1 to 11.1.3 and 11.2.8. It explains and never chooses.
"""

from bot.domain.cases import LadderStep
from bot.domain.queries import CaseView
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.staff_words import STEPS


def next_step(view: CaseView) -> LadderStep:
    """The step the ladder has come to: a step is behind when somebody was asked on it, the first also when there is no wish."""
    tried = {each.step for each in view.assignments}
    if LadderStep.ASKED_DEPARTMENT in tried or LadderStep.MOST_INVOLVED in tried:
        return LadderStep.ASKED_DEPARTMENT
    if LadderStep.WISH in tried or not view.wish:
        return LadderStep.MOST_INVOLVED
    return LadderStep.WISH


async def say_ladder(ask: Ask, view: CaseView) -> None:
    """The steps in plain words, and where we are."""
    await ask.say(
        t(
            "There are three steps. First the person's own wish, which weighs heavily. "
            "Then someone from the service most involved. Then you ask a department to name someone."
        ),
        sensitivity=Sensitivity.NEUTRAL,
    )
    step = next_step(view)
    await ask.say(t("Next by the rule: {step}. You choose.", step=STEPS[step]), sensitivity=Sensitivity.PERSONAL)
    if not view.wish:
        await ask.say(t("The person has told no wish. You can ask again."), sensitivity=Sensitivity.PERSONAL)
    elif step is not LadderStep.WISH:
        await ask.say(t("Tell the person why the wish could not be met."), sensitivity=Sensitivity.PERSONAL)
    if any(each.step is LadderStep.ASKED_DEPARTMENT for each in view.assignments):
        await ask.say(
            t("Do the leaders disagree? Then you decide which department, and that department names someone."),
            sensitivity=Sensitivity.PERSONAL,
        )


async def ask_criteria(ask: Ask) -> tuple[tuple[str, ...], str]:
    """Which criteria counted, and why, in the case worker's own words (C07)."""
    criteria = await ask.choices(
        "criteria",
        t("What counted in your choice?"),
        {
            "wish": t("The person's wish"),
            "services": t("How much help they give"),
            "suits": t("Suits this person best"),
        },
        label=t("What counted"),
        sensitivity=Sensitivity.PERSONAL,
    )
    reason = await ask.text(
        "reason",
        t("Why this choice? The leader and the one who is asked read it. Keep health out of it."),
        label=t("Reason"),
        sensitivity=Sensitivity.HEALTH,
        max_length=800,
    )
    return criteria, reason or ""
