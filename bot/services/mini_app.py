"""Somebody opens the page inside Telegram.

Here: whom the account speaks for, and whether that gives a visit. Not here: the checks of what Telegram signed (`bot.store.mini_app`) and
the page (`bot.web.mini_app`). Guarantees: never staff; never a person to whom nothing may pass in Telegram; every failure is the same.
"""

from bot.domain.choices import PrivacyLevel
from bot.services import notices
from bot.services.municipality import Context
from bot.store import logins, mini_app, people
from bot.store.mini_app import Signers


def come_in(context: Context, init_data: str, wanted: Signers) -> str | None:
    """A visit for whom the account speaks; the token for its cookie, or None. `context` is nobody's."""
    account = mini_app.believe(context.tx, init_data, wanted)
    who = None if account is None else people.of_account(context.tx, account)
    if who is None or people.standing_roles(context.tx, who):
        return None
    if notices.level_of(context, people.person(context.tx, who)) is PrivacyLevel.OFF:
        return None
    return logins.begin(context.tx, who, "mini_app")
