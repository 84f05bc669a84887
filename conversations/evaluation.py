"""The coordinator's and the unit's side of looking back: the day agreed, and what was answered.

Requirement rows: L02, L04, L05. Sources: Herøy, Evaluering; Rana, Oppfølging. A day is always agreed.
"""

from datetime import timedelta

from bot.domain.evaluation import AgreeEvaluation, TheEvaluation
from bot.domain.ids import CaseId
from bot.domain.queries import Now
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.evaluation_words import answered

MOST = 6


async def evaluation(ask: Ask) -> None:
    """Begun from a notice."""
    await evaluation_of_case(ask, CaseId(int(ask.given["case"])))


async def evaluation_of_case(ask: Ask, case: CaseId) -> None:
    """The same from the case."""
    view = await ask.look(TheEvaluation(case))
    if view is None:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(t("Case {number}, {initials}", number=str(view.number), initials=view.initials))
    for each in view.answers[:MOST]:
        await ask.say(answered(each), sensitivity=Sensitivity.HEALTH)
    if not view.answers:
        await ask.say(t("There are no answers that you can read yet."))
    if view.on is not None:
        await ask.say(t("The next evaluation is on {day}.", day=view.on))
    else:
        await ask.say(t("No day is agreed for the next evaluation. There must always be one."))
    if not view.may_agree:
        return
    what = await ask.choice(
        "what",
        t("What do you want to do?"),
        {"agree": t("Note the day we agreed on"), "done": t("That is all")},
        sensitivity=Sensitivity.PERSONAL,
    )
    if what == "done":
        await ask.say(t("Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    now = await ask.look(Now())
    day = await ask.date(
        "day",
        t("Which day have you agreed on with the person?"),
        earliest=now.date() + timedelta(days=1),
        latest=now.date() + timedelta(days=366),
        sensitivity=Sensitivity.PERSONAL,
    )
    if day is not None:
        await ask.do("agree", AgreeEvaluation(case=view.case, on=day))
        await ask.say(t("It is noted. Both of you are reminded before it."), sensitivity=Sensitivity.NEUTRAL)
