"""Changing a meeting: another time, another place, another agenda, somebody else who leads or writes.

Requirement rows: G13, G18, G19. Not here: calling it (`conversations.meeting`). Guarantee: one thing is changed at a time, so that those
called are told what is new and nothing else.
"""

from bot.domain.agenda import NEXT_MEETING, OWN_WORDS, offered, ready_made
from bot.domain.meeting_commands import ChangeMeeting
from bot.domain.meeting_places import PLACE
from bot.domain.meeting_queries import MeetingView
from bot.domain.meetings import MeetingPlace, MeetingState, is_short
from bot.domain.queries import Now, TheProfile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import nt, t
from conversations.meeting_agenda import ask_points, named
from conversations.meeting_roles import name_anew
from conversations.picking import pick_several
from conversations.talk_times import ask_moment


async def change_meeting(ask: Ask, view: MeetingView) -> None:
    """What is to change, and then that."""
    options = {"time": t("The time"), "place": t("The place"), "agenda": t("The agenda"), "roles": t("Who leads and who writes")}
    what = await ask.choice("what", t("What shall be changed?"), options)
    if what == "roles":
        await _roles(ask, view)
        return
    command = await {"time": _time, "place": _place, "agenda": _agenda}[what](ask, view)
    await ask.do("change", command)
    if view.state is MeetingState.CALLED:
        await ask.say(t("Changed. Those who are called are told."))
    else:
        await ask.say(t("Changed. The person is asked once more."))


async def _roles(ask: Ask, view: MeetingView) -> None:
    named = await name_anew(ask.under("roles"), view)
    if named is None:
        await ask.say(t("You cannot open this meeting. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("roles", named)
    await ask.say(t("Changed. Whoever is new to it is told."))


async def _time(ask: Ask, view: MeetingView) -> ChangeMeeting:
    if view.state is MeetingState.CALLED:
        await ask.say(t("Agree on the new time with the person first. Everybody is asked anew whether they can come."))
    at = await ask_moment(ask.under("time"))
    now, reason = await ask.look(Now()), None
    if is_short(at.date(), now.date(), view.notice_days) and not view.short_reason:
        await ask.say(
            nt(
                "This is less than {n} day ahead. It needs a reason and the person's yes, and the reason stands in the invitation.",
                "This is less than {n} days ahead. It needs a reason and the person's yes, and the reason stands in the invitation.",
                view.notice_days,
            )
        )
        reason = await ask.text("short", t("Why must it be so soon?"), label=t("Why so soon"), max_length=300)
    return ChangeMeeting(meeting=view.meeting, at=at, short_reason=reason)


async def _place(ask: Ask, view: MeetingView) -> ChangeMeeting:
    options = {str(place): words for place, words in PLACE.items()}
    place = MeetingPlace(await ask.choice("place", t("Where shall we meet?"), options, sensitivity=Sensitivity.PRACTICAL))
    if place is MeetingPlace.VIDEO:
        link = await ask.text("link", t("What is the link?"), skip=t("It comes later"), max_length=300)
        return ChangeMeeting(meeting=view.meeting, place=place, link=link)
    where = await ask.text("where", t("Which address and room?"), skip=t("They know it"), max_length=200)
    return ChangeMeeting(meeting=view.meeting, place=place, where=where)


async def _agenda(ask: Ask, view: MeetingView) -> ChangeMeeting:
    await ask.say(t("What the person wants to bring up stays, first on the agenda."))
    rules = (await ask.look(TheProfile())).agenda
    # What stands there already can stay, as it reads there, also where it is no longer offered.
    there = dict(view.ready)
    options = there | {code: ready_made(code, rules) for code in offered(view.kind, rules, first=False) if code not in there}
    options |= {NEXT_MEETING: options.pop(NEXT_MEETING)} if NEXT_MEETING in options else {}
    codes = await pick_several(ask, "points", t("Which points?"), options, none=t("None of these"))
    own = await ask.text("own", t("Other points? One a line."), skip=t("No more points"), max_length=1000)
    words = tuple(line.strip() for line in (own or "").splitlines() if line.strip())
    ready = codes or (() if words else (OWN_WORDS,))
    part = {str(each.member): each.name for each in view.participants if each.member is not None and each.points and not each.out}
    points = {code: options.get(code) or ready_made(code, rules) for code in ready}
    called_in = await ask_points(ask, part, named(points, (*view.theirs, *words)))
    return ChangeMeeting(meeting=view.meeting, codes=ready, lines=words, called_in=called_in)
