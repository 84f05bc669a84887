"""What happens when a reminder falls due.

Here: checking it against today's facts, and the words. Not here: when it falls due (`bot.domain.reminders`). Guarantees: what today's
facts no longer want is not sent; what comes too late to be useful is skipped and the reason recorded; outside the hours in which people
are written to it waits.
"""

from collections.abc import Callable, Mapping
from typing import Final

from bot.domain.cases import TaskKind
from bot.domain.ids import PersonId, TalkId
from bot.domain.outgoing import MessageClass
from bot.domain.places import WHERE, WHERE_FOR_STAFF
from bot.domain.reminders import OSLO, Reminder, ReminderKind
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t
from bot.services import due, notices, retention
from bot.services.municipality import Context, Municipality
from bot.services.talks import MEETING, holder_of, offered_again
from bot.store import assignments, audit, cases, people, sessions, talks, tasks
from bot.store import reminders as store
from bot.store.database import Tx

BATCH: Final = 100
SAMRAAD: Final = PersonId(0)
"""The actor of what happens by the clock: nobody, so that nobody is left out of a notice."""


def fire_due(tx: Tx, municipality: Municipality, limit: int = BATCH) -> int:
    """Settle what is due now, at most `limit`; how many were taken. Called again while there is more."""
    retention.take_away(tx)
    taken = store.due(tx, limit)
    for reminder in taken:
        _fire(tx, municipality, reminder)
    if any(each.kind is ReminderKind.RECURRING for each in taken):
        due.of_unit(tx, municipality)
    return len(taken)


def _fire(tx: Tx, municipality: Municipality, reminder: Reminder) -> None:
    sending = municipality.profile.sending
    allowed = municipality.calendar.sending_time(tx.now, earliest=sending.earliest, latest=sending.latest)
    if reminder.useful_until is not None and max(tx.now, allowed) >= reminder.useful_until:
        store.settle(tx, reminder, "skipped", "too_late")
    elif not _still_wanted(tx, municipality, reminder):
        store.settle(tx, reminder, "skipped", "no_longer_wanted")
    elif allowed > tx.now:
        store.postpone(tx, reminder, allowed)
    else:
        context = Context(tx=tx, municipality=municipality, actor=SAMRAAD)
        FIRE[reminder.kind](context, reminder)
        store.settle(tx, reminder, "fired", "told")
        audit.record(tx, "reminder.fired", actor=None, case=reminder.case, kind=reminder.kind)


def _still_wanted(tx: Tx, municipality: Municipality, reminder: Reminder) -> bool:
    """Do today's facts still want it? Asked of the same rules that wanted it."""
    if reminder.case is not None:
        return reminder.key in {each.key for each in due.of_case(tx, municipality, reminder.case)}
    if reminder.session is not None:
        session = sessions.find(tx, reminder.session)
        return session is not None and reminder.key in {each.key for each in due.of_session(tx, municipality, session)}
    if reminder.notice is not None:
        return reminder.key in {each.key for each in due.of_notice(tx, municipality, reminder.notice)}
    return True


def _number(context: Context, reminder: Reminder) -> str:
    assert reminder.case is not None
    return str(cases.get(context.tx, reminder.case).number)


def _ke(context: Context, reminder: Reminder, text: Text, conversation: str = "inbox") -> None:
    assert reminder.case is not None
    button = notices.begin(t("Open the case"), conversation, case=reminder.case)
    notices.tell_ke(context, text, case=reminder.case, buttons=[button], dedupe_key=reminder.key)


def _ke_task(context: Context, reminder: Reminder, kind: TaskKind) -> None:
    by = context.municipality.calendar.add_working_days(context.today, 1)
    tasks.add(context.tx, kind, due_on=by, case=reminder.case, dedupe_key=f"task/{reminder.key}")


def _clarify_soon(context: Context, reminder: Reminder) -> None:
    _ke(
        context,
        reminder,
        t("Case {number}: no first talk is agreed yet. It should be held by tomorrow.", number=_number(context, reminder)),
    )


def _clarify_late(context: Context, reminder: Reminder) -> None:
    _ke(context, reminder, t("Case {number}: the first talk is late. Please phone the person today.", number=_number(context, reminder)))


def _answer_soon(context: Context, reminder: Reminder) -> None:
    assert reminder.case is not None
    day = cases.get(context.tx, reminder.case).due
    _ke(context, reminder, t("Case {number} must be answered by {day}.", number=_number(context, reminder), day=day))


def _answer_late(context: Context, reminder: Reminder) -> None:
    _ke_task(context, reminder, TaskKind.ANSWER_LATE)
    text = t("Case {number}: the answer is late. Decide, or tell the person why it takes longer.", number=_number(context, reminder))
    _ke(context, reminder, text, "delay")


def _times_silent(context: Context, reminder: Reminder) -> None:
    talk = talks.find(context.tx, TalkId(reminder.object or 0))
    assert talk is not None
    open_ = [(place, time) for place, time in enumerate(talk.proposals) if time > context.tx.now]
    buttons = [notices.act(Text("{time}", {"time": time}), "PickTime", talk=talk.id, choice=place) for place, time in open_]
    buttons.append(notices.begin(t("None of them suits"), "my_case", case=talk.case, talk=talk.id))
    again = offered_again(talk)
    notices.tell_parties(context, talk.case, again, buttons=buttons, dedupe_key=reminder.key, but_not_reporters=True, relatives_too=True)


def _talk_tomorrow(context: Context, reminder: Reminder) -> None:
    talk = talks.find(context.tx, TalkId(reminder.object or 0))
    assert talk is not None
    assert talk.at is not None
    text = t("Do you remember our talk? It is {time}, {where}.", time=talk.at, where=WHERE[talk.place])
    button = notices.begin(t("I cannot come"), "my_case", case=talk.case, talk=talk.id)
    notices.tell_parties(
        context,
        talk.case,
        text,
        sensitivity=Sensitivity.PRACTICAL,
        buttons=[button],
        dedupe_key=reminder.key,
        useful_until=talk.at,
        over_at=talk.at + MEETING,
        but_not_reporters=True,
        relatives_too=True,
    )
    host = t(
        "Case {number}: the talk is {time}, {where}.", number=_number(context, reminder), time=talk.at, where=WHERE_FOR_STAFF[talk.place]
    )
    _remind(context, holder_of(context, talk), host, reminder, suffix="host")


def _remind(
    context: Context, who: PersonId | None, text: Text, reminder: Reminder, *buttons: notices.NoticeButton, suffix: str = ""
) -> None:
    if who is not None:
        key = f"{reminder.key}/{suffix or who}"
        notices.tell(context, who, text, message_class=MessageClass.REMINDER, case=reminder.case, buttons=buttons, dedupe_key=key)


def _talk_noted(context: Context, reminder: Reminder) -> None:
    talk = talks.find(context.tx, TalkId(reminder.object or 0))
    assert talk is not None
    conversation = "clarify" if talk.kind == "clarifying" else "first_contact"
    text = t("Case {number}: was the talk held? Please note it.", number=_number(context, reminder))
    _remind(context, holder_of(context, talk), text, reminder, notices.begin(t("Note the talk"), conversation, case=talk.case))


def _leader_silent(context: Context, reminder: Reminder) -> None:
    text = t("We still wait for your answer about case {number}.", number=_number(context, reminder))
    button = notices.begin(t("Read and answer"), "leader_answer", assignment=reminder.object or 0)
    _remind(context, reminder.person, text, reminder, button)


def _candidate_silent(context: Context, reminder: Reminder) -> None:
    text = t("We still wait for your answer about case {number}.", number=_number(context, reminder))
    button = notices.begin(t("Read and answer"), "candidate_answer", assignment=reminder.object or 0)
    _remind(context, reminder.person, text, reminder, button)


def _leader_still_silent(context: Context, reminder: Reminder) -> None:
    _ke_task(context, reminder, TaskKind.LEADER_SILENT)
    _ke(context, reminder, t("Case {number}: the leader has not answered. Please phone.", number=_number(context, reminder)), "appoint")


def _candidate_still_silent(context: Context, reminder: Reminder) -> None:
    _ke_task(context, reminder, TaskKind.CANDIDATE_SILENT)
    _ke(context, reminder, t("Case {number}: the candidate has not answered. Please phone.", number=_number(context, reminder)), "appoint")


def _contact_nudge(context: Context, reminder: Reminder) -> None:
    assert reminder.case is not None
    text = t("Case {number}: have you been in touch with the person yet?", number=_number(context, reminder))
    _remind(context, reminder.person, text, reminder, notices.begin(t("First contact"), "first_contact", case=reminder.case))


def _contact_late(context: Context, reminder: Reminder) -> None:
    assert reminder.case is not None
    text = t(
        "Case {number}: the first contact is late. Please make contact today, or say that you cannot.", number=_number(context, reminder)
    )
    first = notices.begin(t("First contact"), "first_contact", case=reminder.case)
    cannot = notices.begin(t("I have no time for this"), "no_time", case=reminder.case)
    _remind(context, reminder.person, text, reminder, first, cannot)
    _ke_task(context, reminder, TaskKind.CONTACT_LATE)
    _ke(context, reminder, t("Case {number}: the coordinator has not been in touch yet.", number=_number(context, reminder)))


def _contact_leader(context: Context, reminder: Reminder) -> None:
    held = (
        next((each for each in assignments.of_case(context.tx, reminder.case) if each.id == reminder.object), None)
        if reminder.case
        else None
    )
    name = notices.named(people.person(context.tx, held.candidate), t("A coordinator")) if held and held.candidate else t("A coordinator")
    text = t(
        "{name} has not yet been in touch with the person in case {number}. Please talk together.",
        name=name,
        number=_number(context, reminder),
    )
    _remind(context, reminder.person, text, reminder, suffix="leader")


def _group_long(context: Context, reminder: Reminder) -> None:
    text = t("The group in case {number} has become long-term. Please offer a coordinator and a plan.", number=_number(context, reminder))
    _remind(context, reminder.person, text, reminder, suffix="leader")
    _ke_task(context, reminder, TaskKind.GROUP_OFFER)
    _ke(context, reminder, text)


def _unfinished(context: Context, reminder: Reminder) -> None:
    _half_way(context, reminder, t("You have begun something here and are half way. Do you want to go on?"))


def _keep_or_delete(context: Context, reminder: Reminder) -> None:
    _half_way(context, reminder, t("You began something here a while ago. Do you want to keep it?"), ask_keep=True)


def _half_way(context: Context, reminder: Reminder, text: Text, *, ask_keep: bool = False) -> None:
    """Neutral words: they say that something is half way, not what."""
    session = sessions.find(context.tx, reminder.session) if reminder.session is not None else None
    assert session is not None
    buttons = [notices.NoticeButton(label=t("Go on"), meaning={"resume": session.id})]
    if ask_keep:
        buttons.append(notices.act(t("Keep it for a year"), "KeepDraft", session=session.id, keep=True))
    buttons.append(notices.act(t("Delete it now"), "KeepDraft", session=session.id, keep=False))
    notices.tell(
        context,
        session.person,
        text,
        sensitivity=Sensitivity.NEUTRAL,
        message_class=MessageClass.REMINDER,
        buttons=buttons,
        dedupe_key=reminder.key,
    )


def _delete_unfinished(context: Context, reminder: Reminder) -> None:
    if reminder.session is not None:
        sessions.set_state(context.tx, reminder.session, "deleted")


def _expire(context: Context, reminder: Reminder) -> None:
    if reminder.session is not None:
        sessions.set_state(context.tx, reminder.session, "expired")


def _recurring(context: Context, reminder: Reminder) -> None:
    """KE's own tasks by the calendar (A15, C17), in the municipality's own words."""
    identity = reminder.key.split("/")[1]
    task = next((each for each in context.municipality.profile.recurring if each.id == identity), None)
    if task is None:
        return
    words = task.words.in_language(context.municipality.profile.municipality.language)
    day = reminder.due_at.astimezone(OSLO).date()
    tasks.add(context.tx, TaskKind(task.id), due_on=day, words=words, dedupe_key=f"task/{reminder.key}")
    notices.tell_ke(context, Text("{task}", {"task": task.words}), dedupe_key=reminder.key)


def _notice_unread(context: Context, reminder: Reminder) -> None:
    assert reminder.notice is not None
    notices.phone_unread(context, reminder.notice)


FIRE: Final[Mapping[ReminderKind, Callable[[Context, Reminder], None]]] = {
    ReminderKind.CLARIFY_SOON: _clarify_soon,
    ReminderKind.CLARIFY_LATE: _clarify_late,
    ReminderKind.ANSWER_SOON: _answer_soon,
    ReminderKind.ANSWER_LATE: _answer_late,
    ReminderKind.TIMES_SILENT: _times_silent,
    ReminderKind.TALK_TOMORROW: _talk_tomorrow,
    ReminderKind.TALK_NOTED: _talk_noted,
    ReminderKind.LEADER_SILENT: _leader_silent,
    ReminderKind.LEADER_STILL_SILENT: _leader_still_silent,
    ReminderKind.CANDIDATE_SILENT: _candidate_silent,
    ReminderKind.CANDIDATE_STILL_SILENT: _candidate_still_silent,
    ReminderKind.CONTACT_NUDGE: _contact_nudge,
    ReminderKind.CONTACT_LATE: _contact_late,
    ReminderKind.CONTACT_LEADER: _contact_leader,
    ReminderKind.GROUP_LONG: _group_long,
    ReminderKind.UNFINISHED: _unfinished,
    ReminderKind.KEEP_OR_DELETE: _keep_or_delete,
    ReminderKind.UNFINISHED_DELETED: _delete_unfinished,
    ReminderKind.SESSION_EXPIRES: _expire,
    ReminderKind.RECURRING: _recurring,
    ReminderKind.NOTICE_UNREAD: _notice_unread,
}
