"""What may pass through Telegram.

Here: the table of `docs/privacy.md` as one pure function. Not here: which level the municipality has chosen. Guarantees: a person is
never given a looser level than the municipality's; staff accounts are at `notice` at most, except where all data is made up.
"""

from typing import Final

from bot.domain.choices import PrivacyLevel
from bot.engine.questions import Sensitivity

_MOST: Final = {
    PrivacyLevel.NOTICE: Sensitivity.NEUTRAL,
    PrivacyLevel.PRACTICAL: Sensitivity.PRACTICAL,
    PrivacyLevel.FULL: Sensitivity.HEALTH,
}


def passes(level: PrivacyLevel, sensitivity: Sensitivity) -> bool:
    """May something of this sensitivity be asked for or sent in the chat? At `off` nothing may."""
    return level in _MOST and sensitivity <= _MOST[level]


def level_for(municipality: PrivacyLevel, *, staff: bool) -> PrivacyLevel:
    """The level for one person. `full` is only for made-up people, so there it holds for staff as well."""
    return PrivacyLevel.NOTICE if staff and municipality is PrivacyLevel.PRACTICAL else municipality
