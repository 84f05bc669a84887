"""Another coordinator: asked for by the coordinator, the person, a leader or the unit, and how far it has come.

Requirement rows: N01 (a reason from a list, the person can begin it), N11 (talked about at a meeting), N14 (nobody lets go before), N19.
Sources: Ås, Bytte av koordinator; Herøy, Skifte av koordinator; Rana, Overføring av IP; Lund § 11.2.
"""

from bot.domain.access import Role
from bot.domain.cases import CaseState
from bot.domain.change_commands import StartChange, StopChange
from bot.domain.change_queries import ChangeView, TheChange
from bot.domain.changes import OPEN_CHANGE, ChangeReason, ChangeState
from bot.domain.ids import CaseId
from bot.domain.queries import CaseView, Me
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t
from conversations.case_access import open_case
from conversations.change_answer import change_answer_in
from conversations.change_leader import change_leader_in
from conversations.change_wish import change_wish_in
from conversations.change_words import ASKS, OWN_REASONS, REASONS, STATES
from conversations.take_over import take_over_in


async def change_coordinator(ask: Ask) -> None:
    """The conversation begun from a button."""
    await change_coordinator_in(ask, CaseId(int(ask.given["case"])))


async def change_coordinator_in(ask: Ask, case: CaseId) -> None:
    """The same from the desk, and from one's own case."""
    view = await open_case(ask, case, {CaseState.ACTIVE})
    if view is None:
        return
    change = await ask.look(TheChange(case))
    if change is None or change.state not in OPEN_CHANGE:
        await begin(ask.under("begin"), view)
        return
    await say_standing(ask, change)
    gone = change.state is ChangeState.TAKING_OVER and view.coordinator_name is None
    await go_on(ask, change, gone=gone)


async def begin(ask: Ask, view: CaseView) -> None:
    """Why, and what happens now. The coordinator stays until the new one has met the person."""
    me = await ask.look(Me())
    own = not me.staff
    if view.coordinator_name:
        stays = t("{name} is the coordinator until the new one has met the person.", name=view.coordinator_name)
        if own:
            stays = t("{name} is your coordinator until the new one has met you.", name=view.coordinator_name)
        await ask.say(stays, sensitivity=Sensitivity.PERSONAL)
    options = {str(reason): words for reason, words in (OWN_REASONS if own else REASONS).items()}
    asked = ask.given.get("reason")
    if asked in options:
        options = {asked: options[asked], **options}
    prompt = (
        t("Why would you like another coordinator? It is all right to want one.") if own else t("Why is there to be another coordinator?")
    )
    reason = await ask.choice("reason", prompt, options, label=t("Why"), sensitivity=Sensitivity.HEALTH)
    words = await ask.text(
        "words",
        t("Do you want to say more? Your coordinator does not see it.")
        if own
        else t("Do you want to say more? Write nothing about health."),
        label=t("More"),
        skip=t("Nothing to add"),
        sensitivity=Sensitivity.HEALTH,
        max_length=800,
    )
    at_meeting = False
    if Role.COORDINATOR in me.roles:
        at_meeting = await ask.confirm(
            "at_meeting", t("Is it to be talked about at the next meeting?"), label=t("At a meeting"), sensitivity=Sensitivity.PERSONAL
        )
    await ask.summary("send", t("Shall we begin?"))
    await ask.do("start", StartChange(case=view.case, reason=ChangeReason(reason), words=words, at_meeting=at_meeting))
    await ask.say(
        t("We have begun. You are asked whom you would like, and you hear from us at each step.")
        if own
        else t("It has begun. You see how far it has come on the case."),
        sensitivity=Sensitivity.PERSONAL,
    )


async def say_standing(ask: Ask, change: ChangeView) -> None:
    """How far it has come, as the one who looks may see it."""
    await ask.say(
        t("Case {number}: another coordinator after {name}.", number=str(change.number), name=change.coordinator_name),
        sensitivity=Sensitivity.PERSONAL,
    )
    await ask.say(STATES[change.state], sensitivity=Sensitivity.PERSONAL)
    for each in change.asks[:8]:
        await ask.say(t("{name}: {state}", name=each.name, state=ASKS[each.state]), sensitivity=Sensitivity.PERSONAL)
    if change.next_name and change.overlap_until:
        await ask.say(
            t("{name} takes over. Both work together until {day}.", name=change.next_name, day=change.overlap_until),
            sensitivity=Sensitivity.PERSONAL,
        )
    if change.at_meeting:
        await ask.say(t("It is to be talked about at the next meeting."), sensitivity=Sensitivity.PERSONAL)


async def go_on(ask: Ask, change: ChangeView, *, gone: bool) -> None:
    """Answer, note an answer given by phone, or stop it. `gone`: the old coordinator has left, so nobody stays."""
    me = await ask.look(Me())
    at_unit = bool(me.roles & {Role.KE, Role.KE_LEADER})
    options: dict[str, Text] = {}
    if change.answers or change.noting:
        if change.state is ChangeState.PERSON_ASKED:
            options["wish"] = t("Note whom they wish") if change.noting else t("Tell whom I would like")
        elif change.state is ChangeState.TAKING_OVER:
            options["take_over"] = t("Plan the handing over")
        elif change.state is ChangeState.ASKING and (at_unit or any(each.mine for each in change.asks)):
            options["answer"] = t("Note an answer")
        elif change.answers or at_unit:
            options["leader"] = t("Note an answer")
    elif change.next_is_me:
        options["take_over"] = t("Plan the handing over")
    if (change.began and change.state is not ChangeState.TAKING_OVER) or at_unit:
        options["stop"] = t("Stop it, and find somebody else") if gone else t("Stop it, the coordinator stays")
    if not options:
        return
    options["done"] = t("That is all")
    what = await ask.choice("what", t("What do you want to do?"), options, sensitivity=Sensitivity.PERSONAL)
    room = ask.under(what)
    match what:
        case "wish":
            await change_wish_in(room, change.case)
        case "take_over":
            await take_over_in(room, change.case)
        case "answer":
            await note_answer(room, change)
        case "leader":
            await change_leader_in(room, change.case)
        case "stop":
            await stop(room, change, gone=gone)
        case _:
            await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)


async def note_answer(ask: Ask, change: ChangeView) -> None:
    """The answer of the one asked, or of their leader."""
    asked = next((each for each in change.asks if each.state == "asked"), None)
    if asked is not None:
        await change_answer_in(ask, change.case, asked.ask)
    else:
        await change_leader_in(ask, change.case)


async def stop(ask: Ask, change: ChangeView, *, gone: bool) -> None:
    """Everything stays as it is; where the old coordinator has left, the unit finds one as at first."""
    prompt = t("Shall we stop? {name} stays the coordinator.", name=change.coordinator_name)
    if gone:
        prompt = t("Shall we stop? {name} does not take over then. You find a coordinator anew.", name=change.next_name or "?")
    if not await ask.confirm("sure", prompt, sensitivity=Sensitivity.PERSONAL):
        await ask.say(t("Good. We go on."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("stop", StopChange(change=change.change))
    await ask.say(t("It is stopped. Those it concerns are told."), sensitivity=Sensitivity.PERSONAL)
