"""What a municipality sets itself about substitutes and a change of coordinator.

Here: frozen values and nothing else. Not here: the rest of the profile (`bot.domain.rules`), and who decides on a change
(`bot.domain.choices.ChangeDecidedBy`). Guarantee: what handbooks leave open is a value in this tree; each value's source stands beside it
in `profiles/*.toml`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOverRules:
    """`overlap_days`: so long the old and the new coordinator work together, unless they choose another day (Herøy: as long as possible).

    `wish_working_days`: the person is asked again whom they wish; a working day later the coordinator phones.
    `substitute_months`: after so long with a substitute it is asked whether there should be another coordinator (N19).
    """

    overlap_days: int
    wish_working_days: int
    substitute_months: int
