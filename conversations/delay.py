"""Telling of a delay: the answer takes longer, why, and by when it comes.

Requirement rows: B11 (handled like every other application for a municipal service: a month, or a message about the delay). Sources:
Rana, KE og saksbehandling; the dated law profile.
"""

from datetime import timedelta

from bot.domain.cases import BEFORE_DECISION
from bot.domain.commands import TellOfDelay
from bot.domain.ids import CaseId
from bot.domain.queries import Me, Now, TheLaw
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import nt, t
from conversations.case_access import open_case
from conversations.staff_words import due_words


async def delay(ask: Ask) -> None:
    """The conversation begun from a task or a button."""
    await delay_case(ask, CaseId(int(ask.given["case"])))


async def delay_case(ask: Ask, case: CaseId) -> None:
    """The same from the desk."""
    view = await open_case(ask, case, BEFORE_DECISION)
    if view is None:
        return
    law = await ask.look(TheLaw())
    me = await ask.look(Me())
    today = (await ask.look(Now())).date()

    await ask.say(
        nt(
            "The law gives {n} month to answer or tell of a delay ({cited}).",
            "The law gives {n} months to answer or tell of a delay ({cited}).",
            law.answer_months,
            cited=law.answer_cited.text(me.language),
        ),
        sensitivity=Sensitivity.NEUTRAL,
    )
    await ask.say(
        t("Case {number}: {due}.", number=str(view.number), due=due_words(view.answer_by, view.late)), sensitivity=Sensitivity.PERSONAL
    )
    until = await ask.date(
        "until",
        t("By which day will they have an answer?"),
        earliest=max(today, view.delay_until or view.answer_by) + timedelta(days=1),
        label=t("Answer by"),
        sensitivity=Sensitivity.PERSONAL,
    )
    reason = await ask.text(
        "reason",
        t("Why does it take longer? They will read your words."),
        label=t("Why it takes longer"),
        sensitivity=Sensitivity.HEALTH,
        max_length=600,
    )
    await ask.summary("send", t("Shall we send this?"))
    await ask.do("tell", TellOfDelay(case=case, until=until or today, reason=reason or ""))
    await ask.say(t("They have been told. The new day is in your list."), sensitivity=Sensitivity.PERSONAL)
