"""What may pass through Telegram.

Here: the table of `docs/privacy.md` as pure functions. Not here: which level the municipality has chosen, nor the sentences that may
pass (`bot.domain.passing`). Guarantees: a person is never given a looser level than the municipality's; times and places need the
person's own yes; staff, children and people at a protected address are at `notice` at most.
"""

from dataclasses import dataclass
from typing import Final

from bot.domain.choices import PrivacyLevel
from bot.engine.questions import Kind, Question, Sensitivity

_MOST: Final = {
    PrivacyLevel.NOTICE: Sensitivity.NEUTRAL,
    PrivacyLevel.PRACTICAL: Sensitivity.PRACTICAL,
    PrivacyLevel.FULL: Sensitivity.HEALTH,
}
_ORDER: Final = tuple(PrivacyLevel)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """What decides about one person's level.

    `agreed`: has said yes to times and places in the chat; `own`: a stricter level of their own; `child`: under the age at which a chat
    may be linked; `protected`: lives at a protected address.
    """

    staff: bool = False
    agreed: bool = False
    child: bool = False
    protected: bool = False
    own: PrivacyLevel | None = None


def passes(level: PrivacyLevel, sensitivity: Sensitivity) -> bool:
    """May something of this sensitivity be asked for or sent in the chat? At `off` nothing may."""
    return level in _MOST and sensitivity <= _MOST[level]


def may_ask(level: PrivacyLevel, asked: Question) -> bool:
    """May this be asked in the chat? Below `full` nobody is asked there to write anything about themselves."""
    if asked.kind is Kind.TEXT and level is not PrivacyLevel.FULL and asked.sensitivity > Sensitivity.NEUTRAL:
        return False
    return passes(level, asked.sensitivity)


def level_for(municipality: PrivacyLevel, reader: Reader) -> PrivacyLevel:
    """The level for one person. `full` is only for made-up people, so there it holds for staff, children and without a yes as well."""
    level = municipality
    if municipality is PrivacyLevel.PRACTICAL and (reader.staff or reader.child or not reader.agreed):
        level = PrivacyLevel.NOTICE
    if reader.protected:
        level = stricter(level, PrivacyLevel.NOTICE)
    return level if reader.own is None else stricter(level, reader.own)


def stricter(one: PrivacyLevel, other: PrivacyLevel) -> PrivacyLevel:
    """The stricter of two levels."""
    return min(one, other, key=_ORDER.index)
