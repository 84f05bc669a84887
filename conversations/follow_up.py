"""Has anybody been in touch? Do you know what happens next?

Requirement rows: none of its own; issue 6, service recipients and relatives. A no becomes somebody's task.
"""

from bot.domain.evaluation import FollowUp, TheEvaluation
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.which_case import which_case


async def follow_up(ask: Ask) -> None:
    """Begun from a notice."""
    case = await which_case(ask)
    view = None if case is None else await ask.look(TheEvaluation(case))
    if view is None or not view.may_answer:
        await ask.say(t("There is nothing to answer here now."), sensitivity=Sensitivity.NEUTRAL)
        return
    yes, no = t("Yes"), t("No")
    in_touch = await ask.choice(
        "in_touch", t("Has anybody been in touch with you?"), {"yes": yes, "no": no}, sensitivity=Sensitivity.PERSONAL
    )
    knows = await ask.choice(
        "knows_next",
        t("Do you know what happens next?"),
        {"yes": yes, "no": no, "unsure": t("Not quite")},
        sensitivity=Sensitivity.PERSONAL,
    )
    words = None
    if in_touch == "no" or knows != "yes":
        words = await ask.text(
            "words", t("Is there something you wonder about?"), skip=t("Nothing to add"), sensitivity=Sensitivity.HEALTH, max_length=1000
        )
    await ask.do("send", FollowUp(case=view.case, in_touch=in_touch == "yes", knows_next=knows == "yes", words=words))
    if in_touch == "no":
        await ask.say(t("Thank you. Somebody is in touch with you on the next working day."), sensitivity=Sensitivity.NEUTRAL)
    elif knows != "yes":
        await ask.say(t("Thank you. Somebody tells you what happens next, on the next working day."), sensitivity=Sensitivity.NEUTRAL)
    else:
        await ask.say(t("Good. Write to us whenever you want."), sensitivity=Sensitivity.NEUTRAL)
