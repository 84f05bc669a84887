"""Calling a meeting, and what the one who called it does with it afterwards.

Requirement rows: D11, F03, F04, F07, F11, F16, G01, G03 to G07, G10 to G16, G18, G19, G21. Sources: Lund § 11.4 (Innkalling og referat,
Hyppighet, Ledelse); Ås, Møteavholdelse; Herøy, IP-møte; Rana, Oppfølging. Nothing goes out before the person has said yes. The profile's
notice is counted aloud. The agenda, and who comes for which points, are asked for in `conversations.meeting_agenda`.
"""

from datetime import datetime
from typing import Final

from bot.domain.agenda import PURPOSES, is_first
from bot.domain.attendance_queries import TheAttendance
from bot.domain.choices import Disagreement
from bot.domain.ids import CaseId, MeetingId, MemberId
from bot.domain.meeting_commands import CancelMeeting, PickMeetingTime, ProposeMeeting
from bot.domain.meeting_places import PLACE
from bot.domain.meeting_queries import MeetingPlan, MeetingPlanView, MeetingView, TheMeeting
from bot.domain.meetings import MOST_TIMES, USUAL_MINUTES, MeetingKind, MeetingPlace, MeetingState, is_short, last_day_to_send
from bot.domain.queries import Now, TheProfile
from bot.domain.reminders import OSLO
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity, SummaryRow
from bot.engine.texts import Text, joined, nt, t, verbatim
from conversations.change_meeting import change_meeting
from conversations.meeting_agenda import ask_agenda, ask_called_in, named, whole
from conversations.meeting_answers import answer_offers, do_answers, show_answers
from conversations.meeting_roles import ask_roles
from conversations.meeting_words import KINDS, STATES, counted, lines, who
from conversations.minutes import minutes_of
from conversations.talk_times import ask_times

OWN: Final = "own"


async def meeting(ask: Ask) -> None:
    """Begun from a case, from the desk, or from a notice about one meeting."""
    if "meeting" in ask.given:
        await open_meeting(ask, MeetingId(int(ask.given["meeting"])))
    else:
        await meeting_of_case(ask, CaseId(int(ask.given["case"])))


async def meeting_of_case(ask: Ask, case: CaseId) -> None:
    """Plan a meeting, or go on with the one that is being planned."""
    plan = await ask.look(MeetingPlan(case))
    if plan is None:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    if plan.open_meeting is not None:
        await ask.say(t("A meeting is being planned already. Finish that one first."))
        await open_meeting(ask.under(f"meeting/{plan.open_meeting}"), plan.open_meeting)
        return
    await ask.say(t("Case {number}, {initials}", number=str(plan.number), initials=plan.initials))
    proposal, agenda = await _ask_all(ask, plan)
    await ask.summary("right", t("Is this right? Then the person is asked first."), *_when(proposal.times), agenda)
    await ask.do("propose", proposal)
    await ask.say(t("The person is asked for a yes to time, people and agenda. The invitation goes out after that."))
    if proposal.short_reason is None and len(proposal.times) == 1:
        last = last_day_to_send(proposal.times[0].date(), plan.notice_days)
        await ask.say(t("The answer must be here by {day} for the notice to be long enough.", day=last))


async def _ask_all(ask: Ask, plan: MeetingPlanView) -> tuple[ProposeMeeting, SummaryRow]:
    """What is asked for, and the whole agenda in a row of the summary."""
    kind = await _ask_kind(ask)
    leader_knows = kind is MeetingKind.COOPERATION and await ask.confirm(
        "leader_knows", t("Does the leader know of this meeting?"), label=t("The leader knows")
    )
    purpose = await _ask_purpose(ask)
    members, needed = await _ask_who(ask, plan)
    place, where, link = await ask_place(ask, plan)
    times = await _ask_times(ask, plan)
    short = await ask_short(ask, times[0], plan.notice_days)
    ready, own = await ask_agenda(ask, kind, first=is_first(kind, plan.held), has_plan=plan.has_plan)
    called_in = await ask_called_in(ask, {str(each): _name(plan, each) for each in members}, named(ready, own))
    part = {each.member for each in called_in if each.points}
    chair, writer = await ask_roles(ask, plan, [each for each in members if each not in part])
    proposal = ProposeMeeting(
        case=plan.case,
        kind=kind,
        purpose=purpose,
        place=place,
        where=where,
        link=link,
        times=times,
        minutes=USUAL_MINUTES if kind is not MeetingKind.GROUP else USUAL_MINUTES + 30,
        members=members,
        needed=needed,
        codes=tuple(ready),
        lines=own,
        called_in=called_in,
        chair=chair,
        writer=writer,
        short_reason=short,
        leader_knows=leader_knows,
    )
    return proposal, whole(ready, own)


def _when(times: tuple[datetime, ...]) -> tuple[SummaryRow, ...]:
    """The time as it was understood. One that is settled can be changed from here: its keys are those of `conversations.talk_times`."""
    if len(times) > 1:
        return (SummaryRow("times/all", t("When"), Text("{times}", {"times": times})),)
    at = times[0].astimezone(OSLO)
    day = SummaryRow("agreed/day/0", t("Day"), Text("{day}", {"day": at.date()}))
    return day, SummaryRow("agreed/time/0", t("Time"), Text("{time}", {"time": at.time()}))


async def _ask_kind(ask: Ask) -> MeetingKind:
    profile = await ask.look(TheProfile())
    before = profile.meetings.disagreement is Disagreement.SETTLED_BEFORE
    kinds = {str(kind): words for kind, words in KINDS.items() if kind is not MeetingKind.SETTLE or before}
    return MeetingKind(await ask.choice("kind", t("Which kind of meeting?"), kinds, label=t("Kind of meeting")))


async def _ask_purpose(ask: Ask) -> str:
    """What it is for: ready-made, so that everybody reads it in their own language, or in own words (G07)."""
    options = {**PURPOSES, OWN: t("Something else")}
    purpose = await ask.choice("purpose", t("What is it for?"), options, label=t("What it is for"))
    if purpose == OWN:
        return await ask.text("own_purpose", t("What is it for? A few words."), label=t("In your words"), max_length=200) or ""
    return purpose


async def _ask_who(ask: Ask, plan: MeetingPlanView) -> tuple[tuple[MemberId, ...], tuple[MemberId, ...]]:
    """Who of the circle is to come, and without whom there is no point. Whoever no consent covers is named, and cannot be chosen (E04)."""
    uncovered = [who(each) for each in plan.candidates if not each.covered]
    if uncovered:
        await ask.say(t("No consent covers these, so they cannot be invited: {names}", names=uncovered))
    candidates = [each for each in plan.candidates if each.covered and each.member is not None]
    if not candidates:
        await ask.say(t("There is nobody around the person to invite yet. The meeting is with the person and you."))
        return (), ()
    options = {str(each.member): who(each) for each in candidates}
    chosen = await ask.choices(
        "who", t("Who shall come, besides the person and you?"), options, none=t("Nobody else"), label=t("Who comes")
    )
    members = tuple(MemberId(int(each)) for each in chosen)
    if not members:
        return (), ()
    of_these = {value: words for value, words in options.items() if value in chosen}
    prompt = t("Is there someone without whom there is no point in meeting?")
    needed = await ask.choices("needed", prompt, of_these, none=t("No, nobody"), label=t("Must be there"))
    return members, tuple(MemberId(int(each)) for each in needed)


async def ask_place(ask: Ask, plan: MeetingPlanView | None = None) -> tuple[MeetingPlace, str | None, str | None]:
    """The place, its address and, by video, the link."""
    options = {str(place): words for place, words in PLACE.items()}
    if plan is not None and plan.last_place is not None and plan.last_where:
        options = {"same": t("As last time: {where}", where=verbatim(plan.last_where)), **options}
    chosen = await ask.choice("place", t("Where shall we meet?"), options, label=t("Place"), sensitivity=Sensitivity.PRACTICAL)
    if chosen == "same" and plan is not None and plan.last_place is not None:
        return plan.last_place, plan.last_where, None
    place = MeetingPlace(chosen)
    if place is MeetingPlace.VIDEO:
        return place, None, await ask.text("link", t("What is the link?"), skip=t("It comes later"), label=t("Link"), max_length=300)
    prompt = t("Which address and room?")
    return place, await ask.text("where", prompt, skip=t("They know it"), label=t("Address and room"), max_length=200), None


async def _ask_times(ask: Ask, plan: MeetingPlanView) -> tuple[datetime, ...]:
    """One time, or several to choose among (G21)."""
    await ask.say(
        nt(
            "The invitation goes out at least {n} day before. If it goes out today, {day} is the first day.",
            "The invitation goes out at least {n} days before. If it goes out today, {day} is the first day.",
            plan.notice_days,
            day=plan.first_day,
        ),
        sensitivity=Sensitivity.PRACTICAL,
    )
    how = await ask.choice(
        "how",
        t("Is the time settled?"),
        {"one": t("Yes, I have a time"), "several": t("No, let them choose among several")},
        sensitivity=Sensitivity.PRACTICAL,
    )
    return (await ask_times(ask, agreed=how == "one", most=MOST_TIMES, offered=plan.first_day)).times


async def ask_short(ask: Ask, first: datetime, notice_days: int) -> str | None:
    """Where the notice is too short: why, in words that those called will read (G18)."""
    now = await ask.look(Now())
    if not is_short(first.date(), now.date(), notice_days):
        return None
    await ask.say(
        nt(
            "This is less than {n} day ahead. It needs a reason and the person's yes, and the reason stands in the invitation.",
            "This is less than {n} days ahead. It needs a reason and the person's yes, and the reason stands in the invitation.",
            notice_days,
        )
    )
    return await ask.text("short", t("Why must it be so soon?"), label=t("Why so soon"), max_length=300)


def _name(plan: MeetingPlanView, member: MemberId) -> str:
    return next((each.name for each in plan.candidates if each.member == member), "")


async def open_meeting(ask: Ask, which: MeetingId) -> None:
    """A meeting as the one who called it sees it, and what can be done now."""
    view = await ask.look(TheMeeting(which))
    if view is None or not view.calls:
        await ask.say(t("You cannot open this meeting. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(joined(*lines(view)))
    await ask.say(t("How far it has come: {state}", state=STATES[view.state]))
    out = [who(each) for each in view.participants if each.out]
    if out:
        await ask.say(t("The person does not want these there: {names}", names=out))
    answers = await ask.look(TheAttendance(which))
    if answers is not None:
        await show_answers(ask, answers)
    options = (answer_offers(view, answers) if answers is not None else {}) | _offers(view)
    what = await ask.choice("next", t("What do you want to do?"), options)
    if answers is not None and await do_answers(ask.under(what), view, answers, what):
        return
    if what == "minutes":
        await minutes_of(ask.under("minutes"), view.meeting)
    elif what == "pick":
        await _pick(ask, view)
    elif what == "change":
        await change_meeting(ask.under("change"), view)
    elif what == "cancel":
        await _cancel(ask, view)


def _offers(view: MeetingView) -> dict[str, Text]:
    options: dict[str, Text] = {}
    if view.state is MeetingState.VOTING:
        options["pick"] = t("Pick a time")
    if view.state in {MeetingState.CALLED, MeetingState.HELD}:
        options["minutes"] = t("Run-sheet and minutes")
    if view.state in {MeetingState.ASKED, MeetingState.TALK_FIRST, MeetingState.CALLED}:
        options["change"] = t("Change it")
    if view.state in {MeetingState.ASKED, MeetingState.TALK_FIRST, MeetingState.VOTING, MeetingState.CALLED}:
        options["cancel"] = t("Call it off")
    return options | {"done": t("That is all")}


async def _pick(ask: Ask, view: MeetingView) -> None:
    """The times with how many they suit, the best first; never one the person has refused (G21)."""
    open_ = [each for each in view.times if not each.refused]
    if view.silent:
        await ask.say(nt("{n} has not answered yet.", "{n} have not answered yet.", view.silent))
    if not open_:
        await ask.say(t("None of the times is left. Change the meeting, or call it off."))
        return
    await ask.say(joined(*(counted(each) for each in open_), by="\n"))
    options = {str(each.place): Text("{time}", {"time": each.at}) for each in open_}
    chosen = int(await ask.choice("time", t("Which time?"), options, sensitivity=Sensitivity.PRACTICAL))
    at = next((each.at for each in open_ if each.place == chosen), open_[0].at)
    short = None if view.short_reason else await ask_short(ask, at, view.notice_days)
    await ask.do("pick", PickMeetingTime(meeting=view.meeting, choice=chosen, short_reason=short))
    await ask.say(t("The invitation is on its way."))


async def _cancel(ask: Ask, view: MeetingView) -> None:
    reason = await ask.text("reason", t("Why is it off? Those who were called can read it."), skip=t("No reason"), max_length=300)
    if not await ask.confirm("sure", t("Shall the meeting be called off?")):
        await ask.say(t("The meeting stands as it was."))
        return
    await ask.do("cancel", CancelMeeting(meeting=view.meeting, reason=reason))
    await ask.say(t("The meeting is off, and those who knew of it are told."))
