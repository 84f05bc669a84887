"""The people of a conversation played in the terminal.

Here: who one can be, how far a case can have come, the people made for an evening, and commands given by one of them. Not here:
what they have done before it begins (`bot.talk_setting`, `bot.talk_further`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Final, TypeVar

from bot.domain.access import Role
from bot.domain.ids import PersonId
from bot.domain.incoming import AccountId
from bot.domain.reminders import OSLO
from bot.engine.ask import Command
from bot.engine.texts import Language
from bot.services.commands import carry_out
from bot.services.municipality import Context, Municipality
from bot.store import people
from bot.store.database import Tx

T = TypeVar("T")


class Player(StrEnum):
    """Whom one can be. The colleague coordinates in the same department; the member takes part in the circle around the citizen."""

    CITIZEN = "citizen"
    KE = "ke"
    LEADER = "leader"
    COORDINATOR = "coordinator"
    COLLEAGUE = "colleague"
    MEMBER = "member"


class Far(IntEnum):
    """How far. Up to `ACCEPTED` each holds what stands before it; those after it are branches from there."""

    NOWHERE = 0
    ASKED_HUMAN = 1
    APPLIED = 2
    REFUSAL_PROPOSED = 3
    GRANTED = 4
    LEADER_ASKED = 5
    CANDIDATE_ASKED = 6
    ACCEPTED = 7
    CONSENT_ASKED = 8
    INVITED = 9
    AROUND = 10
    MEETING_PLANNED = 11
    TIMES_OPEN = 12
    MEETING_CALLED = 13
    MEETING_BEGUN = 14
    MINUTES_SENT = 15
    SUBSTITUTE_ASKED = 16
    AWAY = 17
    CHANGE_BEGUN = 18
    WISH_ASKED = 19
    CHANGE_ASKED = 20
    UNIT_DECIDES = 21
    TAKING_OVER = 22
    CHILD = 23
    COMPLAINED = 24
    ENDED = 25
    SENT_AROUND = 26
    GUIDANCE = 27


ROLES: Final[Mapping[Player, Role]] = {
    Player.KE: Role.KE,
    Player.LEADER: Role.LEADER,
    Player.COORDINATOR: Role.COORDINATOR,
    Player.COLLEAGUE: Role.COORDINATOR,
}
NAMES: Final[Mapping[Player, str]] = {
    Player.CITIZEN: "Solveig Myrvang",
    Player.KE: "Torhild Aasen",
    Player.LEADER: "Kari Nordby",
    Player.COORDINATOR: "Jonas Berg",
    Player.COLLEAGUE: "Ingrid Dahl",
    Player.MEMBER: "Trond Lie",
}
SECOND_AT_KE: Final = "Marit Holm"
FIRST_ACCOUNT: Final = 9_000_000_000_001


@dataclass(frozen=True, kw_only=True, slots=True)
class Cast:
    """The people as they came, with their chats. Whose chat it is can change: a code makes the member somebody known here."""

    people: Mapping[Player, PersonId]
    accounts: Mapping[Player, AccountId]
    second_at_ke: PersonId
    department: str


def cast(tx: Tx, municipality: Municipality, language: Language) -> Cast:
    """Make the people, all of whom read `language`."""
    department = municipality.profile.departments[0].id
    known: dict[Player, PersonId] = {}
    accounts: dict[Player, AccountId] = {}
    for number, (player, name) in enumerate(NAMES.items(), start=FIRST_ACCOUNT):
        known[player] = people.create(tx, language=language, name=name)
        accounts[player] = AccountId(number)
        people.add_account(tx, accounts[player], known[player])
        if role := ROLES.get(player):
            people.give_role(tx, known[player], role, None if role is Role.KE else department)
    second = people.create(tx, language=language, name=SECOND_AT_KE)
    people.give_role(tx, second, Role.KE_LEADER, None)
    return Cast(people=known, accounts=accounts, second_at_ke=second, department=department)


class Deeds:
    """Commands, each given by the one who would give it."""

    def __init__(self, tx: Tx, municipality: Municipality, people_: Cast) -> None:
        self.tx, self._municipality, self.people = tx, municipality, people_

    @property
    def today(self) -> date:
        """The day in Oslo."""
        return self.tx.now.astimezone(OSLO).date()

    def person(self, player: Player) -> PersonId:
        """Whose chat it is now."""
        found = people.of_account(self.tx, self.people.accounts[player])
        assert found is not None
        return found

    def by(self, who: Player | PersonId, command: Command[T]) -> T:
        """The command's result. Raises `Refused` as for anybody else."""
        account = self.people.accounts[who] if isinstance(who, Player) else None
        actor = self.person(who) if isinstance(who, Player) else who
        context = Context(tx=self.tx, municipality=self._municipality, actor=actor, account=account)
        return carry_out(context, command)  # type: ignore[return-value]
