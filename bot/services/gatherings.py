"""Gatherings of coordinators: called, answered, cancelled, brought to mind.

Here: what each leads to, and what is shown of them. Not here: when somebody is reminded (`bot.domain.gatherings`). Guarantees: everybody
in the audience who is known is asked, whatever their department; only whoever is asked answers, and only until it begins; whoever works
here no more is asked and told nothing; names of who comes are for the unit alone.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from bot.domain.access import Action, Role
from bot.domain.cases import TaskKind
from bot.domain.gatherings import (
    REPLIES,
    Answered,
    AnswerGathering,
    Audience,
    CallGathering,
    CancelGathering,
    ComingGatherings,
    GatheringFacts,
    GatheringReply,
    GatheringView,
    UnitFacts,
    gathering_reminders,
    is_asked,
    month_of,
    shown,
)
from bot.domain.ids import GatheringId, PersonId
from bot.domain.outgoing import MessageClass
from bot.domain.refusal import Refused
from bot.domain.reminders import OSLO, Reminder, ReminderKind
from bot.engine.ask import Command, Query
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t
from bot.services import due, notices
from bot.services.delivery import STAFF
from bot.services.municipality import EARLIER, NOT_YOURS, Context, Municipality
from bot.services.notices import NoticeButton
from bot.store import audit, people, tasks, training
from bot.store import gatherings as store
from bot.store.database import Tx
from bot.store.gatherings import Gathering

PASSED: Final = t("It has begun or is off. Your answer was not changed.")
PLAN_WORKING_DAYS: Final = 10
"""So long the unit has to plan a gathering once it is brought to mind (ours)."""


def call(context: Context, command: CallGathering) -> int:
    """Ask everybody in the audience, across departments (R03, R04)."""
    context.require(Action.CALL_GATHERING)
    if command.at <= context.tx.now:
        raise Refused(t("That time has passed. Choose another."))
    audience = Audience(command.audience)
    asked = [each for each in people.with_role(context.tx, *sorted(STAFF)) if _asked(context, audience, each)]
    gathering = store.call(context.tx, audience, command.at, where=command.where, about=command.about, asked=asked, by=context.actor)
    found = store.find(context.tx, gathering)
    assert found is not None
    _finish_planning(context)
    due.of_unit(context.tx, context.municipality)
    for who in asked:
        _tell(
            context,
            who,
            joined(t("You are invited to a gathering for coordinators."), shown(found.at, found.where, found.about)),
            found,
            f"gathering/{gathering}",
        )
    audit.record(context.tx, "gathering.called", actor=context.actor, gathering=gathering, asked=len(asked))
    return len(asked)


def _asked(context: Context, audience: Audience, who: PersonId) -> bool:
    roles = people.standing_roles(context.tx, who)
    return who != context.actor and is_asked(audience, coordinates=Role.COORDINATOR in roles, leads=Role.LEADER in roles)


def _finish_planning(context: Context) -> None:
    for task in tasks.open_tasks(context.tx):
        if task.kind is TaskKind.PLAN_GATHERING:
            tasks.finish(context.tx, task.id, by=context.actor)


def _tell(context: Context, who: PersonId, text: Text, gathering: Gathering, key: str, *, answers: bool = True) -> None:
    buttons: Sequence[NoticeButton] = ()
    if answers:
        buttons = [notices.act(REPLIES[each], "AnswerGathering", gathering=gathering.id, reply=each.value) for each in REPLIES]
    notices.tell(
        context,
        who,
        text,
        sensitivity=Sensitivity.PERSONAL,
        message_class=MessageClass.REMINDER,
        buttons=buttons,
        dedupe_key=f"{key}/{who}",
        useful_until=gathering.at,
        over_at=gathering.at,
    )


def answer(context: Context, command: AnswerGathering) -> None:
    """One's own answer, changed at will until it begins."""
    found = store.find(context.tx, GatheringId(command.gathering))
    if found is None:
        raise Refused(NOT_YOURS)
    if found.cancelled or found.at <= context.tx.now:
        raise Refused(PASSED)
    if not _at_work(context, context.actor) or not store.answer(context.tx, found.id, context.actor, GatheringReply(command.reply)):
        raise Refused(NOT_YOURS)


def _at_work(context: Context, who: PersonId) -> bool:
    return bool(people.standing_roles(context.tx, who) & STAFF)


def _answers(context: Context, gathering: Gathering) -> list[Answered]:
    """Everybody asked who still works here, with what they have said."""
    return [each for each in store.answers(context.tx, gathering.id) if _at_work(context, each.person)]


def cancel(context: Context, command: CancelGathering) -> None:
    """It is off: whoever was asked and has not said no is told."""
    context.require(Action.CALL_GATHERING)
    found = store.find(context.tx, GatheringId(command.gathering))
    if found is None or found.at <= context.tx.now or not store.cancel(context.tx, found.id):
        raise Refused(EARLIER)
    for each in _answers(context, found):
        if each.reply is not GatheringReply.CANNOT:
            text = t("The gathering {time} is off.", time=found.at)
            _tell(context, each.person, text, found, f"gathering/{found.id}/off", answers=False)
    due.of_unit(context.tx, context.municipality)
    audit.record(context.tx, "gathering.cancelled", actor=context.actor, gathering=found.id)


def coming(context: Context, _query: ComingGatherings) -> tuple[GatheringView, ...]:
    """All of them for the unit, one's own for others."""
    unit = context.may(Action.CALL_GATHERING)
    views = (_view(context, each, unit=unit) for each in store.coming(context.tx))
    return tuple(view for view in views if unit or view.asked)


def _view(context: Context, gathering: Gathering, *, unit: bool) -> GatheringView:
    found = _answers(context, gathering)

    def names(*replies: GatheringReply | None) -> tuple[str, ...]:
        who = [each.person for each in found if each.reply in replies] if unit else []
        return tuple(sorted(people.person(context.tx, each).name or str(each) for each in who))

    mine = next((each for each in found if each.person == context.actor), None)
    return GatheringView(
        gathering=gathering.id,
        at=gathering.at.astimezone(OSLO),
        where=gathering.where,
        about=gathering.about,
        asked=mine is not None,
        mine=mine.reply if mine else None,
        coming=names(GatheringReply.COMING, GatheringReply.BY_VIDEO),
        cannot=names(GatheringReply.CANNOT),
        maybe=names(GatheringReply.MAYBE),
        silent=names(None),
    )


def of_unit(tx: Tx, municipality: Municipality) -> frozenset[Reminder]:
    """What the unit's own year wants to be reminded of."""
    year = tx.now.astimezone(OSLO).year
    start, end = (datetime(each, 1, 1, tzinfo=OSLO).astimezone(UTC) for each in (year, year + 1))
    facts = UnitFacts(
        coming=tuple(GatheringFacts(id=each.id, at=each.at) for each in store.coming(tx)), this_year=store.how_many(tx, start, end)
    )
    return gathering_reminders(facts, tx.now, municipality.rules)


def _still(context: Context, reminder: Reminder) -> Gathering | None:
    found = store.find(context.tx, GatheringId(reminder.object or 0))
    return None if found is None or found.cancelled or found.at <= context.tx.now else found


def _ask_again(context: Context, reminder: Reminder) -> None:
    """Only those who have said nothing."""
    found = _still(context, reminder)
    silent = [each.person for each in _answers(context, found) if each.reply is None] if found else []
    for who in silent:
        assert found is not None
        _tell(
            context,
            who,
            joined(t("Do you come to the gathering? Please answer."), shown(found.at, found.where, found.about)),
            found,
            reminder.key,
        )


def _tomorrow(context: Context, reminder: Reminder) -> None:
    """Whoever comes, or is not sure."""
    found = _still(context, reminder)
    for each in _answers(context, found) if found else ():
        if each.reply not in {GatheringReply.CANNOT, None} and found is not None:
            _tell(
                context,
                each.person,
                joined(t("The gathering is tomorrow."), shown(found.at, found.where, found.about)),
                found,
                reminder.key,
            )


def _plan(context: Context, reminder: Reminder) -> None:
    """The unit plans the next gathering (R03)."""
    due = context.municipality.calendar.add_working_days(context.today, PLAN_WORKING_DAYS)
    tasks.add(context.tx, TaskKind.PLAN_GATHERING, due_on=due, dedupe_key=f"task/{reminder.key}")
    button = notices.begin(t("Call a gathering"), "gathering")
    text = t("It is time to plan a gathering for coordinators.")
    notices.tell_ke(context, text, buttons=[button], dedupe_key=reminder.key)


def _help(context: Context, reminder: Reminder) -> None:
    """Everybody who coordinates is asked, and answers in one press (R07)."""
    month = month_of(reminder)
    for who in sorted({who for who, _ in training.coordinating(context.tx)}):
        if training.guidance_waits(context.tx, who):
            continue
        buttons = [
            notices.act(t("Yes, phone me"), "NeedHelp", yes=True, month=month),
            notices.act(t("No, it goes well"), "NeedHelp", yes=False, month=month),
        ]
        notices.tell(
            context,
            who,
            t("Do you need help with this work? We gladly help you."),
            sensitivity=Sensitivity.NEUTRAL,
            message_class=MessageClass.REMINDER,
            buttons=buttons,
            dedupe_key=f"{reminder.key}/{who}",
            useful_until=reminder.useful_until,
        )


FIRE: Final[Mapping[ReminderKind, Callable[[Context, Reminder], None]]] = {
    ReminderKind.GATHERING_ANSWER: _ask_again,
    ReminderKind.GATHERING_TOMORROW: _tomorrow,
    ReminderKind.GATHERING_PLAN: _plan,
    ReminderKind.HELP_MONTHLY: _help,
}
HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    CallGathering: call,
    CancelGathering: cancel,
    AnswerGathering: answer,
}
ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {ComingGatherings: coming}
