"""The people and the case behind a conversation played in the terminal.

Here: who plays what, and how far a case must have come before a conversation can begin. Not here: the playing (`bot.talk`). Guarantee: a
case is brought that far by the commands people give, never by writing rows, so that it is one that can really be.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from bot.domain.access import Role
from bot.domain.cases import AgeGroup, DecisionKind, ForWhom, LadderStep, Wanted
from bot.domain.commands import AnswerAsCandidate, AnswerAsLeader, AskHuman, Decide, Propose, Submit
from bot.domain.ids import AssignmentId, PersonId
from bot.domain.incoming import AccountId
from bot.engine.ask import Command
from bot.engine.registry import Entry
from bot.engine.texts import Language
from bot.services.commands import carry_out
from bot.services.desk import HOLDING
from bot.services.municipality import Context, Municipality
from bot.store import cases, people, tasks
from bot.store.database import Tx


class Player(StrEnum):
    """Whom one can be."""

    CITIZEN = "citizen"
    KE = "ke"
    LEADER = "leader"
    COORDINATOR = "coordinator"


ROLES: Final[Mapping[Player, Role]] = {Player.KE: Role.KE, Player.LEADER: Role.LEADER, Player.COORDINATOR: Role.COORDINATOR}
NAMES: Final[Mapping[Player, str]] = {
    Player.CITIZEN: "Solveig Myrvang",
    Player.KE: "Torhild Aasen",
    Player.LEADER: "Kari Nordby",
    Player.COORDINATOR: "Jonas Berg",
}
SECOND_AT_KE: Final = "Marit Holm"
FIRST_ACCOUNT: Final = 9_000_000_000_001


class Far(IntEnum):
    """How far the case has come when the conversation begins."""

    NOWHERE = 0
    ASKED_HUMAN = 1
    APPLIED = 2
    REFUSAL_PROPOSED = 3
    GRANTED = 4
    LEADER_ASKED = 5
    CANDIDATE_ASKED = 6
    ACCEPTED = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """Who usually plays a conversation, how far the case has come, and which facts it is begun with."""

    player: Player
    far: Far = Far.NOWHERE
    given: tuple[str, ...] = ()


SCENES: Final[Mapping[str, Scene]] = {
    "my_case": Scene(player=Player.CITIZEN, far=Far.APPLIED),
    "staff": Scene(player=Player.KE, far=Far.APPLIED),
    "inbox": Scene(player=Player.KE, far=Far.APPLIED),
    "clarify": Scene(player=Player.KE, far=Far.APPLIED, given=("case",)),
    "decide": Scene(player=Player.KE, far=Far.APPLIED, given=("case",)),
    "delay": Scene(player=Player.KE, far=Far.APPLIED, given=("case",)),
    "confirm_refusal": Scene(player=Player.KE, far=Far.REFUSAL_PROPOSED, given=("case", "decision")),
    "appoint": Scene(player=Player.KE, far=Far.GRANTED, given=("case",)),
    "finish_task": Scene(player=Player.KE, far=Far.GRANTED, given=("task",)),
    "leader_answer": Scene(player=Player.LEADER, far=Far.LEADER_ASKED, given=("assignment",)),
    "own_decision": Scene(player=Player.LEADER),
    "candidate_answer": Scene(player=Player.COORDINATOR, far=Far.CANDIDATE_ASKED, given=("assignment",)),
    "first_contact": Scene(player=Player.COORDINATOR, far=Far.ACCEPTED, given=("case",)),
    "no_time": Scene(player=Player.COORDINATOR, far=Far.ACCEPTED, given=("case",)),
    "checklist": Scene(player=Player.COORDINATOR, far=Far.ACCEPTED, given=("case", "checklist")),
    "answer_inquiry": Scene(player=Player.KE, far=Far.ASKED_HUMAN, given=("inquiry",)),
}
"""The conversations that need something to be there first. Any other begins with nothing: at KE if it is for staff, else as a citizen."""


def scene_of(entry: Entry) -> Scene:
    """The scene of a conversation, also of one that is new."""
    return SCENES.get(entry.name) or Scene(player=Player.KE if entry.staff else Player.CITIZEN)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cast:
    """The people, with their chats."""

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


class _Deeds:
    """Commands, each given by the one who would give it."""

    def __init__(self, tx: Tx, municipality: Municipality, people_: Cast) -> None:
        self._tx, self._municipality, self.people = tx, municipality, people_

    def by(self, who: PersonId, command: Command[object]) -> object:
        return carry_out(Context(tx=self._tx, municipality=self._municipality, actor=who), command)


def prepare(tx: Tx, municipality: Municipality, people_: Cast, far: Far, player: Player) -> dict[str, str]:
    """Bring a case as far as `far`; what conversations are begun with, by name."""
    deeds, facts = _Deeds(tx, municipality, people_), {"checklist": "ke" if player is Player.KE else "coordinator"}
    citizen = people_.people[Player.CITIZEN]
    if far is Far.ASKED_HUMAN:
        deeds.by(citizen, AskHuman(words="When can somebody phone me?", phone=None))
        facts["inquiry"] = next(str(task.inquiry) for task in tasks.open_tasks(tx) if task.inquiry is not None)
    if far < Far.APPLIED:
        return facts
    wish = NAMES[Player.COORDINATOR]
    deeds.by(citizen, Submit(for_whom=ForWhom.ME, wanted=Wanted.COORDINATOR, age_group=AgeGroup.ADULT, long_lasting="yes", wish=wish))
    case = cases.of_party(tx, citizen)[0]
    facts["case"] = str(case)
    if far is Far.REFUSAL_PROPOSED:
        refusal = Decide(case=case, kind=DecisionKind.REFUSE, granted=None, reason="There is no long-lasting need.")
        facts["decision"] = str(deeds.by(people_.second_at_ke, refusal))
    if far < Far.GRANTED:
        return facts
    deeds.by(people_.people[Player.KE], Decide(case=case, kind=DecisionKind.GRANT, granted=Wanted.COORDINATOR, reason=""))
    facts["task"] = next((str(task.id) for task in tasks.of_case(tx, case) if task.kind not in HOLDING), "0")
    if far > Far.GRANTED:
        ask = Propose(
            case=case,
            step=LadderStep.WISH,
            candidate=people_.people[Player.COORDINATOR],
            department=people_.department,
            reason="The person's own wish.",
        )
        facts["assignment"] = str(deeds.by(people_.people[Player.KE], ask))
        _answers(deeds, far, AssignmentId(int(facts["assignment"])))
    return facts


def _answers(deeds: _Deeds, far: Far, assignment: AssignmentId) -> None:
    if far >= Far.CANDIDATE_ASKED:
        deeds.by(deeds.people.people[Player.LEADER], AnswerAsLeader(assignment=assignment, yes=True))
    if far >= Far.ACCEPTED:
        deeds.by(deeds.people.people[Player.COORDINATOR], AnswerAsCandidate(assignment=assignment, yes=True))
