"""Has the person just shown who they are?

Here: the one check in front of every command that needs it. Not here: which commands those are (`bot.domain.fresh_login`). Guarantee:
a chat that nobody has confirmed by a login cannot open more to others, where there is a login to confirm it by.
"""

from typing import Final

from bot.domain.fresh_login import needs_fresh_login
from bot.domain.refusal import Refused
from bot.engine.ask import Command
from bot.engine.texts import t
from bot.services.municipality import Context
from bot.store import people

LOG_IN_FIRST: Final = t("For this we must know that it is you. Log in on our secure page, and do it there. Nothing was changed.")


class FreshLoginNeeded(Exception):
    """On the page: this takes a new login first."""


def check(context: Context, command: Command[object]) -> None:
    """Raise `Refused` in a chat and `FreshLoginNeeded` on the page, where this command takes more than what is known of the person."""
    if not needs_fresh_login(command) or context.fresh_login:
        return
    if context.account is None:
        raise FreshLoginNeeded
    if context.municipality.citizens_log_in and not people.is_confirmed(context.tx, context.account):
        raise Refused(LOG_IN_FIRST)
