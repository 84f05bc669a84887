"""Words about a start-up talk that both messages and conversations use.

Here: ways of working, what a coordinator does, and what the person does. Not here: what is asked (`conversations`). Sources: Herøy,
Koordinator og planeigar; Rana, Oppstart and Hva forplikter bruker og pårørende seg til; Ås, Enkelt samspill; Lund § 7.8.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.startup import Way
from bot.engine.texts import Text, joined, t

WAYS: Final[Mapping[Way, Text]] = {
    Way.PLAN: t("An individual plan"),
    Way.MINUTES: t("Meetings with minutes, no plan"),
    Way.SIMPLE: t("Short messages, no plan yet"),
}
"""D14, D15."""

DOES: Final = joined(
    t("This is what your coordinator does:"),
    t("• is the one you can turn to"),
    t("• keeps track of who does what, and by when"),
    t("• makes those who help you work together"),
    t("• calls meetings when you want them"),
    t("Your coordinator cannot give you services, and does not do the others' work."),
    by="\n",
)
"""What the role is (D07), said to the person."""

YOU_DO: Final = joined(
    t("This is what you do as coordinator:"),
    t("• are the one the person can turn to"),
    t("• keep track of who does what, and by when"),
    t("• make those who help work together"),
    t("• call meetings when the person wants them"),
    t("You cannot give services, and you do not do the others' work."),
    by="\n",
)
"""The same, said to the coordinator, who tells it on in own words."""

YOUR_PART: Final = joined(
    t("This is your part:"),
    t("• say what you want help with, and what you do not want"),
    t("• say so when something changes"),
    t("• read what you get, and ask about what you do not understand"),
    t("• say so when you do not need a coordinator any more"),
    t("You need not do this alone. Your coordinator helps you."),
    by="\n",
)
"""The person's own responsibility (D19: Rana, Hva forplikter bruker og pårørende seg til?)."""
