"""Those who are asked to take over, and their leaders.

Here: the answers of steps 3 and 4 (Lund § 11.2.3 and 4). Not here: who is asked next (`bot.services.change_steps`). Guarantees: nobody
takes over without their own yes; beyond the profile's number of plans a yes needs a reason of one's own, as at an appointment (C09).
"""

from bot.domain.access import Action, Role
from bot.domain.change_commands import AnswerChange, AnswerChangeAsLeader
from bot.domain.changes import OPEN_ASK, Change, ChangeAsk, ChangeAskState, ChangeState
from bot.domain.ids import ChangeAskId
from bot.domain.refusal import Refused
from bot.engine.texts import t
from bot.services import notices, taking_over
from bot.services.appointing import leader_of, over_limit
from bot.services.change_steps import KINDS, ask_new_leader, ask_next, found, nobody_left
from bot.services.cover import doer
from bot.services.municipality import EARLIER, Context
from bot.services.substitutes import name_of, number_of
from bot.store import audit, people, tasks
from bot.store import changes as store


def _asked(context: Context, ask: ChangeAskId) -> tuple[Change, ChangeAsk]:
    one = store.find_ask(context.tx, ask)
    if one is None:
        raise Refused(EARLIER)
    return found(context, one.change), one


def _at_unit(context: Context) -> bool:
    return bool(people.standing_roles(context.tx, context.actor) & {Role.KE, Role.KE_LEADER})


def answer(context: Context, command: AnswerChange) -> None:
    """Yes or no of one who is asked (N04). The unit may note what was said on the phone."""
    change, ask = _asked(context, command.ask)
    context.require(Action.ANSWER_CHANGE, change.case)
    tx, own = context.tx, context.actor == ask.person
    if change.state is not ChangeState.ASKING or ask.state is not ChangeAskState.ASKED or not (own or _at_unit(context)):
        raise Refused(EARLIER)
    reason = (command.reason or "").strip()
    tasks.finish_kinds(tx, change.case, *KINDS, by=doer(context))
    audit.record(tx, "change.answered", actor=doer(context), case=change.case, change=change.id, ask=ask.id, yes=command.yes)
    if not command.yes:
        store.move_ask(tx, change, ask, ChangeAskState.DECLINED)
        if reason:
            store.write_refusal(tx, change, ask, reason)
        _no(context, change, ask)
        return
    if over_limit(context, ask.person) and not (own and reason):
        raise Refused(t("Nobody can be ordered to this many. It needs the person's own yes, with a reason."))
    leader = leader_of(context, people.person(tx, ask.person).department)
    agreed_before = change.back_to in {ChangeState.LEADERS_MEET, ChangeState.DEPARTMENT_NAMES}
    if leader is None or leader == ask.person or agreed_before:
        _agreed(context, change, ask)
    else:
        ask_new_leader(context, change, ask, leader)


def answer_as_leader(context: Context, command: AnswerChangeAsLeader) -> None:
    """Yes or no of the leader of the one who said yes (N05)."""
    change, ask = _asked(context, command.ask)
    context.require(Action.ANSWER_CHANGE_AS_LEADER, change.case)
    tx = context.tx
    if ask.state is not ChangeAskState.LEADER_ASKED or not (context.actor == ask.leader or _at_unit(context)):
        raise Refused(EARLIER)
    tasks.finish_kinds(tx, change.case, *KINDS, by=doer(context))
    audit.record(tx, "change.new_leader_answered", actor=doer(context), case=change.case, change=change.id, ask=ask.id, yes=command.yes)
    if command.yes:
        _agreed(context, change, ask)
        return
    store.move_ask(tx, change, ask, ChangeAskState.LEADER_REFUSED)
    if command.reason:
        store.write_refusal(tx, change, ask, command.reason)
    text = t(
        "Your leader says no to your taking over case {number}. You do not have to do anything more.",
        number=number_of(context, change.case),
    )
    notices.tell(context, ask.person, text, case=change.case, dedupe_key=f"change-ask/{ask.id}/leader-no")
    _no(context, change, ask)


def _no(context: Context, change: Change, ask: ChangeAsk) -> None:
    """The coordinator hears that it is a no, never why; then the next is asked."""
    text = t("Case {number}: {name} cannot take over.", number=number_of(context, change.case), name=name_of(context, ask.person))
    if context.actor != change.coordinator:
        notices.tell(context, change.coordinator, text, case=change.case, dedupe_key=f"change-ask/{ask.id}/no")
    if change.back_to is None:
        ask_next(context, change)
    else:
        nobody_left(context, change)


def _agreed(context: Context, change: Change, ask: ChangeAsk) -> None:
    if not store.move_ask(context.tx, change, ask, ChangeAskState.AGREED):
        raise Refused(EARLIER)
    taking_over.begin(context, change, ask)


def falls_away(context: Context, change: Change, ask: ChangeAsk) -> None:
    """One who was asked, or had said yes, cannot any more: they are passed over, and the next is asked."""
    store.move_ask(context.tx, change, ask, ChangeAskState.RECALLED)
    if change.state is ChangeState.ASKING and ask.state in OPEN_ASK:
        _no(context, change, ask)
