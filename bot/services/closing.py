"""A case comes to its end, and can begin again.

Here: from a proposal to the end, and back (Rana, Avslutning; Lund §§ 10, 11.4; Herøy, Varigheit). Not here: everything that ends with a
case (`bot.services.case_ends`), and stopping at once (`bot.services.halts`). Guarantees: nothing ends without the person's own yes; every
open task is accounted for by name; who ended can always begin again.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.access import Action, Role
from bot.domain.cases import CaseState, TaskKind
from bot.domain.closing import (
    AccountForTask,
    AfterTask,
    AnswerClosing,
    CloseCase,
    ClosingState,
    ClosingView,
    Halt,
    OpenTask,
    ProposeClosing,
    Reopen,
    TheClosing,
    Unhalt,
    WhyClosed,
)
from bot.domain.consent import InfoKind
from bot.domain.groups import Dissolved
from bot.domain.ids import CaseId, MemberTaskId
from bot.domain.member_tasks import MemberTask, MemberTaskState, words_of
from bot.domain.refusal import Refused
from bot.engine.ask import Command, Query
from bot.engine.texts import Text, joined, t
from bot.services import archiving, case_ends, circle, groups, halts, notices
from bot.services.applications import answer_by
from bot.services.case_views import initials_of
from bot.services.member_tasks import name_in
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.store import archiving as stored_archiving
from bot.store import assignments, audit, cases, member_tasks, people, standings, tasks
from bot.store import closings as store
from bot.store import groups as stored_groups

DECIDES: Final = frozenset({Role.SELF, Role.PARENT, Role.GUARDIAN, Role.ATTORNEY})
ASK_THE_PERSON: Final = frozenset({Role.COORDINATOR, Role.SUBSTITUTE, Role.KE, Role.KE_LEADER})


def _number(context: Context, case: CaseId) -> str:
    return str(cases.get(context.tx, case).number)


def propose(context: Context, command: ProposeClosing) -> None:
    """It is time to end (P01, P10). Said by whoever decides it is agreed at once; else they are asked (P02)."""
    context.require(Action.PROPOSE_CLOSING, command.case)
    tx = context.tx
    closing = store.propose(tx, command.case, WhyClosed(command.why), command.words, by=context.actor)
    if closing is None:
        raise Refused(t("An end is proposed already. It waits for the person's answer."))
    audit.record(tx, "closing.proposed", actor=context.actor, case=command.case, closing=closing, why=command.why)
    standing = people.standing_roles(tx, context.actor)
    if cases.roles_in(tx, command.case, context.actor, standing) & ASK_THE_PERSON:
        text = t("Your coordinator asks whether you still need coordination. Case {number}.", number=_number(context, command.case))
        button = notices.begin(t("Read and answer"), "closing", case=command.case)
        notices.tell_parties(context, command.case, text, buttons=[button], dedupe_key=f"closing/{closing}/asked", but_not_reporters=True)
    elif context.may(Action.ANSWER_CLOSING, command.case):
        _agreed(context, command.case)
    else:
        _ask_who_decides(context, command.case, f"closing/{closing}/asked")


def _ask_who_decides(context: Context, case: CaseId, key: str) -> None:
    """A youth under 16 wants it to end: those who decide are asked, and the coordinator talks with all of them."""
    number = _number(context, case)
    button = notices.begin(t("Read and answer"), "closing", case=case)
    asked = t("Case {number}: the youth wants the coordination to end. Do you agree?", number=number)
    for who in sorted({person for person, role in standings.acting(context.tx, case) if role in DECIDES}):
        notices.tell(context, who, asked, case=case, buttons=[button], dedupe_key=f"{key}/{who}")
    _tell_coordinator(
        context, case, t("Case {number}: the youth wants it to end. Talk with those who decide too.", number=number), f"{key}/told"
    )


def answer(context: Context, command: AnswerClosing) -> None:
    """The person's yes or no, or what the coordinator or KE noted of it. Until it has ended, one can change one's mind (P02)."""
    context.require(Action.ANSWER_CLOSING, command.case)
    if command.yes:
        _agreed(context, command.case)
        return
    found = store.last(context.tx, command.case)
    if found is None or found.state not in {ClosingState.PROPOSED, ClosingState.AGREED}:
        raise Refused(EARLIER)
    if found.state is ClosingState.PROPOSED:
        store.answer(context.tx, found, ClosingState.REFUSED, by=context.actor)
    else:
        store.recall(context.tx, command.case, by=context.actor)
    audit.record(context.tx, "closing.answered", actor=context.actor, case=command.case, closing=found.id, yes=False)
    text = t("Case {number}: the person wants to go on. Nothing ends.", number=_number(context, command.case))
    _tell_coordinator(context, command.case, text, f"closing/{found.id}/refused")


def _agreed(context: Context, case: CaseId) -> None:
    waiting = store.open_of(context.tx, case)
    if waiting is None or not store.answer(context.tx, waiting, ClosingState.AGREED, by=context.actor):
        raise Refused(EARLIER)
    audit.record(context.tx, "closing.answered", actor=context.actor, case=case, closing=waiting.id, yes=True)
    number = _number(context, case)
    text = t("Case {number}: the person agrees to end. Account for the tasks that are open, and close the case.", number=number)
    _tell_coordinator(context, case, text, f"closing/{waiting.id}/agreed")


def _tell_coordinator(context: Context, case: CaseId, text: Text, key: str) -> None:
    button = notices.begin(t("Open the end"), "closing", case=case)
    accepted = assignments.accepted(context.tx, case)
    if accepted is None or accepted.candidate is None:
        notices.tell_ke(context, text, case=case, buttons=[button], dedupe_key=key)
    elif accepted.candidate != context.actor:
        notices.tell(context, accepted.candidate, text, case=case, buttons=[button], dedupe_key=key)


def account_for(context: Context, command: AccountForTask) -> None:
    """What becomes of one open task; its owner is told where it goes on within their own service."""
    task = member_tasks.find(context.tx, MemberTaskId(command.task))
    if task is None:
        raise Refused(NOT_YOURS)
    context.require(Action.CLOSE_CASE, task.case)
    state = MemberTaskState.DONE if command.after is AfterTask.DONE else MemberTaskState.DROPPED
    if not member_tasks.end(context.tx, task, state):
        raise Refused(EARLIER)
    audit.record(context.tx, "task.accounted", actor=context.actor, case=task.case, task=task.id, after=command.after)
    if command.after is AfterTask.GOES_ON:
        text = t("Case {number} ends. You go on with what you have promised, in your own service.", number=_number(context, task.case))
        key = f"closing/task/{task.id}"
        if not circle.tell_members(context, task.case, text, InfoKind.TASKS, dedupe_key=key, only=frozenset({task.owner})):
            notices.tell(context, task.owner, text, case=task.case, dedupe_key=key)


def open_tasks(context: Context, case: CaseId) -> tuple[MemberTask, ...]:
    """What must be accounted for before the case can end."""
    return tuple(each for each in member_tasks.of_case(context.tx, case) if each.state is MemberTaskState.OPEN)


def close(context: Context, command: CloseCase) -> None:
    """The end: agreed to, accounted for, told (P03 to P06), with the way back said (P02) and the archive to do (P11)."""
    context.require(Action.CLOSE_CASE, command.case)
    tx, agreed = context.tx, store.last(context.tx, command.case)
    if agreed is None or agreed.state is not ClosingState.AGREED:
        raise Refused(t("The person must agree first. Ask whether coordination is still needed."))
    if open_tasks(context, command.case):
        raise Refused(t("Some tasks are open. Say what becomes of each of them first."))
    group = stored_groups.active(tx, command.case)
    if group is not None and agreed.why is WhyClosed.NOT_NEEDED and group.evaluated_on is None:
        raise Refused(t("The group has not looked at its work together yet. Do that first, and note the day."))
    if group is not None:
        groups.end(context, group, Dissolved.NO_NEED if agreed.why is WhyClosed.NOT_NEEDED else Dissolved.PERSON_WANTS)
    around = circle.taking_part(context, command.case)
    if not cases.move(tx, command.case, CaseState.CLOSED):
        raise Refused(EARLIER)
    number, key = _number(context, command.case), f"case/{command.case}/closed/{int(tx.now.timestamp())}"
    parties = t("Coordination in case {number} has ended, as you wished.", number=number)
    parties = joined(parties, t("If something changes, you can begin again with one press."))
    if context.municipality.phone:
        parties = joined(parties, t("You can also phone us on {phone}.", phone=context.municipality.phone))
    mine = notices.begin(t("My contacts and dates"), "own_pack", case=command.case)
    again = [notices.begin(t("Begin again"), "closing", case=command.case), mine]
    notices.tell_parties(context, command.case, parties, buttons=again, dedupe_key=key, but_not_reporters=True)
    neutral = t("Case {number} is closed. You do not have to do anything more.", number=number)
    case_ends.end_all(context, command.case, neutral, key=key, around=around)
    to_do = notices.begin(t("See the list"), "archive", case=command.case)
    notices.tell_ke(
        context, t("Case {number} is closed. Please archive what is to be kept.", number=number), case=command.case, buttons=[to_do]
    )
    archiving.begin(context, command.case)
    audit.record(tx, "case.closed", actor=context.actor, case=command.case, why=agreed.why)


def reopen(context: Context, command: Reopen) -> None:
    """Begin again (P02, P08): KE has the case, the time to answer runs anew, consent and people are asked for anew.

    Not while it is halted: nobody would hear of it.
    """
    context.require(Action.REOPEN, command.case)
    if store.halted(context.tx, command.case) is not None:
        raise Refused(t("Messages about this case are stopped, so nobody would hear of it. Please phone us: then it can begin again."))
    tx, days = context.tx, context.municipality.profile.deadlines.clarifying_talk_working_days
    if not cases.move(tx, command.case, CaseState.RECEIVED):
        raise Refused(EARLIER)
    cases.ask_anew(tx, command.case, answer_by=answer_by(context))
    number, due = _number(context, command.case), context.municipality.calendar.add_working_days(context.today, days)
    key = f"case/{command.case}/reopened/{int(tx.now.timestamp())}"
    tasks.finish_kinds(tx, command.case, TaskKind.ARCHIVE, by=context.actor)
    stored_archiving.begin_again(tx, command.case)
    store.recall(tx, command.case, by=context.actor)
    tasks.add(tx, TaskKind.CLARIFY, due_on=due, case=command.case, dedupe_key=f"{key}/clarify")
    open_ = notices.begin(t("Open the case"), "inbox", case=command.case)
    to_ke = t("Case {number} begins again. Talk with the person by {day}.", number=number, day=due)
    notices.tell_ke(context, to_ke, case=command.case, buttons=[open_])
    told = t("Case {number} begins again. We get in touch with you by {day}.", number=number, day=due)
    notices.tell_parties(context, command.case, told, dedupe_key=key, but_not_reporters=True)
    audit.record(tx, "case.reopened", actor=context.actor, case=command.case)


def the_closing(context: Context, query: TheClosing) -> ClosingView | None:
    """How the case ends, for those who have to do with it."""
    case = cases.find(context.tx, query.case)
    allowed = {action: context.may(action, query.case) for action in SHOWN_TO}
    if case is None or not any(allowed.values()):
        return None
    group = stored_groups.active(context.tx, query.case)
    return ClosingView(
        case=query.case,
        number=case.number,
        initials=initials_of(context, query.case),
        closed=case.state in {CaseState.CLOSED, CaseState.WITHDRAWN},
        halted=store.halted(context.tx, query.case),
        closing=store.last(context.tx, query.case),
        tasks=tuple(
            OpenTask(task=each.id, owner=name_in(context, query.case, each.owner), words=words_of(each.code, each.words))
            for each in (open_tasks(context, query.case) if allowed[Action.CLOSE_CASE] else ())
        ),
        group=group is not None,
        group_looked_back=group is not None and group.evaluated_on is not None,
        may_propose=allowed[Action.PROPOSE_CLOSING],
        may_answer=allowed[Action.ANSWER_CLOSING],
        may_close=allowed[Action.CLOSE_CASE],
        may_reopen=allowed[Action.REOPEN],
        may_halt=allowed[Action.HALT],
    )


SHOWN_TO: Final = (Action.PROPOSE_CLOSING, Action.ANSWER_CLOSING, Action.CLOSE_CASE, Action.REOPEN, Action.HALT)
HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    ProposeClosing: propose,
    AnswerClosing: answer,
    AccountForTask: account_for,
    CloseCase: close,
    Reopen: reopen,
    Halt: halts.halt,
    Unhalt: halts.unhalt,
}
ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {TheClosing: the_closing}
