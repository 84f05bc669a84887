"""One point of the minutes: what came of it, and who does what by when.

Here: the questions about points, tasks, disagreement and the next date. Not here: the whole of it (`conversations.minutes`). Requirement
rows: F08, F14, G12, D08, I04, I06 to I08, I12, I14. Sources: Lund § 11.4 (Gruppens funksjon, Referat, Hyppighet).
"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from bot.domain.agenda import read_as
from bot.domain.ids import PersonId
from bot.domain.minutes import Assigned, Outcome, Point
from bot.domain.minutes_queries import RunSheetView
from bot.domain.sensitive_words import sensitive
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t, verbatim
from conversations.picking import Line, pick

LONGEST = 500
LONGEST_OF_ALL = 1500
MOST_TASKS = 8
SHORT = 32
NOBODY = "nobody"


def title_of(sheet: RunSheetView, point: Point) -> Text:
    """A point by its place and its words, short enough for a button."""
    title = point.title or ""
    if point.code is None and title:
        return t("{place}. {line}", place=point.place + 1, line=title if len(title) <= SHORT else f"{title[: SHORT - 1]}…")
    return t("{place}. {line}", place=point.place + 1, line=read_as(point.code, None, point.local))


async def ask_careful(ask: Ask, prompt: Text, *, skip: Text | None = None, max_length: int = LONGEST) -> str | None:
    """Words for the minutes. Where they may tell of health, money or family, the writer is asked whether the person wants that (F14)."""
    for turn in count():
        words = await ask.text(f"words/{turn}", prompt, skip=skip, max_length=max_length, sensitivity=Sensitivity.HEALTH)
        if words is None or not sensitive(words):
            return words
        options = {"keep": t("Yes, the person wants it"), "again": t("No, I write it without")}
        question = t("This may tell of health, money or family. Does the person want it in the minutes?")
        if await ask.choice(f"wanted/{turn}", question, options) == "keep":
            return words
    raise AssertionError("counting never ends")


async def ask_point(ask: Ask, sheet: RunSheetView, point: Point, *, keep: bool = False) -> Point:
    """What came of it (F08), and who does what by when (I12); with `keep` the tasks under it stay."""
    await ask.say(title_of(sheet, point))
    options = {
        str(Outcome.DECIDED): t("We decided something"),
        str(Outcome.PASSED_ON): t("We pass it on to someone else"),
        str(Outcome.NOTHING): t("Only who does what"),
    }
    outcome = Outcome(await ask.choice("outcome", t("What came of it?"), options))
    words = to_whom = None
    if outcome is not Outcome.NOTHING:
        prompt = t("What was decided? In short.") if outcome is Outcome.DECIDED else t("What do you pass on? In short.")
        words = await ask_careful(ask.under("decision"), prompt, max_length=LONGEST_OF_ALL if sheet.everything else LONGEST)
    if outcome is Outcome.PASSED_ON:
        to_whom = await ask.text("to_whom", t("Who shall decide it?"), max_length=120)
    tasks = point.tasks if keep else await _tasks(ask.under("tasks"), sheet)
    return replace(point, outcome=outcome, words=words, to_whom=to_whom, tasks=tasks)


async def _tasks(ask: Ask, sheet: RunSheetView) -> tuple[Assigned, ...]:
    """Everybody who does something: who, what, and by when."""
    tasks: list[Assigned] = []
    for number in range(MOST_TASKS):
        lines = [Line(value=str(person), button=_short(name)) for person, name in sheet.owners]
        lines.append(Line(value=NOBODY, button=t("Nobody") if not tasks else t("Nobody else"), listed=False))
        prompt = t("Who does something?") if not tasks else t("Does anybody else do something?")
        owner = await pick(ask.under(f"{number}/owner"), prompt, lines, sensitivity=Sensitivity.PERSONAL)
        if owner == NOBODY:
            break
        words = await ask_careful(ask.under(f"{number}/what"), t("What do they do? A few words."))
        last = sheet.today + timedelta(days=730)
        day = await ask.date(f"{number}/day", t("By which day?"), earliest=sheet.today, latest=last)
        tasks.append(Assigned(owner=PersonId(int(owner)), words=words or "", due_on=day or sheet.today))
    return tuple(tasks)


def _short(name: str) -> Text:
    return verbatim(name if len(name) <= SHORT else f"{name[: SHORT - 1]}…")


async def ask_other(ask: Ask, sheet: RunSheetView, place: int) -> Point | None:
    """Something decided that was not on the agenda."""
    title = await ask.text("title", t("Was something decided that was not on the agenda? What is it about?"), skip=t("No"), max_length=120)
    if title is None:
        return None
    return await ask_point(ask.under("point"), sheet, Point(place=place, code=None, title=title, outcome=Outcome.NOTHING, words=None))


async def ask_gave(ask: Ask, sheet: RunSheetView, present: tuple[PersonId, ...], points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Which points somebody called in gave to: they get those, and no others (I06)."""
    written = [each for each in points if not each.empty]
    if not written:
        return points
    options = {str(each.place): title_of(sheet, each) for each in written}
    for each in sheet.people:
        if not each.called_in or each.person not in present:
            continue
        prompt = t("Which points did {name} add something to? They get only those.", name=each.name)
        chosen = await ask.choices(str(each.person), prompt, options, none=t("None of them"))
        points = tuple(replace(point, by=(*point.by, each.person)) if str(point.place) in chosen else point for point in points)
    return points


async def ask_disagreement(ask: Ask, sheet: RunSheetView, points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Where professionals see it differently it is written as such (I07: Lund); elsewhere they settle it in a meeting first (I08: Rana)."""
    if not sheet.disagreement or not points:
        return points
    options = {str(each.place): title_of(sheet, each) for each in points}
    chosen = await ask.choices("points", t("Do the services see something differently?"), options, none=t("No"))
    for place in chosen:
        words = await ask_careful(ask.under(f"point/{place}"), t("How do they see it? Write both views, in short."))
        points = tuple(replace(each, disagreement=words) if str(each.place) == place else each for each in points)
    return points


async def ask_next(ask: Ask, sheet: RunSheetView) -> tuple[date | None, str | None]:
    """When people meet again: a day, or why there is none yet (G12, D08)."""
    first = sheet.today + timedelta(days=1)
    prompt = t("When do you meet again? Agree before you part.")
    day = await ask.date("next_on", prompt, earliest=first, latest=first + timedelta(days=730), skip=t("Not now"))
    if day is not None:
        return day, None
    return None, await ask.text("why_not", t("Why not now? It stands in the minutes."), max_length=300)
