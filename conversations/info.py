"""Information for everybody. Stores nothing, needs no link, and says nothing about the one who reads.

Requirement rows: A05, A07, A08, A11 to A14, B10, B17, C19, D20, K11, Q06, S01 to S06, U01 to U05.
"""

from itertools import count
from typing import Final

from bot.domain.queries import Me, TheLaw, TheProfile
from bot.domain.rules import Law, Profile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Language, Text, t
from conversations.cards import COORDINATOR, FAQ, GROUP, PLAN, YOUNG, childrens_coordinator, criteria, paper, rights, sources, video
from conversations.contact_card import contact_card
from conversations.directory import directory
from conversations.human import reach_human
from conversations.rooms import Rooms, choose, in_rooms
from conversations.sent_around import SENT_AROUND, say_sent_around
from conversations.why import RULES, why

TOPICS = {
    "coordinator": t("Coordinator"),
    "child": t("Children's coordinator"),
    "young": t("For you who are under 18"),
    "plan": t("Individual plan"),
    "group": t("Responsibility group"),
    "rights": t("Your rights"),
    "why": t("Why is the rule so?"),
    "criteria": t("Who is it for?"),
    "services": t("Who can help with what?"),
    "questions": t("Questions and answers"),
    "paper": t("Forms on paper"),
    "video": t("A short film"),
    "sources": t("Pages to read"),
    "phone": t("Phone and address"),
    "sent_around": SENT_AROUND,
    "ask": t("Ask us"),
    "done": t("That is all"),
}
ROOMS: Final[Rooms] = {
    "what": (t("Coordinator, plan and group"), ("coordinator", "child", "plan", "group")),
    "rights": (t("Rights and rules"), ("rights", "criteria", "young", "why")),
    "more": (t("Questions, forms and reading"), ("questions", "paper", "video", "sources")),
}
LAST: Final = ("phone", "ask", "done")


async def info(ask: Ask) -> None:
    """Cards to choose among, until the reader has had enough."""
    for turn in count(1):
        page = ask.under(str(turn))
        prompt = t("What do you want to know?") if turn == 1 else t("What else do you want to know?")
        topic = await choose(page, in_rooms(TOPICS, ROOMS, LAST), ROOMS, prompt=prompt, sensitivity=Sensitivity.PUBLIC)
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
                if await directory(page) == "human":
                    return
            case "why":
                await why_of(page)
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
        "sources": sources(profile, language),
    }
    return cards.get(topic, contact_card(profile, language))


async def why_of(ask: Ask) -> None:
    """Why a rule is as it is here (T09)."""
    me, profile = await ask.look(Me()), await ask.look(TheProfile())
    rule = await ask.choice("rule", t("Which rule?"), {name: label for name, (label, _) in RULES.items()}, sensitivity=Sensitivity.PUBLIC)
    await ask.say(why(profile, rule, me.language), sensitivity=Sensitivity.PUBLIC)


async def questions(ask: Ask) -> None:
    """One of the questions that many have."""
    which = await ask.choice(
        "question",
        t("What many ask about the coordinator:"),
        {name: question for name, (question, _) in FAQ.items()},
        sensitivity=Sensitivity.PUBLIC,
    )
    await ask.say(FAQ[which][1], sensitivity=Sensitivity.PUBLIC)
