"""The unit enters what came by phone, on paper, by a visit or from a department: the same facts as a citizen gives.

Requirement rows: A04 (both sentences, said by a person), A06 (every door leads to the same inbox), B03, B11 (a number and a receipt), B17
(paper is an equal way), B18. Sources: Rana, KE og saksbehandling and For mer informasjon. "I don't know" is a full answer here too; never
a diagnosis.
"""

from dataclasses import replace

from bot.domain.cases import AgeGroup, ForWhom, Source, Wanted
from bot.domain.commands import Submit
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.communication import ask_communication
from conversations.need import ask_long_lasting, ask_services, is_child
from conversations.staff_words import REPORTED_FOR, SOURCES, offered
from conversations.words import AGE_GROUPS, WANTED


async def register(ask: Ask) -> None:
    """The conversation behind "register a case"."""
    source = await ask.choice(
        "source",
        t("How did it come in?"),
        offered(SOURCES, Source.PHONE, Source.PAPER, Source.VISIT, Source.DEPARTMENT),
        label=t("Came in"),
        sensitivity=Sensitivity.NEUTRAL,
    )
    whom = ForWhom(
        await ask.choice(
            "for_whom", t("Who is it about?"), offered(REPORTED_FOR), label=t("Who it is about"), sensitivity=Sensitivity.PERSONAL
        )
    )
    if whom is ForWhom.AT_WORK and not await ask_told(ask):
        return
    application = await ask_need(ask, await ask_people(ask, whom), whom)
    language = await ask.language("written_language", t("Which language do they want?"))
    await ask.summary("right", t("Is this right?"))
    number = await ask.do("submit", replace(application, source=Source(source), language=language))
    await say_registered(ask, number, reach=application.reach)


async def ask_told(ask: Ask) -> bool:
    """A need met at work is registered only where the person knows and does not object."""
    told = await ask.confirm(
        "told", t("Does the person know about this, and is it fine?"), label=t("The person has been told"), sensitivity=Sensitivity.PERSONAL
    )
    if not told:
        await ask.say(
            t("Then nothing is registered. Ask the caller to tell the person first, and to come back."), sensitivity=Sensitivity.PERSONAL
        )
    return told


async def ask_people(ask: Ask, whom: ForWhom) -> Submit:
    """Who got in touch, how to reach them, and whom it is about."""
    applicant = await ask.text("applicant", t("What is the name of the one who got in touch?"), label=t("Got in touch"), max_length=100)
    way = await ask.choice(
        "reach",
        t("How shall we reach them?"),
        {"phone": t("By phone"), "letter": t("By letter"), "visit": t("By a visit")},
        label=t("How we reach them"),
        sensitivity=Sensitivity.PRACTICAL,
    )
    details = await ask_details(ask, way)
    subject = applicant
    if whom is not ForWhom.ME:
        subject = await ask.text(
            "subject", t("What is the person called? You can write initials."), skip=t("Not told"), label=t("Name"), max_length=100
        )
    return Submit(
        for_whom=whom,
        wanted=Wanted.UNSURE,
        age_group=AgeGroup.UNKNOWN,
        subject_name=subject,
        applicant_name=applicant,
        reach=way,
        reach_details=details,
        told=True if whom is ForWhom.AT_WORK else None,
    )


async def ask_details(ask: Ask, way: str) -> str | None:
    """The number, the address, or the place. Each is its own fact, so each has its own key."""
    match way:
        case "phone":
            return await ask.phone("phone", t("Which phone number shall we use?"), label=t("Phone number"))
        case "letter":
            prompt = t("Which address shall we write to?")
            return await ask.text("address", prompt, label=t("Postal address"), sensitivity=Sensitivity.PERSONAL, max_length=200)
    prompt = t("Where shall we meet them?")
    skip = t("We find a place together")
    return await ask.text("where", prompt, skip=skip, label=t("Where we meet"), sensitivity=Sensitivity.PRACTICAL, max_length=200)


async def ask_need(ask: Ask, people: Submit, whom: ForWhom) -> Submit:
    """Age, what is asked for, services, and the person's own words."""
    age = AgeGroup.UNBORN
    if whom is not ForWhom.EXPECTED_CHILD:
        prompt = t("How old is the one this is about?")
        age = AgeGroup(await ask.choice("age_group", prompt, offered(AGE_GROUPS), label=t("Age"), sensitivity=Sensitivity.PERSONAL))
    prompt = t("What is asked for?")
    wanted = await ask.choice("wanted", prompt, offered(WANTED), label=t("Asked for"), sensitivity=Sensitivity.HEALTH)
    services = await ask_services(ask, child=is_child(age, whom))
    long_lasting = await ask_long_lasting(ask)
    words = {
        key: await ask.text(key, prompt, skip=t("Not told"), label=label, sensitivity=Sensitivity.HEALTH, max_length=1500)
        for key, prompt, label in (
            ("need", t("What would help, in their own words? Write no diagnosis."), t("What would help")),
            ("important", t("What is important to the person?"), t("What is important")),
            ("wish", t("Who is wanted as coordinator?"), t("Wished as coordinator")),
        )
    }
    communication = await ask_communication(ask)
    return replace(
        people,
        age_group=age,
        wanted=Wanted(wanted),
        services=services,
        long_lasting=long_lasting,
        communication=communication,
        need=words["need"],
        important=words["important"],
        wish=words["wish"],
    )


async def say_registered(ask: Ask, number: int, *, reach: str) -> None:
    """The number, and the receipt that a person must give."""
    await ask.say(t("Registered. The case has number {number}.", number=str(number)), sensitivity=Sensitivity.NEUTRAL)
    if reach == "phone":
        await ask.say(
            t("Tell them the number on the phone. Tell them that they can phone us directly at any time."), sensitivity=Sensitivity.NEUTRAL
        )
    else:
        await ask.say(t("Send the receipt by letter, with the number and our phone number."), sensitivity=Sensitivity.NEUTRAL)
    await ask.say(t("Tell them that they may have the right to a coordinator and an individual plan."), sensitivity=Sensitivity.PUBLIC)
    await ask.say(
        t("Tell them this too: they apply for single services themselves. You find the case under open cases."),
        sensitivity=Sensitivity.NEUTRAL,
    )
