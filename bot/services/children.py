"""Children around a person: those who are relatives or siblings, and the child a case is about.

Here: asking about them (Lund § 6), meeting the child, and the child's own words (Rana, Barn; Lund § 9). Not here: rights by age
(`bot.services.standing`). Guarantee: a child's own words are read by the child and by those who coordinate, nobody else.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.access import Action, Role
from bot.domain.cases import initials, is_child
from bot.domain.circle_commands import AnyChildren, NoteChildMet, NoteChildren, WriteChildsWords
from bot.domain.circle_queries import ChildrenView, ChildsWords, TheChildren
from bot.domain.ids import CaseId
from bot.domain.refusal import Refused
from bot.domain.reminders import OSLO
from bot.engine.ask import Command
from bot.engine.texts import t
from bot.services import notices, school_contacts
from bot.services.municipality import NOT_YOURS, Context
from bot.store import assignments, audit, cases, children, people


def note(context: Context, command: NoteChildren) -> None:
    """Whether there are children who are relatives or siblings, and who follows them up (A10)."""
    context.require(Action.NOTE_CHILDREN, command.case)
    follow_up = command.follow_up if command.answer is AnyChildren.YES else None
    children.note_asked(context.tx, command.case, command.answer, follow_up, by=context.actor)
    audit.record(context.tx, "children.asked", actor=context.actor, case=command.case, answer=command.answer)


def note_met(context: Context, command: NoteChildMet) -> None:
    """The coordinator has met the child (D12). A day to come is refused."""
    context.require(Action.NOTE_CHILDREN, command.case)
    _child_case(context, command.case)
    if command.on > context.today:
        raise Refused(t("This day has not come yet. Please choose the day you met."))
    children.note_met(context.tx, command.case, command.on, by=context.actor)
    audit.record(context.tx, "child.met", actor=context.actor, case=command.case, on=command.on.isoformat())


def write_words(context: Context, command: WriteChildsWords) -> None:
    """What the child wants, in its own words (D13). The coordinator is told that there is something new, not what."""
    context.require(Action.CHILDS_WORDS, command.case)
    _child_case(context, command.case)
    tx = context.tx
    roles = cases.roles_in(tx, command.case, context.actor, people.standing_roles(tx, context.actor))
    by_child = bool(roles & {Role.SELF, Role.YOUTH})
    children.add_words(tx, command.case, command.words, by=context.actor, by_child=by_child)
    audit.record(tx, "child.words", actor=context.actor, case=command.case, by_child=by_child)
    accepted = assignments.accepted(tx, command.case)
    if by_child and accepted is not None and accepted.candidate is not None:
        number = str(cases.get(tx, command.case).number)
        text = t("Case {number}: the child has written what it wants.", number=number)
        read = notices.begin(t("Read it"), "children", case=command.case)
        notices.tell(context, accepted.candidate, text, case=command.case, buttons=[read])


def _child_case(context: Context, case: CaseId) -> None:
    if not is_child(cases.get(context.tx, case).age_group):
        raise Refused(NOT_YOURS)


def the_children(context: Context, query: TheChildren) -> ChildrenView | None:
    """What is noted about children, for those who coordinate and the child itself. The look is recorded."""
    tx = context.tx
    if not context.may(Action.CHILDS_WORDS, query.case):
        return None
    audit.record_look(tx, "children.read", actor=context.actor, case=query.case)
    found, told = cases.get(tx, query.case), cases.content(tx, query.case)
    may_note = context.may(Action.NOTE_CHILDREN, query.case)
    asked = children.asked(tx, query.case) if may_note else None
    return ChildrenView(
        case=query.case,
        number=found.number,
        initials=initials(told.subject_name or told.applicant_name or ""),
        child_case=is_child(found.age_group),
        asked=None if asked is None else asked.answer,
        asked_on=None if asked is None else asked.at.astimezone(OSLO).date(),
        follow_up=None if asked is None else asked.follow_up,
        met_on=children.met_on(tx, query.case),
        words=tuple(ChildsWords(words=each.words, at=each.at, by_child=each.by_child) for each in children.words_of(tx, query.case)),
        may_note=may_note,
    )


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    NoteChildren: note,
    NoteChildMet: note_met,
    WriteChildsWords: write_words,
    **school_contacts.HANDLERS,
}
