"""Kinds of meetings, in words.

Here: words. Not here: the kinds themselves (`bot.domain.meetings`).
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.meetings import MeetingKind
from bot.engine.texts import Text, t

KINDS: Final[Mapping[MeetingKind, Text]] = {
    MeetingKind.STARTUP: t("Start-up meeting"),
    MeetingKind.GROUP: t("Responsibility group"),
    MeetingKind.PLAN: t("Meeting about the plan"),
    MeetingKind.COOPERATION: t("Meeting between services"),
    MeetingKind.SETTLE: t("The services settle a disagreement first"),
}
