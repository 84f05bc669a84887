"""The training of coordinators: the unit ticks six parts for each, a leader sees one's own people's, and who helps with the tool.

Requirement rows: R01, R02, R08, R09. Sources: Rana, Opplæring; Ringerike, Kompetanse hos oppnevnte koordinatorer (leaders answer for the
training of their own); Ås, superbruker; Lund § 11.3.
"""

from bot.domain.access import Role
from bot.domain.queries import Me, TheProfile
from bot.domain.training import NameToolContact, NoteTraining, TheTraining, TrainingLine, TrainingPart
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, nt, t, verbatim
from conversations.lessons import PARTS
from conversations.picking import Line, pick


async def training(ask: Ask) -> None:
    """The conversation behind "training of coordinators"."""
    me, lines = await ask.look(Me()), await ask.look(TheTraining())
    if not lines:
        await ask.say(t("No coordinators are registered here."), sensitivity=Sensitivity.PERSONAL)
        return
    unit = bool(me.roles & {Role.KE, Role.KE_LEADER})
    people = [Line(value=str(each.person), button=verbatim(each.name), details=line_of(each)) for each in lines]
    chosen = await pick(ask, t("Whose training?"), people, sensitivity=Sensitivity.PERSONAL)
    one = next(each for each in lines if str(each.person) == chosen)
    room = ask.under(f"person/{chosen}")
    await room.say(shown(one), sensitivity=Sensitivity.PERSONAL)
    if unit:
        await note(room, one)


def line_of(line: TrainingLine) -> Text:
    """One coordinator in the list."""
    count = len(TrainingPart) - len(line.missing)
    return t("{name}: {n} of {all} parts", name=line.name, n=count, all=len(TrainingPart))


def shown(line: TrainingLine) -> Text:
    """Every part, had or not."""
    days = dict(line.taken)
    parts = [
        t("✓ {item} ({day})", item=PARTS[part], day=days[part]) if part in days else t("• {item}", item=PARTS[part])
        for part in TrainingPart
    ]
    load = nt("Coordinates for {n} person now.", "Coordinates for {n} people now.", line.load)
    day = t("Training taken on {day}.", day=line.trained) if line.trained else t("The training is not complete.")
    return joined(verbatim(line.name), joined(*parts, by="\n"), joined(day, load, by=" "))


async def note(ask: Ask, line: TrainingLine) -> None:
    """The unit: what is new, or that this one helps others with the tool."""
    options = {"parts": t("Note training")} if line.missing else {}
    options |= {"tool": t("Helps others with the planning tool"), "done": t("That is all")}
    match await ask.choice("do", t("What do you want to do?"), options, sensitivity=Sensitivity.NEUTRAL):
        case "parts":
            parts = await ask.choices(
                "parts", t("Which parts are done?"), {part.value: PARTS[part] for part in line.missing}, sensitivity=Sensitivity.PERSONAL
            )
            whole = await ask.do("note", NoteTraining(person=line.person, parts=tuple(TrainingPart(each) for each in parts)))
            done = t("Noted. The training is complete.") if whole else t("Noted, with today's date.")
            await ask.say(done, sensitivity=Sensitivity.NEUTRAL)
        case "tool":
            await helps(ask, line)
        case _:
            await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)


async def helps(ask: Ask, line: TrainingLine) -> None:
    """Where this one helps with the tool."""
    me, profile = await ask.look(Me()), await ask.look(TheProfile())
    own = profile.department(line.department or "")
    options = {"own": own.name.text(me.language)} if own else {}
    where = await ask.choice("where", t("Where?"), options | {"all": t("In all departments")}, sensitivity=Sensitivity.NEUTRAL)
    await ask.do(f"name/{where}", NameToolContact(department=line.department if where == "own" else None, person=line.person))
    await ask.say(t("Noted. Coordinators see the name when they ask for help."), sensitivity=Sensitivity.PERSONAL)
