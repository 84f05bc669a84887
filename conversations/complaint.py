"""Complaints that wait for my answer: read, take, need longer, answer.

Requirement rows: O01, O03. Source: Rana, Klage på koordinator: unravel what is difficult, so that cooperation works again. For leaders and
the unit; whoever is complained of finds nothing here.
"""

from datetime import timedelta

from bot.domain.complaints import (
    OUTCOMES,
    About,
    AnswerComplaint,
    ComplaintsToAnswer,
    ComplaintView,
    DelayComplaint,
    Outcome,
    TakeComplaint,
    TheComplaint,
)
from bot.domain.ids import ComplaintId
from bot.domain.queries import Now
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t
from conversations.complaint_words import ABOUT, OUTCOMES_TO_CHOOSE
from conversations.picking import Line, pick


async def complaint(ask: Ask) -> None:
    """Begun from a notice."""
    await _one(ask, ComplaintId(int(ask.given["complaint"])))


async def complaints(ask: Ask, number: int | None = None) -> None:
    """From the desk: every complaint that waits for me; the one in the case of a task at once."""
    waiting = await ask.look(ComplaintsToAnswer())
    if not waiting:
        await ask.say(t("No complaint waits for your answer."), sensitivity=Sensitivity.PERSONAL)
        return
    named = [each for each in waiting if each.number == number]
    if len(named) == 1:
        await _one(ask.under(f"complaint/{named[0].complaint}"), named[0].complaint)
        return
    lines = [_line(each) for each in waiting]
    chosen = await pick(ask, t("Which complaint do you want to open?"), lines, sensitivity=Sensitivity.PERSONAL)
    await _one(ask.under(f"complaint/{chosen}"), ComplaintId(int(chosen)))


def _line(each: ComplaintView) -> Line:
    number = str(each.number)
    return Line(
        value=str(each.complaint),
        button=t("{initials}, no. {number}", initials=each.initials, number=number),
        details=t("{initials}, no. {number}: answer by {day}", initials=each.initials, number=number, day=each.answer_by),
    )


def shown(view: ComplaintView) -> list[Text]:
    """All of a complaint."""
    lines = [
        t("{about}, case {number}", about=ABOUT[view.about], number=str(view.number)),
        t("From {name}, {moment}", name=view.who, moment=view.received_at),
    ]
    if view.about is About.COORDINATOR and view.concerned:
        lines.append(t("It is about {name}, who must not read it.", name=view.concerned))
    if view.late:
        lines.append(t("It came after the time limit. It is received all the same."))
    if view.late_why:
        lines.append(t("Why it is late: «{words}»", words=view.late_why))
    lines.append(t("Answer by {day}", day=view.answer_by))
    parts = [joined(*lines, by="\n"), t("«{words}»", words=view.words)]
    return [*parts, t("The wish: «{words}»", words=view.wish)] if view.wish else parts


async def _one(ask: Ask, which: ComplaintId) -> None:
    view = await ask.look(TheComplaint(which))
    if view is None or view.outcome is not None or view.mine:
        await ask.say(t("Nothing waits for your answer here."), sensitivity=Sensitivity.NEUTRAL)
        return
    for part in shown(view):
        await ask.say(part, sensitivity=Sensitivity.HEALTH)
    options: dict[str, Text] = {} if view.handled_by_me else {"take": t("I take it")}
    options |= {"answer": t("Answer it"), "delay": t("It takes longer"), "later": t("Not now")}
    match await ask.choice("what", t("What do you want to do?"), options, sensitivity=Sensitivity.PERSONAL):
        case "take":
            await ask.do("take", TakeComplaint(complaint=which))
            await ask.say(t("You have it now. Talk with the person first: that solves most."), sensitivity=Sensitivity.NEUTRAL)
        case "answer":
            await _answer(ask, view)
        case "delay":
            await _delay(ask, view)
        case _:
            await ask.say(t("It stays here."), sensitivity=Sensitivity.NEUTRAL)


async def _answer(ask: Ask, view: ComplaintView) -> None:
    """How it ends, and the answer in words for the person."""
    options = {str(each): OUTCOMES_TO_CHOOSE[each] for each in OUTCOMES[view.about]}
    label = t("How it ends")
    outcome = Outcome(await ask.choice("outcome", t("How does it end?"), options, label=label, sensitivity=Sensitivity.PERSONAL))
    words = await ask.text(
        "words",
        t("Write the answer to the person. Say what changes, and when."),
        label=t("Your answer"),
        sensitivity=Sensitivity.HEALTH,
        max_length=3000,
    )
    await ask.summary("right", t("Shall we send this?"))
    await ask.do("send", AnswerComplaint(complaint=view.complaint, outcome=outcome, words=words or ""))
    await ask.say(t("The answer is sent."), sensitivity=Sensitivity.NEUTRAL)
    if outcome is Outcome.ANOTHER:
        await ask.say(t("The person begins the change when they want to, from your answer."), sensitivity=Sensitivity.NEUTRAL)


async def _delay(ask: Ask, view: ComplaintView) -> None:
    """A later day, with why."""
    now = await ask.look(Now())
    after = max(now.date(), view.answer_by)
    until = await ask.date(
        "until",
        t("By which day does the person get an answer?"),
        earliest=after + timedelta(days=1),
        latest=after + timedelta(days=90),
        sensitivity=Sensitivity.PERSONAL,
    )
    why = await ask.text("why", t("Why does it take longer? The person reads it."), sensitivity=Sensitivity.HEALTH, max_length=500)
    if until is not None:
        await ask.do("delay", DelayComplaint(complaint=view.complaint, until=until, why=why or ""))
    await ask.say(t("The person is told."), sensitivity=Sensitivity.NEUTRAL)
