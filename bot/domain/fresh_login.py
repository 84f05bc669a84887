"""What takes a login that is new, however well the person is known already.

Here: which commands, and how new. Not here: logging in (`bot.web`), nor the check (`bot.services.fresh_login`). Guarantees: what opens
more to others, or shows all that is stored, is done by somebody who has just shown who they are; taking it back never waits for a login.
"""

from datetime import timedelta
from typing import Final

from bot.domain.channel import AllowPractical
from bot.domain.consent_commands import SignConsent
from bot.domain.my_data import CorrectContact
from bot.domain.standing import RecordLapse, RecordRepresentative
from bot.engine.ask import Command

FRESH: Final = timedelta(minutes=10)
"""So long after a login nobody is asked again."""

NEEDS_FRESH_LOGIN: Final[frozenset[type[Command[object]]]] = frozenset(
    {AllowPractical, CorrectContact, RecordRepresentative, RecordLapse, SignConsent}
)
"""Commands that open more to others. One with a `yes` needs it only for the yes."""


def needs_fresh_login(command: Command[object]) -> bool:
    """Must the person have logged in within `FRESH`?"""
    return type(command) in NEEDS_FRESH_LOGIN and getattr(command, "yes", True) is True
