"""A change of coordinator that comes to nothing: stopped by somebody, by the end of the case, or since there is nobody left to change from.

Here: stopping, and what the one who stays or the unit then has. Not here: the steps of a change (`bot.services.change_of_coordinator`).
Guarantee: where the old coordinator has gone already, a stop leads to the unit finding a new one, never to a case alone.
"""

from bot.domain.access import Action, Role
from bot.domain.cases import CaseState, TaskKind
from bot.domain.change_commands import StopChange
from bot.domain.changes import Change, ChangeState, StartedAs
from bot.domain.ids import CaseId
from bot.domain.refusal import Refused
from bot.engine.texts import Text, t
from bot.services import notices, substitutes
from bot.services.appointing import WITHOUT
from bot.services.change_steps import found, go, recall_asks
from bot.services.cover import doer
from bot.services.municipality import EARLIER, Context
from bot.services.substitutes import name_of, number_of
from bot.store import alarms, assignments, cases, people, tasks
from bot.store import changes as store


def stop(context: Context, command: StopChange) -> None:
    """Whoever began it, or the unit, stops it; the coordinator stays. Once both work together, only the unit can."""
    change = found(context, command.change)
    context.require(Action.STOP_CHANGE, change.case)
    at_unit = bool(people.standing_roles(context.tx, context.actor) & {Role.KE, Role.KE_LEADER})
    if not at_unit and (context.actor != change.started_by or change.state is ChangeState.TAKING_OVER):
        raise Refused(EARLIER)
    if assignments.accepted(context.tx, change.case) is None:
        _nobody_stays(context, change)
        return
    stop_now(context, change)
    number, name = number_of(context, change.case), name_of(context, change.coordinator)
    key = f"change/{change.id}/stopped"
    if context.actor != change.coordinator:
        stays = t("Case {number} stays with you. Nobody else is being found.", number=number)
        notices.tell(context, change.coordinator, stays, case=change.case, dedupe_key=key)
    if change.state is not ChangeState.LEADER_ASKED or change.started_as is StartedAs.PERSON:
        told = t("{name} goes on as your coordinator.", name=name)
        notices.tell_parties(context, change.case, told, dedupe_key=f"{key}/person", but_not_reporters=True)
    ke = t("Case {number}: {name} goes on as coordinator.", number=number, name=name)
    notices.tell_ke(context, ke, case=change.case, dedupe_key=f"{key}/unit")


def _nobody_stays(context: Context, change: Change) -> None:
    """The old one has left, and the new one does not take over after all: the unit finds a coordinator as at first."""
    taking, key = store.taking_over(context.tx, change.case), f"change/{change.id}/stopped"
    search_anew(context, change.case, change)
    number = number_of(context, change.case)
    if taking is not None:
        not_you = t("Case {number}: you do not take over after all.", number=number)
        notices.tell(context, taking.person, not_you, case=change.case, dedupe_key=key)
        name = name_of(context, taking.person)
        told = t("{name} does not take over after all. We find a coordinator for you.", name=name)
        notices.tell_parties(context, change.case, told, dedupe_key=f"{key}/person", but_not_reporters=True)
    text = t("Case {number} has no coordinator any more. Find a new one now.", number=number)
    button = notices.begin(t("Open the case"), "inbox", case=change.case)
    notices.tell_ke(context, text, case=change.case, buttons=[button], dedupe_key=f"{key}/unit")


def search_anew(context: Context, case: CaseId, change: Change | None) -> None:
    """The unit finds a coordinator as at the first appointment; a change under way has nothing left to change."""
    tx = context.tx
    if change is not None:
        stop_now(context, change)
    cases.move(tx, case, CaseState.APPOINTING)
    due = context.municipality.calendar.next_working_day(context.today)
    tasks.add(tx, TaskKind.APPOINT, due_on=due, case=case)
    tasks.finish_kinds(tx, case, TaskKind.NOBODY_STANDS_IN, by=doer(context))


def stop_now(context: Context, change: Change) -> None:
    """End a change without a word about it: nobody asked has to answer, and whoever was taking over no longer does."""
    recall_asks(context, change)
    if store.taking_over(context.tx, change.case) is not None:
        store.end_taking_over(context.tx, change.case, "fell_away")
    go(context, change, ChangeState.STOPPED)


def case_ended(context: Context, case: CaseId, told: Text) -> None:
    """The case has ended: nobody is asked, takes over or stands in any more."""
    taking, change = store.taking_over(context.tx, case), store.open_in(context.tx, case)
    if change is not None:
        stop_now(context, change)
    if taking is not None:
        notices.tell(context, taking.person, told, case=case, dedupe_key=f"change/{taking.change}/ended/{taking.person}")
    substitutes.end_all(context, case)
    alarms.over(context.tx, WITHOUT, f"case {case}")
