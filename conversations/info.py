"""Information for everybody. Stores nothing, needs no link, and says nothing about the one who reads.

Requirement rows: A05, A07, A08, A11 to A14, B10, B17, C19, D20, K11, Q06, S01 to S06, U01 to U05.
"""

from itertools import count

from bot.domain.queries import Me, TheLaw, TheProfile
from bot.domain.rules import Audience, Law, Profile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Language, Text, t
from conversations.cards import COORDINATOR, FAQ, GROUP, PLAN, YOUNG, childrens_coordinator, criteria, paper, rights, video
from conversations.contact_card import contact_card, service_card
from conversations.human import reach_human
from conversations.picking import Line, pick
from conversations.sent_around import SENT_AROUND, say_sent_around

TOPICS = {
    "coordinator": t("Coordinator"),
    "child": t("Children's coordinator"),
    "young": t("For you who are under 18"),
    "plan": t("Individual plan"),
    "group": t("Responsibility group"),
    "rights": t("Your rights"),
    "criteria": t("Who is it for?"),
    "services": t("Who can help with what?"),
    "questions": t("Questions and answers"),
    "paper": t("Forms on paper"),
    "video": t("A short film"),
    "phone": t("Phone and address"),
    "sent_around": SENT_AROUND,
    "ask": t("Ask us"),
    "done": t("That is all"),
}


async def info(ask: Ask) -> None:
    """Cards to choose among, until the reader has had enough."""
    for turn in count(1):
        page = ask.under(str(turn))
        prompt = t("What do you want to know?") if turn == 1 else t("What else do you want to know?")
        topic = await page.choice("topic", prompt, TOPICS, sensitivity=Sensitivity.PUBLIC)
        match topic:
            case "done":
                await ask.say(t("Good. You find this again in the menu."), sensitivity=Sensitivity.PUBLIC)
                return
            case "ask":
                await reach_human(page, None)
                return
            case "sent_around":
                await say_sent_around(page, None)
                return
            case "services":
                await directory(page)
            case "questions":
                await questions(page)
            case _:
                me, profile, law = await ask.look(Me()), await ask.look(TheProfile()), await ask.look(TheLaw())
                await ask.say(card(topic, me.language, profile, law), sensitivity=Sensitivity.PUBLIC)


def card(topic: str, language: Language, profile: Profile, law: Law) -> Text:
    """The card for a topic."""
    cards = {
        "coordinator": COORDINATOR,
        "child": childrens_coordinator(law, profile),
        "young": YOUNG,
        "plan": PLAN,
        "group": GROUP,
        "rights": rights(law, language),
        "criteria": criteria(profile, language),
        "paper": paper(profile, language),
        "video": video(profile),
    }
    return cards.get(topic, contact_card(profile, language))


async def directory(ask: Ask) -> None:
    """Who can help with what: first for whom, then the list, a page at a time, then the card (A07)."""
    me, profile = await ask.look(Me()), await ask.look(TheProfile())
    whom = await ask.choice(
        "whom",
        t("Help for whom?"),
        {Audience.CHILD: t("A child or a young person"), Audience.ADULT: t("An adult")},
        sensitivity=Sensitivity.PUBLIC,
    )
    lines = [
        Line(value=service.id, button=service.name.text(me.language))
        for service in profile.services
        if service.audience in (whom, Audience.BOTH)
    ]
    none = Line(value="none", button=t("None of these"))
    service = profile.service(await pick(ask, t("Who can help? Choose one."), [*lines, none], sensitivity=Sensitivity.PUBLIC))
    if service is not None:
        await ask.say(service_card(service, me.language), sensitivity=Sensitivity.PUBLIC)
        return
    await ask.say(t("Not sure who can help? Ask us, and we will show you the way."), sensitivity=Sensitivity.PUBLIC)
    await ask.say(contact_card(profile, me.language), sensitivity=Sensitivity.PUBLIC)


async def questions(ask: Ask) -> None:
    """One of the questions that many have."""
    which = await ask.choice(
        "question",
        t("What many ask about the coordinator:"),
        {name: question for name, (question, _) in FAQ.items()},
        sensitivity=Sensitivity.PUBLIC,
    )
    await ask.say(FAQ[which][1], sensitivity=Sensitivity.PUBLIC)
