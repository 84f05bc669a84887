"""Which of several times suit, asked of those who are to come.

Requirement row: G21 (Lund § 11.4, Hyppighet; Ås, Møtefrekvens: the time is agreed together). Asked of everybody but the person's own
side, which has said no to some times already. An answer can be changed until a time is picked.
"""

from bot.domain.ids import MeetingId
from bot.domain.meeting_commands import VoteOnTimes
from bot.domain.meeting_queries import TheMeeting
from bot.domain.meetings import MeetingState
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t
from conversations.meeting_words import KINDS


async def meeting_times(ask: Ask) -> None:
    """The conversation begun from the notice."""
    await choose_times(ask, MeetingId(int(ask.given["meeting"])))


async def choose_times(ask: Ask, which: MeetingId) -> None:
    """The same from the list of meetings."""
    view = await ask.look(TheMeeting(which))
    if view is None or view.state is not MeetingState.VOTING:
        await ask.say(t("This question no longer waits for an answer."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(t("{kind}, case {number}, {initials}", kind=KINDS[view.kind], number=str(view.number), initials=view.initials))
    if view.my_votes is not None:
        await ask.say(t("You have answered before. What you choose now counts instead."), sensitivity=Sensitivity.NEUTRAL)
    open_ = sorted((each for each in view.times if not each.refused), key=lambda each: each.at)
    if not open_:
        await ask.say(t("None of the times is open any more. You hear from us when there are others."))
        return
    suits = await ask.choices(
        "suits",
        t("Which times suit you? Choose all that do."),
        {str(each.place): Text("{time}", {"time": each.at}) for each in open_},
        none=t("None of these suits me"),
        sensitivity=Sensitivity.PRACTICAL,
    )
    await ask.do("vote", VoteOnTimes(meeting=view.meeting, suits=tuple(int(each) for each in suits)))
    await ask.say(t("Thank you. You get an invitation when the time is picked."), sensitivity=Sensitivity.NEUTRAL)
