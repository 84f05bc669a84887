"""The rules a municipality sets for itself: what the handbooks answer differently.

Here: frozen values and nothing else. Not here: reading and checking the files (`bot.profile`), the law's own time limits
(`bot.domain.law`), and what the rules lead to (the rest of `bot.domain`). Guarantee: a rule that the handbooks answer differently is a
value in this tree, never a number in the code. Each value's source stands beside it in `profiles/*.toml`.
"""

from dataclasses import dataclass
from datetime import time

from bot.domain.agenda_rules import AgendaPoint, AgendaRules, PointOf, UsualAgendas
from bot.domain.checklists import ChecklistItem, Checklists, RecurringTask
from bot.domain.choices import (
    AppointedBy,
    Archive,
    Audience,
    ChangeDecidedBy,
    Disagreement,
    LedBy,
    MinutesExtent,
    NextMeeting,
    PlanOpenedBy,
    PrivacyLevel,
    Rhythm,
    Tool,
)
from bot.domain.closing_rules import ClosingRules
from bot.domain.consent_rules import ConsentRules
from bot.domain.directory_rules import Department, Links, Service, Source
from bot.domain.evaluation_rules import AnswerKind, EvaluationRules, OwnForm, OwnQuestion
from bot.domain.guides import Guide, Guideline
from bot.domain.hand_over_rules import HandOverRules
from bot.domain.law import Citation, Complaint, DecisionType, Law, Right, Section
from bot.domain.nudge_rules import HowOften, NudgeRules
from bot.domain.phase_rules import PhaseRules
from bot.domain.progress_rules import ProgressRules
from bot.domain.standing_rules import StandingRules
from bot.domain.startup_rules import StartupRules
from bot.domain.words import Words
from bot.engine.texts import Language

__all__ = [
    "AgendaPoint",
    "AgendaRules",
    "AnswerKind",
    "ApplicationRules",
    "AppointedBy",
    "AppointmentRules",
    "Archive",
    "Audience",
    "ChangeDecidedBy",
    "ChecklistItem",
    "Checklists",
    "Citation",
    "ClosingRules",
    "Complaint",
    "ConsentRules",
    "Contact",
    "Criteria",
    "Deadlines",
    "DecisionType",
    "Department",
    "Disagreement",
    "EvaluationRules",
    "Guide",
    "Guideline",
    "HowOften",
    "Law",
    "LedBy",
    "Links",
    "LocalWords",
    "MeetingRules",
    "MinutesExtent",
    "Municipality",
    "NextMeeting",
    "NudgeRules",
    "OwnForm",
    "OwnQuestion",
    "PhaseRules",
    "PlanOpenedBy",
    "PointOf",
    "PrivacyLevel",
    "Profile",
    "ProgressRules",
    "RecordRules",
    "RecurringTask",
    "Rhythm",
    "Right",
    "Section",
    "SendingRules",
    "Service",
    "Source",
    "StartupRules",
    "Tool",
    "UsualAgendas",
    "Words",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Municipality:
    """`name` is the short name («Lund»), `display_name` what stands alone («Lund kommune»), `unit` the coordinating unit's own name."""

    name: str
    display_name: str
    unit: Words
    language: Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """How to reach the coordinating unit (Q06). Public data of the institution only, never a staff member's (T12).

    `phone`, `switchboard`: digits in E.164 ("+4770081300"), or None where the handbook has none. Hours are Oslo time on working days.
    """

    phone: str | None
    switchboard: str | None
    email: str | None
    address: str | None
    opens: time
    closes: time

    def best_phone(self) -> str | None:
        """The unit's own number, else the switchboard's."""
        return self.phone or self.switchboard


@dataclass(frozen=True, kw_only=True, slots=True)
class Criteria:
    """Words that explain who is entitled (A13). They explain and never filter, sort or refuse."""

    coordinated: Words
    long_lasting: Words
    services_needed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadlines:
    """KE's clock. Working days are Norwegian working days; the rest are calendar days from the event named."""

    clarifying_talk_working_days: int
    answer_months: int
    leader_answer_working_days: int
    candidate_answer_working_days: int
    contact_days: int
    contact_nudge_day: int
    leader_told_day: int
    report_draft_nudge_days: int
    group_without_coordinator_months: int
    leaders_meeting_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ApplicationRules:
    """An application left half way (B14): reminded on these days after the last answer, the last time asked to keep or delete.

    All days count from the last answer. `keep_days`: deleted then, when nobody answered; `kept_days`: when the person asked to keep it.
    `without_login`: one may begin on the secure page without logging in; the municipality then confirms later who it is.
    """

    unfinished_reminder_days: tuple[int, ...]
    keep_days: int
    kept_days: int
    children_until_age: int
    without_login: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class AppointmentRules:
    """How a coordinator is found. `plans_at_most`: above this number only with the candidate's own yes and a reason
    (C09); None: no rule."""

    appointed_by: AppointedBy
    change_decided_by: ChangeDecidedBy
    plans_at_most: int | None
    training_before_start: bool
    time_is_granted: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingRules:
    """Responsibility group meetings. `notice_days` are calendar days between invitation and meeting (G01).

    `professional_talk`: where discussions among professionals belong, which the group does not have (F15: Lund § 11.4).
    """

    a_year_at_least: int
    a_year_usual: int
    notice_days: int
    next_meeting: NextMeeting
    led_by: LedBy
    disagreement: Disagreement
    minutes: MinutesExtent
    answer_nudge_days: tuple[int, ...]
    gatherings_a_year: int
    professional_talk: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordRules:
    """The planning tool and what counts as a record (T03, T04). The bot itself is never the journal."""

    tool: Tool
    tool_name: str | None
    plan_opened_by: PlanOpenedBy
    tool_is_journal: bool
    archive: Archive
    decisions_system: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class SendingRules:
    """When and how much may be sent. `earliest` and `latest` are Oslo time, on working days."""

    earliest: time
    latest: time
    privacy_level: PrivacyLevel
    linking_age: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LocalWords:
    """Words that differ from place to place. `allocation_office`: where single services are applied for, as it is called there."""

    allocation_office: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """Everything about one municipality that the bot must not assume."""

    id: str
    municipality: Municipality
    contact: Contact
    criteria: Criteria
    deadlines: Deadlines
    application: ApplicationRules
    appointment: AppointmentRules
    meetings: MeetingRules
    agenda: AgendaRules
    records: RecordRules
    consent: ConsentRules
    hand_over: HandOverRules
    standing: StandingRules
    progress: ProgressRules
    startup: StartupRules
    closing: ClosingRules
    evaluation: EvaluationRules
    phases: PhaseRules
    sending: SendingRules
    nudges: NudgeRules
    links: Links
    checklists: Checklists
    services: tuple[Service, ...]
    departments: tuple[Department, ...]
    recurring: tuple[RecurringTask, ...]
    guides: tuple[Guide, ...]
    guidelines: tuple[Guideline, ...]
    sources: tuple[Source, ...]
    words: LocalWords

    def service(self, service_id: str) -> Service | None:
        """The service with that id, or None when it has left the directory."""
        return next((service for service in self.services if service.id == service_id), None)

    def department(self, department_id: str) -> Department | None:
        """The department with that id, or None when there is none."""
        return next((department for department in self.departments if department.id == department_id), None)
