"""The minutes of a meeting: the run-sheet, what was decided, who does what by when, and the next date.

Requirement rows: F08, F14, F15, G12, D08, H10, I01 to I08, I12, I14. Sources: Lund § 11.4 (Gruppens funksjon, Referat); Ås, Møteavholdelse;
Herøy, IP-møte; Rana, Ansvarsgruppe. Only what was decided and who is responsible is written; everything is written down at once, at the
end, so that what is kept is whole.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.domain.ids import MeetingId, PersonId
from bot.domain.meetings import MeetingKind
from bot.domain.minutes import MinutesState, Outcome, Point
from bot.domain.minutes_commands import FinishMinutes, Then, WriteMinutes
from bot.domain.minutes_queries import RunSheetView, TheRunSheet, WrittenView
from bot.domain.plan_queries import ThePlan
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t, verbatim
from conversations.meeting_agenda import AMONG_PROFESSIONALS, elsewhere
from conversations.meeting_words import KINDS
from conversations.minutes_points import ask_disagreement, ask_gave, ask_next, ask_other, ask_point, title_of
from conversations.minutes_words import task_line
from conversations.picking import pick_several
from conversations.plan_words import goal_lines

CLOSING: Final[Mapping[str, Text]] = {
    "together": t("We work together, and know of each other"),
    "goals": t("All work towards the person's own goals"),
    "measures": t("What was agreed before has been done"),
    "responsible": t("It is clear who is responsible for what"),
}
"""What a meeting is for, as questions before people part (I03: Herøy, IP-møte)."""


async def minutes(ask: Ask) -> None:
    """Begun from a meeting or from a reminder: at the table, or afterwards."""
    await minutes_of(ask, MeetingId(int(ask.given["meeting"])))


async def minutes_of(ask: Ask, meeting: MeetingId) -> None:
    """The same from the meeting itself."""
    sheet = await ask.look(TheRunSheet(meeting))
    if sheet is None:
        await ask.say(t("You cannot write the minutes of this meeting."), sensitivity=Sensitivity.NEUTRAL)
        return
    await _show(ask, sheet)
    if not sheet.begun:
        await ask.say(t("You can write the minutes from when the meeting begins."))
    elif sheet.written is None:
        await _write(ask, sheet)
    elif sheet.written.state is MinutesState.SENT:
        await ask.say(t("The minutes are sent. They cannot be changed any more."))
    else:
        await _go_on(ask.under(f"edition/{sheet.written.edition}"), sheet, sheet.written)


async def _show(ask: Ask, sheet: RunSheetView) -> None:
    """The run-sheet (I01 to I03): what it is for, what was agreed before, the plan, the points."""
    about = t("Case {number}, {initials}", number=str(sheet.number), initials=sheet.initials)
    await ask.say(joined(KINDS[sheet.kind], about, Text("{time}", {"time": sheet.at}), by="\n"))
    await ask.say(t("What it is for: {purpose}", purpose=sheet.purpose))
    if sheet.since_last:
        await ask.say(joined(t("Agreed before:"), *(task_line(each) for each in sheet.since_last), by="\n"))
    if sheet.has_plan:
        await ask.say(t("Go through the plan, and say what must be changed in it."))
        plan = await ask.look(ThePlan(sheet.case))
        for goal in () if plan is None else plan.goals:
            await ask.say(goal_lines(goal, persons=False), sensitivity=Sensitivity.HEALTH)
    points = [t("{place}. {line}", place=place, line=each.words) for place, each in enumerate(sheet.agenda, start=1)]
    await ask.say(joined(t("Agenda:"), *points, by="\n"))


async def _write(ask: Ask, sheet: RunSheetView) -> None:
    """From who was there to the next date; then it is written down, all at once."""
    present = await _present(ask, sheet)
    await ask.say(
        t("Write only what was decided and who does what. Leave out small talk, health, money and family.")
        if not sheet.everything
        else t("Write what was said and decided, in short. Leave out health, money and family.")
    )
    if sheet.kind not in AMONG_PROFESSIONALS:
        await ask.say(await elsewhere(ask))
    points = await _points(ask, sheet)
    points = await ask_gave(ask.under("gave"), sheet, present, points)
    points = await ask_disagreement(ask.under("disagreement"), sheet, points)
    await _closing(ask)
    next_on, why_not = (None, None) if sheet.kind is MeetingKind.SETTLE else await ask_next(ask, sheet)
    then = await _then(ask)
    edition = None if sheet.written is None else sheet.written.edition
    command = WriteMinutes(
        meeting=sheet.meeting, edition=edition, present=present, points=points, next_on=next_on, why_not=why_not, then=then
    )
    await ask.do("write", command)
    await _told(ask, then)


async def _present(ask: Ask, sheet: RunSheetView) -> tuple[PersonId, ...]:
    """Who was there; begins with those who said that they come (H10)."""
    coming = [each for each in sheet.people if each.comes]
    if coming:
        names = [each.name for each in coming]
        options = {"same": t("Yes, these"), "others": t("No, let me choose")}
        prompt = t("We have put down: {names}. Is that who was there?", names=names)
        if await ask.choice("present", prompt, options) == "same":
            return tuple(each.person for each in coming)
    every = {str(each.person): _numbered(place, each.name) for place, each in enumerate(sheet.people, start=1)}
    if not every:
        return ()
    chosen = await ask.choices("there", t("Who was there?"), every)
    return tuple(PersonId(int(each)) for each in chosen)


def _numbered(place: int, name: str) -> Text:
    """Two who have the same name are two buttons that read differently."""
    return t("{place}. {line}", place=place, line=name if len(name) <= 30 else f"{name[:29]}…")


async def _points(ask: Ask, sheet: RunSheetView) -> tuple[Point, ...]:
    """Every point of the agenda keeps its place; only those that led to something are asked about."""
    points = [
        Point(place=place, code=each.code, title=each.title, outcome=Outcome.NOTHING, words=None, local=each.local)
        for place, each in enumerate(sheet.agenda)
    ]
    chosen: tuple[str, ...] = ()
    if points:
        options = {str(each.place): title_of(sheet, each) for each in points}
        chosen = await pick_several(ask, "led_to", t("Which points led to something?"), options, none=t("None of them"))
    for place in chosen:
        points[int(place)] = await ask_point(ask.under(f"point/{place}"), sheet, points[int(place)])
    other = await ask_other(ask.under("other"), sheet, len(points))
    return (*points, other) if other is not None else tuple(points)


async def _closing(ask: Ask) -> None:
    """Four questions before people part (I03). What is not clear is taken up now; nothing of it is written."""
    clear = await ask.choices("closing", t("Before you part: which of these are so now?"), CLOSING, none=t("None of them"))
    left = [words for value, words in CLOSING.items() if value not in clear]
    if left:
        await ask.say(joined(t("Talk about this before you part:"), *(t("– {line}", line=each) for each in left), by="\n"))


async def _then(ask: Ask) -> Then:
    options = {
        str(Then.ASK): t("Ask those present if it is right"),
        str(Then.SEND): t("We read it aloud. Send it now"),
        str(Then.KEEP): t("Keep it, I go on later"),
    }
    return Then(await ask.choice("then", t("Read it through with those who are there. What now?"), options))


async def _told(ask: Ask, then: Then) -> None:
    match then:
        case Then.ASK:
            await ask.say(t("Those who were there are asked if it is right. You hear from us when they have answered."))
        case Then.SEND:
            await ask.say(t("The minutes are sent to those whom they concern. Each has got their own tasks."))
        case Then.KEEP:
            await ask.say(t("It is kept. It is not sent yet."))


async def _go_on(ask: Ask, sheet: RunSheetView, written: WrittenView) -> None:
    """What is written is sent, asked about, or changed in one point."""
    await _standing(ask, written)
    options = {"send": t("Send the minutes")}
    if written.state is MinutesState.DRAFT:
        options["ask"] = t("Ask those present if it is right")
    if written.points:
        options["change"] = t("Change a point")
    options |= {"anew": t("Write it all anew"), "done": t("That is all")}
    what = await ask.choice("next", t("What do you want to do?"), options)
    match what:
        case "send" | "ask":
            then = Then.SEND if what == "send" else Then.ASK
            await ask.do("finish", FinishMinutes(minutes=written.minutes, edition=written.edition, then=then))
            await _told(ask, then)
        case "change":
            await _change(ask.under("change"), sheet, written)
        case "anew":
            await _write(ask.under("anew"), sheet)
        case _:
            await ask.say(t("The minutes stand as they were."))


async def _standing(ask: Ask, written: WrittenView) -> None:
    if written.state is MinutesState.DRAFT:
        await ask.say(t("The minutes are begun, and not sent."))
    if written.confirmed:
        await ask.say(t("These say that it is right: {names}", names=list(written.confirmed)))
    if written.silent:
        await ask.say(t("Not answered yet: {names}", names=list(written.silent)))
    for name, words in written.objected:
        said = t("{name} says that it is not right.", name=name)
        await ask.say(joined(said, t("«{words}»", words=words), by=" ") if words else said)


async def _change(ask: Ask, sheet: RunSheetView, written: WrittenView) -> None:
    """One point anew; the rest stays, and whoever had said yes is asked anew."""
    options = {str(number): title_of(sheet, each) for number, each in enumerate(written.points)}
    number = int(await ask.choice("point", t("Which point?"), options))
    before = written.points[number]
    if before.words:
        await ask.say(joined(title_of(sheet, before), verbatim(before.words), by="\n"))
    keep = bool(before.tasks) and await ask.confirm("keep", t("Shall those who have a task here keep it?"))
    blank = replace(before, outcome=Outcome.NOTHING, words=None, to_whom=None, tasks=before.tasks if keep else ())
    changed = await ask_point(ask.under(f"point/{number}"), sheet, blank, keep=keep)
    points = (*written.points[:number], changed, *written.points[number + 1 :])
    then = await _then(ask)
    command = WriteMinutes(
        meeting=sheet.meeting,
        edition=written.edition,
        present=written.present,
        points=points,
        next_on=written.next_on,
        why_not=written.why_not,
        then=then,
    )
    await ask.do("write", command)
    await _told(ask, then)
