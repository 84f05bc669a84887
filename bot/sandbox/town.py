"""The people of a made-up municipality.

Here: names, accounts and the language each one has chosen in the chat app. Not here: what they may do in the bot; whoever starts the
sandbox registers them and hands in their link codes. Guarantee: nobody here exists; the account numbers are outside those Telegram
gives out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.engine.texts import Language, Text, t

MUNICIPALITY = "Solvik kommune"
FIRST_ACCOUNT = 9_000_000_000_001
"""Telegram's numbers have at most 52 significant bits; those in use today are below 10 to the tenth."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Inhabitant:
    """One person with a chat app. `link_code` is the payload of the Start button, as in `t.me/bot?start=code`."""

    account_id: int
    name: str
    role_label: Text
    language: Language
    link_code: str | None = None


def inhabitants() -> tuple[Inhabitant, ...]:
    """Everybody, in the order in which the page shows them, without link codes."""
    nb, nn = Language.NB, Language.NN
    people = (
        ("Solveig Myrvang", t("Service recipient"), nn),
        ("Anders Lie", t("Parent"), nb),
        ("Torhild Aasen", t("Case worker, coordinating unit"), nn),
        ("Marit Holm", t("Leader, coordinating unit"), nb),
        ("Jonas Berg", t("Coordinator"), nb),
        ("Ingunn Støylen", t("Coordinator"), nn),
        ("Kari Nordby", t("Leader of a department"), nb),
        ("Amina Hassan", t("Teacher"), nb),
    )
    return tuple(
        Inhabitant(account_id=FIRST_ACCOUNT + index, name=name, role_label=role, language=language)
        for index, (name, role, language) in enumerate(people)
    )


def with_link_codes(people: Iterable[Inhabitant], codes: Mapping[int, str]) -> tuple[Inhabitant, ...]:
    """The same people, each with the link code registered for the account, if there is one."""
    return tuple(replace(person, link_code=codes.get(person.account_id)) for person in people)
