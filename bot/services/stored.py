"""What is stored about a person, and who has looked at it, for that person.

Here: a readable account made of what is stored and of the audit. Not here: showing it. Guarantees: nobody gets anybody else's; an
inhabitant reads which part of the municipality has looked, and staff by name only where the case shows the name as well.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from bot.domain.access import Action, Role, may
from bot.domain.ids import CaseId, PersonId
from bot.engine.texts import Text, t, verbatim
from bot.phone import readable
from bot.services.municipality import Context
from bot.store import assignments, audit, cases, members, people

MOST: Final = 200
Chat = Literal["none", "connected", "confirmed"]

DEEDS: Final[dict[str, Text]] = {
    "case.received": t("Received the application"),
    "case.read": t("Opened the case"),
    "case.withdrawn": t("Took the application back"),
    "circle.read": t("Opened the list of those around you"),
    "circle.read_as_member": t("Looked at what is shared"),
    "case.reported_by_department": t("Reported the case"),
}
OTHER_DEED: Final = t("Worked with the case")


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """Somebody opened or changed a case. `at` is aware."""

    at: datetime
    number: int
    who: Text
    what: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """What is stored about one person."""

    name: str | None
    phone: str | None
    since: datetime
    chat: Chat
    looks: tuple[Look, ...]


def about(context: Context) -> Stored:
    """What is stored about the one who asks. The read of the audit is itself recorded."""
    tx, person = context.tx, people.person(context.tx, context.actor)
    looks = [_look(context, case, entry) for case in open_to(context) for entry in audit.of_case(tx, case, MOST)]
    audit.record(tx, "stored.read", actor=context.actor)
    chat: Chat = "none" if person.account is None else "confirmed" if person.link_confirmed else "connected"
    return Stored(
        name=person.name,
        phone=None if person.phone is None else readable(person.phone, person.language),
        since=people.known_since(tx, context.actor),
        chat=chat,
        looks=tuple(sorted(looks, key=lambda look: look.at, reverse=True)[:MOST]),
    )


def open_to(context: Context) -> list[CaseId]:
    """My cases whose content I may see; who only reported one learns nothing about it here."""
    tx, me = context.tx, context.actor
    standing = people.standing_roles(tx, me)
    return [
        case
        for case in cases.of_party(tx, me)
        if may(Action.SEE_CONTENT, cases.roles_in(tx, case, me, standing), cases.get(tx, case).state)
    ]


def _look(context: Context, case: CaseId, entry: audit.Entry) -> Look:
    return Look(
        at=entry.at,
        number=cases.get(context.tx, case).number,
        who=who(context, case, entry.actor),
        what=DEEDS.get(entry.action, OTHER_DEED),
    )


def who(context: Context, case: CaseId | None, actor: PersonId | None) -> Text:
    """Who it was, as far as the person may know."""
    if actor is None:
        return t("Samråd itself")
    if actor == context.actor:
        return t("Yourself")
    roles = people.standing_roles(context.tx, actor)
    accepted = None if case is None else assignments.accepted(context.tx, case)
    if accepted is not None and accepted.candidate == actor:
        name = people.person(context.tx, actor).name
        return verbatim(name) if name else t("The coordinator")
    if case is not None and (name := members.name_of(context.tx, case, actor)) is not None:
        return verbatim(name)
    if roles & {Role.KE, Role.KE_LEADER}:
        return t("The coordinating unit")
    if roles:
        return t("Somebody who works in the municipality")
    return t("Another party in the case")
