"""What a municipality sets itself about how a case ends.

Here: frozen values and nothing else. Not here: the rest of the profile (`bot.domain.rules`), and how a case ends (`bot.domain.closing`).
Guarantee: what handbooks leave open is a value in this tree; each value's source stands beside it in `profiles/*.toml`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosingRules:
    """`ask_months`: so often the person is asked whether coordination is still needed (P10: Rana, Hva forplikter).

    `archive_working_days`: so long the unit has to archive a case that has ended (P11: Herøy, Utskrift and Arkivering).
    """

    ask_months: int
    archive_working_days: int
