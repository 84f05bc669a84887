"""What each change is called, for those who coordinate and on the timeline.

Here: the words alone. Not here: its days (`bot.domain.transitions`).
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.transitions import TransitionKind
from bot.engine.texts import Text, t

TRANSITIONS: Final[Mapping[TransitionKind, Text]] = {
    TransitionKind.KINDERGARTEN: t("Starting in kindergarten"),
    TransitionKind.SCHOOL: t("Starting at school"),
    TransitionKind.LOWER_SECONDARY: t("Starting at lower secondary school"),
    TransitionKind.UPPER_SECONDARY: t("Starting at upper secondary school"),
    TransitionKind.SIXTEEN: t("Turning 16"),
    TransitionKind.EIGHTEEN: t("Turning 18"),
    TransitionKind.OWN_HOME: t("A home of one's own"),
    TransitionKind.AFTER_SCHOOL: t("Work or days after school"),
    TransitionKind.OTHER: t("Another change"),
}
