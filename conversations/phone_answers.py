"""What the unit notes for someone on the phone: a time chosen, an answer from a leader or a candidate, an application taken back.

Requirement rows: B15 (withdraw), B17 (an equal way without the chat), B18 (the unit can act on every step by hand), C03, C20. Sources:
Rana, KE og saksbehandling; Lund § 6.
"""

from bot.domain.cases import OPEN_ASSIGNMENT, AssignmentState, TalkState
from bot.domain.commands import NoneSuits, PickTime, Withdraw
from bot.domain.ids import CaseId
from bot.domain.queries import AssignmentView, CaseView, Now, TalkView
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t
from conversations.candidate_answer import candidate_answer_to
from conversations.case_access import open_case
from conversations.leader_answer import leader_answer_to
from conversations.words import PLACES, TALKS


async def phone_answers(ask: Ask, case: CaseId) -> None:
    """From the desk: which of the things that wait has the person answered?"""
    view = await open_case(ask, case)
    if view is None:
        return
    talk = waiting_talk(view)
    asked = next((each for each in view.assignments if each.state in OPEN_ASSIGNMENT), None)
    options: dict[str, Text] = {}
    if talk:
        options["time"] = t("A time is chosen")
    if asked:
        options["answer"] = t("An answer to our question")
    options["withdraw"] = t("They take it back")
    what = await ask.choice("what", t("What did they say on the phone?"), options, sensitivity=Sensitivity.PERSONAL)
    if what == "time" and talk:
        await pick_for_person(ask.under(f"talk/{talk.talk}"), talk)
    elif what == "answer" and asked:
        await answer_for_person(ask.under(f"asked/{asked.assignment}"), asked)
    else:
        await withdraw_for_person(ask.under("withdraw"), view)


def waiting_talk(view: CaseView) -> TalkView | None:
    """The newest talk with times offered and none chosen."""
    return next((talk for talk in reversed(view.talks) if talk.state is TalkState.PROPOSED and talk.proposals), None)


async def pick_for_person(ask: Ask, talk: TalkView) -> None:
    """One of the times offered that lie ahead, or none of them."""
    now = await ask.look(Now())
    times = {str(index): Text("{value}", {"value": moment}) for index, moment in enumerate(talk.proposals) if moment > now}
    # The times stand in the key: other times are another question, and an old answer never chooses a new time.
    key = "time/" + "/".join(moment.strftime("%Y%m%dT%H%M%z") for moment in talk.proposals)
    await ask.say(t("{talk}: {place}", talk=TALKS[talk.kind], place=PLACES[talk.place]), sensitivity=Sensitivity.PERSONAL)
    chosen = await ask.choice(
        key, t("Which time did they choose?"), times | {"none": t("None of them suits")}, sensitivity=Sensitivity.PRACTICAL
    )
    if chosen == "none":
        prompt = t("Which days or times suit them better?")
        words = await ask.text("other", prompt, skip=t("Not told"), sensitivity=Sensitivity.PRACTICAL, max_length=400)
        await ask.do("none_suits", NoneSuits(talk=talk.talk, words=words))
        await ask.say(t("Noted. Offer new times when you can."), sensitivity=Sensitivity.PRACTICAL)
        return
    await ask.do("pick", PickTime(talk=talk.talk, choice=int(chosen)))
    await ask.say(
        t("Booked: {moment}. We confirm it to the person.", moment=talk.proposals[int(chosen)]), sensitivity=Sensitivity.PRACTICAL
    )


async def answer_for_person(ask: Ask, asked: AssignmentView) -> None:
    """What a leader or a candidate said."""
    if asked.state is AssignmentState.LEADER_ASKED:
        await leader_answer_to(ask.under("leader"), asked.assignment, by_phone=True)
    else:
        await candidate_answer_to(ask.under("candidate"), asked.assignment, by_phone=True)


async def withdraw_for_person(ask: Ask, view: CaseView) -> None:
    """The application is taken back; a reason may be given, and is never asked for twice."""
    reason = await ask.text(
        "reason", t("Did they say why? They need not."), skip=t("Not told"), sensitivity=Sensitivity.HEALTH, max_length=400
    )
    sure = await ask.confirm("sure", t("Shall we take back case {number}?", number=str(view.number)), sensitivity=Sensitivity.PERSONAL)
    if not sure:
        await ask.say(t("Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("withdraw", Withdraw(case=view.case, reason=reason))
    await ask.say(t("Taken back. They are told, and can come again at any time."), sensitivity=Sensitivity.PERSONAL)
