"""The meetings I am to come to, call, or am asked about, the earliest first; and one of them opened.

Requirement rows: G17 (what is to come, in plain words), H01 (an answer can be changed from here), H03. Sources: Herøy, IP-møte. What is
offered is a help only: each meeting is looked up anew when it is opened, as what this person may see of it then.
"""

from bot.domain.attendance_queries import AttendanceView, TheAttendance
from bot.domain.meeting_kinds import KINDS
from bot.domain.meeting_queries import MeetingLine, MyMeetings, TheMeeting
from bot.domain.meetings import MeetingState
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t
from conversations.attend import REPLIES, attend_meeting
from conversations.meeting import open_meeting
from conversations.meeting_plan_answer import answer_plan
from conversations.meeting_times import choose_times
from conversations.meeting_words import STATES
from conversations.picking import Line, pick


async def my_meetings(ask: Ask) -> None:
    """The conversation behind /moter, and in the list of a case."""
    mine = await ask.look(MyMeetings())
    if not mine:
        await ask.say(t("There is no meeting for you to come to now."), sensitivity=Sensitivity.NEUTRAL)
        return
    lines = [
        Line(value=str(each.meeting), button=short(each), details=line(each, await ask.look(TheAttendance(each.meeting)))) for each in mine
    ]
    prompt = t("Your meetings. Which one do you want to open?")
    chosen = await pick(ask, prompt, [*lines, Line(value="done", button=t("That is all"), listed=False)], sensitivity=Sensitivity.PERSONAL)
    found = next((each for each in mine if str(each.meeting) == chosen), None)
    if found is not None:
        await opened(ask.under(f"meeting/{found.meeting}"), found)


def short(each: MeetingLine) -> Text:
    """On a button: when, and for whom by initials (T01)."""
    if each.at is None:
        return t("{initials}: {state}", initials=each.initials, state=STATES[each.state])
    return t("{time}, {initials}", time=each.at, initials=each.initials)


def line(each: MeetingLine, who: AttendanceView | None) -> Text:
    """In the list: what, when, how far it has come or how many have answered, and my own answer."""
    about = t("{kind}, case {number}, {initials}", kind=KINDS[each.kind], number=str(each.number), initials=each.initials)
    if each.at is None or each.state is not MeetingState.CALLED or who is None:
        return t("{about}: {state}", about=about, state=STATES[each.state])
    answered = t("{answered} of {all} have answered.", answered=len(who.replies) - len(who.silent), all=len(who.replies))
    parts = [t("{about}: {time}.", about=about, time=each.at), answered]
    if who.open:
        parts.append(t("Your answer now: {reply}", reply=REPLIES[who.mine]) if who.mine else t("You have not answered."))
    return joined(*parts, by=" ")


async def opened(ask: Ask, each: MeetingLine) -> None:
    """One of them: the way that fits how far it has come and what I am to it."""
    view = await ask.look(TheMeeting(each.meeting))
    if view is None:
        await ask.say(t("This meeting is not there for you any more. You may have got a newer message."), sensitivity=Sensitivity.NEUTRAL)
    elif view.answers and not view.calls:
        await answer_plan(ask, each.meeting)
    elif view.calls:
        await open_meeting(ask, each.meeting)
    elif view.state is MeetingState.VOTING:
        await choose_times(ask, each.meeting)
    elif view.state is MeetingState.CALLED:
        await attend_meeting(ask, each.meeting)
    else:
        await ask.say(t("The meeting is being planned. You hear from us when it is called."), sensitivity=Sensitivity.PRACTICAL)
