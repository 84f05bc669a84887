"""The plan: opened, its goals and measures, the sub-plans, and how those who take part keep it going.

Here: what each step leads to. Not here: tasks themselves (`bot.services.member_tasks`), what is promised (`bot.services.promises`).
Guarantees: one person has one plan (K07); nobody is asked to write it by a day (K09: Rana); only the person's side writes goals in the
person's words, and only they or whoever coordinates end one; a measure is somebody's task, the person's too (K02).
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.circle import Member
from bot.domain.consent import InfoKind
from bot.domain.ids import CaseId, MemberId
from bot.domain.meetings import MeetingState
from bot.domain.plan_commands import (
    AddSubPlan,
    EndGoal,
    EndSubPlan,
    GiveMeasure,
    OpenPlan,
    ReadProgress,
    TellOfChange,
    TickPlanStep,
    UpToDate,
    WriteGoal,
)
from bot.domain.plans import LONGEST_OWN, LONGEST_TITLE, Goal, GoalState
from bot.domain.refusal import Refused
from bot.engine.ask import Command
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t
from bot.services import circle, member_tasks, notices
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.store import audit, cases, meetings, members
from bot.store import plans as store

ONE_PLAN: Final = t("There is a plan already. One person has one plan.")


def open_plan(context: Context, command: OpenPlan) -> None:
    """The plan is opened in the tool; the person learns where it is and since when (K14). One person has one (K07)."""
    context.require(Action.CHANGE_PLAN, command.case)
    if command.on > context.today:
        raise Refused(t("That day has not come yet."))
    others = [CaseId(number - cases.FIRST_NUMBER) for number in cases.duplicates(context.tx, command.case)]
    if any(store.of_case(context.tx, other) is not None for other in others):
        raise Refused(t("Another case about the same person has a plan. Ask the unit to look at both."))
    if not store.open_plan(context.tx, command.case, command.on, command.tool, converted=command.converted, by=context.actor):
        raise Refused(ONE_PLAN)
    audit.record(context.tx, "plan.opened", actor=context.actor, case=command.case, converted=command.converted)
    text = t("Your plan is opened. It is written in {tool}.", tool=command.tool)
    see = notices.begin(t("See the plan"), "plan", case=command.case)
    notices.tell_parties(context, command.case, text, buttons=[see], dedupe_key=f"plan/{command.case}/opened", but_not_reporters=True)


def tick_step(context: Context, command: TickPlanStep) -> None:
    """Something that belongs to opening a plan is done (K08, K20)."""
    context.require(Action.CHANGE_PLAN, command.case)
    if store.of_case(context.tx, command.case) is None:
        raise Refused(t("The plan is not opened yet. Note that first."))
    store.tick(context.tx, command.case, command.step, by=context.actor)
    audit.record(context.tx, "plan.ticked", actor=context.actor, case=command.case, step=command.step)


def of_persons_side(context: Context, case: CaseId) -> bool:
    """Does the actor speak as the person, or for them?"""
    return context.actor in member_tasks.of_persons_side(context, case)


def write_goal(context: Context, command: WriteGoal) -> int:
    """A goal: the person's own (K04), or a short one set together (K01). The other side is told."""
    context.require(Action.WRITE_GOAL, command.case)
    own = of_persons_side(context, command.case)
    words, longest = command.words.strip(), LONGEST_OWN if own else LONGEST_TITLE
    if not words or len(words) > longest:
        raise Refused(t("A goal has from one to {longest} characters. Please write it shorter.", longest=longest))
    goal = store.write_goal(context.tx, command.case, words, own=own, by=context.actor)
    audit.record(context.tx, "goal.written", actor=context.actor, case=command.case, goal=goal, own=own)
    number = str(cases.get(context.tx, command.case).number)
    see = notices.begin(t("See the plan"), "plan", case=command.case)
    key = f"goal/{goal}/written"
    if own:
        coordinator = member_tasks.holder(context, command.case)
        if coordinator is not None:
            text = t("Case {number}: the person has written a goal.", number=number)
            notices.tell(context, coordinator, text, case=command.case, buttons=[see], dedupe_key=key)
    else:
        text = t("There is a new goal in your plan: «{words}». Is it not what you want? Tell your coordinator.", words=words)
        notices.tell_parties(
            context, command.case, text, sensitivity=Sensitivity.HEALTH, buttons=[see], dedupe_key=key, but_not_reporters=True
        )
    return goal


def _goal(context: Context, command: EndGoal | GiveMeasure, action: Action) -> Goal:
    goal = store.goal(context.tx, command.goal)
    if goal is None:
        raise Refused(NOT_YOURS)
    context.require(action, goal.case)
    if goal.state is not GoalState.OPEN:
        raise Refused(EARLIER)
    return goal


def may_end(context: Context, goal: Goal) -> bool:
    """A goal in the person's own words is the person's side's to end; another is for both sides."""
    if goal.own and not of_persons_side(context, goal.case):
        return False
    return context.may(Action.WRITE_GOAL, goal.case)


def end_goal(context: Context, command: EndGoal) -> None:
    """A goal is reached, or not a goal any more. What is done towards it goes on until it is dropped."""
    goal = _goal(context, command, Action.WRITE_GOAL)
    if command.state is GoalState.OPEN or not may_end(context, goal):
        raise Refused(NOT_YOURS)
    if not store.end_goal(context.tx, goal, command.state):
        raise Refused(EARLIER)
    audit.record(context.tx, f"goal.{command.state}", actor=context.actor, case=goal.case, goal=goal.id)


def give_measure(context: Context, command: GiveMeasure) -> int:
    """Somebody does something towards a goal; it is a task of theirs, the person's too (K01, K02)."""
    goal = _goal(context, command, Action.CHANGE_PLAN)
    if command.due_on < context.today:
        raise Refused(t("Choose a later day."))
    task = member_tasks.add(context, goal.case, owner=command.owner, words=command.words, due_on=command.due_on)
    store.add_measure(context.tx, goal, task)
    audit.record(context.tx, "measure.given", actor=context.actor, case=goal.case, goal=goal.id, task=task)
    return task


def add_sub_plan(context: Context, command: AddSubPlan) -> int:
    """A service's own plan: its name, who holds it, since when; never what stands in it (K07)."""
    context.require(Action.CHANGE_PLAN, command.case)
    if command.on > context.today:
        raise Refused(t("That day has not come yet."))
    added = store.add_sub_plan(context.tx, command.case, command.kind, command.owner, command.on, by=context.actor)
    audit.record(context.tx, "sub_plan.added", actor=context.actor, case=command.case, sub_plan=added, kind=command.kind)
    return added


def end_sub_plan(context: Context, command: EndSubPlan) -> None:
    """A service's own plan is not in use any more."""
    found = store.sub_plan(context.tx, command.sub_plan)
    if found is None:
        raise Refused(EARLIER)
    context.require(Action.CHANGE_PLAN, found.case)
    store.end_sub_plan(context.tx, found)
    audit.record(context.tx, "sub_plan.ended", actor=context.actor, case=found.case, sub_plan=found.id)


def _own_membership(context: Context, member: MemberId) -> Member:
    found = members.find(context.tx, member)
    if found is None or found.person != context.actor or not circle.sees_now(context, found):
        raise Refused(NOT_YOURS)
    context.require(Action.TELL_OF_CHANGE, found.case)
    return found


def tell_of_change(context: Context, command: TellOfChange) -> None:
    """Something has changed with a service: whoever coordinates is told, and asks what (K17: Rana, Oppstart). Once a day is enough."""
    member = _own_membership(context, command.member)
    audit.record(context.tx, "member.change", actor=context.actor, case=member.case, member=member.id)
    number = str(cases.get(context.tx, member.case).number)
    text = t("Case {number}: something has changed with {name}. Ask what it means for the person.", number=number, name=member.name)
    coordinator, key = member_tasks.holder(context, member.case), f"member/{member.id}/change/{context.today}"
    see = notices.begin(t("See what is to be done"), "case_tasks", case=member.case)
    if coordinator is not None:
        notices.tell(context, coordinator, text, case=member.case, buttons=[see], dedupe_key=key)
    else:
        notices.tell_ke(context, text, case=member.case, buttons=[see], dedupe_key=key)


PROCEDURE: Final = t(
    "This is how the work is followed up. When something is late, you are asked, and then asked again. "
    "Next, your leader is told if you are here for work. Last, the unit is told. Those who give help have a duty to take part."
)
"""What everybody who takes part is told (K06: Lund § 11.3; S06: Ringerike)."""


def tell_procedure(context: Context, member: Member) -> None:
    """Whoever says yes to taking part learns how progress is asked for, with one press that they have read it (K06)."""
    read: Text = t("I have read it")
    button = notices.act(read, "ReadProgress", member=member.id)
    circle.tell_member(context, member, PROCEDURE, InfoKind.TASKS, dedupe_key=f"member/{member.id}/progress", buttons=[button])


def read_progress(context: Context, command: ReadProgress) -> None:
    """A member has read it; whoever coordinates sees who has not (K06)."""
    member = _own_membership(context, command.member)
    if not store.read_progress(context.tx, member.id):
        raise Refused(EARLIER)
    audit.record(context.tx, "progress.read", actor=context.actor, case=member.case, member=member.id)


def _brings(context: Context, case: CaseId) -> bool:
    """Whoever has something to do in the case, and whoever stands in for the coordinator's part of it."""
    return member_tasks.may_have(context, case, context.actor) or context.may(Action.WRITE_MINUTES, case)


def up_to_date(context: Context, command: UpToDate) -> None:
    """Whoever has something to do says that it is up to date before the meeting; whoever coordinates is told (K03)."""
    meeting = meetings.find(context.tx, command.meeting)
    if meeting is None or meeting.state is not MeetingState.CALLED or not _brings(context, meeting.case):
        raise Refused(NOT_YOURS)
    audit.record(context.tx, "plan.up_to_date", actor=context.actor, case=meeting.case, meeting=meeting.id)
    coordinator = member_tasks.holder(context, meeting.case)
    if coordinator is not None and coordinator != context.actor:
        number, name = str(cases.get(context.tx, meeting.case).number), member_tasks.name_in(context, meeting.case, context.actor)
        text = t("Case {number}: {name} has brought the own part up to date.", number=number, name=name)
        key = f"meeting/{meeting.id}/up-to-date/{context.actor}"
        notices.tell(context, coordinator, text, case=meeting.case, dedupe_key=key)


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    OpenPlan: open_plan,
    TickPlanStep: tick_step,
    WriteGoal: write_goal,
    EndGoal: end_goal,
    GiveMeasure: give_measure,
    AddSubPlan: add_sub_plan,
    EndSubPlan: end_sub_plan,
    TellOfChange: tell_of_change,
    ReadProgress: read_progress,
    UpToDate: up_to_date,
}
ON_BUTTONS: Final[tuple[type[Command[object]], ...]] = (TellOfChange, ReadProgress, UpToDate)
"""What a button carries by itself."""
