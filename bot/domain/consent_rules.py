"""What a municipality sets itself about consent.

Here: frozen values and nothing else. Not here: the rest of the profile (`bot.domain.rules`). Guarantee: what handbooks answer differently
about consent is a value in this tree; each value's source stands beside it in `profiles/*.toml`.
"""

from dataclasses import dataclass
from enum import StrEnum


class Signature(StrEnum):
    """What counts as a signature: a login on the secure page or a paper, or a press in a confirmed chat as well (E09: Rana, Oppstart 5).

    Where a municipality has no login for inhabitants, an answer on its secure page counts.
    """

    LOGIN_OR_PAPER = "login_or_paper"
    CHAT_TOO = "chat_too"


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentRules:
    """How long a consent usually lasts, when people are told that it ends, and what is done with it.

    `renew_when_added`: everybody who comes into the circle is asked about anew, also where the service has a consent (Herøy).
    `journal`: each consent is registered in the journal by the unit (Ås); reminded of after so many working days.
    """

    usual_months: int
    warn_days: tuple[int, ...]
    renew_when_added: bool
    signature: Signature
    journal: bool
    journal_working_days: int
