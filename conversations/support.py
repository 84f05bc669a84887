"""Training and help for whoever coordinates: short lessons, guidance, gatherings, who helps with the tool, where to read more.

Requirement rows: R02, R03, R05, R06, R09, R11. Sources: Rana, Opplæring and For mer informasjon; Ringerike, Kompetanse hos oppnevnte
koordinatorer; Ås, superbruker; Lund §§ 8, 11.3.
"""

from itertools import count

from bot.domain.access import Role
from bot.domain.gatherings import REPLIES, AnswerGathering, ComingGatherings, GatheringReply, GatheringView, shown
from bot.domain.phone_numbers import readable
from bot.domain.queries import Me, TheProfile
from bot.domain.training import AskGuidance, GuidanceTopic, TheSupport, TrainingPart
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t, verbatim
from conversations.lessons import LESSONS, PARTS, TOPICS
from conversations.picking import Line, pick

ROOMS = {
    "learn": t("Learn something in a minute"),
    "ask": t("Ask for guidance"),
    "gatherings": t("Gatherings"),
    "tool": t("Who helps with the planning tool?"),
    "read": t("Courses and handbooks"),
    "done": t("That is all"),
}


async def support(ask: Ask) -> None:
    """The conversation behind "training and help", until the reader has had enough."""
    me = await ask.look(Me())
    if not me.staff:
        await ask.say(t("This part is for those who work with coordination."), sensitivity=Sensitivity.PUBLIC)
        return
    for turn in count(1):
        room = ask.under(str(turn))
        prompt = t("What do you need?") if turn == 1 else t("Anything else?")
        match await room.choice("room", prompt, ROOMS, sensitivity=Sensitivity.PUBLIC):
            case "learn":
                await learn(room)
            case "ask":
                await ask_for_guidance(room)
                return
            case "gatherings":
                await gatherings(room)
                return
            case "tool":
                await tool(room)
            case "read":
                await read(room)
            case _:
                await ask.say(t("Good. You find this again on your desk."), sensitivity=Sensitivity.PUBLIC)
                return


async def learn(ask: Ask) -> None:
    """One lesson; nobody sees which."""
    part = await ask.choice(
        "part", t("What do you want to read about?"), {each.value: PARTS[each] for each in TrainingPart}, sensitivity=Sensitivity.PUBLIC
    )
    await ask.say(LESSONS[TrainingPart(part)], sensitivity=Sensitivity.PUBLIC)


async def ask_for_guidance(ask: Ask) -> None:
    """A topic, and as many words as one likes."""
    topic = GuidanceTopic(
        await ask.choice(
            "topic", t("What is it about?"), {each.value: TOPICS[each] for each in GuidanceTopic}, sensitivity=Sensitivity.PERSONAL
        )
    )
    words = await ask.text(
        "words",
        t("What do you want help with? Do not write any names."),
        skip=t("Just phone me"),
        sensitivity=Sensitivity.HEALTH,
        max_length=1000,
    )
    new = await ask.do("ask", AskGuidance(topic=topic, words=words))
    if new:
        await ask.say(t("The coordinating unit has got it. You get an answer within two working days."), sensitivity=Sensitivity.NEUTRAL)
    else:
        await ask.say(t("You have asked already, and the unit will answer. Is it urgent? Phone them."), sensitivity=Sensitivity.NEUTRAL)


async def gatherings(ask: Ask) -> None:
    """Those to come, and one's own answer."""
    coming = [each for each in await ask.look(ComingGatherings()) if each.asked]
    if not coming:
        await ask.say(t("No gathering is planned now."), sensitivity=Sensitivity.NEUTRAL)
        return
    lines = [Line(value=str(each.gathering), button=t("{time}", time=each.at)) for each in coming]
    chosen = await pick(ask, t("Which gathering?"), lines, sensitivity=Sensitivity.PRACTICAL)
    one = next(each for each in coming if str(each.gathering) == chosen)
    await answer(ask.under(f"gathering/{chosen}"), one)


async def answer(ask: Ask, one: GatheringView) -> None:
    """What it is, and whether one comes."""
    lines: list[Text] = [shown(one.at, one.where, one.about)]
    if one.mine is not None:
        lines.append(t("Your answer now: {reply}", reply=REPLIES[one.mine]))
    options = {each.value: REPLIES[each] for each in GatheringReply}
    reply = await ask.choice("reply", joined(*lines, t("Do you come?")), options, sensitivity=Sensitivity.PERSONAL)
    await ask.do(f"answer/{reply}", AnswerGathering(gathering=one.gathering, reply=GatheringReply(reply)))
    await ask.say(t("Your answer is kept. You can change it until it begins."), sensitivity=Sensitivity.NEUTRAL)


async def tool(ask: Ask) -> None:
    """Who helps, by name; else the unit does (R09)."""
    profile, support = await ask.look(TheProfile()), await ask.look(TheSupport())
    name = profile.records.tool_name
    if support.tool_contact:
        words = t("{name} helps you with the planning tool.", name=support.tool_contact)
        phone = t("Phone: {phone}", phone=readable(support.tool_phone)) if support.tool_phone else None
        await ask.say(joined(words, *([phone] if phone else []), by="\n"), sensitivity=Sensitivity.PERSONAL)
    else:
        await ask.say(t("The coordinating unit helps you with the planning tool."), sensitivity=Sensitivity.PUBLIC)
    if name:
        await ask.say(t("Here the tool is {name}.", name=name), sensitivity=Sensitivity.PUBLIC)


async def read(ask: Ask) -> None:
    """Courses, handbooks and guidelines, each with its version (R11), and one's own training."""
    me, profile, support = await ask.look(Me()), await ask.look(TheProfile()), await ask.look(TheSupport())
    lines = [
        joined(
            t("{name}, version {version}", name=each.name.text(me.language), version=each.version)
            if each.version
            else t("{name}, without a version", name=each.name.text(me.language)),
            verbatim(each.url),
            by="\n",
        )
        for each in profile.guides
    ]
    await ask.say(joined(t("Here you can read more:"), *lines), sensitivity=Sensitivity.PUBLIC)
    if Role.COORDINATOR in me.roles:
        had = [PARTS[each] for each in support.taken]
        words = t("You have had: {parts}", parts=had) if had else t("No part of the training is noted for you yet.")
        await ask.say(words, sensitivity=Sensitivity.PERSONAL)
