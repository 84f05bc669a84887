"""KE's own work: inquiries and tasks, and what people set for themselves.

Here: messages to a human and their answers, tasks, language, name, links, and stopping the chat. Guarantee: a message to a human is kept
before anyone is told it was received.
"""

from typing import Final

from bot.domain.access import Action, Role
from bot.domain.cases import LIVING, TaskKind
from bot.domain.commands import (
    AnswerInquiry,
    AskHuman,
    FinishTask,
    KeepDraft,
    NoteInformed,
    SetLanguage,
    SetName,
    UseLinkCode,
)
from bot.domain.danger import danger_in
from bot.domain.ids import PersonId, SessionId
from bot.domain.refusal import Refused
from bot.engine.questions import Sensitivity
from bot.engine.texts import joined, t
from bot.phone import as_stored, readable
from bot.services import case_views, due, guidance, notices
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.store import audit, cases, links, people, sessions, tasks

HOLDING: Final = frozenset(
    {
        TaskKind.CLARIFY,
        TaskKind.DECIDE,
        TaskKind.CONFIRM_REFUSAL,
        TaskKind.APPOINT,
        TaskKind.NOBODY_STANDS_IN,
        TaskKind.CHANGE_COORDINATOR,
    }
)
BY_ITS_STEP: Final = frozenset({TaskKind.ARCHIVE, TaskKind.SENT_AROUND})
"""Nobody ticks these off: every thing on the list is done, or somebody with a name has taken hold of it."""
INQUIRY_WORKING_DAYS: Final = 1


def ask_human(context: Context, command: AskHuman) -> None:
    """Keep a message to a human at KE, or the wish to be phoned (B13, A07)."""
    context.require(Action.ASK_HUMAN)
    tx = context.tx
    phone = as_stored(command.phone) if command.phone else None
    if phone:
        people.describe(tx, context.actor, phone=phone)
    inquiry = tasks.receive_inquiry(tx, context.actor, command.words or "", phone=phone, case=command.case)
    urgent = danger_in(command.words or "") is not None
    by = context.today if urgent else context.municipality.calendar.add_working_days(context.today, INQUIRY_WORKING_DAYS)
    tasks.add(tx, TaskKind.INQUIRY, due_on=by, case=command.case, inquiry=inquiry)
    text = t("Somebody asks to be phoned.") if command.phone and not command.words else t("You have a new message from an inhabitant.")
    if urgent:
        text = t("Read this message now. Somebody may be in danger.")
    notices.tell_ke(
        context,
        text,
        buttons=[notices.begin(t("Read and answer"), "answer_inquiry", inquiry=inquiry)],
        dedupe_key=f"inquiry/{inquiry}",
        cannot_wait=urgent,
    )
    audit.record(tx, "inquiry.received", actor=context.actor, case=command.case, inquiry=inquiry)


def answer_inquiry(context: Context, command: AnswerInquiry) -> None:
    """KE has answered, in writing or by phone."""
    context.require(Action.ANSWER_INQUIRY)
    tx, inquiry = context.tx, tasks.inquiry(context.tx, command.inquiry)
    if inquiry is None or not tasks.answer_inquiry(tx, command.inquiry, by=context.actor):
        raise Refused(EARLIER)
    if inquiry.case is not None:
        tx.touch(inquiry.case)
    if command.words:
        name = context.municipality.profile.municipality.display_name
        text = joined(t("Answer from {municipality}:", municipality=name), t("{words}", words=command.words))
        notices.tell(context, inquiry.person, text, sensitivity=Sensitivity.HEALTH, dedupe_key=f"inquiry/{inquiry.id}/answer")
    audit.record(tx, "inquiry.answered", actor=context.actor, case=inquiry.case, inquiry=inquiry.id)


def finish_task(context: Context, command: FinishTask) -> None:
    """KE has done what a task asks for. What holds a case ends by what it asks for, not by a tick."""
    context.require(Action.FINISH_TASK)
    task = tasks.find(context.tx, command.task)
    if task is None or not task.open:
        raise Refused(EARLIER)
    if task.kind is TaskKind.COMPLAINT or not case_views.shown(context, task):
        raise Refused(NOT_YOURS)  # a complaint ends with its answer alone (O03)
    if task.kind in HOLDING and task.case is not None and cases.get(context.tx, task.case).state in LIVING:
        raise Refused(t("This task holds the case. It is done when what it asks for is done."))
    if task.kind in BY_ITS_STEP:
        raise Refused(t("Open it from your list of tasks. It is done when the step is done."))
    tasks.finish(context.tx, task.id, by=context.actor)
    guidance.taken_care_of(context, task.id, command.words)
    audit.record(context.tx, "task.finished", actor=context.actor, case=task.case, task=task.id, kind=task.kind)


def note_informed(context: Context, _command: NoteInformed) -> None:
    """Count that a professional told someone about the rights (A01). Nothing about whom is kept."""
    context.require(Action.NOTE_INFORMED)
    people.note_informed(context.tx, context.actor, f"{context.today:%Y-%m}")


def set_language(context: Context, command: SetLanguage) -> None:
    """From now on everything in this written form, also half way through a conversation."""
    people.set_language(context.tx, context.actor, command.language)


def set_name(context: Context, command: SetName) -> None:
    """What the person wants to be called."""
    people.describe(context.tx, context.actor, name=command.name, phone=as_stored(command.phone) if command.phone else None)


def use_link_code(context: Context, command: UseLinkCode) -> str:
    """Let this chat speak for the person KE gave the code to. What the chat had begun under no name stays with it."""
    tx = context.tx
    if context.account is None:
        # A code connects a chat. On the page one logs in.
        return "refused"
    who = links.use(tx, context.account, command.code)
    if who is None:
        audit.record(tx, "link.refused", actor=context.actor)
        return "refused"
    language = people.person(tx, context.actor).language
    people.link(tx, context.account, who)
    people.set_language(tx, who, language)
    audit.record(tx, "link.used", actor=who)
    return "linked"


def reach_otherwise(context: Context, who: PersonId) -> None:
    """A chat is closed: KE is asked to reach the person another way, if there is anything to reach them about."""
    tx = context.tx
    coordinates = Role.COORDINATOR in people.standing_roles(tx, who)
    mine = [case for case in cases.of_party(tx, who) if cases.get(tx, case).state in LIVING]
    if not mine and not coordinates:
        return
    person = people.person(tx, who)
    words = context.municipality.words(t("The chat is closed. Please use another way from now on."), person.language, tx.now)
    tasks.add(
        tx,
        TaskKind.REACH_BY_PHONE,
        due_on=context.municipality.calendar.next_working_day(context.today),
        case=mine[0] if mine else None,
        words="\n".join(part for part in (person.name, person.phone and readable(person.phone, person.language), words) if part),
        dedupe_key=f"closed/{who}/{context.today}",
    )


def keep_draft(context: Context, command: KeepDraft) -> None:
    """An application left half way: keep it for a year, or delete it now (B14)."""
    session = sessions.find(context.tx, SessionId(command.session))
    if session is None or session.person != context.actor or session.state not in {"open", "parked"}:
        raise Refused(EARLIER)
    if command.keep:
        sessions.keep(context.tx, session.id)
    else:
        sessions.set_state(context.tx, session.id, "deleted")
    stored = sessions.find(context.tx, session.id)
    assert stored is not None
    due.of_session(context.tx, context.municipality, stored)
