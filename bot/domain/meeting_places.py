"""Where a meeting takes place, in words that stand inside a sentence, and as the label of a choice.

Here: words. Not here: the places themselves (`bot.domain.meetings`).
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.meetings import MeetingPlace
from bot.engine.texts import Text, t

AT: Final[Mapping[MeetingPlace, Text]] = {
    MeetingPlace.OFFICE: t("at our office"),
    MeetingPlace.HOME: t("at the person's home"),
    MeetingPlace.SCHOOL: t("at the school or kindergarten"),
    MeetingPlace.VIDEO: t("by video"),
    MeetingPlace.OTHER: t("at another place"),
}
"""As said to anybody: it names nobody and no address."""

PLACE: Final[Mapping[MeetingPlace, Text]] = {
    MeetingPlace.OFFICE: t("At our office"),
    MeetingPlace.HOME: t("At the person's home"),
    MeetingPlace.SCHOOL: t("At school or kindergarten"),
    MeetingPlace.VIDEO: t("By video"),
    MeetingPlace.OTHER: t("Another place"),
}
"""As the label of a choice."""
