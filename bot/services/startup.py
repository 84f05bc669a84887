"""The start-up talk: its points, how it ends, how they work together, and what the coordinator ticks about the own work.

Here: what each step leads to (Rana, Oppstart and Koordinatorrollen; Herøy, Koordinator og planeigar; Lund §§ 7.6 to 7.8). Not here: telling
partners (`bot.services.introductions`), times for the talk (`bot.services.talks`). Guarantees: a talk ends with a dated task or with a
reason why there is none; without a plan the way of working is agreed in words; whoever of the person's side wrote something is the only
one of that side who reads it here.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.cases import TalkKind
from bot.domain.commands import HoldTalk
from bot.domain.ids import CaseId, MemberTaskId, PersonId
from bot.domain.refusal import Refused
from bot.domain.startup import PERSONS_OWN, Way
from bot.domain.startup_commands import AskForHelpToWrite, ChooseWay, FinishStartup, TickSelf, WritePoint
from bot.domain.startup_words import DOES, WAYS
from bot.engine.ask import Command
from bot.engine.texts import Text, joined, t
from bot.services import member_tasks, notices, talks
from bot.services.municipality import NOT_YOURS, Context
from bot.store import assignments, audit, cases
from bot.store import startups as store
from bot.store import talks as stored_talks


def number_of(context: Context, case: CaseId) -> str:
    """The case's number, as it stands in a message."""
    return str(cases.get(context.tx, case).number)


def coordinator_of(context: Context, case: CaseId) -> PersonId | None:
    """Who coordinates now."""
    accepted = assignments.accepted(context.tx, case)
    return None if accepted is None else accepted.candidate


def _tell_coordinator(context: Context, case: CaseId, text: Text) -> None:
    coordinator = coordinator_of(context, case)
    if coordinator is not None and coordinator != context.actor:
        button = notices.begin(t("Open the start-up talk"), "startup_talk", case=case)
        notices.tell(context, coordinator, text, case=case, buttons=[button])


def write_point(context: Context, command: WritePoint) -> None:
    """One point, kept at once (D03, D05, D06, D09, D18). What the person writes beforehand waits for the coordinator."""
    own = command.point in PERSONS_OWN
    context.require(Action.OWN_WORDS if own else Action.FIRST_CONTACT, command.case)
    words = command.words.strip()
    if not words:
        raise Refused(t("There are no words in this. Please write a little."))
    store.write(context.tx, command.case, command.point, words, by=context.actor, alone=not own)
    audit.record(context.tx, "startup.written", actor=context.actor, case=command.case, point=command.point)
    if own:
        _tell_coordinator(
            context, command.case, t("Case {number}: the person has written to you.", number=number_of(context, command.case))
        )


def ask_for_help(context: Context, command: AskForHelpToWrite) -> None:
    """Help to present oneself is offered (D18: Herøy, Koordinator og planeigar, "eventuelt med bistand frå deg")."""
    context.require(Action.OWN_WORDS, command.case)
    audit.record(context.tx, "startup.help_asked", actor=context.actor, case=command.case)
    text = t("Case {number}: the person wants help to write about themselves.", number=number_of(context, command.case))
    _tell_coordinator(context, command.case, text)


def finish(context: Context, command: FinishStartup) -> None:
    """The talk was held (D02), and what comes next is agreed (D05, D08). The person's side gets it in writing."""
    context.require(Action.FIRST_CONTACT, command.case)
    task = _next_task(context, command)
    why_not = (command.why_not or "").strip() or None if command.next_on is None else None
    if task is None and why_not is None:
        raise Refused(t("Agree on a day for the next contact, or write why there is none yet."))
    told = any(each.person == coordinator_of(context, command.case) for each in stored_talks.contacts(context.tx, command.case))
    talks.held(context, HoldTalk(case=command.case, kind=TalkKind.STARTUP, note=None))
    owner = command.owner if task is not None else None
    row = store.end(context.tx, command.case, next_on=command.next_on, owner=owner, task=task, why_not=why_not, by=context.actor)
    audit.record(context.tx, "startup.ended", actor=context.actor, case=command.case, task=task)
    text = t("Case {number}: you have had the first talk with your coordinator.", number=number_of(context, command.case))
    if owner is not None:
        name = member_tasks.name_in(context, command.case, owner)
        text = joined(text, t("Next: {name} makes contact by {day}.", name=name, day=command.next_on), by=" ")
    if not told:
        text = joined(text, DOES)  # else it came with the first contact
    buttons = [notices.begin(t("What you can do yourself"), "my_words", case=command.case, show="tasks")]
    notices.tell_parties(context, command.case, text, buttons=buttons, dedupe_key=f"startup/{row}", but_not_reporters=True)


def _next_task(context: Context, command: FinishStartup) -> MemberTaskId | None:
    """Who contacts whom next becomes a dated task (D05: Rana, Oppstart)."""
    if command.next_on is None:
        return None
    words = (command.words or "").strip()
    if command.owner is None or not words:
        raise Refused(t("Say who makes contact next, and what it is about."))
    if command.next_on < context.today:
        raise Refused(t("Choose a later day."))
    return member_tasks.add(context, command.case, owner=command.owner, words=words, due_on=command.next_on)


def choose_way(context: Context, command: ChooseWay) -> None:
    """Plan, minutes or simple cooperation, chosen together and changed at any time (D14: Lund § 7.8; D15: Ås; K13: Herøy)."""
    context.require(Action.CHOOSE_WAY, command.case)
    words = (command.words or "").strip() or None
    if command.way is not Way.PLAN and words is None:
        raise Refused(t("Without a plan, agree on how you work. Please write it in a few words."))
    row = store.choose_way(context.tx, command.case, command.way, words, by=context.actor)
    audit.record(context.tx, "way.chosen", actor=context.actor, case=command.case, way=command.way)
    text = t("Case {number}: this is how you work together now: {way}", number=number_of(context, command.case), way=WAYS[command.way])
    if words:
        text = joined(text, t("«{words}»", words=words), by="\n")
    text = joined(text, t("You can change this at any time."))
    button = notices.begin(t("Change it"), "way_of_working", case=command.case)
    key = f"way/{row}"
    notices.tell_parties(context, command.case, text, buttons=[button], dedupe_key=key, but_not_reporters=True)
    coordinator = coordinator_of(context, command.case)
    if coordinator is not None and coordinator != context.actor:
        notices.tell(context, coordinator, text, case=command.case, buttons=[button], dedupe_key=f"{key}/coordinator")


def tick_self(context: Context, command: TickSelf) -> None:
    """One thing about the own work is in place (D21). It is the coordinator's own: nobody ticks it for another."""
    context.require(Action.FIRST_CONTACT, command.case)
    if context.actor != coordinator_of(context, command.case):
        raise Refused(NOT_YOURS)
    store.tick(context.tx, command.case, command.item, by=context.actor)
    audit.record(context.tx, "self_check.ticked", actor=context.actor, case=command.case, item=command.item)


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    WritePoint: write_point,
    AskForHelpToWrite: ask_for_help,
    FinishStartup: finish,
    ChooseWay: choose_way,
    TickSelf: tick_self,
}
