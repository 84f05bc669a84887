"""Every rule for reminders in one place, as a case worker can read it.

Here: all lines together. Not here: the lines of a subject, in the modules beside this one, nor the rules themselves
(`bot.domain.reminders`). Guarantee: a kind of reminder without a line, or with two, turns `tests/house/test_reminder_rules.py` red.
A new kind gets its line in the module of its subject; a new subject gets a module, and a line below.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.reminder_rules import (
    case,
    closing,
    consent,
    evaluation,
    gatherings,
    handing_over,
    meeting,
    minutes,
    nudges,
    phase,
    plan,
    school,
    startup,
    unfinished,
)
from bot.domain.reminder_rules.rule import Rule, Setting, by_kind, filled, settings_of, source_in
from bot.domain.reminders import ReminderKind

__all__ = ["RULES", "Rule", "Setting", "filled", "settings_of", "source_in"]

RULES: Final[Mapping[ReminderKind, Rule]] = by_kind(
    case.RULES,
    unfinished.RULES,
    handing_over.RULES,
    consent.RULES,
    meeting.RULES,
    minutes.RULES,
    startup.RULES,
    school.RULES,
    plan.RULES,
    phase.RULES,
    evaluation.RULES,
    closing.RULES,
    gatherings.RULES,
    nudges.RULES,
)
