"""What each role does on the way from the first word to an appointed coordinator, as presses and words.

Here: the steps of the path. Not here: what must come of them (`tests.e2e.test_path`).
"""

from datetime import datetime, time

from bot.domain.reminders import OSLO
from bot.engine.questions import LANGUAGE_NAMES
from bot.engine.texts import Language, Text, t, verbatim
from tests.e2e.columns import Column
from tests.e2e.stage import PROFILE, Stage

WHY = "Kjenner tenestene godt."
"""What KE writes, in the words KE has: own words are never translated."""
FIRST_TIME, SECOND_TIME = time(10), time(13)


def service(name: str, column: Column) -> Text:
    """A service of the municipality's directory, as this person reads it."""
    return next(each for each in PROFILE.services if each.id == name).name.text(column.language)


def day_of(moment: datetime) -> Text:
    """A day on a button."""
    return Text("{day}", {"day": moment.date()})


def clock_of(moment: datetime) -> Text:
    """A time of the day on a button."""
    return verbatim(f"{moment:%H.%M}")


def number(of: int = 1001) -> str:
    """The number of the only case there is."""
    return str(of)


async def come_in(person: Column, language: Language) -> None:
    """Start, choose the language, and go on."""
    await person.start()
    await person.press(LANGUAGE_NAMES[language])
    person.language = language
    await person.press("Yes, go on")


async def apply_for_herself(person: Column) -> None:
    """An adult asks for a coordinator and a plan, in her own words."""
    await person.press("Ask for help", "Me")
    await person.write(person.person.name)
    await person.press("18 to 66", service("hjemmetjeneste", person), service("fysioterapi", person), "Done", "Yes", "Yes", "Yes")
    await person.press("No one in mind", "Write a little now")
    await person.write("Nokon som held orden på avtalane.")
    await person.press("Skip this", "Here in Samråd", "None of these", "Yes, this is right")


async def apply_for_child(person: Column) -> None:
    """A parent asks for a coordinator for a child, without a plan."""
    await person.press("Ask for help", "My child")
    await person.write("E. L.")
    await person.press("Under 16", service("avlastning", person), "Done", "Yes", "Yes", "No", "No one in mind", "Leave it for the talk")
    await person.press("Here in Samråd", "None of these")
    await person.write(person.person.name)
    await person.press("Yes, this is right")


async def open_case(ke: Column, initials: str) -> None:
    """From the desk to the case."""
    await ke.press("For staff", "Open cases", t("{initials}, no. {number}", initials=initials, number=number()))


async def offer_times(stage: Stage, ke: Column, initials: str) -> tuple[datetime, datetime]:
    """KE offers two times; the times."""
    await open_case(ke, initials)
    await ke.press("The first talk", "Offer up to three times", "At our office")
    moments = tuple(datetime.combine(stage.working_day(which), clock, tzinfo=OSLO) for which, clock in ((1, FIRST_TIME), (2, SECOND_TIME)))
    await ke.press(day_of(moments[0]), clock_of(moments[0]), "Yes", day_of(moments[1]), clock_of(moments[1]), "No")
    return moments[0], moments[1]


async def note_and_grant(ke: Column, initials: str, granted: str, *, parent: str | None = None) -> None:
    """KE notes the talk from the notice, sees who the parent is where one wrote, and grants."""
    await ke.press("Note the talk", "Note that it was held", "No note")
    if parent is not None:
        await ke.press("Yes, note it now")
        await note_parent(ke, parent)
    await open_case(ke, initials)
    await ke.press("Decide", "Grant", granted, "No reason needed", "Yes, this is right")


async def note_parent(ke: Column, parent: str) -> None:
    """KE has looked up who has parental responsibility."""
    await ke.press(verbatim(parent))
    await ke.write("Folkeregisteret")
    await ke.press("Yes, this is right")


async def ask_for(ke: Column, initials: str, candidate: str) -> None:
    """KE takes the second step and asks the leader of a candidate."""
    await open_case(ke, initials)
    await ke.press("Find a coordinator", "2. The service most involved", verbatim(candidate), "Suits this person best", "Done")
    await ke.write(WHY)
    await ke.press("Yes, this is right")


async def ask_department(ke: Column, initials: str, department: Text) -> None:
    """KE takes the third step and asks a department to name someone."""
    await open_case(ke, initials)
    await ke.press("Find a coordinator", "3. Ask a department", department, "How much help they give", "Done")
    await ke.write(WHY)
    await ke.press("Yes, this is right")


async def make_contact(coordinator: Column, agreed: datetime) -> None:
    """The coordinator notes the first contact from the notice, and the time agreed for the start-up talk."""
    await coordinator.press("First contact", "I have been in touch", "At home", "Note a time we agreed")
    await coordinator.press(day_of(agreed), clock_of(agreed))
