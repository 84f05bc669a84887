"""What a municipality sets itself about who decides.

Here: frozen values and nothing else. Not here: what the law sets (`bot.domain.rights`), nor the rest of the profile (`bot.domain.rules`).
Guarantee: what handbooks answer differently is a value in this tree; each value's source stands beside it in `profiles/*.toml`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingRules:
    """`both_parents_for_sharing`: everybody with parental responsibility must say yes, not one of them.

    `log_age`: from this age a youth answers alone for the shared log of concern, stafettlogg (E16: Tysvær).
    """

    both_parents_for_sharing: bool
    log_age: int
