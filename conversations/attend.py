"""An invitation read in full, and every answer to it.

Requirement rows: G03, G20, H01, H03, H05, J01, J02, J04 to J06. Sources: Lund § 11.4 (Innkalling; Gruppens funksjon; Alternativ
organisering); Ås, vikar. A reason is given only by whoever wants to; an answer can be changed until the meeting begins; no answer is never
a yes.
"""

from collections.abc import Mapping
from itertools import count
from typing import Final

from bot.domain.attendance import Reply
from bot.domain.attendance_commands import AnswerInvitation, ChooseTwo, DecideMeasure, NoteMet
from bot.domain.attendance_queries import AttendanceView, ReplyView, TheAttendance
from bot.domain.circle_queries import MyCircles
from bot.domain.ids import MeetingId, MemberId
from bot.domain.meeting_queries import MeetingView, TheMeeting
from bot.domain.meetings import MeetingState
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, nt, t, verbatim
from conversations.as_shown import as_shown
from conversations.meeting_words import lines

REPLIES: Final[Mapping[Reply, Text]] = {
    Reply.COMING: t("I come"),
    Reply.BY_VIDEO: t("I take part by video"),
    Reply.SOMEONE_ELSE: t("Someone comes instead of me"),
    Reply.MAYBE: t("I do not know yet"),
    Reply.CANNOT: t("I cannot come"),
}
OF_OTHERS: Final[Mapping[Reply | None, Text]] = {
    Reply.COMING: t("comes"),
    Reply.BY_VIDEO: t("by video"),
    Reply.SOMEONE_ELSE: t("sends someone else"),
    Reply.MAYBE: t("does not know yet"),
    Reply.CANNOT: t("cannot come"),
    None: t("has not answered"),
}


async def attend(ask: Ask) -> None:
    """Begun from an invitation, an old one too."""
    await attend_meeting(ask, MeetingId(int(ask.given["meeting"])))


async def attend_meeting(ask: Ask, which: MeetingId) -> None:
    """The same from the list of meetings."""
    view, who = await ask.look(TheMeeting(which)), await ask.look(TheAttendance(which))
    if view is None or who is None:
        await ask.say(t("This meeting is not there for you any more. You may have got a newer message."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(joined(*lines(view)))
    if view.state is MeetingState.CANCELLED:
        await ask.say(t("The meeting is off."))
        return
    await ask.say(table(who))
    for line in between_lines(who):
        await ask.say(line)
    if who.open:
        # An answer is to a time and a place: where they are others by now, it is asked for anew.
        await _answer(ask.under(f"invited/{as_shown(view.at, view.place, view.where, view.link)}"), view, who)
    elif who.over:
        await ask.say(t("The meeting has begun, so answers cannot be changed."))
    if who.recipient:
        await _measures(ask.under("measures"), who)
    await _met(ask.under("met"), view, who)


def table(who: AttendanceView) -> Text:
    """How many have answered, and what each has said (H03)."""
    answered = len(who.replies) - len(who.silent)
    shown = t("{bar} {answered} of {all} have answered.", bar=verbatim(bar(who)), answered=answered, all=len(who.replies))
    return joined(shown, *(_line(each) for each in who.replies), by="\n")


def between_lines(who: AttendanceView) -> list[Text]:
    """That the person does not sit there, who meets them instead, and what that asks of the others (J01 to J03: Lund § 11.4)."""
    if not who.between:
        return []
    names = [each.name for each in who.between]
    if who.recipient:
        return [t("You do not sit in the meeting. {names} meet you before and after.", names=names)]
    return [
        t("The person does not sit in the meeting. {names} meet the person before and after.", names=names),
        t("Speak as if the person were there. Whoever leads the meeting answers for that."),
    ]


def bar(who: AttendanceView) -> str:
    """The same as a picture: a square for each, filled for those who have answered."""
    answered = len(who.replies) - len(who.silent)
    return "■" * answered + "□" * len(who.silent)


def _line(each: ReplyView) -> Text:
    name = verbatim(each.name) if each.name else t("The person")
    said = t("– {name}: {reply}", name=name, reply=OF_OTHERS[each.reply])
    return joined(said, t("«{words}»", words=each.words), by=" ") if each.words else said


async def _answer(ask: Ask, view: MeetingView, who: AttendanceView) -> None:
    if who.mine is not None:
        await ask.say(t("Your answer now: {reply}", reply=REPLIES[who.mine]))
    options: dict[str, Text] = {str(reply): words for reply, words in REPLIES.items()}
    if who.recipient:
        del options[str(Reply.SOMEONE_ELSE)]
        if len(who.choosable) > 1:
            options["between"] = t("Choose two others who meet me") if who.between else t("I do not want to sit in the meeting")
    prompt = t("Do you come?") if who.mine is None else t("Do you want to answer something else?")
    if who.mine is not None:
        options["keep"] = t("Keep my answer")
    answer = await ask.choice("answer", prompt, options)
    if answer == "keep":
        return
    if answer == "between":
        await _between(ask, who)
        return
    reply = Reply(answer)
    words = await _words(ask, reply)
    await ask.do("reply", AnswerInvitation(meeting=view.meeting, reply=reply, words=words))
    await ask.say(t("Thank you. You can change your answer until the meeting begins."), sensitivity=Sensitivity.NEUTRAL)


async def _words(ask: Ask, reply: Reply) -> str | None:
    if reply is Reply.SOMEONE_ELSE:
        prompt = t("Who comes instead of you? Write name and title.")
        return await ask.text("instead", prompt, label=t("Comes instead"), max_length=120)
    if reply is Reply.CANNOT:
        prompt = t("Do you want to say why? You need not. Only the one who called the meeting reads it.")
        return await ask.text("why", prompt, skip=t("No, that is all"), max_length=300)
    return None


async def _between(ask: Ask, who: AttendanceView) -> None:
    """Two of the members meet the recipient before and after (J01: Lund § 11.4, Alternativ organisering)."""
    await ask.say(
        t(
            "That is fine. Two of those who come can meet you before, to talk about what you want to say. "
            "They meet you afterwards too, and tell you what was said."
        )
    )
    options = {str(member): verbatim(name) for member, name in who.choosable}
    first = await ask.choice("first", t("Who shall meet you?"), options)
    rest = {value: words for value, words in options.items() if value != first}
    second = await ask.choice("second", t("And who else?"), rest)
    await ask.do("two", ChooseTwo(meeting=who.meeting, members=(MemberId(int(first)), MemberId(int(second)))))
    await ask.say(t("Thank you. They are asked to agree on a time with you."))


async def _measures(ask: Ask, who: AttendanceView) -> None:
    """Yes or no to each measure that is proposed (J04). What is not answered waits, and is no yes (J05)."""
    waiting = [each for each in who.measures if each.yes is None]
    if not waiting:
        return
    await ask.say(nt("{n} proposal needs your answer.", "{n} proposals need your answer.", len(waiting)))
    for each in waiting:
        options = {"yes": t("Yes"), "no": t("No"), "later": t("I want to talk about it first")}
        answer = await ask.choice(f"measure/{each.measure}", t("Proposal: {words}", words=each.words), options)
        if answer != "later":
            await ask.do(f"decide/{each.measure}", DecideMeasure(meeting=who.meeting, measure=each.measure, yes=answer == "yes"))
    await ask.say(t("Thank you. Nothing that you have not said yes to is done."))


async def _met(ask: Ask, view: MeetingView, who: AttendanceView) -> None:
    """One of the two notes that they have met the recipient (J02)."""
    mine = {circle.member for circle in await ask.look(MyCircles())}
    for turn, each in zip(count(), who.between, strict=False):
        if each.member not in mine:
            continue
        after = who.over
        if each.met_after if after else each.met_before:
            continue
        prompt = (
            t("Have you met the person after the meeting, and told what was said?")
            if after
            else t("Have you met the person before the meeting?")
        )
        if await ask.confirm(f"{turn}/{'after' if after else 'before'}", prompt):
            await ask.do(f"{turn}/note/{'after' if after else 'before'}", NoteMet(meeting=who.meeting, member=each.member, after=after))
            await ask.say(t("Noted."), sensitivity=Sensitivity.NEUTRAL)
