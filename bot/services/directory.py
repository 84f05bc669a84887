"""The service directory as it stands today: the profile's, with what the unit has checked since.

Here: the list and the checking. Not here: the search (`bot.domain.directory`). Guarantee: a number the unit has found to be wrong is not
shown to anybody until somebody has checked it again (Q01, Q02).
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.directory import CheckService, Listed, TheDirectory
from bot.domain.refusal import Refused
from bot.domain.reminders import day_of
from bot.domain.rules import Service
from bot.engine.ask import Command, Query
from bot.engine.texts import t
from bot.services.municipality import Context
from bot.store import audit
from bot.store import directory as store


def the_directory(context: Context, _query: TheDirectory) -> tuple[Listed, ...]:
    """Every service, in the municipality's order."""
    checks = store.checks(context.tx)
    return tuple(_listed(each, checks.get(each.id), context.today) for each in context.municipality.profile.services)


def _listed(service: Service, check: tuple[datetime, bool] | None, today: date) -> Listed:
    """Whoever has corrected the profile since the unit's last check has checked it too."""
    on, wrong = service.verified, False
    if check is not None and (on is None or on <= day_of(check[0])):
        on, wrong = day_of(check[0]), not check[1]
    return Listed(service=service, checked_on=on, days_since=None if on is None else max((today - on).days, 0), wrong=wrong)


def check(context: Context, command: CheckService) -> None:
    """Somebody at the unit has checked one line."""
    context.require(Action.CHECK_DIRECTORY)
    if context.municipality.profile.service(command.service) is None:
        raise Refused(t("This is no longer on the list. Nothing was changed."))
    store.check(context.tx, command.service, right=command.right, by=context.actor)
    audit.record(context.tx, "directory.checked", actor=context.actor, service=command.service, right=command.right)


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {CheckService: check}
ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {TheDirectory: the_directory}
