"""The unit's inbox: every case that the unit still holds, late first.

Requirement rows: C01 (one inbox, oldest deadline first), A06 (every door leads here), B11 (the clock), C11 (other cases about the same
person, on the card), C18 (a living case is never alone). Sources: Lund §§ 1, 2 and 11; Rana, KE og saksbehandling.
"""

from collections.abc import Sequence

from bot.domain.ids import CaseId
from bot.domain.queries import CaseLine, Inbox
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, nt, t
from conversations.case_desk import case_desk
from conversations.picking import Line, pick
from conversations.staff_words import CASE_STATES, due_words


async def inbox(ask: Ask) -> None:
    """The conversation behind "open cases"; a notice about one case opens that one."""
    if "case" in ask.given:
        await case_desk(ask.under(f"case/{ask.given['case']}"), CaseId(int(ask.given["case"])))
        return
    cases = await ask.look(Inbox())
    if not cases:
        await ask.say(t("No case waits for us now."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(count_words(cases), sensitivity=Sensitivity.NEUTRAL)
    ordered = sorted(cases, key=lambda each: each.urgency)
    chosen = await pick(ask, t("Which case do you want to open?"), [case_line(each) for each in ordered], sensitivity=Sensitivity.PERSONAL)
    await case_desk(ask.under(f"case/{chosen}"), CaseId(int(chosen)))


def count_words(cases: Sequence[CaseLine]) -> Text:
    """How many there are, and how many are late."""
    late = sum(each.late for each in cases)
    if late:
        return nt("{n} open case, {late} late.", "{n} open cases, {late} late.", len(cases), late=late)
    return nt("{n} open case, none late.", "{n} open cases, none late.", len(cases))


def case_line(case: CaseLine) -> Line:
    """A case in a list: initials and number, how far it has come, and by when, where something waits."""
    number, state = str(case.number), CASE_STATES[case.state]
    if case.due is None:
        details = t("{initials}, no. {number}: {state}", initials=case.initials, number=number, state=state)
    else:
        due = due_words(case.due, case.late)
        details = t("{initials}, no. {number}: {state}, {due}", initials=case.initials, number=number, state=state, due=due)
    return Line(value=str(case.case), button=t("{initials}, no. {number}", initials=case.initials, number=number), details=details)
