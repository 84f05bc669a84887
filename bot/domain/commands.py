"""What can be asked for, in the imperative.

Here: commands as values; a conversation hands one to `ask.do`, a button carries one. Not here: what they do (`bot.services`) and who
may (`bot.domain.access`, asked when the command takes effect, never when a button is drawn). Results are plain JSON.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.cases import AgeGroup, DecisionKind, ForWhom, LadderStep, Place, Source, TalkKind, Wanted
from bot.domain.ids import AssignmentId, CaseId, DecisionId, InquiryId, PersonId, TalkId, TaskId
from bot.engine.ask import Command
from bot.engine.texts import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Submit(Command[int]):
    """Send in an application or a report. The result is the case's number.

    `told`: someone met at work has been told and does not object. `applicant_*` is filled where KE enters what came by phone or paper.
    """

    for_whom: ForWhom
    wanted: Wanted
    age_group: AgeGroup
    services: tuple[str, ...] = ()
    long_lasting: str = "unsure"
    subject_name: str | None = None
    applicant_name: str | None = None
    need: str | None = None
    important: str | None = None
    wish: str | None = None
    reach: str = "chat"
    reach_details: str | None = None
    communication: str | None = None
    told: bool | None = None
    source: Source = Source.CHAT
    language: Language | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdraw(Command[None]):
    """The applicant, the recipient, or KE for them, takes an application back."""

    case: CaseId
    reason: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposeTalk(Command[int]):
    """Offer up to three times for a talk; the recipient picks one. `agreed`: they have said yes to the first already, so it is booked."""

    case: CaseId
    kind: TalkKind
    place: Place
    times: tuple[datetime, ...]
    agreed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PickTime(Command[None]):
    """Choose one of the times offered: its place in the list, from 0. A button's command; KE may do it for the person."""

    talk: TalkId
    choice: int


@dataclass(frozen=True, kw_only=True, slots=True)
class NoneSuits(Command[None]):
    """None of the times offered suits: whoever offered them is told, and the talk is open again."""

    talk: TalkId
    words: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class HoldTalk(Command[None]):
    """Record that a talk was held, with what KE or the coordinator notes."""

    case: CaseId
    kind: TalkKind
    note: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Decide(Command[int]):
    """Grant, grant in part, or propose to refuse. A refusal and a part need a reason; a refusal waits for a second person.

    The result is the decision.
    """

    case: CaseId
    kind: DecisionKind
    granted: Wanted | None
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ConfirmRefusal(Command[None]):
    """A second person at KE confirms a refusal or sends it back with a word."""

    decision: DecisionId
    confirmed: bool
    words: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TellOfDelay(Command[None]):
    """Tell the applicant that the answer takes longer, why, and by when it comes."""

    case: CaseId
    until: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Propose(Command[int]):
    """Ask a candidate's leader, or a department's leader to name a candidate (step 3: `candidate` is None). The result is the assignment.

    `criteria`: which of the handbook's criteria counted, any of "wish", "services" and "suits" (C07: Lund § 11.1), kept with the reason.
    """

    case: CaseId
    step: LadderStep
    candidate: PersonId | None
    department: str | None
    reason: str
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerAsLeader(Command[None]):
    """The leader's yes, no (with a reason) or another candidate. KE may record what a leader said on the phone.

    A yes with a `candidate` names who is asked: another one than proposed, or the first where a department was asked (step 3).
    """

    assignment: AssignmentId
    yes: bool
    reason: str | None = None
    candidate: PersonId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerAsCandidate(Command[None]):
    """The candidate's yes or no (with a reason). Beyond the profile's limit a yes needs the candidate's own reason (Lund § 6)."""

    assignment: AssignmentId
    yes: bool
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TalkWithLeader(Command[None]):
    """The candidate must talk with the leader first: the leader is told, and the candidate has the time the profile gives anew."""

    assignment: AssignmentId


@dataclass(frozen=True, kw_only=True, slots=True)
class Recall(Command[None]):
    """KE takes a question to a leader or a candidate back."""

    assignment: AssignmentId


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordContact(Command[None]):
    """The coordinator has been in touch with the recipient (Rana, Oppstart 4). The recipient chooses the place of the start-up talk."""

    case: CaseId
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class NoTime(Command[None]):
    """A coordinator has no time for the task: the leader is told, KE counts (Ringerike; Rana, Oppstart)."""

    case: CaseId
    words: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportOwnDecision(Command[int]):
    """A department has decided itself to coordinate and reports it to KE (Rana, KE og saksbehandling). The result is the case's number."""

    subject_name: str
    age_group: AgeGroup
    wanted: Wanted
    coordinator: PersonId | None
    agreed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick(Command[None]):
    """Tick an item of a checklist of the case. `checklist` is "ke" or "coordinator"; `item` is its id in the profile."""

    case: CaseId
    checklist: str
    item: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteInformed(Command[None]):
    """A professional has told someone about the rights (Lund § 6). Only that it was done is counted, nothing about whom."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AskHuman(Command[None]):
    """Leave a message for a human at KE, or ask to be phoned."""

    words: str | None
    phone: str | None
    case: CaseId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerInquiry(Command[None]):
    """KE has answered: by a message, or by phone (`words` None)."""

    inquiry: InquiryId
    words: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FinishTask(Command[None]):
    """KE has done what a task asks for. Tasks that hold a case (clarify, decide, appoint) finish by what they ask for, not by this.

    `words`: the answer to a coordinator who asked about a case, who reads it; of other tasks nothing is kept.
    """

    task: TaskId
    words: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SetLanguage(Command[None]):
    """Choose the written form for everything from now on."""

    language: Language


@dataclass(frozen=True, kw_only=True, slots=True)
class SetName(Command[None]):
    """What the person wants to be called, and a phone number where one is given."""

    name: str
    phone: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class UseLinkCode(Command[str]):
    """Link this account by a code from KE. The result is "linked" or "refused", the same for unknown, used and expired."""

    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StopChannel(Command[None]):
    """Stop every notice in this chat. The case goes on; KE is told to use another way."""


@dataclass(frozen=True, kw_only=True, slots=True)
class KeepDraft(Command[None]):
    """An application left half way: keep it (another year) or delete it."""

    session: int
    keep: bool
