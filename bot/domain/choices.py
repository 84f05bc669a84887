"""What a municipality's profile chooses among, where the handbooks answer differently.

Here: closed lists of answers. Not here: the values themselves (`bot.domain.rules`). Guarantee: an answer that no handbook gives cannot be
written in a profile.
"""

from enum import StrEnum


class PrivacyLevel(StrEnum):
    """What may pass through Telegram, from nothing to everything."""

    OFF = "off"
    NOTICE = "notice"
    PRACTICAL = "practical"
    FULL = "full"


class Audience(StrEnum):
    """For whom a service or a department is."""

    CHILD = "child"
    ADULT = "adult"
    BOTH = "both"


class AppointedBy(StrEnum):
    """Who appoints a coordinator. Where a department proposes, the coordinating unit (KE) still confirms (C02)."""

    KE = "ke"
    KE_WITH_LEADER = "ke_with_leader"
    DEPARTMENT_CONFIRMED_BY_KE = "department_confirmed_by_ke"


class ChangeDecidedBy(StrEnum):
    """Who decides on a change of coordinator (N01 to N16)."""

    KE = "ke"
    LEADER = "leader"
    COORDINATOR_BY_STEPS = "coordinator_by_steps"


class PlanOpenedBy(StrEnum):
    """Who opens the plan in the planning tool (C16, K08)."""

    KE = "ke"
    COORDINATOR = "coordinator"


class Tool(StrEnum):
    """The planning tool the handbook names. `UNNAMED_SAMSPILL`: the handbook says «Samspill» without a maker."""

    DIPS_SAMSPILL = "dips_samspill"
    VISMA_FLYT_SAMSPILL = "visma_flyt_samspill"
    UNNAMED_SAMSPILL = "unnamed_samspill"
    NONE = "none"


class LedBy(StrEnum):
    """Who leads and who writes at meetings (G13 to G15)."""

    DECIDED_EACH_TIME = "decided_each_time"
    COORDINATOR_OTHER_WRITES = "coordinator_other_writes"
    GROUP_LEADER_WRITER_BY_TURNS = "group_leader_writer_by_turns"


class Disagreement(StrEnum):
    """What is done with professional disagreement (I07, I08)."""

    MINUTED = "minuted"
    SETTLED_BEFORE = "settled_before"


class MinutesExtent(StrEnum):
    """What minutes hold (I04)."""

    DECISIONS_ONLY = "decisions_only"
    FULL = "full"


class NextMeeting(StrEnum):
    """Whether the next meeting must be agreed before people leave (G12)."""

    REQUIRED = "required"
    ADVISED = "advised"


class Archive(StrEnum):
    """How the plan and the minutes are archived (T03, T04)."""

    AUTOMATIC = "automatic"
    BY_HAND = "by_hand"


class Rhythm(StrEnum):
    """How often a recurring task of KE comes."""

    WEEKLY = "weekly"
    YEARLY = "yearly"
