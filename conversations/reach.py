"""How we reach someone: in the chat, by phone, by letter, or by meeting them where they are.

Requirement row: B09 (some find it hard to describe their needs; meet them where they are: Lund § 9).
"""

from dataclasses import dataclass

from bot.domain.phone_numbers import readable
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t
from conversations.words import REACH


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """The way, as a key of `REACH`, and the number, address or place that goes with it."""

    way: str
    details: str | None


async def ask_reach(ask: Ask, known_phone: str | None) -> Reach:
    """How to reach the one who writes. One press where the chat or the known number will do."""
    options: dict[str, Text] = {"chat": REACH["chat"]}
    if known_phone:
        options["known_phone"] = t("Phone me on {phone}", phone=readable(known_phone))
        options["phone"] = t("Phone another number")
    else:
        options["phone"] = t("Phone me")
    options |= {"visit": REACH["visit"], "letter": REACH["letter"]}
    way = await ask.choice(
        "reach", t("How shall we get in touch with you?"), options, label=t("How we reach you"), sensitivity=Sensitivity.PERSONAL
    )
    if way == "known_phone":
        return Reach(way="phone", details=known_phone)
    return Reach(way=way, details=await _details(ask, way))


async def ask_reach_other(ask: Ask) -> Reach:
    """How to reach someone that a professional writes about."""
    way = await ask.choice(
        "reach",
        t("How shall we get in touch with the person?"),
        {
            "chat": t("Through me, here in Samråd"),
            "phone": t("Phone the person"),
            "visit": t("Meet the person somewhere"),
            "letter": t("Send a letter"),
        },
        label=t("How we reach the person"),
        sensitivity=Sensitivity.PRACTICAL,
    )
    return Reach(way=way, details=await _details(ask, way))


async def _details(ask: Ask, way: str) -> str | None:
    match way:
        case "phone":
            return await ask.phone("phone", t("Which phone number shall we use?"), label=t("Phone number"))
        case "letter":
            return await ask.text(
                "address",
                t("Which address shall we write to?"),
                skip=t("You find it yourselves"),
                label=t("Postal address"),
                sensitivity=Sensitivity.PERSONAL,
                max_length=200,
            )
        case "visit":
            return await ask.text(
                "where",
                t("Where shall we meet? At home is fine, and so is another place."),
                skip=t("We find a place together"),
                label=t("Where we meet"),
                sensitivity=Sensitivity.PRACTICAL,
                max_length=200,
            )
    return None
