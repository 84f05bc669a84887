"""Where is my application, who is my coordinator, what happens next, whom can I phone. Choose a time, or take it back.

Requirement rows: B12 (the recipient picks the time), B13, B15 (taken back in two taps), D02, T01. Sources: Lund §§ 5, 7; Rana, Oppstart.
An effect ends the conversation, since the facts it was built on have changed by then.
"""

from datetime import datetime
from itertools import count

from bot.domain.cases import CaseState
from bot.domain.circle_queries import TheChildren
from bot.domain.commands import NoneSuits, PickTime, Withdraw
from bot.domain.ids import TalkId
from bot.domain.queries import CaseView, Me, Now, TalkView, TheCase, TheProfile
from bot.domain.startup_commands import TheHours
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t
from conversations.case_standing import agreed, next_step, standing, talks, waiting, who
from conversations.change_coordinator import change_coordinator_in
from conversations.children import children_of
from conversations.circle import circle_of
from conversations.circle_messages import circle_messages_of
from conversations.closing import closing_of_case
from conversations.complain import complain_in
from conversations.contact_card import contact_card
from conversations.evaluate import evaluate_case
from conversations.good_to_know import good_to_know_of
from conversations.human import reach_human
from conversations.minutes_read import minutes_of_case
from conversations.my_case_offers import LAST, ROOMS, offers
from conversations.my_meetings import my_meetings
from conversations.my_plan import my_plan
from conversations.my_sharing import my_sharing_of
from conversations.my_words import my_words_of
from conversations.object_sharing import object_sharing_of
from conversations.own_pack import own_pack_case
from conversations.rooms import choose, in_rooms
from conversations.sent_around import say_sent_around
from conversations.startup_words import hours_lines
from conversations.which_case import which_case
from conversations.who_decides import who_decides
from conversations.words import PLACES, TALKS


async def my_case(ask: Ask) -> None:
    """The conversation behind /sak."""
    case = await which_case(ask)
    view = None if case is None else await ask.look(TheCase(case))
    if view is None:
        me, profile = await ask.look(Me()), await ask.look(TheProfile())
        await ask.say(t("We find nothing from you here yet. You can ask for help from the menu."), sensitivity=Sensitivity.PERSONAL)
        await ask.say(contact_card(profile, me.language), sensitivity=Sensitivity.PUBLIC)
        return
    now = await ask.look(Now())
    if (talk := named_talk(ask, view, now)) is not None:
        await ask_other_times(ask, talk)
        return
    await tell(ask, view, now)
    for turn in count(1):
        if await step(ask.under(str(turn)), view, now) == "done":
            return


def named_talk(ask: Ask, view: CaseView, now: datetime) -> TalkView | None:
    """The talk that a button under its times or its reminder was about, while it can still be answered."""
    named = ask.given.get("talk")
    return next((talk for talk in (*waiting(view, now), *agreed(view, now)) if str(talk.talk) == named), None)


async def tell(ask: Ask, view: CaseView, now: datetime) -> None:
    """Where it stands, the coordinator, the talks, and what happens next."""
    profile = await ask.look(TheProfile())
    await ask.say(standing(view), sensitivity=Sensitivity.HEALTH)
    coordinator = who(view)
    if coordinator is not None:
        await ask.say(coordinator, sensitivity=Sensitivity.PERSONAL)
        hours = await ask.look(TheHours(view.case))
        if hours is not None:
            await ask.say(hours_lines(hours), sensitivity=Sensitivity.PERSONAL)
    for talk in talks(view, now):
        await ask.say(talk, sensitivity=Sensitivity.PERSONAL)
    await ask.say(next_step(view, profile, now), sensitivity=Sensitivity.HEALTH)


async def step(ask: Ask, view: CaseView, now: datetime) -> str:
    """One thing to do with the case. "done" when the conversation is over."""
    writes = view.content and view.state is CaseState.ACTIVE and await may_write(ask, view)
    what = await choose(ask, in_rooms(offers(view, now, writes=writes), ROOMS, LAST), ROOMS)
    for talk in waiting(view, now):
        if what == f"talk_{talk.talk}":
            await pick_time(ask, talk, now)
            return "done"
    for talk in agreed(view, now):
        if what == f"cannot_{talk.talk}":
            await ask_other_times(ask, talk)
            return "done"
    match what:
        case "phone":
            me, profile = await ask.look(Me()), await ask.look(TheProfile())
            await ask.say(contact_card(profile, me.language), sensitivity=Sensitivity.PUBLIC)
            return "more"
        case "decides":
            return await who_decides(ask, view.case)
        case "sharing":
            await my_sharing_of(ask.under("sharing"), view.case)
        case "health":
            await object_sharing_of(ask.under("health"), view.case)
        case "human":
            await reach_human(ask, view.case)
        case "meetings":
            await my_meetings(ask.under("meetings"))
        case "circle":
            await circle_of(ask.under("circle"), view.case)
        case "minutes":
            await minutes_of_case(ask.under("minutes"), view.case)
        case "messages":
            await circle_messages_of(ask.under("messages"), view.case)
        case "own_pack":
            await own_pack_case(ask.under("own_pack"), view.case)
        case "closing":
            await closing_of_case(ask.under("closing"), view.case)
        case "sent_around":
            await say_sent_around(ask.under("sent_around"), view.case)
        case "know":
            await good_to_know_of(ask.under("know"), view.case)
        case "plan":
            await my_plan(ask.under("plan"), view)
        case "change":
            await change_coordinator_in(ask.under("change"), view.case)
        case "words":
            await my_words_of(ask.under("words"), view.case)
        case "evaluate":
            await evaluate_case(ask.under("evaluate"), view.case)
        case "complain":
            await complain_in(ask.under("complain"), view.case)
        case "children":
            await children_of(ask.under("children"), view.case)
        case "withdraw" | "withdraw_active":
            return await withdraw(ask, view)
    return "done"


async def may_write(ask: Ask, view: CaseView) -> bool:
    """Is the one who asks the child the case is about (D13)?"""
    if not view.child_path:
        return False
    children = await ask.look(TheChildren(view.case))
    return children is not None and not children.may_note


async def pick_time(ask: Ask, talk: TalkView, now: datetime) -> None:
    """One of the times offered, or that none of them suits."""
    times: dict[str, Text] = {str(number): t("{moment}", moment=moment) for number, moment in enumerate(talk.proposals) if moment > now}
    await ask.say(t("{talk}: {place}", talk=TALKS[talk.kind], place=PLACES[talk.place]), sensitivity=Sensitivity.PERSONAL)
    # The times stand in the key: other times are another question, and an old answer never chooses a new time.
    chosen = await ask.choice(
        "time_" + "_".join(str(int(moment.timestamp())) for moment in talk.proposals),
        t("Which time suits you?"),
        {**times, "none": t("None of these suits me")},
        sensitivity=Sensitivity.PRACTICAL,
    )
    if chosen == "none":
        await ask_other_times(ask, talk)
        return
    await ask.do("pick", PickTime(talk=TalkId(talk.talk), choice=int(chosen)))


async def ask_other_times(ask: Ask, talk: TalkView) -> None:
    """None of the times suits, or one cannot come after all: whoever holds the talk is told, with what suits better."""
    words = await ask.text("other_time", t("Which days or times suit you better?"), skip=t("Skip this"), sensitivity=Sensitivity.PRACTICAL)
    await ask.do("none_suits", NoneSuits(talk=TalkId(talk.talk), words=words))
    await ask.say(t("Thank you. You get new times from us."), sensitivity=Sensitivity.NEUTRAL)


async def withdraw(ask: Ask, view: CaseView) -> str:
    """Taken back with the second tap (B15). The person can come again at any time."""
    active = view.state is CaseState.ACTIVE
    prompt = t("Do you want to take it back? Then we stop. You can ask again at any time.")
    if active:
        prompt = t("Shall all of it stop at once? Then you have no coordinator. You can ask again at any time.")
    sure = await ask.choice(
        "withdraw",
        prompt,
        {"yes": t("Yes, stop at once"), "no": t("No, go on")} if active else {"yes": t("Yes, take it back"), "no": t("No, keep it")},
        sensitivity=Sensitivity.PERSONAL,
    )
    if sure == "no":
        await ask.say(t("Good. We go on as before."), sensitivity=Sensitivity.NEUTRAL)
        return "more"
    await ask.do("take_back", Withdraw(case=view.case, reason=None))
    return "done"
