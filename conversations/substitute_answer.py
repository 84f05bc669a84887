"""Somebody is asked to stand in: yes or no.

Requirement rows: N17 (from, to, brief). Source: Ås, Bytte av koordinator. Before the time begins, nothing about the person is shown.
"""

from bot.domain.change_queries import TheSubstitute
from bot.domain.ids import SubstituteId
from bot.domain.substitute_commands import AnswerSubstitute
from bot.domain.substitutes import SubstituteScope, SubstituteState
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t


async def substitute_answer(ask: Ask) -> None:
    """The conversation begun from a notice."""
    await substitute_answer_to(ask, SubstituteId(int(ask.given["substitute"])))


async def substitute_answer_to(ask: Ask, substitute: SubstituteId) -> None:
    """The same from the desk."""
    asked = await ask.look(TheSubstitute(substitute))
    if asked is None or asked.state is not SubstituteState.PROPOSED:
        await ask.say(t("This question no longer waits for an answer."), sensitivity=Sensitivity.PERSONAL)
        return
    await ask.say(
        t(
            "{initials}, case {number}. You would stand in for {name}.",
            initials=asked.initials,
            number=str(asked.number),
            name=asked.instead_of,
        ),
        sensitivity=Sensitivity.PERSONAL,
    )
    how_long = t("From {start} to {end}.", start=asked.starts_at, end=asked.ends_at)
    await ask.say(how_long, sensitivity=Sensitivity.PERSONAL)
    if asked.scope is SubstituteScope.PERIOD:
        await ask.say(t("You get access the day it begins, and until it ends. Then {name} is back.", name=asked.instead_of))
    answer = await ask.choice("answer", t("Can you stand in?"), {"yes": t("Yes"), "no": t("No")}, sensitivity=Sensitivity.PERSONAL)
    if answer == "yes":
        await ask.do("yes", AnswerSubstitute(substitute=substitute, yes=True))
        await ask.say(t("Thank you! The person is told. We remind you when it begins, with what you must know."))
        return
    reason = await ask.text(
        "reason", t("Do you want to say why?"), skip=t("Nothing to add"), sensitivity=Sensitivity.PERSONAL, max_length=800
    )
    await ask.do("no", AnswerSubstitute(substitute=substitute, yes=False, reason=reason))
    await ask.say(t("Noted. Somebody else is asked."), sensitivity=Sensitivity.PERSONAL)
