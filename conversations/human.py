"""Talk to a human: be phoned, write a message, or just see the numbers.

Requirement rows: B13, A07, Q06. Works half way through any other conversation; from a case, the message bears the case. Nothing more is
asked once somebody has said "phone me": where the chat may not hear the answer, the wish would be lost with the question.
Danger words are answered before any conversation sees them.
"""

from bot.domain.commands import AskHuman
from bot.domain.ids import CaseId
from bot.domain.queries import Me, TheProfile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.contact_card import contact_card


async def human(ask: Ask) -> None:
    """The conversation behind /menneske."""
    case = ask.given.get("case")
    await reach_human(ask, None if case is None else CaseId(int(case)))


async def reach_human(ask: Ask, case: CaseId | None) -> None:
    """The same from within another conversation, which must end with it."""
    me = await ask.look(Me())
    profile = await ask.look(TheProfile())
    how = await ask.choice(
        "how",
        t("How do you want to reach us?"),
        {
            "phone_me": t("Phone me"),
            "write": t("Write a message"),
            "numbers": t("Show me the phone numbers"),
        },
        sensitivity=Sensitivity.PUBLIC,
    )
    match how:
        case "phone_me":
            phone = await ask_phone(ask, me.phone)
            await ask.do("send", AskHuman(words=None, phone=phone, case=case))
            await ask.say(t("Good. A person will phone you."), sensitivity=Sensitivity.NEUTRAL)
        case "write":
            words = await ask.text("message", t("What do you want to say to us?"), sensitivity=Sensitivity.HEALTH)
            await ask.do("send", AskHuman(words=words, phone=None, case=case))
            await ask.say(t("Thank you. A person will read it and answer you."), sensitivity=Sensitivity.NEUTRAL)
        case _:
            await ask.say(contact_card(profile, me.language), sensitivity=Sensitivity.PUBLIC)
            await ask.say(
                t("In danger: phone 113. If you need a doctor now: phone 116 117."),
                sensitivity=Sensitivity.PUBLIC,
            )


async def ask_phone(ask: Ask, known: str | None) -> str:
    """The number to phone: the one we know, or another."""
    if known:
        which = await ask.choice(
            "which_phone",
            t("Which number shall we phone?"),
            {"known": t("The number you have from me"), "other": t("Another number")},
            sensitivity=Sensitivity.NEUTRAL,
        )
        if which == "known":
            return known
    return await ask.phone("phone", t("Which phone number can we reach you on?"))
