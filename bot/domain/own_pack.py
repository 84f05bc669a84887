"""What somebody needs to keep track by themselves: who to turn to, and which days to remember.

Here: words for it. Not here: putting it together (`bot.services.own_pack`). Guarantee: it holds what the person may see anyway, and never
how others are reached in private (P09: Rana, Avslutning).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.domain.cases import TalkKind
from bot.domain.ids import CaseId
from bot.domain.meetings import MeetingKind
from bot.engine.ask import Query
from bot.engine.texts import Text, t

MEETINGS: Final[Mapping[MeetingKind, Text]] = {
    MeetingKind.STARTUP: t("Start-up meeting. You agree on how to begin."),
    MeetingKind.GROUP: t("The responsibility group meets. You go through how it is going."),
    MeetingKind.PLAN: t("Meeting about the plan. You go through it together."),
    MeetingKind.COOPERATION: t("Meeting between services. You agree on who does what."),
    MeetingKind.SETTLE: t("The services meet. They agree among themselves first."),
}
"""What happens there, in one sentence."""

TALKS: Final[Mapping[TalkKind, Text]] = {
    TalkKind.CLARIFYING: t("We talk together about what help is needed."),
    TalkKind.STARTUP: t("First talk with the coordinator."),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class PackContact:
    """Somebody to turn to. `phone` is a service's or the unit's, as people read it."""

    name: str
    what: Text
    phone: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnPackView:
    """The pack of one person: what happens when. Moments are aware; `days` are in Oslo, earliest first."""

    case: CaseId
    number: int
    contacts: tuple[PackContact, ...]
    meetings: tuple[tuple[datetime, Text], ...]
    days: tuple[tuple[date, Text], ...]


@dataclass(frozen=True, slots=True)
class TheOwnPack(Query["OwnPackView | None"]):
    """The pack, for the person, those who act for the person, and whoever goes through it with them; None for others."""

    case: CaseId
