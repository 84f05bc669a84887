"""Nudges: who is nudged about what, and what they answer.

Here: recording a nudge with the buttons under it, and carrying out the answers. Not here: when a leader hears of one
(`bot.domain.reminders.nudging`) and the digest (`bot.services.digests`). Guarantees: only the one who was nudged answers; where the unit
was nudged, one answer is enough for all of them; a reason is kept, sealed with its case.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from bot.domain.access import Action, Role
from bot.domain.ids import CaseId, NudgeId, PersonId
from bot.domain.nudges import (
    LATEST_DAYS,
    SAID_BY_CONTACT,
    STEPS_BEFORE,
    TELLS_ONLY,
    ChooseHowOften,
    MyNudges,
    NudgeDone,
    NudgeLater,
    NudgeNotNeeded,
    NudgeState,
    NudgesView,
    NudgeView,
    leader_day,
)
from bot.domain.refusal import Refused
from bot.domain.reminders import Reminder, ReminderKind, day_of
from bot.engine.ask import Command, Query
from bot.engine.texts import t
from bot.services import notices
from bot.services.delivery import STAFF
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.services.nudge_facts import climbs
from bot.store import audit, cases, people
from bot.store import notices as stored
from bot.store import nudges as store
from bot.store.nudges import Nudge

UNIT: Final = frozenset({Role.KE, Role.KE_LEADER})


def begin(context: Context, who: PersonId, reminder: Reminder) -> NudgeId | None:
    """Note that somebody is nudged; None where there is nothing to answer: it tells only, or they do not work here."""
    if reminder.case is None or reminder.kind in TELLS_ONLY or not people.person(context.tx, who).roles & STAFF:
        return None
    made = store.add(context.tx, reminder.key, reminder.kind, case=reminder.case, person=who, useful_until=reminder.useful_until)
    if made is not None and (before := STEPS_BEFORE.get(reminder.kind)):
        standing = store.of_case(context.tx, reminder.case)
        store.over(context.tx, [each.id for each in standing if each.person == who and each.kind in before])
    return made


def buttons(nudge: NudgeId | None, kind: ReminderKind, case: CaseId | None) -> tuple[notices.NoticeButton, ...]:
    """What stands under every nudge, after what it is about: done, later, not needed."""
    if nudge is None:
        return ()
    done = notices.act(t("I have done it"), "NudgeDone", nudge=nudge)
    if kind in SAID_BY_CONTACT and case is not None:
        done = notices.begin(t("I have done it"), "first_contact", case=case, answer="contact")
    return (
        done,
        notices.begin(t("Remind me later"), "nudges", nudge=nudge, answer="later"),
        notices.begin(t("It is not needed"), "nudges", nudge=nudge, answer="not_needed"),
    )


def mine(context: Context, _query: MyNudges) -> NudgesView:
    """What waits for the answer of the one who talks."""
    tx, rules = context.tx, context.municipality.rules
    staff = context.may(Action.STAFF_MENU)
    waiting = [each for each in store.of_person(tx, context.actor) if staff]
    return NudgesView(
        staff=staff,
        how_often=store.chosen(tx, context.actor) or rules.profile.nudges.how_often,
        leader_working_days=rules.profile.nudges.leader_working_days,
        nudges=tuple(_view(context, each) for each in waiting if each.useful_until is None or each.useful_until > tx.now),
    )


def _view(context: Context, nudge: Nudge) -> NudgeView:
    found = None if nudge.notice is None else stored.find(context.tx, nudge.notice)
    told_on = day_of(nudge.nudged_at)
    return NudgeView(
        nudge=nudge.id,
        case=nudge.case,
        number=cases.get(context.tx, nudge.case).number,
        words="" if found is None else found.words,
        nudged_on=told_on,
        leader_on=leader_day(told_on, context.municipality.rules) if climbs(context.tx, nudge) else None,
        latest=_latest(context, nudge),
        by_contact=nudge.kind in SAID_BY_CONTACT,
    )


def _latest(context: Context, nudge: Nudge) -> date:
    """The last day on which it could still come before it is of no use; today where there is none."""
    last, until, rules = context.today + timedelta(days=LATEST_DAYS), nudge.useful_until, context.municipality.rules
    if until is None:
        return last
    last = min(last, day_of(until))
    while last > context.today and rules.on(last) >= until:
        last -= timedelta(days=1)
    return max(last, context.today)


def _mine_to_answer(context: Context, nudge: NudgeId) -> Nudge:
    """The nudge, if it is the actor's and stands. Raises `Refused`."""
    context.require(Action.STAFF_MENU)
    found = store.find(context.tx, nudge)
    if found is None or found.person != context.actor:
        raise Refused(NOT_YOURS)
    if not found.stands:
        raise Refused(EARLIER)
    return found


def _settle(context: Context, nudge: Nudge, state: NudgeState, **how: Any) -> None:
    store.settle(context.tx, nudge.id, state, **how)
    if people.standing_roles(context.tx, context.actor) & UNIT:
        others = [each for each in store.of_case(context.tx, nudge.case) if _same(each, nudge) and _unit(context, each.person)]
        store.over(context.tx, [each.id for each in others])
    audit.record(context.tx, f"nudge.{state}", actor=context.actor, case=nudge.case, nudge=nudge.id, kind=nudge.kind)


def _same(one: Nudge, nudge: Nudge) -> bool:
    return one.reminder == nudge.reminder and one.id != nudge.id


def _unit(context: Context, who: PersonId) -> bool:
    return bool(people.standing_roles(context.tx, who) & UNIT)


def done(context: Context, command: NudgeDone) -> None:
    """It is done. What it was about is noted where it belongs; this only ends the nudge."""
    _settle(context, _mine_to_answer(context, command.nudge), NudgeState.DONE)


def later(context: Context, command: NudgeLater) -> str:
    """It comes again on another day, which is the answer. Raises `Refused` for a day that is not ahead, or too far."""
    nudge = _mine_to_answer(context, command.nudge)
    if not 0 < (command.day - context.today).days <= LATEST_DAYS:
        raise Refused(t("Choose a day from tomorrow on, within three months."))
    if command.day > _latest(context, nudge):
        raise Refused(t("By then it is too late. Choose an earlier day."))
    day = day_of(context.municipality.rules.on(command.day))
    _settle(context, nudge, NudgeState.LATER, later_on=day)
    return day.isoformat()


def not_needed(context: Context, command: NudgeNotNeeded) -> None:
    """It is not needed, and why. Raises `Refused` without a reason."""
    nudge = _mine_to_answer(context, command.nudge)
    if not command.why.strip():
        raise Refused(t("Please write why, in a few words."))
    _settle(context, nudge, NudgeState.NOT_NEEDED, why=command.why.strip())


def choose(context: Context, command: ChooseHowOften) -> None:
    """How often the actor wants to be reminded."""
    context.require(Action.STAFF_MENU)
    store.choose(context.tx, context.actor, command.how_often)
    audit.record(context.tx, "nudges.how_often", actor=context.actor, how_often=command.how_often)


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    NudgeDone: done,
    NudgeLater: later,
    NudgeNotNeeded: not_needed,
    ChooseHowOften: choose,
}
ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {MyNudges: mine}
ON_BUTTONS: Final[tuple[type[Command[object]], ...]] = (NudgeDone,)
"""What a button carries by itself."""
