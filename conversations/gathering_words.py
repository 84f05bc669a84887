"""Words about gatherings: who can be called.

Here: labels. Not here: answers and how a gathering is shown (`bot.domain.gatherings`), what is asked (`conversations.gathering`).
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.gatherings import Audience
from bot.engine.texts import Text, t

AUDIENCES: Final[Mapping[Audience, Text]] = {
    Audience.COORDINATORS: t("All coordinators"),
    Audience.LEADERS: t("Coordinators and leaders"),
    Audience.EVERYBODY: t("Everybody known at work"),
}
