"""What happens with what was begun and left, with a notice nobody has read, and with KE's own recurring tasks.

Here: the words. Not here: when they fall due (`bot.domain.reminders.unfinished`, `bot.domain.recurring`).
"""

from typing import Final

from bot.domain.cases import TaskKind
from bot.domain.outgoing import MessageClass
from bot.domain.reminders import OSLO, Reminder, ReminderKind
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t
from bot.services import notices
from bot.services.municipality import Context
from bot.services.reminders.telling import Fires
from bot.store import sessions, tasks


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


FIRE: Final[Fires] = {
    ReminderKind.UNFINISHED: _unfinished,
    ReminderKind.KEEP_OR_DELETE: _keep_or_delete,
    ReminderKind.UNFINISHED_DELETED: _delete_unfinished,
    ReminderKind.SESSION_EXPIRES: _expire,
    ReminderKind.RECURRING: _recurring,
    ReminderKind.NOTICE_UNREAD: _notice_unread,
}
