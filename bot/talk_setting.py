"""The case behind a conversation played in the terminal.

Here: how far a case must have come before each conversation can begin, and the way there. Not here: the playing (`bot.talk`), the people
(`bot.talk_cast`), what follows a coordinator's yes (`bot.talk_further`). Guarantee: a case is brought that far by the commands people
give, never by writing rows, so that it is one that can really be.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.clock import TurnableClock
from bot.domain.cases import AgeGroup, DecisionKind, ForWhom, LadderStep, Wanted
from bot.domain.commands import AnswerAsCandidate, AnswerAsLeader, AskHuman, Decide, Propose, Submit
from bot.domain.ids import AssignmentId, CaseId, MeetingId
from bot.engine.registry import Entry
from bot.engine.texts import Language
from bot.services.desk import HOLDING
from bot.services.municipality import Municipality
from bot.store import cases, tasks
from bot.store.database import Database, Tx
from bot.talk_cast import NAMES, Cast, Deeds, Far, Player, cast
from bot.talk_further import begins, bring_further, held

CHILD: Final = "Iver Myrvang"
INTO_THE_MEETING: Final = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """Who usually plays a conversation, how far the case has come, and which facts it is begun with."""

    player: Player
    far: Far = Far.NOWHERE
    given: tuple[str, ...] = ()


SCENES: Final[Mapping[str, Scene]] = {
    "my_case": Scene(player=Player.CITIZEN, far=Far.APPLIED),
    "staff": Scene(player=Player.KE, far=Far.APPLIED),
    "figures": Scene(player=Player.KE, far=Far.APPLIED),
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
    "startup_talk": Scene(player=Player.COORDINATOR, far=Far.AROUND, given=("case",)),
    "introduce": Scene(player=Player.COORDINATOR, far=Far.AROUND, given=("case",)),
    "self_check": Scene(player=Player.COORDINATOR, far=Far.ACCEPTED, given=("case",)),
    "way_of_working": Scene(player=Player.CITIZEN, far=Far.ACCEPTED, given=("case",)),
    "my_words": Scene(player=Player.CITIZEN, far=Far.ACCEPTED, given=("case",)),
    "office_hours": Scene(player=Player.COORDINATOR, far=Far.ACCEPTED),
    "no_time": Scene(player=Player.COORDINATOR, far=Far.ACCEPTED, given=("case",)),
    "checklist": Scene(player=Player.COORDINATOR, far=Far.ACCEPTED, given=("case", "checklist")),
    "answer_inquiry": Scene(player=Player.KE, far=Far.ASKED_HUMAN, given=("inquiry",)),
    "my_sharing": Scene(player=Player.CITIZEN, far=Far.CONSENT_ASKED, given=("case",)),
    "consent": Scene(player=Player.CITIZEN, far=Far.CONSENT_ASKED, given=("consent",)),
    "object_sharing": Scene(player=Player.CITIZEN, far=Far.ACCEPTED, given=("case",)),
    "ask_consent": Scene(player=Player.COORDINATOR, far=Far.AROUND, given=("case",)),
    "paper_consent": Scene(player=Player.KE, far=Far.CONSENT_ASKED, given=("case",)),
    "substitute": Scene(player=Player.COORDINATOR, far=Far.SUBSTITUTE_ASKED, given=("case",)),
    "substitute_answer": Scene(player=Player.COLLEAGUE, far=Far.SUBSTITUTE_ASKED, given=("substitute",)),
    "away": Scene(player=Player.COORDINATOR, far=Far.AWAY),
    "uncovered": Scene(player=Player.COORDINATOR, far=Far.AWAY),
    "change_coordinator": Scene(player=Player.COORDINATOR, far=Far.ACCEPTED, given=("case",)),
    "change_wish": Scene(player=Player.CITIZEN, far=Far.WISH_ASKED, given=("case",)),
    "change_answer": Scene(player=Player.COLLEAGUE, far=Far.CHANGE_ASKED, given=("ask",)),
    "change_leader": Scene(player=Player.LEADER, far=Far.CHANGE_BEGUN, given=("case",)),
    "change_unit": Scene(player=Player.KE, far=Far.UNIT_DECIDES, given=("case",)),
    "take_over": Scene(player=Player.COLLEAGUE, far=Far.TAKING_OVER, given=("case",)),
    "hand_over_pack": Scene(player=Player.COLLEAGUE, far=Far.TAKING_OVER, given=("case",)),
    "circle": Scene(player=Player.COORDINATOR, far=Far.AROUND, given=("case",)),
    "add_member": Scene(player=Player.COORDINATOR, far=Far.ACCEPTED, given=("case",)),
    "member": Scene(player=Player.MEMBER, far=Far.INVITED, given=("member",)),
    "children": Scene(player=Player.COORDINATOR, far=Far.CHILD, given=("case",)),
    "standing": Scene(player=Player.KE, far=Far.CHILD, given=("case",)),
    "shield": Scene(player=Player.KE, far=Far.CHILD, given=("case",)),
    "lapse": Scene(player=Player.KE, far=Far.ACCEPTED, given=("case",)),
    "meeting": Scene(player=Player.COORDINATOR, far=Far.AROUND, given=("case",)),
    "meeting_plan_answer": Scene(player=Player.CITIZEN, far=Far.MEETING_PLANNED, given=("meeting",)),
    "meeting_times": Scene(player=Player.MEMBER, far=Far.TIMES_OPEN, given=("meeting",)),
    "attend": Scene(player=Player.MEMBER, far=Far.MEETING_CALLED, given=("meeting",)),
    "my_meetings": Scene(player=Player.MEMBER, far=Far.MEETING_CALLED),
    "phase": Scene(player=Player.COORDINATOR, far=Far.ACCEPTED, given=("case",)),
    "transitions": Scene(player=Player.COORDINATOR, far=Far.ACCEPTED, given=("case",)),
    "good_to_know": Scene(player=Player.CITIZEN, far=Far.ACCEPTED, given=("case",)),
    "group": Scene(player=Player.COORDINATOR, far=Far.AROUND, given=("case",)),
    "minutes": Scene(player=Player.COORDINATOR, far=Far.MEETING_BEGUN, given=("meeting",)),
    "minutes_read": Scene(player=Player.CITIZEN, far=Far.MINUTES_SENT, given=("meeting",)),
    "my_task": Scene(player=Player.MEMBER, far=Far.MINUTES_SENT, given=("task",)),
    "my_tasks": Scene(player=Player.MEMBER, far=Far.MINUTES_SENT),
    "case_tasks": Scene(player=Player.COORDINATOR, far=Far.MINUTES_SENT, given=("case",)),
    "closing": Scene(player=Player.COORDINATOR, far=Far.ACCEPTED, given=("case",)),
    "evaluate": Scene(player=Player.CITIZEN, far=Far.ACCEPTED, given=("case",)),
    "evaluation": Scene(player=Player.COORDINATOR, far=Far.ACCEPTED, given=("case",)),
    "follow_up": Scene(player=Player.CITIZEN, far=Far.ACCEPTED, given=("case",)),
    "complain": Scene(player=Player.CITIZEN, far=Far.ACCEPTED, given=("case",)),
    "complaint": Scene(player=Player.KE, far=Far.COMPLAINED, given=("complaint",)),
    "complaints": Scene(player=Player.KE, far=Far.COMPLAINED),
    "look_back": Scene(player=Player.COORDINATOR),
    "archive": Scene(player=Player.KE, far=Far.ENDED, given=("case",)),
    "own_pack": Scene(player=Player.CITIZEN, far=Far.AROUND, given=("case",)),
    "plan": Scene(player=Player.COORDINATOR, far=Far.AROUND, given=("case",)),
    "promises": Scene(player=Player.CITIZEN, far=Far.ACCEPTED, given=("case",)),
    "stuck": Scene(player=Player.COORDINATOR, far=Far.ACCEPTED, given=("case",)),
    "own_look": Scene(player=Player.COORDINATOR, far=Far.ACCEPTED, given=("case",)),
    "circle_messages": Scene(player=Player.COORDINATOR, far=Far.AROUND, given=("case",)),
    "guidance": Scene(player=Player.KE, far=Far.GUIDANCE),
    "take_sent_around": Scene(player=Player.KE, far=Far.SENT_AROUND),
    "halt": Scene(player=Player.KE, far=Far.ACCEPTED, given=("case",)),
}
"""The conversations that need something to be there first. Any other begins with nothing: at KE if it is for staff, else as a citizen."""


def scene_of(entry: Entry) -> Scene:
    """The scene of a conversation, also of one that is new."""
    return SCENES.get(entry.name) or Scene(player=Player.KE if entry.staff else Player.CITIZEN)


def prepare(tx: Tx, municipality: Municipality, people_: Cast, far: Far) -> dict[str, str]:
    """Bring a case as far as `far`; what conversations are begun with, by name."""
    deeds, facts = Deeds(tx, municipality, people_), dict[str, str]()
    if far is Far.ASKED_HUMAN:
        deeds.by(Player.CITIZEN, AskHuman(words="When can somebody phone me?", phone=None))
        facts["inquiry"] = next(str(task.inquiry) for task in tasks.open_tasks(tx) if task.inquiry is not None)
    if far < Far.APPLIED:
        return facts
    deeds.by(Player.CITIZEN, _application(child=far is Far.CHILD))
    case = cases.of_party(tx, people_.people[Player.CITIZEN])[0]
    facts["case"] = str(case)
    if far is Far.REFUSAL_PROPOSED:
        refusal = Decide(case=case, kind=DecisionKind.REFUSE, granted=None, reason="There is no long-lasting need.")
        facts["decision"] = str(deeds.by(people_.second_at_ke, refusal))
    if far < Far.GRANTED:
        return facts
    deeds.by(Player.KE, Decide(case=case, kind=DecisionKind.GRANT, granted=Wanted.COORDINATOR, reason=""))
    facts["task"] = next((str(task.id) for task in tasks.of_case(tx, case) if task.kind not in HOLDING), "0")
    if far > Far.GRANTED:
        ask = Propose(
            case=case,
            step=LadderStep.WISH,
            candidate=people_.people[Player.COORDINATOR],
            department=people_.department,
            reason="The person's own wish.",
        )
        facts["assignment"] = str(deeds.by(Player.KE, ask))
        _answers(deeds, far, AssignmentId(int(facts["assignment"])))
    return facts if far < Far.ACCEPTED else facts | bring_further(deeds, far, case)


def _application(*, child: bool) -> Submit:
    for_whom, age, name = (ForWhom.MY_CHILD, AgeGroup.UNDER_16, CHILD) if child else (ForWhom.ME, AgeGroup.ADULT, None)
    wish = NAMES[Player.COORDINATOR]
    return Submit(for_whom=for_whom, wanted=Wanted.COORDINATOR, age_group=age, subject_name=name, long_lasting="yes", wish=wish)


def _answers(deeds: Deeds, far: Far, assignment: AssignmentId) -> None:
    if far >= Far.CANDIDATE_ASKED:
        deeds.by(Player.LEADER, AnswerAsLeader(assignment=assignment, yes=True))
    if far >= Far.ACCEPTED:
        deeds.by(Player.COORDINATOR, AnswerAsCandidate(assignment=assignment, yes=True))


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """The people, and what there is to begin a conversation with, by name."""

    cast: Cast
    facts: Mapping[str, str]

    def given(self, scene: Scene, player: Player) -> dict[str, str]:
        """What this player begins the conversation of a scene with."""
        facts = {**self.facts, "checklist": "ke" if player is Player.KE else "coordinator"}
        return {name: facts[name] for name in scene.given}


async def settle(database: Database, clock: TurnableClock, municipality: Municipality, language: Language, far: Far) -> Setting:
    """Make the people and bring a case as far as `far`, in an empty database on `clock`, which is turned to where a meeting has begun."""

    def work(tx: Tx) -> Setting:
        people_ = cast(tx, municipality, language)
        return Setting(cast=people_, facts=prepare(tx, municipality, people_, far))

    setting = await database.transact(work)
    if far not in {Far.MEETING_BEGUN, Far.MINUTES_SENT}:
        return setting
    meeting, case = MeetingId(int(setting.facts["meeting"])), CaseId(int(setting.facts["case"]))
    clock.turn_to(await database.transact(lambda tx: begins(Deeds(tx, municipality, setting.cast), meeting)) + INTO_THE_MEETING)
    if far is Far.MEETING_BEGUN:
        return setting
    more = await database.transact(lambda tx: held(Deeds(tx, municipality, setting.cast), case, meeting))
    return Setting(cast=setting.cast, facts={**setting.facts, **more})
