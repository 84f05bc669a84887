"""What the one who called a meeting does about the answers.

Requirement rows: G08, H03, H04, H08, J03, J04, J05. Sources: Lund § 11.4 (Gruppens funksjon; Alternativ organisering); Herøy, IP-møte. An
answer given by phone is noted in the name of the one who gave it. No answer to a proposal is never a yes.
"""

from typing import Final

from bot.domain.attendance import Reply
from bot.domain.attendance_commands import AskInstead, NoteInTool, NoteReply, PutMeasures
from bot.domain.attendance_queries import AttendanceView, ReplyView
from bot.domain.meeting_queries import MeetingView
from bot.domain.meetings import MeetingState
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, nt, t, verbatim
from conversations.attend import OF_OTHERS, between_lines, table

NOTED: Final = {
    Reply.COMING: t("Comes"),
    Reply.BY_VIDEO: t("Takes part by video"),
    Reply.SOMEONE_ELSE: t("Sends someone else"),
    Reply.MAYBE: t("Does not know yet"),
    Reply.CANNOT: t("Cannot come"),
}


async def show_answers(ask: Ask, who: AttendanceView) -> None:
    """Who comes, who meets the person instead, and what waits for the person's yes or no."""
    await ask.say(table(who))
    for line in between_lines(who):
        await ask.say(line)
    if who.measures:
        await ask.say(joined(t("What is proposed to the person:"), *(_measure(each.words, yes=each.yes) for each in who.measures), by="\n"))
    waiting = [each for each in who.measures if each.yes is None]
    if waiting:
        await ask.say(
            nt(
                "{n} proposal waits for an answer. No answer is not a yes: please phone the person.",
                "{n} proposals wait for an answer. No answer is not a yes: please phone the person.",
                len(waiting),
            )
        )


def _measure(words: str, *, yes: bool | None) -> Text:
    if yes is None:
        return t("– {words}: waits for an answer", words=words)
    return t("– {words}: yes", words=words) if yes else t("– {words}: no", words=words)


def answer_offers(view: MeetingView, who: AttendanceView) -> dict[str, Text]:
    """What can be done about the answers now."""
    if view.state is not MeetingState.CALLED or who.over:
        return {}
    options = {"note": t("Note an answer"), "measures": t("Put proposals to the person")}
    if any(each.needed and each.reply is Reply.CANNOT and _member(view, each) for each in who.replies):
        options["instead"] = t("Ask for someone else, or a note")
    if who.tool is not None and not who.in_tool:
        options["tool"] = t("I have put it into {tool}", tool=who.tool)
    return options


async def do_answers(ask: Ask, view: MeetingView, who: AttendanceView, what: str) -> bool:
    """Do what was chosen; False where it is none of these."""
    match what:
        case "note":
            await _note(ask, who)
        case "measures":
            await _put(ask, who)
        case "instead":
            await _instead(ask, view, who)
        case "tool":
            await ask.do("tool", NoteInTool(meeting=who.meeting))
            await ask.say(t("Noted. If the meeting changes, you are asked to change it there too."), sensitivity=Sensitivity.NEUTRAL)
        case _:
            return False
    return True


def _member(view: MeetingView, each: ReplyView) -> bool:
    return any(one.person == each.person and one.member is not None for one in view.participants)


def _name(each: ReplyView) -> Text:
    return verbatim(each.name) if each.name else t("The person")


async def _note(ask: Ask, who: AttendanceView) -> None:
    """What somebody said by phone or face to face."""
    lines = {str(each.person): t("{name}: {reply}", name=_name(each), reply=OF_OTHERS[each.reply]) for each in who.replies}
    chosen = await ask.choice("whose", t("Whose answer?"), lines)
    reply = Reply(await ask.choice("reply", t("What did they say?"), {str(each): words for each, words in NOTED.items()}))
    words = None
    if reply is Reply.SOMEONE_ELSE:
        words = await ask.text("instead", t("Who comes instead? Write name and title."), label=t("Comes instead"), max_length=120)
    person = next(each.person for each in who.replies if str(each.person) == chosen)
    await ask.do("note_reply", NoteReply(meeting=who.meeting, person=person, reply=reply, words=words))
    await ask.say(t("Noted."), sensitivity=Sensitivity.NEUTRAL)


async def _put(ask: Ask, who: AttendanceView) -> None:
    """Proposals that the person says yes or no to beforehand, one by one (J04)."""
    prompt = t("What do you propose? One thing a line. The person says yes or no to each.")
    said = await ask.text("measures", prompt, label=t("Proposals"), max_length=1000)
    measures = tuple(line.strip() for line in (said or "").splitlines() if line.strip())
    await ask.summary("right", t("Is this right?"))
    await ask.do("put", PutMeasures(meeting=who.meeting, measures=measures))
    await ask.say(t("The person is asked. Nothing is done that they have not said yes to."))


async def _instead(ask: Ask, view: MeetingView, who: AttendanceView) -> None:
    """Somebody needed cannot come: a colleague, or a written note (H04). Another date is under «Change it»."""
    asked = [each for each in who.replies if each.reply is Reply.CANNOT and _member(view, each)]
    chosen = str(asked[0].person)
    if len(asked) > 1:
        chosen = await ask.choice("who", t("Whom do you want to ask?"), {str(each.person): _name(each) for each in asked})
    found = next(each for each in asked if str(each.person) == chosen)
    options = {"colleague": t("A colleague comes instead"), "note": t("A written note before the meeting")}
    ask = ask.under(f"of/{chosen}")
    what = await ask.choice("what", t("What do you ask {name} for?", name=_name(found)), options)
    await ask.do("ask_instead", AskInstead(meeting=who.meeting, person=found.person, written=what == "note"))
    await ask.say(t("They are asked."), sensitivity=Sensitivity.NEUTRAL)
