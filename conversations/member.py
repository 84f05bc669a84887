"""A member's own side: the circles they are part of, what they may know in each, their yes or no, and leaving.

Requirement rows: E04 to E06, F05, F10 (each sees what is theirs), F12, T05 (only those who take part see the list). Sources: Herøy,
Framdrift; Rana, Ansvarsgruppe; Ringerike, Forventningar.
"""

from bot.domain.circle import MemberState
from bot.domain.circle_commands import AnswerAsMember, EndMembership
from bot.domain.circle_queries import MyCircle, MyCircles
from bot.domain.consent import InfoKind
from bot.domain.plan_commands import TellOfChange
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t, verbatim
from conversations.circle_messages import circle_messages_of
from conversations.circle_words import kinds
from conversations.my_meetings import my_meetings
from conversations.my_task import my_tasks
from conversations.picking import Line, pick


async def member(ask: Ask) -> None:
    """The conversation behind /krets, and from the button under an invitation."""
    mine = await ask.look(MyCircles())
    if not mine:
        await ask.say(t("Nothing is shared with you here now."), sensitivity=Sensitivity.NEUTRAL)
        return
    chosen = await which(ask, mine)
    room = ask.under(f"member/{chosen.member}")
    if chosen.state is MemberState.INVITED:
        await answer(room, chosen)
    else:
        await show(room, chosen)


async def which(ask: Ask, mine: tuple[MyCircle, ...]) -> MyCircle:
    """The one a button named, the only one, or the one chosen."""
    named = next((each for each in mine if str(each.member) == ask.given.get("member")), None)
    if named is not None or len(mine) == 1:
        return named or mine[0]
    lines = [Line(value=str(each.member), button=about(each)) for each in mine]
    value = await pick(ask.under("which"), t("Which one do you want to see?"), lines, sensitivity=Sensitivity.PERSONAL)
    return next(each for each in mine if str(each.member) == value)


def about(each: MyCircle) -> Text:
    """Initials and number: no name in a list (T01)."""
    return t("{initials}, no. {number}", initials=each.initials, number=str(each.number))


def shared(each: MyCircle) -> Text:
    """What they may know, and until when."""
    head = t("You may know:") if each.until is None else t("You may know until {day}:", day=each.until)
    return joined(head, kinds(each.now), by="\n") if each.now else t("You may know nothing now.")


async def answer(ask: Ask, asked: MyCircle) -> None:
    """Yes, I take part, or no. Nothing is shown before the yes."""
    await ask.say(joined(about(asked), shared(asked), by="\n"), sensitivity=Sensitivity.PERSONAL)
    what = await ask.choice(
        "take_part",
        t("You are asked to take part in the work around this person. Will you?"),
        {"yes": t("Yes, I take part"), "no": t("No, I do not"), "later": t("Not now")},
        sensitivity=Sensitivity.PERSONAL,
    )
    if what == "later":
        await ask.say(t("Good. You can answer later."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("answer", AnswerAsMember(member=asked.member, yes=what == "yes"))
    thanks = t("Thank you. You take part from today.") if what == "yes" else t("Thank you for telling. Nothing is shared with you.")
    await ask.say(thanks, sensitivity=Sensitivity.PERSONAL)


async def show(ask: Ask, mine: MyCircle) -> None:
    """What is shared with me, and the way out."""
    await ask.say(joined(about(mine), *told(mine), shared(mine), by="\n"), sensitivity=Sensitivity.HEALTH)
    options = {
        "messages": t("Messages"),
        "tasks": t("What I have to do"),
        "done": t("That is all"),
        "leave": t("I do not take part any more"),
    }
    options = {"change": t("Something has changed with us"), **options}
    if InfoKind.MEETINGS in mine.now:
        options = {"meetings": t("My meetings"), **options}
    what = await ask.choice("what", t("What do you want to do?"), options, sensitivity=Sensitivity.PERSONAL)
    if what == "meetings":
        await my_meetings(ask.under("meetings"))
        return
    if what == "messages":
        await circle_messages_of(ask.under("messages"), mine.case)
        return
    if what == "tasks":
        await my_tasks(ask.under("tasks"))
        return
    if what == "change":
        await ask.do("change", TellOfChange(member=mine.member))
        await ask.say(t("Thank you for telling. The coordinator asks you about it."), sensitivity=Sensitivity.PERSONAL)
        return
    if what == "leave" and await ask.confirm("sure", t("Do you want to leave? Your access ends at once.")):
        await ask.do("leave", EndMembership(member=mine.member))
        await ask.say(t("You have left. Nothing more is shared with you."), sensitivity=Sensitivity.NEUTRAL)
        return
    # Nothing of what was shared stands in the last words, which can be read again later.
    await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)


def told(mine: MyCircle) -> list[Text]:
    """Only what is shared: who it is about, the coordinator, the others, what help is needed."""
    lines: list[Text] = []
    if mine.subject_name:
        lines.append(verbatim(mine.subject_name))
    if mine.coordinator:
        lines.append(t("Coordinator: {name}", name=mine.coordinator))
        if mine.coordinator_phone:
            lines.append(t("Phone: {phone}", phone=mine.coordinator_phone))
    if mine.others:
        lines.append(t("Others who take part: {names}", names=[f"{each.name} ({each.title})" for each in mine.others]))
    if mine.need:
        lines.append(t("What would help: «{words}»", words=mine.need))
    if mine.important:
        lines.append(t("What is important: «{words}»", words=mine.important))
    return lines
